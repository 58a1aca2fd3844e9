-- Parts of one connection, cut by a rotation (the gap at most the idle timeout) or, for TCP, by the idle
-- timeout (without a new SYN at most two hours later, RFC 5382). The idle timeout is the one that the
-- captures were taken in with; of two that differ the shorter one, by which one of them would have cut.
-- The runs of an HTTP connection are parts as well, each with proof of its own.
--
-- Only a flow that nobody opened can go on from another, and within one capture only TCP does. After a
-- rotation one that begins with the answer to a SYN goes on from the SYN that nobody had answered. Of a
-- million pairs of ends few have such a flow, and fewer several: a hash finds them without sorting the
-- others, and tells most of them apart. A flow's number has the order of captures and packets.
CREATE OR REPLACE TEMP TABLE piece AS
WITH ended AS NOT MATERIALIZED (
  SELECT *, hash_of_ends(net, protocol, client, client_port, server, server_port) AS ends
  FROM piece_flow
  WHERE client_port IS NOT NULL AND (protocol = 6
    OR net IN (SELECT net FROM ranked_capture GROUP BY net HAVING count(*) > 1))
), several AS (
  SELECT ends FROM ended
  SEMI JOIN (SELECT DISTINCT ends FROM ended WHERE NOT opened OR answering) going_on USING (ends)
  GROUP BY ends HAVING count(*) > 1
)
SELECT w.capture, w.packet, (w.place::BIGINT << 40) + w.packet AS number, w.start_time, w.end_time,
  if(p.packet IS NULL, w.scope, (SELECT scope FROM fact.scope WHERE label = 'local')) AS scope,
  p.packet IS NOT NULL AS proxied,
  w.protocol, w.opened, w.unanswered, w.answering, w.added, w.timeout, ends,
  least(w.client, w.server) AS a, greatest(w.client, w.server) AS b,
  (w.net::BIGINT << 40) + (w.protocol::BIGINT << 32)
    + CASE WHEN w.client < w.server OR (w.client = w.server AND w.client_port <= w.server_port)
      THEN w.client_port::BIGINT * 65536 + w.server_port
      ELSE w.server_port::BIGINT * 65536 + w.client_port END AS ports
FROM ended w
JOIN several USING (ends)
LEFT JOIN fact.proxied p ON p.capture = w.capture AND p.packet = w.packet;

-- A connection is another than before where a flow was added to it, or next to it (near).
CREATE OR REPLACE TEMP TABLE part AS
SELECT capture, packet, start_time, number, scope, proxied, added, begins, near,
  last_value(if(begins, number, NULL) IGNORE NULLS) OVER pair_order AS whole
FROM (
  SELECT *,
    if(answering AND lag(unanswered) OVER pair_order AND lag(capture) OVER pair_order <> capture,
        false, opened)
      OR coalesce(start_time - lag(end_time) OVER pair_order > CASE
        WHEN lag(capture) OVER pair_order = capture THEN if(protocol = 6, 2 * hour(), NULL)
        ELSE least(timeout, lag(timeout) OVER pair_order) END, true) AS begins,
    added OR coalesce(lag(added) OVER pair_order, false)
      OR coalesce(lead(added) OVER pair_order, false) AS near
  FROM piece
  WINDOW pair_order AS (PARTITION BY ends, a, b, ports ORDER BY start_time, number)
)
WINDOW pair_order AS (PARTITION BY ends, a, b, ports ORDER BY start_time, number);

CREATE OR REPLACE TEMP TABLE rejoined AS
SELECT p.capture, p.packet, p.added, w.parts, w.first_capture, w.first_packet,
  p.proxied,
  coalesce(s.label = 'local' AND (p.start_time, p.number) > w.outward, false) AS behind_proxy
FROM part p
JOIN (
  SELECT whole, count(*) AS parts, any_value(capture) FILTER (begins) AS first_capture,
    any_value(packet) FILTER (begins) AS first_packet,
    min((start_time, number)) FILTER (label = 'internet') AS outward
  FROM part JOIN fact.scope USING (scope) GROUP BY whole HAVING bool_or(near)
) w USING (whole)
JOIN fact.scope s USING (scope);

DELETE FROM fact.part USING rejoined r
WHERE r.capture = part.capture AND r.packet = part.packet;

INSERT INTO fact.part
SELECT capture, packet, first_capture, first_packet FROM rejoined WHERE parts > 1;

-- What goes on behind a proxy goes to the internet, in whichever file the proxy was asked; no longer where
-- another connection turns out to be between them.
UPDATE fact.flow SET scope = s.scope
FROM rejoined r JOIN fact.scope s ON s.label = if(r.behind_proxy, 'internet', 'local')
WHERE r.behind_proxy <> r.proxied AND r.capture = flow.capture AND r.packet = flow.packet;

DELETE FROM fact.proxied USING rejoined r
WHERE r.capture = proxied.capture AND r.packet = proxied.packet;

INSERT INTO fact.proxied SELECT capture, packet FROM rejoined WHERE behind_proxy;
