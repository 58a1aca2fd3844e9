-- What users see; every column is described in docs/store.md.

CREATE MACRO fact.at(nanos) AS make_timestamp(nanos // 1000);

CREATE MACRO fact.minute_at(minute) AS make_timestamp(minute::BIGINT * 60000000);

CREATE MACRO fact.capture_id(fingerprint) AS substr(fingerprint, 1, 16);

CREATE MACRO fact.flow_id(fingerprint, packet) AS substr(fingerprint, 1, 16) || '-' || packet;

CREATE VIEW captures AS
SELECT fact.capture_id(fingerprint) AS capture_id, source, path, fingerprint, options, file_bytes,
  format, link_types, fact.at(first_time) AS first_packet, fact.at(last_time) AS last_packet,
  packets, wire_bytes, dropped, 
  CASE WHEN capture IN (SELECT capture FROM fact.pruned) THEN 'pruned'
    WHEN correlated THEN status ELSE 'pending' END AS status, message, fact.at(ingested_time) AS ingested_at
FROM fact.capture;

CREATE VIEW flows AS
SELECT fact.flow_id(c.fingerprint, f.packet) AS flow_id, fact.capture_id(c.fingerprint) AS capture_id,
  fact.at(f.start_time) AS start_time, fact.at(f.end_time) AS end_time,
  coalesce(p.label, f.protocol::VARCHAR) AS protocol,
  coalesce(fact.mac(-d.device), c6.ip, fact.ip4(f.client)) AS client_id,
  coalesce(c6.ip, fact.ip4(f.client)) AS client_ip, f.client_port,
  coalesce(s6.ip, fact.ip4(f.server)) AS server_ip, f.server_port,
  f.up_packets, f.up_bytes, f.down_packets, f.down_bytes,
  h.name AS host, h.site, coalesce(k.label, 'none') AS evidence, o.label AS scope,
  coalesce(t.label, v.label) AS service
FROM fact.sided f
JOIN fact.capture c USING (capture)
JOIN fact.scope o USING (scope)
LEFT JOIN fact.protocol p ON p.protocol = f.protocol
LEFT JOIN fact.device d ON d.capture = f.capture AND d.address = f.client
LEFT JOIN fact.address6 c6 ON c6.address = f.client
LEFT JOIN fact.address6 s6 ON s6.address = f.server
LEFT JOIN fact.shown_host h ON h.host = f.host
LEFT JOIN fact.evidence_kind k ON k.kind = f.kind
LEFT JOIN fact.content t ON t.service = f.service
LEFT JOIN fact.service v ON v.protocol = f.protocol AND v.port = f.server_port;

-- The minutes of every flow: of most only one, the others have slices.
CREATE VIEW fact.flow_minute AS
SELECT capture, packet, (start_time // 60000000000)::INTEGER AS minute,
  up_packets, up_bytes, down_packets, down_bytes
FROM fact.sided WHERE NOT sliced
UNION ALL
SELECT s.capture, s.packet, s.minute,
  sum(if(f.reversed, s.backward_packets, s.forward_packets))::BIGINT,
  sum(if(f.reversed, s.backward_bytes, s.forward_bytes))::BIGINT,
  sum(if(f.reversed, s.forward_packets, s.backward_packets))::BIGINT,
  sum(if(f.reversed, s.forward_bytes, s.backward_bytes))::BIGINT
FROM fact.slice s JOIN fact.sided f ON f.capture = s.capture AND f.packet = s.packet
GROUP BY s.capture, s.packet, s.minute;

CREATE VIEW traffic AS
SELECT fact.minute_at(m.minute) AS minute, f.capture_id, f.flow_id, f.client_id, f.client_ip,
  f.server_ip, f.host, f.site, f.evidence, f.scope,
  m.up_packets, m.up_bytes, m.down_packets, m.down_bytes
FROM fact.flow_minute m
JOIN fact.capture c USING (capture)
JOIN flows f ON f.flow_id = fact.flow_id(c.fingerprint, m.packet)
UNION ALL
SELECT fact.minute_at(p.hour * 60), fact.capture_id(c.fingerprint), NULL,
  coalesce(fact.mac(-d.device), a.ip, fact.ip4(p.client)), coalesce(a.ip, fact.ip4(p.client)),
  NULL, h.name, h.site, coalesce(k.label, 'none'), o.label,
  p.up_packets, p.up_bytes, p.down_packets, p.down_bytes
FROM fact.pruned_traffic p
JOIN fact.capture c USING (capture)
JOIN fact.scope o USING (scope)
LEFT JOIN fact.device d ON d.capture = p.capture AND d.address = p.client
LEFT JOIN fact.address6 a ON a.address = p.client
LEFT JOIN fact.shown_host h ON h.host = p.host
LEFT JOIN fact.evidence_kind k ON k.kind = p.kind;

CREATE VIEW evidence AS
SELECT fact.flow_id(c.fingerprint, e.packet) AS flow_id, k.label AS kind, h.name AS host, h.site,
  fact.capture_id(s.fingerprint) AS capture_id, e.seen_packet AS packet_number,
  fact.at(e.seen_time) AS seen_at,
  n.host IS NOT NULL AS chosen
FROM (
  SELECT capture, packet, kind, host, capture AS seen_capture, min(seen_packet) AS seen_packet,
    arg_min(seen_time, seen_packet) AS seen_time
  FROM fact.evidence GROUP BY capture, packet, kind, host
  UNION ALL
  SELECT capture, packet, kind, host, seen_capture, seen_packet, seen_time FROM fact.candidate
) e
JOIN fact.capture c USING (capture)
LEFT JOIN fact.capture s ON s.capture = e.seen_capture
JOIN fact.evidence_kind k ON k.kind = e.kind
JOIN fact.shown_host h ON h.host = e.host
LEFT JOIN fact.naming n
  ON n.capture = e.capture AND n.packet = e.packet AND n.kind = e.kind AND n.host = e.host;

CREATE VIEW answers AS
SELECT fact.capture_id(c.fingerprint) AS capture_id, a.seen_packet AS packet_number,
  fact.at(a.seen_time) AS seen_at,
  coalesce(fact.mac(-d.device), c6.ip, fact.ip4(a.client)) AS client_id,
  coalesce(c6.ip, fact.ip4(a.client)) AS client_ip,
  n.name AS name, k.name AS canonical_name,
  coalesce(a6.ip, fact.ip4(a.address)) AS ip, a.ttl, l.label AS kind
FROM fact.answer a
JOIN fact.capture c USING (capture)
JOIN fact.host n ON n.host = a.name
LEFT JOIN fact.host k ON k.host = a.canonical
JOIN fact.answer_kind l ON l.kind = a.kind
LEFT JOIN fact.device d ON d.capture = a.capture AND d.address = a.client
LEFT JOIN fact.address6 c6 ON c6.address = a.client
LEFT JOIN fact.address6 a6 ON a6.address = a.address
UNION ALL
SELECT g.capture_id, NULL, NULL, NULL, NULL, n.name, NULL, coalesce(a6.ip, fact.ip4(g.address)), NULL,
  g.kind
FROM (
  SELECT fact.capture_id(fingerprint) AS capture_id, address, name, 'nrb' AS kind
  FROM fact.nrb_name JOIN fact.capture USING (capture)
  UNION ALL
  SELECT DISTINCT NULL, address, name, 'hosts' FROM fact.hosts_name
  UNION ALL
  SELECT DISTINCT NULL, address, name, 'lookup' FROM fact.reverse WHERE name IS NOT NULL
) g
JOIN fact.host n ON n.host = g.name
LEFT JOIN fact.address6 a6 ON a6.address = g.address;

-- Who a client is: what it calls itself, else only that it had traffic.
CREATE VIEW clients AS
WITH known AS (
  SELECT DISTINCT f.capture, f.client AS address FROM fact.sided f
  JOIN fact.scope o USING (scope) WHERE o.label <> 'multicast'
  UNION
  SELECT p.capture, p.client FROM fact.pruned_traffic p
  JOIN fact.scope o USING (scope) WHERE o.label <> 'multicast'
), placed AS (
  SELECT DISTINCT c.source, k.address, d.device, k.capture
  FROM known k JOIN fact.capture c USING (capture)
  LEFT JOIN fact.device d ON d.capture = k.capture AND d.address = k.address
)
SELECT DISTINCT coalesce(fact.mac(-p.device), a.ip, fact.ip4(p.address)) AS client_id, p.source,
  coalesce(a.ip, fact.ip4(p.address)) AS ip, n.name, fact.mac(-p.device) AS mac,
  coalesce(s.label, 'flow') AS seen_by
FROM placed p
LEFT JOIN fact.address6 a ON a.address = p.address
LEFT JOIN fact.device_name n
  ON n.capture = p.capture AND (n.mac = -p.device OR (n.mac IS NULL AND n.address = p.address))
LEFT JOIN fact.name_source s ON s.seen_by = n.seen_by;

-- Which class of the ledger a flow's bytes are in.
CREATE MACRO fact.class_of(scope, evidence) AS
  CASE scope WHEN 'internet' THEN evidence ELSE scope END;

CREATE VIEW ledger AS
SELECT fact.minute_at(minute) AS minute, fact.capture_id(c.fingerprint) AS capture_id, class,
  sum(l.packets)::BIGINT AS packets, sum(l.bytes)::BIGINT AS bytes
FROM (
  SELECT m.capture, m.minute, fact.class_of(o.label, coalesce(k.label, 'none')) AS class,
    m.up_packets + m.down_packets AS packets, m.up_bytes + m.down_bytes AS bytes
  FROM fact.flow_minute m
  JOIN fact.sided f ON f.capture = m.capture AND f.packet = m.packet
  JOIN fact.scope o USING (scope)
  LEFT JOIN fact.evidence_kind k ON k.kind = f.kind
  UNION ALL
  SELECT p.capture, p.minute, fact.class_of(o.label, coalesce(k.label, 'none')), p.packets, p.bytes
  FROM fact.pruned_ledger p
  JOIN fact.scope o USING (scope)
  LEFT JOIN fact.evidence_kind k ON k.kind = p.kind
  UNION ALL
  SELECT u.capture, u.minute, d.label, u.packets, u.bytes
  FROM fact.unflowed u JOIN fact.unflowed_class d USING (class)
) l
JOIN fact.capture c USING (capture)
GROUP BY ALL;

CREATE VIEW anomalies AS
SELECT fact.capture_id(c.fingerprint) AS capture_id, a.kind, a.count,
  a.first_packet AS first_packet_number
FROM fact.anomaly a JOIN fact.capture c USING (capture);
