-- What the questions of a report are asked of: the flows of the captures in the temporary table
-- asked, summed up as far as any question needs them. Connections are counted, not flows: of the
-- parts of one, the earliest counts, and for a site the earliest of that site.

CREATE OR REPLACE TEMP TABLE asked_part AS
SELECT p.capture, p.packet, row_number() OVER whole = 1 AS first,
  row_number() OVER of_site = 1 AS first_of_site
FROM fact.part p
JOIN asked a USING (capture)
JOIN fact.flow f ON f.capture = p.capture AND f.packet = p.packet
LEFT JOIN fact.naming n ON n.capture = p.capture AND n.packet = p.packet
LEFT JOIN fact.host h ON h.host = n.host
WINDOW
  whole AS (PARTITION BY p.first_capture, p.first_packet
    ORDER BY f.start_time, a.fingerprint, p.packet),
  of_site AS (PARTITION BY p.first_capture, p.first_packet, h.site
    ORDER BY f.start_time, a.fingerprint, p.packet);

CREATE OR REPLACE TEMP VIEW asked_single AS
SELECT f.protocol, coalesce(d.device, f.client) AS device, f.client, f.server, f.server_port,
  f.scope, f.service, f.kind, f.host, coalesce(p.first, true) AS first,
  coalesce(p.first_of_site, true) AS first_of_site,
  f.up_packets, f.up_bytes, f.down_packets, f.down_bytes
FROM fact.sided f
JOIN asked USING (capture)
LEFT JOIN asked_part p ON p.capture = f.capture AND p.packet = f.packet
LEFT JOIN fact.device d ON d.capture = f.capture AND d.address = f.client;

CREATE OR REPLACE TEMP TABLE asked_flow AS
SELECT device, client, scope, kind, host, count(*) FILTER (WHERE first) AS connections,
  count(*) FILTER (WHERE first_of_site) AS site_connections,
  sum(up_packets) AS up_packets, sum(up_bytes) AS up_bytes,
  sum(down_packets) AS down_packets, sum(down_bytes) AS down_bytes
FROM asked_single
GROUP BY ALL;

-- A device is shown by its lowest address: an IPv4 one, if it has any. Ids of IPv6 addresses have
-- no meaning, so that these are compared by their words.
CREATE OR REPLACE TEMP TABLE asked_device AS
SELECT f.device, f.ip, n.name
FROM (
  SELECT f.device, arg_min(coalesce(a.ip, fact.ip4(f.client)),
    {six: a.ip IS NOT NULL, high: a.high, low: coalesce(a.low, f.client)}) AS ip
  FROM (SELECT DISTINCT device, client FROM asked_flow) f
  LEFT JOIN fact.address6 a ON a.address = f.client
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
    FROM asked_flow JOIN fact.scope s USING (scope) WHERE s.label = 'internet')));

CREATE OR REPLACE TEMP TABLE asked_site AS
SELECT h.site, h.name AS host, k.label AS evidence, k.proof, k.strength,
  d.ip,
  f.site_connections AS connections, f.up_packets, f.up_bytes, f.down_packets, f.down_bytes
FROM asked_flow f
SEMI JOIN sites_scope USING (scope)
JOIN fact.host h USING (host)
JOIN fact.evidence_kind k USING (kind)
JOIN asked_device d USING (device);

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
  WHERE NOT k.proof AND c.viable AND c.kind = (SELECT kind FROM fact.evidence_kind WHERE label = 'dns')
    AND chosen.site <> h.site
)
GROUP BY site;

-- Of servers there may be as many as flows: they stay numbers until a report shows some.
CREATE OR REPLACE TEMP TABLE service_label AS
SELECT label, row_number() OVER (ORDER BY label) AS service
FROM (SELECT label FROM fact.content UNION SELECT label FROM fact.service);

CREATE OR REPLACE TEMP TABLE asked_unresolved AS
SELECT f.server, f.server_port AS port, f.protocol, coalesce(t.service, v.service) AS service,
  count(*) FILTER (WHERE f.first) AS connections,
  sum(f.up_packets) AS up_packets, sum(f.up_bytes) AS up_bytes,
  sum(f.down_packets) AS down_packets, sum(f.down_bytes) AS down_bytes
FROM asked_single f
JOIN fact.scope s ON s.scope = f.scope AND s.label = 'internet'
LEFT JOIN (
  SELECT c.service AS code, l.service FROM fact.content c JOIN service_label l USING (label)
) t ON t.code = f.service
LEFT JOIN (
  SELECT c.protocol, c.port, l.service FROM fact.service c JOIN service_label l USING (label)
) v ON v.protocol = f.protocol AND v.port = f.server_port
WHERE f.host IS NULL
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE asked_client AS
SELECT d.ip, d.name,
  f.connections, f.up_packets, f.up_bytes, f.down_packets, f.down_bytes
FROM asked_flow f
SEMI JOIN sites_scope USING (scope)
JOIN asked_device d USING (device);

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

-- Flows that their own packets name, and what inference would have said of them. The age of an
-- answer is the place of its name in imon.store.Agreement.Age.
CREATE OR REPLACE TEMP TABLE asked_proven AS
SELECT n.capture, n.packet, n.host, h.site, f.up_bytes + f.down_bytes AS bytes
FROM fact.naming n
JOIN fact.flow f ON f.capture = n.capture AND f.packet = n.packet
JOIN asked ON asked.capture = n.capture
SEMI JOIN sites_scope ON sites_scope.scope = f.scope
JOIN fact.evidence_kind k ON k.kind = n.kind
JOIN fact.host h ON h.host = n.host
WHERE k.proof AND k.label <> 'continued';

CREATE OR REPLACE TEMP TABLE asked_guess AS
SELECT capture, kind, age, count(*) AS flows, sum(bytes) AS bytes,
  count(*) FILTER (WHERE same_site) AS same_site_flows,
  coalesce(sum(bytes) FILTER (WHERE same_site), 0) AS same_site_bytes,
  count(*) FILTER (WHERE has_host) AS host_flows,
  count(*) FILTER (WHERE same_host) AS same_host_flows
FROM (
  SELECT g.capture, g.kind, p.bytes, h.site = p.site AS same_site, h.name IS NOT NULL AS has_host,
    g.host = p.host AS same_host,
    CASE
      WHEN g.age < 0 THEN 4
      WHEN g.age <= g.ttl THEN 0
      WHEN g.age <= g.ttl + 3600000000000 THEN 1
      WHEN g.age <= 86400000000000 THEN 2
      WHEN g.age IS NOT NULL THEN 3
    END AS age
  FROM fact.guess g
  JOIN asked_proven p ON p.capture = g.capture AND p.packet = g.packet
  JOIN fact.host h ON h.host = g.host
)
GROUP BY capture, kind, age;
