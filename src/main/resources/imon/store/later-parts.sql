-- Connections are counted, not flows: of the parts of one, the earliest of those asked about counts,
-- and for a site the earliest of that site. These are the others.
--
-- The parts of most connections have one site, and the first of all counts: only those of the others
-- (mixed) are brought in order.

CREATE OR REPLACE TEMP TABLE asked_later AS
WITH asked_part AS MATERIALIZED (
  SELECT p.*, h.site, p.capture = p.first_capture AND p.packet = p.first_packet AS first
  FROM fact.part p
  SEMI JOIN asked USING (capture)
  LEFT JOIN fact.naming n ON n.capture = p.capture AND n.packet = p.packet
  LEFT JOIN shown_host h ON h.host = n.host
), mixed AS MATERIALIZED (
  SELECT first_capture, first_packet FROM asked_part GROUP BY ALL
  HAVING min(site) <> max(site) OR count(site) NOT IN (0, count(*)) OR NOT bool_or(first)
)
SELECT capture, packet, true AS of_site
FROM asked_part ANTI JOIN mixed USING (first_capture, first_packet)
WHERE NOT first
UNION ALL
SELECT capture, packet, of_site > 1
FROM (
  SELECT p.capture, p.packet, row_number() OVER whole AS part, row_number() OVER of_site AS of_site
  FROM asked_part p
  SEMI JOIN mixed USING (first_capture, first_packet)
  JOIN asked a ON a.capture = p.capture
  JOIN fact.flow f ON f.capture = p.capture AND f.packet = p.packet
  WINDOW
    whole AS (PARTITION BY p.first_capture, p.first_packet
      ORDER BY f.start_time, a.fingerprint, p.packet),
    of_site AS (PARTITION BY p.first_capture, p.first_packet, p.site
      ORDER BY f.start_time, a.fingerprint, p.packet)
)
WHERE part > 1;

CREATE OR REPLACE TEMP VIEW later_part AS FROM asked_later;
