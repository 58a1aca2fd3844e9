-- What devices were told of servers: goes on from known.sql. LastTold and correlate.sql go on from here.

-- Answers that count: asked for, or in the capture's first 10 s, or where none of the client's
-- queries can be seen.
CREATE OR REPLACE TEMP MACRO counts(of_capture, of_client, asked, seen_time, first_time) AS
  asked OR seen_time < first_time + 10000000000
  OR (of_capture, of_client) NOT IN (SELECT (capture, client) FROM fact.querier);

-- One for each moment, so that the latest is always one. Each name has a seat of its own, unless
-- LastTold says that there are too many.
CREATE OR REPLACE TEMP TABLE counting_answer AS
SELECT c.net, coalesce(d.device, a.client) AS device, a.address, a.name, a.seen_time,
  arg_min({capture: a.capture, packet: a.seen_packet, ttl: a.ttl},
    in_order(c.place, a.seen_packet, a.ttl)) AS seen,
  false AS heard, a.name AS seat
FROM fact.answer a
JOIN ranked_capture c USING (capture)
JOIN fact.answer_kind k ON k.kind = a.kind AND k.label IN ('a', 'aaaa', 'hint')
LEFT JOIN fact.device d ON d.capture = a.capture AND d.address = a.client
WHERE counts(a.capture, a.client, a.asked, a.seen_time, c.first_time)
GROUP BY c.net, coalesce(d.device, a.client), a.address, a.name, a.seen_time;

-- What was told to a group (multicast DNS) was told to every client of that address on the link.
INSERT INTO counting_answer
WITH heard AS MATERIALIZED (
  FROM counting_answer
  WHERE device BETWEEN 3758096384 AND 4026531839
    OR device IN (SELECT address FROM fact.address6 WHERE (high >> 56) & 255 = 255)
)
SELECT DISTINCT h.net, w.device, h.address, h.name, h.seen_time, h.seen, true, h.seat
FROM heard h
JOIN (
  SELECT DISTINCT w.net, w.device, w.server
  FROM working w SEMI JOIN heard h ON w.net = h.net AND w.server = h.address
) w ON w.net = h.net AND w.server = h.address
ANTI JOIN counting_answer own ON own.net = h.net AND own.device = w.device
  AND own.address = h.address AND own.name = h.name AND own.seen_time = h.seen_time;

-- Flows to servers that somebody was told of.
CREATE OR REPLACE TEMP TABLE answered AS
SELECT w.capture, w.packet, w.start_time, w.net, w.device, w.server
FROM working w SEMI JOIN counting_answer a ON a.net = w.net AND a.address = w.server;
