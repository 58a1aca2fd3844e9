-- Connections are counted, not flows: of the parts of one, the earliest of those asked about counts,
-- and for a site the earliest of that site. These are the others.

CREATE OR REPLACE TEMP TABLE asked_later AS
SELECT capture, packet, of_site > 1 AS of_site
FROM (
  SELECT p.capture, p.packet, row_number() OVER whole AS part, row_number() OVER of_site AS of_site
  FROM fact.part p
  JOIN asked a USING (capture)
  JOIN fact.flow f ON f.capture = p.capture AND f.packet = p.packet
  LEFT JOIN fact.naming n ON n.capture = p.capture AND n.packet = p.packet
  LEFT JOIN shown_host h ON h.host = n.host
  WINDOW
    whole AS (PARTITION BY p.first_capture, p.first_packet
      ORDER BY f.start_time, a.fingerprint, p.packet),
    of_site AS (PARTITION BY p.first_capture, p.first_packet, h.site
      ORDER BY f.start_time, a.fingerprint, p.packet)
)
WHERE part > 1;

CREATE OR REPLACE TEMP VIEW later_part AS FROM asked_later;
