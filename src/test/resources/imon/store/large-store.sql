-- Facts for LargeStore and AddedNight: variables nights and flows say how many there are, the macro
-- wanted_night which nights are made. Nothing here is random: what a flow is hangs on its number alone. Of 64 flows that follow each other four clients have sixteen each, to
-- four hosts.

CREATE TEMP MACRO share(number, salt) AS (hash(number * 8 + salt) >> 11) / 9007199254740992.0;
CREATE TEMP MACRO second() AS 1000000000::BIGINT;
CREATE TEMP MACRO first_night() AS 1772474400 * second();

INSERT INTO fact.capture
SELECT n, '', 'night-' || n || '.pcap', printf('%032x', n * 7919), '', 0, 'pcap', 'ETHERNET',
  first_night() + (n - 1) * 86400 * second(), first_night() + n * 86400 * second() - 1, 0, 0, 0,
  'ok', NULL, 0, false
FROM range(1, getvariable('nights') + 1) r(n) WHERE wanted_night(n);

CREATE TEMP TABLE wanted AS
SELECT n FROM range(1, getvariable('nights') + 1) r(n) WHERE wanted_night(n);

-- Some sites have many hosts, most have one.
INSERT INTO fact.host
SELECT h, 'h' || h || '.site' || (h * h // 5000) || '.example', 'site' || (h * h // 5000) || '.example'
FROM range(1, 5001) r(h);

INSERT INTO fact.address6
SELECT 4294967296 + a, 2306139568115548160 + a // 64, a, '2001:db8::' || printf('%x', a // 64) || ':' || a
FROM range(0, 4096) r(a);

CREATE TEMP TABLE made AS
SELECT *, start_time + if(long, 290, 2) * second() AS end_time,
  if(six, 4294967296 + host % 2048, 3405774848 + host * 4 + floor(share(i, 5) * 4)::BIGINT) AS named_server,
  if(night = getvariable('nights') AND nameless, 2500000000 + i // 16, 2600000000 + floor(pow(share(i, 6), 4) * 40000)::BIGINT)
    AS other_server
FROM (
  SELECT i, i * getvariable('nights') // getvariable('flows') + 1 AS night,
    first_night() + (i * (getvariable('nights') * 86400 * second() // getvariable('flows'))) AS start_time,
    1 + floor(pow(share(i // 64 * 16 + i % 16, 0), 3) * 5000)::INTEGER AS host,
    1 + floor(pow(share(i // 64 * 4 + i % 4, 1), 2) * 50)::INTEGER AS client,
    share(i, 2) AS kind, kind >= 0.83 AS nameless, share(i, 3) < 0.05 AS long, share(i, 4) < 0.1 AND NOT nameless AS six,
    floor(200 / (0.0004 + share(i, 7)))::BIGINT AS bytes
  FROM range(0, getvariable('flows')) r(i) WHERE wanted_night(night)
);

INSERT INTO fact.flow
SELECT night, i * 8 + 1, start_time, end_time, if(kind BETWEEN 0.4 AND 0.5, 17, 6),
  if(six, 4294967296 + 4000 + client, 167772160 + client), 32768 + i % 28000,
  if(nameless, other_server, named_server), if(nameless, 1024 + i % 16, 443),
  2, bytes // 8, 3, bytes - bytes // 8, false, long, true, 0, NULL
FROM made;

INSERT INTO fact.slice
SELECT night, i * 8 + 1, ((start_time + m * 72 * second()) // (60 * second()))::INTEGER,
  if(m = 0, 2, 0), if(m = 0, bytes // 8, 0), if(m = 4, 3, 0), if(m = 4, bytes - bytes // 8, 0)
FROM made, range(0, 5) r(m) WHERE long;

INSERT INTO fact.evidence
SELECT night, i * 8 + 1, (SELECT kind FROM fact.evidence_kind WHERE label = 'tls'), host, i * 8 + 4,
  start_time + second() // 10
FROM made WHERE kind < 0.66;

-- Looked up just before: every second of the flows that have no proof, every twentieth of the others.
INSERT INTO fact.answer
SELECT night, i * 8, start_time - second(), if(six, 4294967296 + 4000 + client, 167772160 + client),
  host, host, named_server, 300, if(six, 1, 0), true
FROM made WHERE kind BETWEEN 0.66 AND 0.83 OR (kind < 0.66 AND i % 20 = 0);

INSERT INTO fact.link
SELECT n, 167772160 + c, 2199023255552 + c FROM wanted r, range(1, 51) s(c)
UNION ALL
SELECT n, 4294967296 + 4000 + c, 2199023255552 + c
FROM wanted r, range(1, 51) s(c);

INSERT INTO fact.unflowed
SELECT n, ((first_night() + (n - 1) * 86400 * second()) // (60 * second()) + m)::INTEGER,
  (SELECT min(class) FROM fact.unflowed_class), 3, 180
FROM wanted r, range(0, 1440) s(m);

UPDATE fact.capture SET packets = t.packets, wire_bytes = t.bytes, file_bytes = t.bytes
FROM (
  SELECT night, count(*) * 5 + 1440 * 3 AS packets, sum(bytes)::BIGINT + 1440 * 180 AS bytes
  FROM made GROUP BY night
) t WHERE t.night = capture;

DROP TABLE made; DROP TABLE wanted;
