-- What all questions are asked of: the traffic in asked_flow, which is a table or, where hours are
-- stored, a view that each of these reads again.

CREATE OR REPLACE TEMP TABLE asked_host AS
SELECT scope, kind, host, sum(connections) AS connections, sum(site_connections) AS site_connections,
  sum(up_packets) AS up_packets, sum(up_bytes) AS up_bytes,
  sum(down_packets) AS down_packets, sum(down_bytes) AS down_bytes
FROM asked_flow
GROUP BY scope, kind, host;

-- A device is shown by its lowest address: an IPv4 one, if it has any. Ids of IPv6 addresses have
-- no meaning, so that these are compared by their words.
CREATE OR REPLACE TEMP TABLE asked_device AS
SELECT f.device, f.ip, n.name
FROM (
  SELECT f.device, arg_min(coalesce(a.ip, fact.ip4(f.address)),
    {six: a.ip IS NOT NULL, high: a.high, low: coalesce(a.low, f.address)}) AS ip
  FROM asked_address f
  LEFT JOIN fact.address6 a ON a.address = f.address
  GROUP BY f.device
) f
LEFT JOIN (
  SELECT coalesce(d.device, n.address) AS device,
    arg_min(n.name, {seen_by: n.seen_by, name: n.name}) AS name
  FROM fact.device_name n JOIN asked USING (capture)
  LEFT JOIN fact.device d ON d.capture = n.capture AND d.device = -n.mac
  GROUP BY coalesce(d.device, n.address)
) n ON n.device = f.device;

-- Local sites stand in the main table when they are asked for, or nothing is internet.
CREATE OR REPLACE TEMP TABLE sites_scope AS
SELECT scope FROM fact.scope
WHERE label = 'internet'
  OR (label = 'local' AND (getvariable('local_sites') OR NOT EXISTS (
    FROM asked_host JOIN fact.scope s USING (scope) WHERE s.label = 'internet')));

CREATE OR REPLACE TEMP TABLE asked_site AS
SELECT h.site, h.name AS host, k.label AS evidence, k.proof, k.strength,
  f.site_connections AS connections, f.up_packets, f.up_bytes, f.down_packets, f.down_bytes
FROM asked_host f
SEMI JOIN sites_scope USING (scope)
JOIN asked_name h USING (host)
JOIN fact.evidence_kind k USING (kind);

CREATE OR REPLACE TEMP TABLE asked_class AS
SELECT if(s.label = 'internet', coalesce(k.label, 'none'), s.label) AS class,
  if(s.label = 'internet', k.proof, NULL) AS proof,
  if(s.label = 'internet', coalesce(k.strength, 100), 100 + s.scope) AS place,
  f.up_packets + f.down_packets AS packets, f.up_bytes + f.down_bytes AS bytes
FROM asked_host f
JOIN fact.scope s USING (scope)
LEFT JOIN fact.evidence_kind k USING (kind)
UNION ALL
SELECT d.label, NULL, 200 + d.class, u.packets, u.bytes
FROM fact.unflowed u
JOIN asked USING (capture)
JOIN fact.unflowed_class d USING (class)
WHERE in_period(u.minute) AND getvariable('all_clients');

-- Bytes that inference gave to another site though this one was a candidate, too.
CREATE OR REPLACE TEMP TABLE asked_rival AS
SELECT h.site, sum(r.bytes)::BIGINT AS bytes
FROM source_rival r
SEMI JOIN sites_scope USING (scope)
JOIN rival_name h USING (host)
GROUP BY h.site;
