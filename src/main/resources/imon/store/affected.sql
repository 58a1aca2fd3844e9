-- Which flows of older captures those that were added can have an effect on (older, affected), and which
-- others say something of a flow that is named anew (older, not affected). Too many of either do no
-- harm, so that these windows are a little wider than those of correlate.sql, and one span stands for
-- all moments of a kind.

-- The longest that an answer can name a flow by dns, or keep an earlier one from doing so.
CREATE OR REPLACE TEMP TABLE longest AS
SELECT greatest(168 * hour(), coalesce(max(a.ttl + 3600) * 1000000000, 0))::BIGINT AS validity
FROM fact.answer a SEMI JOIN ranked_capture c ON c.capture = a.capture;

-- What clients of captures that were added are, or were before these had grown: devices, or themselves.
CREATE OR REPLACE TEMP TABLE once_device AS
SELECT capture, address, device
FROM fact.device SEMI JOIN (FROM ranked_capture WHERE added) USING (capture)
UNION
FROM fact.former_device
UNION
SELECT capture, address, address FROM fact.former_device;

-- What was looked up: whoever was told, by whether a whole group was.
CREATE OR REPLACE TEMP TABLE added_answer AS
SELECT c.net, coalesce(d.device, a.client) AS device, a.address, k.label = 'ptr' AS reverse,
  a.client BETWEEN 3758096384 AND 4026531839 OR coalesce((i.high >> 56) & 255 = 255, false)
    AS to_group,
  min(a.seen_time) AS earliest, max(a.seen_time) AS latest
FROM fact.answer a
JOIN ranked_capture c ON c.capture = a.capture AND c.added
JOIN fact.answer_kind k ON k.kind = a.kind AND k.label IN ('a', 'aaaa', 'hint', 'ptr')
LEFT JOIN once_device d ON d.capture = a.capture AND d.address = a.client
LEFT JOIN fact.address6 i ON i.address = a.client
GROUP BY ALL;

-- Servers of which something was said, from the first to the last flow that it could name. A device
-- stands for itself, NULL for all.
CREATE OR REPLACE TEMP TABLE told_of AS
SELECT net, if(to_group, NULL, device) AS device, address, min(earliest) - hour() AS since,
  max(latest) AS latest, (SELECT validity FROM longest) AS validity
FROM added_answer WHERE NOT reverse GROUP BY ALL
UNION ALL
SELECT net, NULL, address, min(earliest), max(latest), 24 * hour()
FROM added_answer WHERE NOT reverse GROUP BY net, address
UNION ALL
SELECT net, NULL, address, NULL, NULL, NULL FROM (
  SELECT net, address FROM added_answer WHERE reverse
  UNION
  SELECT c.net, n.address
  FROM fact.nrb_name n JOIN ranked_capture c ON c.capture = n.capture AND c.added
);

CREATE OR REPLACE TEMP TABLE newly_named AS
SELECT f.capture, f.packet
FROM network_flow f JOIN told_of t ON t.net = f.net AND t.address = f.server
WHERE NOT f.added AND (t.device IS NULL OR t.device = f.device)
  AND (t.since IS NULL OR (f.start_time >= t.since AND f.start_time - t.latest <= t.validity));

-- Names that hide others, and did not before.
CREATE OR REPLACE TEMP TABLE unmasked AS
WITH seen AS (
  SELECT c.net, a.canonical AS host, bool_and(c.added) AS added
  FROM fact.answer a
  JOIN ranked_capture c ON c.capture = a.capture
  JOIN fact.answer_kind k ON k.kind = a.kind AND k.label = 'ech'
  GROUP BY c.net, a.canonical
)
SELECT DISTINCT e.capture, e.packet
FROM fact.evidence e
JOIN ranked_capture c ON c.capture = e.capture AND NOT c.added
SEMI JOIN seen s ON s.net = c.net AND s.host = e.host AND s.added;

-- Flows whose proof changed, with the connections they are parts of.
CREATE OR REPLACE TEMP TABLE reproven AS
SELECT capture, packet FROM rejoined WHERE NOT added
UNION
FROM unmasked
UNION
SELECT p.capture, p.packet
FROM fact.part p
SEMI JOIN (
  SELECT u.* , o.first_capture, o.first_packet
  FROM unmasked u JOIN fact.part o ON o.capture = u.capture AND o.packet = u.packet
) o USING (first_capture, first_packet);

-- Their votes, and those of flows that were added, reach the flows of the same device and server.
CREATE OR REPLACE TEMP TABLE added_vote AS
SELECT f.net, coalesce(d.device, f.device) AS device, f.server, f.server_port, f.protocol,
  min(f.start_time) - 24 * hour() AS since, max(f.start_time) + 24 * hour() AS until
FROM network_flow f
LEFT JOIN once_device d ON d.capture = f.capture AND d.address = f.client
SEMI JOIN (
  SELECT e.capture, e.packet
  FROM fact.evidence e
  JOIN ranked_capture c ON c.capture = e.capture AND c.added
  JOIN fact.evidence_kind k ON k.kind = e.kind AND k.proof
  UNION ALL
  SELECT capture, packet FROM rejoined WHERE parts > 1
  UNION ALL
  FROM reproven
) v ON v.capture = f.capture AND v.packet = f.packet
WHERE f.server_port IS NOT NULL
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE outvoted AS
SELECT f.capture, f.packet
FROM network_flow f
JOIN added_vote v ON v.net = f.net AND v.device = f.device AND v.server = f.server
  AND v.server_port = f.server_port AND v.protocol = f.protocol
WHERE NOT f.added AND f.start_time BETWEEN v.since AND v.until
  AND f.start_time BETWEEN (SELECT min(since) FROM added_vote) AND (SELECT max(until) FROM added_vote);

CREATE OR REPLACE TEMP TABLE found AS
WITH direct AS (
  FROM reproven UNION FROM newly_named UNION FROM outvoted
)
FROM direct
UNION
SELECT p.capture, p.packet
FROM fact.part p
JOIN ranked_capture c ON c.capture = p.capture AND NOT c.added
SEMI JOIN (
  SELECT o.first_capture, o.first_packet
  FROM fact.part o SEMI JOIN direct d ON d.capture = o.capture AND d.packet = o.packet
) o USING (first_capture, first_packet);

INSERT INTO older
SELECT f.*, true
FROM network_flow f SEMI JOIN found d ON d.capture = f.capture AND d.packet = f.packet
WHERE NOT f.added;

-- Who votes on a flow that is named anew.
CREATE OR REPLACE TEMP TABLE asked_vote AS
SELECT net, device, server, server_port, protocol,
  min(start_time) - 24 * hour() AS since, max(start_time) + 24 * hour() AS until
FROM (
  SELECT net, device, server, server_port, protocol, start_time FROM network_flow WHERE added
  UNION ALL
  SELECT net, device, server, server_port, protocol, start_time FROM older
)
WHERE server_port IS NOT NULL
GROUP BY net, device, server, server_port, protocol;

INSERT INTO older
SELECT f.*, false
FROM network_flow f
JOIN asked_vote v ON v.net = f.net AND v.device = f.device AND v.server = f.server
  AND v.server_port = f.server_port AND v.protocol = f.protocol
SEMI JOIN (
  SELECT n.capture, n.packet
  FROM fact.naming n JOIN fact.evidence_kind k ON k.kind = n.kind AND k.proof
) n ON n.capture = f.capture AND n.packet = f.packet
ANTI JOIN found d ON d.capture = f.capture AND d.packet = f.packet
WHERE NOT f.added AND f.start_time BETWEEN v.since AND v.until
  AND f.start_time BETWEEN (SELECT min(since) FROM asked_vote) AND (SELECT max(until) FROM asked_vote);

-- What was derived of them is derived anew.
DELETE FROM fact.candidate USING older o
WHERE o.capture = candidate.capture AND o.packet = candidate.packet AND o.affected;
DELETE FROM fact.naming USING older o
WHERE o.capture = naming.capture AND o.packet = naming.packet AND o.affected;
DELETE FROM fact.guess USING older o
WHERE o.capture = guess.capture AND o.packet = guess.packet AND o.affected;

DROP TABLE longest; DROP TABLE once_device; DROP TABLE added_answer; DROP TABLE told_of;
DROP TABLE newly_named; DROP TABLE unmasked; DROP TABLE reproven; DROP TABLE added_vote;
DROP TABLE outvoted; DROP TABLE found; DROP TABLE asked_vote; DROP TABLE older_piece;
