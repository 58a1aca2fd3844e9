-- What the questions of a report are asked of: the flows of the captures in the temporary table
-- asked, summed up as far as any question needs them.

CREATE OR REPLACE TEMP TABLE asked_flow AS
SELECT f.protocol, f.client, f.server, f.server_port, f.scope, n.kind, n.host,
  count(*) AS flows, sum(f.up_packets) AS up_packets, sum(f.up_bytes) AS up_bytes,
  sum(f.down_packets) AS down_packets, sum(f.down_bytes) AS down_bytes
FROM fact.flow f
JOIN asked USING (capture)
LEFT JOIN fact.naming n ON n.capture = f.capture AND n.packet = f.packet
GROUP BY ALL;

-- Local sites stand in the main table when they are asked for, or nothing is internet.
CREATE OR REPLACE TEMP TABLE sites_scope AS
SELECT scope FROM fact.scope
WHERE label = 'internet'
  OR (label = 'local' AND (getvariable('local_sites') OR NOT EXISTS (
    FROM asked_flow JOIN fact.scope s USING (scope) WHERE s.label = 'internet')));

CREATE OR REPLACE TEMP TABLE asked_site AS
SELECT h.site, h.name AS host, k.label AS evidence, k.proof, k.strength,
  coalesce(a.ip, concat_ws('.', f.client >> 24, (f.client >> 16) & 255, (f.client >> 8) & 255, f.client & 255)) AS ip,
  f.flows, f.up_packets, f.up_bytes, f.down_packets, f.down_bytes
FROM asked_flow f
SEMI JOIN sites_scope USING (scope)
JOIN fact.host h USING (host)
JOIN fact.evidence_kind k USING (kind)
LEFT JOIN fact.address6 a ON a.address = f.client;

-- Bytes that inference gave to another site though this one was a candidate, too.
CREATE OR REPLACE TEMP TABLE asked_rival AS
SELECT site, sum(bytes)::BIGINT AS bytes
FROM (
  SELECT DISTINCT f.capture, f.packet, h.site, f.up_bytes + f.down_bytes AS bytes
  FROM fact.candidate c
  JOIN fact.host h USING (host)
  JOIN fact.flow f ON f.capture = c.capture AND f.packet = c.packet
  JOIN asked ON asked.capture = f.capture
  SEMI JOIN sites_scope ON sites_scope.scope = f.scope
  JOIN fact.naming n ON n.capture = c.capture AND n.packet = c.packet
  JOIN fact.evidence_kind k ON k.kind = n.kind
  JOIN fact.host chosen ON chosen.host = n.host
  WHERE NOT k.proof AND chosen.site <> h.site
)
GROUP BY site;

CREATE OR REPLACE TEMP TABLE asked_unresolved AS
SELECT
  coalesce(a.ip, concat_ws('.', f.server >> 24, (f.server >> 16) & 255, (f.server >> 8) & 255, f.server & 255)) AS ip,
  f.server_port AS port, coalesce(p.label, f.protocol::VARCHAR) AS protocol, v.label AS service,
  f.flows, f.up_packets, f.up_bytes, f.down_packets, f.down_bytes
FROM asked_flow f
JOIN fact.scope s USING (scope)
LEFT JOIN fact.address6 a ON a.address = f.server
LEFT JOIN fact.protocol p ON p.protocol = f.protocol
LEFT JOIN fact.service v ON v.protocol = f.protocol AND v.port = f.server_port
WHERE f.host IS NULL AND s.label = 'internet';

CREATE OR REPLACE TEMP TABLE asked_client AS
SELECT
  coalesce(a.ip, concat_ws('.', f.client >> 24, (f.client >> 16) & 255, (f.client >> 8) & 255, f.client & 255)) AS ip,
  f.flows, f.up_packets, f.up_bytes, f.down_packets, f.down_bytes
FROM asked_flow f
SEMI JOIN sites_scope USING (scope)
LEFT JOIN fact.address6 a ON a.address = f.client;

CREATE OR REPLACE TEMP TABLE asked_class AS
SELECT if(s.label = 'internet', coalesce(k.label, 'none'), s.label) AS class,
  if(s.label = 'internet', k.proof, NULL) AS proof,
  if(s.label = 'internet', coalesce(k.strength, 100), 100 + s.scope) AS place,
  f.up_packets + f.down_packets AS packets, f.up_bytes + f.down_bytes AS bytes
FROM asked_flow f
JOIN fact.scope s USING (scope)
LEFT JOIN fact.evidence_kind k USING (kind)
UNION ALL
SELECT d.label, NULL, 200 + d.class, u.packets, u.bytes
FROM fact.unflowed u JOIN asked USING (capture) JOIN fact.unflowed_class d USING (class);
