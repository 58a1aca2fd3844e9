-- What there was in each minute (in timed_traffic), by client
-- device, site and kind. A place in the list of sites or clients (line_site, line_client) stands for
-- a name; the place after the last one for all others. A kind is a scope and what named the traffic.

CREATE OR REPLACE TEMP MACRO kind_code(scope, kind) AS scope::INTEGER * 256 + coalesce(kind, 255);
CREATE OR REPLACE TEMP MACRO unflowed_code(class) AS 65536 + class;

CREATE OR REPLACE TEMP TABLE line_host AS
SELECT n.host, coalesce(s.place, (SELECT count(*) FROM line_site))::INTEGER AS place
FROM asked_name n LEFT JOIN line_site s USING (site);

CREATE OR REPLACE TEMP TABLE line_device AS
SELECT d.device, coalesce(c.place, (SELECT count(*) FROM line_client))::INTEGER AS place
FROM asked_device d LEFT JOIN line_client c USING (ip);

CREATE OR REPLACE TEMP TABLE line_minute AS
SELECT t.minute, coalesce(d.place, -1) AS client,
  if(c.scope IS NULL, -1, coalesce(h.place, -1)) AS site, kind_code(t.scope, t.kind) AS kind,
  sum(t.connections)::BIGINT AS connections, sum(t.site_connections)::BIGINT AS site_connections,
  sum(t.up_packets)::BIGINT AS up_packets, sum(t.up_bytes)::BIGINT AS up_bytes,
  sum(t.down_packets)::BIGINT AS down_packets, sum(t.down_bytes)::BIGINT AS down_bytes
FROM timed_traffic t
LEFT JOIN line_device d USING (device)
LEFT JOIN line_host h USING (host)
LEFT JOIN sites_scope c USING (scope)
GROUP BY ALL
UNION ALL
SELECT u.minute, -1, -1, unflowed_code(u.class), 0, 0, sum(u.packets)::BIGINT, sum(u.bytes)::BIGINT, 0, 0
FROM fact.unflowed u SEMI JOIN asked USING (capture)
WHERE in_period(u.minute) AND getvariable('all_clients')
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE line_rival_minute AS
SELECT r.minute, coalesce(d.place, -1) AS client, s.place AS site, sum(r.bytes)::BIGINT AS bytes
FROM timed_rival r
SEMI JOIN sites_scope USING (scope)
JOIN rival_name n USING (host)
JOIN line_site s USING (site)
LEFT JOIN line_device d USING (device)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE line_kind AS
SELECT p.code, if(s.label = 'internet', coalesce(k.label, 'none'), s.label) AS class,
  k.label AS evidence, k.proof, s.scope IN (FROM sites_scope) AS listed,
  if(s.label = 'internet', 0, s.scope) * 1000 + coalesce(k.strength, 255) AS place
FROM fact.scope s
CROSS JOIN (FROM fact.evidence_kind UNION ALL SELECT NULL, NULL, false, NULL) k (kind, label, proof, strength)
CROSS JOIN LATERAL (SELECT kind_code(s.scope, k.kind) AS code) p
UNION ALL
SELECT unflowed_code(class), label, NULL, false, false, 1000000 + class FROM fact.unflowed_class;
