-- Names the flows of the clients in the temporary table affected (source, client). To add a kind of
-- evidence: a constant in imon.name.Evidence; then either rows in fact.evidence (the flow's own
-- packets say it), or an INSERT into fact.candidate here (something else says it).

DELETE FROM fact.candidate c USING fact.flow f, fact.capture p, affected a
WHERE f.capture = c.capture AND f.packet = c.packet AND p.capture = f.capture
  AND a.source = p.source AND a.client = f.client;

DELETE FROM fact.naming n USING fact.flow f, fact.capture p, affected a
WHERE f.capture = n.capture AND f.packet = n.packet AND p.capture = f.capture
  AND a.source = p.source AND a.client = f.client;

-- Answers that count: asked for, or in the capture's first 10 s, or where none of the client's
-- queries can be seen. One for each moment, so that the latest is always one.
CREATE TEMP TABLE counting_answer AS
SELECT c.source, a.client, a.address, a.name, a.seen_time,
  arg_min({capture: a.capture, packet: a.seen_packet, ttl: a.ttl},
    {fingerprint: c.fingerprint, packet: a.seen_packet, ttl: a.ttl}) AS seen
FROM fact.answer a
JOIN fact.capture c USING (capture)
JOIN affected d ON d.source = c.source AND d.client = a.client
WHERE a.asked
  OR a.seen_time < c.first_time + 10000000000
  OR NOT EXISTS (FROM fact.querier q WHERE q.capture = a.capture AND q.client = a.client)
GROUP BY c.source, a.client, a.address, a.name, a.seen_time;

-- dns: of each name the client was told for this server, the latest answer before the flow began,
-- at most its TTL and one hour old.
INSERT INTO fact.candidate
SELECT f.capture, f.packet, (SELECT kind FROM fact.evidence_kind WHERE label = 'dns'),
  f.name, a.seen.capture, a.seen.packet, a.seen_time
FROM (
  SELECT w.capture, w.packet, w.start_time, c.source, w.client, w.server, t.name
  FROM fact.flow w
  JOIN fact.capture c USING (capture)
  JOIN (SELECT DISTINCT source, client, address, name FROM counting_answer) t
    ON t.source = c.source AND t.client = w.client AND t.address = w.server
) f
ASOF JOIN counting_answer a
  ON a.source = f.source AND a.client = f.client AND a.address = f.server AND a.name = f.name
  AND f.start_time >= a.seen_time
WHERE f.start_time - a.seen_time <= (a.seen.ttl + 3600) * 1000000000;

DROP TABLE counting_answer;

-- The strongest kind names the flow. Within a kind of proof the first packet wins; within inference
-- the latest, ties by packet number, then name.
INSERT INTO fact.naming
SELECT e.capture, e.packet,
  arg_min(e.kind, {strength: k.strength, time: e.time, number: e.number, name: h.name}),
  arg_min(e.host, {strength: k.strength, time: e.time, number: e.number, name: h.name})
FROM (
  SELECT capture, packet, kind, host, 0 AS time, seen_packet AS number FROM fact.evidence
  UNION ALL
  SELECT capture, packet, kind, host, -seen_time, -seen_packet FROM fact.candidate
) e
JOIN fact.evidence_kind k USING (kind)
JOIN fact.host h USING (host)
JOIN fact.flow f ON f.capture = e.capture AND f.packet = e.packet
JOIN fact.capture c ON c.capture = f.capture
JOIN affected a ON a.source = c.source AND a.client = f.client
GROUP BY e.capture, e.packet;
