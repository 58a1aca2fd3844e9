-- Internet traffic that says less of its site than other traffic does. A connection counts as a whole
-- when it begins in the period. imon.store.ask.BlindSpot makes encrypted_resolver: names of servers
-- that answer DNS over HTTPS.

CREATE OR REPLACE TEMP TABLE blind_flow AS
-- DNS over TLS or QUIC (RFC 7858, RFC 9250), and over HTTPS as far as its servers are known.
SELECT capture, packet, 'encrypted-dns' AS kind
FROM fact.flow WHERE protocol IN (6, 17) AND server_port = 853
UNION
SELECT capture, packet, 'encrypted-dns'
FROM fact.naming
SEMI JOIN (FROM fact.host SEMI JOIN encrypted_resolver USING (name)) h USING (host)
UNION
-- The name seen is what ECH shows instead of the site's, in whatever network or in this one.
SELECT capture, packet, 'ech'
FROM fact.evidence SEMI JOIN (FROM fact.host SEMI JOIN fact.ech_name USING (name)) h USING (host)
UNION
SELECT e.capture, e.packet, 'ech'
FROM fact.evidence e JOIN fact.capture c USING (capture)
SEMI JOIN (
  SELECT t.source, a.canonical AS host
  FROM fact.answer a JOIN fact.capture t USING (capture) JOIN fact.answer_kind k USING (kind)
  WHERE k.label = 'ech' AND a.canonical IS NOT NULL
) o ON o.source = c.source AND o.host = e.host
UNION
-- By contents, by port where contents say nothing, and ESP and AH by protocol.
SELECT capture, packet, 'tunnel'
FROM fact.flow
WHERE protocol IN (50, 51)
  OR service IN (
    SELECT service FROM fact.content WHERE label IN ('openvpn', 'wireguard', 'ipsec'))
  OR (service IS NULL AND (protocol, server_port) IN (
    SELECT (protocol, port) FROM fact.service
    WHERE label IN ('openvpn', 'wireguard', 'ipsec', 'pptp')))
UNION
-- TCP without its SYN, unless what came before is known.
SELECT capture, packet, 'midway'
FROM (FROM fact.flow WHERE protocol = 6 AND NOT opened) f
ANTI JOIN later_part l ON l.capture = f.capture AND l.packet = f.packet;

CREATE OR REPLACE TEMP TABLE blind_spot AS
SELECT b.kind, count(*) AS connections, sum(f.up_bytes + f.down_bytes)::BIGINT AS bytes,
  count(*) FILTER (WHERE n.host IS NULL) AS unresolved,
  coalesce(sum(f.up_bytes + f.down_bytes) FILTER (WHERE n.host IS NULL), 0)::BIGINT AS unresolved_bytes
FROM blind_flow b
JOIN fact.flow f ON f.capture = b.capture AND f.packet = b.packet
JOIN fact.scope s ON s.scope = f.scope AND s.label = 'internet'
SEMI JOIN asked a ON a.capture = f.capture
LEFT JOIN fact.naming n ON n.capture = f.capture AND n.packet = f.packet
LEFT JOIN fact.device d ON d.capture = f.capture AND d.address = if(n.flipped, f.server, f.client)
WHERE in_period(f.start_time // 60000000000)
  AND wanted_device(coalesce(d.device, if(n.flipped, f.server, f.client)))
GROUP BY b.kind;

DROP TABLE blind_flow;
