-- Names flows: those of captures that were added, and those of older ones that affected.sql found. To add
-- a kind of evidence: a constant in imon.name.Evidence; then either rows in fact.evidence (the flow's own
-- packets say it), or an INSERT into fact.candidate here (something else says it) and a line in
-- affected.sql (which flows that can reach). What it says of flows that have proof is measured by
-- guesses.sql, which also drops the temporary tables of both.
--
-- A flow that is named anew asks all that can say something of it, in any capture of its network:
--
--   proof        its own packets, and which names of its network hide others (ECH)
--   continued    the parts of its connection (parts.sql): all of them are named anew together
--   dns          answers for its server, told to its client device; the latest for a name counts, and
--                only within TTL + 1 h; of more than 64 names those told last (LastTold)
--   sibling      proven flows of the same device, server and port that begin at most 24 h away
--   dns-other    answers for its server, told to its device up to 7 days before it began, or 1 h
--                after; told to others up to 24 h before
--   ptr          what its server is called, at any time
--
-- Nothing else is read of it but numbers that keep their order whatever is added.

-- Proof in the flow's own packets: the strongest kind, of that the first packet.
CREATE OR REPLACE TEMP TABLE proof AS
SELECT e.capture, e.packet, e.affected,
  arg_min({kind: e.kind, host: e.host, seen_packet: e.seen_packet, seen_time: e.seen_time},
    in_order(k.strength, e.seen_packet, h.place)) AS best
FROM known_evidence e
JOIN fact.evidence_kind k USING (kind)
JOIN ranked_host h USING (host)
ANTI JOIN outer_host o ON o.net = e.net AND o.host = e.host
WHERE k.proof
GROUP BY e.capture, e.packet, e.affected;

-- continued: the part before that has proof says the name and the sides, else the part after, unless the
-- connection went on to ask several hosts and may have asked others before: it was not opened here, or its
-- first request was lost. A part that is apart has no name to give, nor takes one from others, nor lets
-- one of before pass to the part behind it. A part beside which another host is asked is of no known one:
-- the directions are in two files. Of most connections all parts have proof, or none has.
CREATE OR REPLACE TEMP TABLE mixed AS
SELECT p.first_capture, p.first_packet
FROM fact.part p LEFT JOIN proof r ON r.capture = p.capture AND r.packet = p.packet
GROUP BY p.first_capture, p.first_packet
HAVING count(r.best) > 0 AND count(r.best) < count(*);

CREATE OR REPLACE TEMP TABLE continuation AS
WITH connected AS (
  SELECT w.capture, w.packet, w.start_time, w.end_time, w.place, w.client, w.client_port,
    p.first_capture, p.first_packet, w.opened AND u.packet IS NULL AS from_start,
    r.best IS NULL AND coalesce(u.apart, false) AS apart,
    CASE WHEN r.best IS NOT NULL OR u.apart THEN {host: r.best.host, capture: w.capture,
      seen_packet: r.best.seen_packet, seen_time: r.best.seen_time, client: w.client,
      client_port: w.client_port} END AS found
  FROM (FROM fact.part SEMI JOIN mixed USING (first_capture, first_packet)) p
  JOIN working w ON w.capture = p.capture AND w.packet = p.packet
  LEFT JOIN proof r ON r.capture = p.capture AND r.packet = p.packet
  LEFT JOIN fact.untold u ON u.capture = p.capture AND u.packet = p.packet
), continuing AS (
  SELECT *,
    coalesce(last_value(found IGNORE NULLS) OVER so_far,
      CASE WHEN from_start OR (NOT bool_or(apart) OVER following
          AND min(found.host) OVER following = max(found.host) OVER following)
        THEN first_value(found IGNORE NULLS) OVER following END) AS said,
    min(found.host) OVER beside AS lowest, max(found.host) OVER beside AS highest,
    bool_or(apart) OVER beside AS apart_beside
  FROM connected
  WINDOW so_far AS (PARTITION BY first_capture, first_packet
    ORDER BY start_time, place, packet),
  following AS (PARTITION BY first_capture, first_packet
    ORDER BY start_time, place, packet ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING),
  beside AS (PARTITION BY first_capture, first_packet
    ORDER BY start_time RANGE BETWEEN CURRENT ROW AND end_time - start_time FOLLOWING)
)
SELECT capture, packet, said.host AS host, said.capture AS seen_capture,
  said.seen_packet AS seen_packet, said.seen_time AS seen_time,
  said.client <> client OR said.client_port <> client_port AS flipped
FROM continuing
WHERE found IS NULL AND said.host IS NOT NULL
  AND (end_time = start_time OR (NOT apart_beside
    AND coalesce(lowest = said.host AND highest = said.host, true)));

INSERT INTO fact.candidate
SELECT capture, packet, kind_of('continued'), host, seen_capture, seen_packet, seen_time, true
FROM continuation;

-- dns: of each name the client was told for this server, the latest answer before the flow began,
-- at most its TTL and one hour old. Of packets of one time in a capture the number says which came
-- first: where the latest came after the flow, the one before it counts. Flows meet seats, not names,
-- of which one device can be told thousands for an address that it has 100,000 flows to.
CREATE OR REPLACE TEMP TABLE told AS
WITH latest AS MATERIALIZED (
  SELECT f.*, a.name, a.seen, a.seen_time,
    a.seen_time = f.start_time AND a.seen.capture = f.capture AND a.seen.packet > f.packet AS after
  FROM (
    SELECT w.*, t.seat
    FROM answered w
    JOIN (SELECT DISTINCT net, device, address, seat FROM counting_answer) t
      ON t.net = w.net AND t.device = w.device AND t.address = w.server
  ) f
  ASOF JOIN counting_answer a
    ON a.net = f.net AND a.device = f.device AND a.address = f.server AND a.seat = f.seat
    AND f.start_time >= a.seen_time
), before AS (
  SELECT capture, packet, start_time, name, seen, seen_time FROM latest WHERE NOT after
  UNION ALL
  SELECT l.capture, l.packet, l.start_time, a.name, a.seen, a.seen_time
  FROM (FROM latest WHERE after) l
  ASOF JOIN (
    FROM counting_answer a
    SEMI JOIN (FROM latest WHERE after) l
      ON a.net = l.net AND a.device = l.device AND a.address = l.server AND a.seat = l.seat
  ) a
    ON a.net = l.net AND a.device = l.device AND a.address = l.server AND a.seat = l.seat
    AND l.start_time > a.seen_time
)
SELECT capture, packet, start_time, name AS host, seen, seen_time,
  start_time - seen_time <= (seen.ttl + 3600) * 1000000000 AS fresh
FROM before;

-- certificate: the names of the server's certificate, if they are of one site; else they narrow dns.
CREATE OR REPLACE TEMP TABLE certified AS
SELECT DISTINCT e.capture, e.packet, s.site
FROM known_evidence e JOIN ranked_host s USING (host)
WHERE e.affected AND e.kind = kind_of('certificate');

INSERT INTO fact.candidate
SELECT t.capture, t.packet, kind_of('dns'), t.host, t.seen.capture, t.seen.packet, t.seen_time,
  n.capture IS NULL OR EXISTS (
    FROM certified c WHERE c.capture = t.capture AND c.packet = t.packet AND c.site = s.site)
FROM told t
JOIN ranked_host s USING (host)
LEFT JOIN (
  -- Flows of which some, and only some, of the dns candidates are in the certificate.
  SELECT DISTINCT t.capture, t.packet FROM told t JOIN ranked_host s USING (host)
  JOIN certified c ON c.capture = t.capture AND c.packet = t.packet AND c.site = s.site
  WHERE t.fresh
) n ON n.capture = t.capture AND n.packet = t.packet
WHERE t.fresh;

INSERT INTO fact.candidate
SELECT e.capture, e.packet, e.kind, e.host, e.capture, e.seen_packet, e.seen_time, true
FROM known_evidence e
SEMI JOIN (
  SELECT capture, packet FROM certified GROUP BY capture, packet HAVING count(*) = 1
) one ON one.capture = e.capture AND one.packet = e.packet
WHERE e.affected AND e.kind = kind_of('certificate');

-- sibling: all proven flows of the client to this server and port within 24 h agree on one site. A
-- flow with proof of its own is judged by the others: not by the parts that continue it, which only
-- repeat what it says. So where there are such parts, it is in a ballot of its kind alone.
CREATE OR REPLACE TEMP TABLE named_by_itself AS
SELECT w.net, w.device, w.server, w.server_port, w.protocol, w.capture, w.packet, h.site, n.host,
  n.seen_packet, n.seen_time, n.seen_capture, n.proven
FROM known w
JOIN (
  SELECT capture, packet, best.host AS host, best.seen_packet AS seen_packet,
    best.seen_time AS seen_time, capture AS seen_capture, true AS proven
  FROM proof
  UNION ALL
  SELECT capture, packet, host, seen_packet, seen_time, seen_capture, false
  FROM fact.candidate WHERE kind = kind_of('continued')
) n USING (capture, packet)
JOIN ranked_host h USING (host);

CREATE OR REPLACE TEMP TABLE ballot AS
WITH poll AS (
  SELECT net, device, server, server_port, protocol, row_number() OVER () AS ballot,
    bool_or(proven) AND NOT bool_and(proven) AS apart
  FROM named_by_itself GROUP BY net, device, server, server_port, protocol
), voter AS MATERIALIZED (
  SELECT b.ballot, b.apart, w.capture, w.packet, w.start_time, w.place, w.affected, n.site,
    coalesce(n.proven, false) AS proven
  FROM known w
  JOIN poll b ON b.net = w.net AND b.device = w.device AND b.server = w.server
    AND b.protocol = w.protocol AND b.server_port = w.server_port
  LEFT JOIN named_by_itself n ON n.capture = w.capture AND n.packet = w.packet
)
SELECT *, row_number() OVER (ORDER BY start_time, place, packet) AS turn
FROM (
  SELECT * REPLACE (false AS apart), affected AND NOT (apart AND proven) AS asks FROM voter
  UNION ALL
  SELECT *, affected FROM voter WHERE apart AND proven
);

INSERT INTO fact.candidate
SELECT b.capture, b.packet, kind_of('sibling'), n.host, n.seen_capture, n.seen_packet, n.seen_time, true
FROM (
  SELECT capture, packet, asks, min(site) OVER around AS lowest, max(site) OVER around AS highest,
    min(if(site IS NOT NULL, turn, NULL)) OVER around AS nearest
  FROM ballot
  WINDOW around AS (PARTITION BY ballot, apart
    ORDER BY start_time RANGE BETWEEN 24 * hour() PRECEDING AND 24 * hour() FOLLOWING
    EXCLUDE CURRENT ROW)
) b
JOIN ballot v ON v.turn = b.nearest
JOIN named_by_itself n ON n.capture = v.capture AND n.packet = v.packet
WHERE b.asks AND b.lowest = b.highest;

-- dns-other: the client's own older answer (at most 7 days), or one up to 1 h after the flow began;
-- else another client's of the last 24 h.
CREATE OR REPLACE TEMP TABLE nameless AS
FROM answered w
ANTI JOIN told t ON t.capture = w.capture AND t.packet = w.packet
  AND (t.fresh OR t.start_time - t.seen_time <= 168 * hour());

INSERT INTO fact.candidate
SELECT capture, packet, kind_of('dns-other'), best.host, best.capture, best.number, best.time, true
FROM (
  SELECT capture, packet,
    arg_min({host: host, capture: seen.capture, number: seen.packet, time: seen_time},
      {time: -seen_time, number: -seen.packet, name: h.place}) AS best
  FROM told JOIN ranked_host h USING (host)
  WHERE NOT fresh AND start_time - seen_time <= 168 * hour()
  GROUP BY capture, packet
);

CREATE OR REPLACE TEMP TABLE own_answer AS
SELECT a.net, a.device, a.address, a.seen_time,
  arg_min({host: a.name, capture: a.seen.capture, number: a.seen.packet, ttl: a.seen.ttl},
    in_order(c.place, a.seen.packet, h.place)) AS best
FROM counting_answer a
JOIN ranked_capture c ON c.capture = a.seen.capture
JOIN ranked_host h ON h.host = a.name
GROUP BY a.net, a.device, a.address, a.seen_time;

-- Here a group stands for all that heard it. The number tells one from the others, in no order.
CREATE OR REPLACE TEMP TABLE any_answer AS
SELECT *, row_number() OVER () AS number
FROM (
  SELECT a.net, a.address, a.seen_time,
    arg_min({device: a.device, host: a.name, capture: a.seen.capture, number: a.seen.packet,
        ttl: a.seen.ttl},
      in_order(c.place, a.seen.packet, h.place)) AS said
  FROM counting_answer a
  JOIN ranked_capture c ON c.capture = a.seen.capture
  JOIN ranked_host h ON h.host = a.name
  WHERE NOT a.heard
  GROUP BY a.net, a.address, a.seen_time
);

-- One of the time at which the flow began came after it: else it would be dns.
CREATE OR REPLACE TEMP TABLE told_after AS
SELECT w.capture, w.packet, a.best, a.seen_time
FROM nameless w
ASOF JOIN own_answer a
  ON a.net = w.net AND a.device = w.device AND a.address = w.server
  AND w.start_time <= a.seen_time
WHERE a.seen_time - w.start_time <= hour();

INSERT INTO fact.candidate
SELECT capture, packet, kind_of('dns-other'), best.host, best.capture, best.number, seen_time, true
FROM told_after;

INSERT INTO fact.candidate
SELECT w.capture, w.packet, kind_of('dns-other'), a.said.host, a.said.capture, a.said.number,
  a.seen_time, true
FROM nameless w
ASOF JOIN any_answer a
  ON a.net = w.net AND a.address = w.server AND w.start_time >= a.seen_time
ANTI JOIN told_after t ON t.capture = w.capture AND t.packet = w.packet
WHERE w.start_time - a.seen_time <= 24 * hour();

-- ptr: what the server's address is called by hosts files, else by name resolution blocks (the name in
-- the best place of its list, ties by name), else by the latest reverse answer, else by a lookup
-- (--resolve). The first names the flow; the others, too many of which nobody would look at, are shown beside it.
CREATE OR REPLACE TEMP TABLE called AS
SELECT g.net, g.address, g.host, g.best.capture AS capture, g.best.packet AS packet,
  g.best.seen_time AS seen_time,
  row_number() OVER (PARTITION BY g.net, g.address ORDER BY g.rank, h.place) AS turn
FROM (
  SELECT net, address, host, min(rank) AS rank,
    arg_min({capture: capture, packet: packet, seen_time: seen_time}, rank) AS best
  FROM (
    SELECT r.net, n.address, n.name AS host, NULL AS capture, NULL AS packet, NULL AS seen_time,
      {list: 0, place: n.place, time: 0, capture: 0, packet: 0} AS rank
    FROM fact.hosts_name n JOIN ranked_net r USING (source)
    UNION ALL
    SELECT c.net, n.address, n.name, n.capture, NULL, NULL,
      {list: 1, place: n.place, time: 0, capture: c.place, packet: 0}
    FROM fact.nrb_name n JOIN ranked_capture c USING (capture)
    UNION ALL
    SELECT c.net, a.address, a.name, a.capture, a.seen_packet, a.seen_time,
      {list: 2, place: 0, time: -a.seen_time, capture: c.place, packet: a.seen_packet}
    FROM fact.answer a
    JOIN ranked_capture c USING (capture)
    JOIN fact.answer_kind k ON k.kind = a.kind AND k.label = 'ptr'
    WHERE counts(a.capture, a.client, a.asked, a.seen_time, c.first_time)
    UNION ALL
    SELECT r.net, l.address, l.name, NULL, NULL, NULL,
      {list: 3, place: 0, time: 0, capture: 0, packet: 0}
    FROM fact.reverse l JOIN ranked_net r USING (source) WHERE l.name IS NOT NULL
  )
  GROUP BY net, address, host
) g
JOIN ranked_host h USING (host)
QUALIFY turn <= 16;

INSERT INTO fact.candidate
SELECT w.capture, w.packet, kind_of('ptr'), n.host, n.capture, n.packet, n.seen_time, n.turn = 1
FROM working w
JOIN called n ON n.net = w.net AND n.address = w.server;

-- Proof names the flow, else the strongest kind of inference: the latest of it, ties by packet number,
-- then name. An outer name of ECH comes after all dns.
INSERT INTO fact.naming
SELECT capture, packet, best.kind, best.host, false FROM proof WHERE affected;

INSERT INTO fact.naming
SELECT e.capture, e.packet, best.kind, best.host, coalesce(c.flipped, false)
FROM (
  SELECT e.capture, e.packet,
    arg_min({kind: e.kind, host: e.host},
      {strength: e.strength, time: e.time, number: e.number, name: h.place}) AS best
  FROM (
    SELECT c.capture, c.packet, c.kind, c.host, 10 * k.strength AS strength, -c.seen_time AS time,
      -c.seen_packet AS number
    FROM working_candidate c
    JOIN fact.evidence_kind k USING (kind)
    WHERE c.viable
    UNION ALL
    SELECT o.capture, o.packet, o.kind, o.host,
      10 * (SELECT strength FROM fact.evidence_kind WHERE label = 'dns') + 1, 0, o.seen_packet
    FROM known_evidence o
    JOIN fact.evidence_kind k ON k.kind = o.kind AND k.proof
    SEMI JOIN outer_host h ON h.net = o.net AND h.host = o.host
    WHERE o.affected
  ) e
  JOIN ranked_host h USING (host)
  ANTI JOIN proof p ON p.capture = e.capture AND p.packet = e.packet
  GROUP BY e.capture, e.packet
) e
LEFT JOIN continuation c
  ON c.capture = e.capture AND c.packet = e.packet AND best.kind = kind_of('continued');
