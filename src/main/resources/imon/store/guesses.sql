-- What each kind of inference would have said of the flows that their own packets name, so that a
-- report can hold it against the proof. Goes on from the temporary tables of correlate.sql. A part
-- that continues a connection has no proof of its own: its connection counts once.

-- Every kind but dns-other: the candidate that would name the flow.
INSERT INTO fact.guess
SELECT c.capture, c.packet, c.kind, c.best.host, t.start_time - t.seen_time, t.seen.ttl * 1000000000
FROM (
  SELECT c.capture, c.packet, c.kind,
    arg_min({host: c.host}, {time: -c.seen_time, number: -c.seen_packet, name: h.place}) AS best
  FROM working_candidate c
  SEMI JOIN proof p ON p.capture = c.capture AND p.packet = c.packet
  JOIN ranked_host h USING (host)
  WHERE c.viable AND c.kind <> kind_of('dns-other')
  GROUP BY c.capture, c.packet, c.kind
) c
LEFT JOIN told t ON c.kind = kind_of('dns')
  AND t.capture = c.capture AND t.packet = c.packet AND t.host = c.best.host;

-- dns-other, as if there were no answer that counts for dns: the client's own answers that had run
-- out when the flow began, then those that came after, then the latest of another client.
INSERT INTO fact.guess
WITH judged AS MATERIALIZED (
  FROM answered w SEMI JOIN proof p ON p.capture = w.capture AND p.packet = w.packet
), judged_end AS MATERIALIZED (
  -- Of most answers the times alone say that no flow can have them.
  SELECT net, device, server, min(start_time) AS earliest, max(start_time) AS latest
  FROM judged GROUP BY net, device, server
), ended_answer AS MATERIALIZED (
  SELECT net, device, address, name, end_time,
    arg_max({number: seen.packet, ttl: seen.ttl, time: seen_time}, seen_time) AS seen
  FROM (
    -- A TTL beyond the 7 days changes nothing, but could make the time of its end overflow.
    SELECT *, seen_time + (least(seen.ttl, 7 * 86400) + 3600) * 1000000000 AS end_time
    FROM counting_answer
  ) a
  SEMI JOIN judged_end j ON j.net = a.net AND j.device = a.device AND j.server = a.address
    AND j.latest > a.end_time
  GROUP BY ALL
), ended AS (
  SELECT capture, packet,
    arg_min({host: host, time: seen.time, ttl: seen.ttl},
      {time: -seen.time, number: -seen.number, name: h.place}) AS best
  FROM (
    SELECT j.capture, j.packet, j.start_time, j.name AS host, e.seen
    FROM (
      SELECT j.*, t.host AS name
      FROM judged j
      JOIN told t ON t.capture = j.capture AND t.packet = j.packet
      SEMI JOIN ended_answer e
        ON e.net = j.net AND e.device = j.device AND e.address = j.server AND e.name = t.host
    ) j
    ASOF JOIN ended_answer e
      ON e.net = j.net AND e.device = j.device AND e.address = j.server AND e.name = j.name
      AND j.start_time > e.end_time
  )
  JOIN ranked_host h USING (host)
  WHERE start_time - seen.time <= 168 * hour()
  GROUP BY capture, packet
), later AS (
  SELECT j.capture, j.packet, {host: a.best.host, time: a.seen_time, ttl: a.best.ttl} AS best
  FROM judged j
  ASOF JOIN (
    FROM own_answer a
    SEMI JOIN judged_end j ON j.net = a.net AND j.device = a.device AND j.server = a.address
      AND j.earliest < a.seen_time AND j.latest >= a.seen_time - hour()
  ) a
    ON a.net = j.net AND a.device = j.device AND a.address = j.server
    AND j.start_time < a.seen_time
  WHERE a.seen_time - j.start_time <= hour()
), turn AS (
  -- At every answer: which one the client before it was told last.
  SELECT net, address, seen_time, number, device,
    last_value(if(device <> device_before, before, NULL) IGNORE NULLS) OVER (
      PARTITION BY net, address ORDER BY seen_time) AS other
  FROM (
    SELECT net, address, seen_time, number, said.device AS device,
      lag(number) OVER address_order AS before, lag(said.device) OVER address_order AS device_before
    FROM any_answer a
    SEMI JOIN judged_end j ON j.net = a.net AND j.server = a.address AND j.latest >= a.seen_time
    WINDOW address_order AS (PARTITION BY net, address ORDER BY seen_time)
  )
), others AS (
  SELECT j.capture, j.packet, {host: a.said.host, time: a.seen_time, ttl: a.said.ttl} AS best
  FROM (
    SELECT j.capture, j.packet, j.start_time, if(t.device <> j.device, t.number, t.other) AS latest
    FROM judged j
    ASOF JOIN turn t
      ON t.net = j.net AND t.address = j.server AND j.start_time >= t.seen_time
  ) j
  JOIN any_answer a ON a.number = j.latest
  WHERE j.start_time - a.seen_time <= 24 * hour()
)
SELECT j.capture, j.packet, kind_of('dns-other'), best.host, start_time - best.time,
  best.ttl * 1000000000
FROM (
  SELECT j.capture, j.packet, j.start_time, coalesce(e.best, l.best, o.best) AS best
  FROM judged j
  LEFT JOIN ended e USING (capture, packet)
  LEFT JOIN later l USING (capture, packet)
  LEFT JOIN others o USING (capture, packet)
) j
WHERE best IS NOT NULL;

-- Here, in known.sql and in correlate.sql; the first two are there where flows are few.
DROP TABLE IF EXISTS some_known; DROP TABLE IF EXISTS some_known_evidence;
DROP VIEW working; DROP VIEW known; DROP VIEW known_evidence; DROP VIEW working_candidate;
DROP VIEW piece_flow; DROP VIEW network_flow; DROP VIEW end_flow; DROP TABLE ranked_host;
DROP TABLE outer_host; DROP TABLE piece; DROP TABLE part; DROP TABLE rejoined; DROP TABLE proof;
DROP TABLE mixed; DROP TABLE continuation; DROP TABLE counting_answer; DROP TABLE answered;
DROP TABLE told; DROP TABLE certified; DROP TABLE named_by_itself; DROP TABLE ballot;
DROP TABLE nameless; DROP TABLE own_answer; DROP TABLE any_answer; DROP TABLE told_after;
DROP TABLE called;
