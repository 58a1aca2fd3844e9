-- What naming begins with, for the networks in the temporary table concerned (source): numbers that are
-- quick to compare, the devices of captures that were added, names that hide others, and all flows.

CREATE OR REPLACE TEMP MACRO hour() AS 3600000000000;
CREATE OR REPLACE TEMP MACRO private4(address) AS
  address >> 24 IN (0, 10, 127) OR address >> 20 = 2753 OR address >> 16 IN (43518, 49320)
  OR address >> 22 = 401;
-- A variable is a constant to the planner, and a query as often as a kind is named takes longer.
SET VARIABLE kinds = (SELECT map_from_entries(list((label, kind))) FROM fact.evidence_kind);
CREATE OR REPLACE TEMP MACRO kind_of(wanted) AS getvariable('kinds')[wanted];
-- Orders by three numbers of at most 46, 48 and 32 bits, one after the other: what an aggregate compares in
-- half the time that it takes for a record of them.
CREATE OR REPLACE TEMP MACRO in_order(a, b, c) AS (a::HUGEINT << 80) + (b::HUGEINT << 32) + c;
CREATE OR REPLACE TEMP MACRO hash_of_ends(net, protocol, client, client_port, server, server_port) AS
  hash(net, protocol, xor(hash(client, client_port), hash(server, server_port)));

-- Networks, captures, sites and names as numbers in their order, which are quick to compare.
CREATE OR REPLACE TEMP TABLE ranked_net AS
SELECT source, row_number() OVER (ORDER BY source)::INTEGER AS net FROM concerned;

CREATE OR REPLACE TEMP TABLE ranked_capture AS
SELECT c.capture, n.net, row_number() OVER (ORDER BY c.fingerprint)::INTEGER AS place, c.first_time,
  NOT c.correlated AS added, o.tcp AS tcp_timeout, o.other AS other_timeout
FROM fact.capture c JOIN ranked_net n USING (source) JOIN option_timeout o USING (options);

CREATE OR REPLACE TEMP TABLE ranked_host AS
SELECT host, dense_rank() OVER (ORDER BY site)::INTEGER AS site,
  row_number() OVER (ORDER BY name, site)::INTEGER AS place
FROM fact.host;

-- Addresses that share a link-layer address are one device, unless that is a router's: it has more
-- than 16 addresses, a public IPv4 address beside other IPv4 ones (one of a network that was given as
-- local is none), or IPv6 addresses of several networks, or it passed packets on.
DELETE FROM fact.device USING fact.capture c
WHERE c.capture = device.capture AND NOT c.correlated;

INSERT INTO fact.device
WITH given_local AS (
  SELECT DISTINCT l.capture, l.address
  FROM fact.link l
  JOIN fact.capture c USING (capture)
  JOIN option_block b ON b.options = c.options AND b.ipv4
  WHERE NOT c.correlated AND l.address < 4294967296
    AND in_block(l.address, 0, 0, b.ipv4, b.high, b.high_mask, b.low, b.low_mask)
), router AS (
  SELECT DISTINCT capture, -mac AS mac FROM fact.link WHERE mac < 0
), pair AS (
  SELECT DISTINCT l.capture, l.mac, l.address, a.high,
    l.address < 4294967296 AND NOT private4(l.address) AND g.address IS NULL AS public4,
    (a.high >> 61) & 7 = 1 AS global6
  FROM fact.link l
  JOIN fact.capture c USING (capture)
  LEFT JOIN fact.address6 a USING (address)
  LEFT JOIN given_local g ON g.capture = l.capture AND g.address = l.address
  ANTI JOIN router r ON r.capture = l.capture AND r.mac = l.mac
  WHERE NOT c.correlated AND l.mac > 0
), single AS (
  SELECT capture, mac FROM pair GROUP BY capture, mac
  HAVING count(*) <= 16
    AND (count(*) FILTER (WHERE public4) = 0 OR count(*) FILTER (WHERE address < 4294967296) = 1)
    AND coalesce(min(high) FILTER (global6) = max(high) FILTER (global6), true)
)
SELECT capture, address, -min(mac)
FROM pair SEMI JOIN single USING (capture, mac)
GROUP BY capture, address HAVING count(*) = 1;

-- Names that stand for whoever hides behind them (ECH): their flows yield to dns.
CREATE OR REPLACE TEMP TABLE outer_host AS
SELECT n.net, h.host
FROM fact.host h SEMI JOIN fact.ech_name e ON e.name = h.name CROSS JOIN ranked_net n
UNION
SELECT c.net, a.canonical
FROM fact.answer a
JOIN fact.answer_kind k USING (kind)
JOIN ranked_capture c USING (capture)
WHERE k.label = 'ech' AND a.canonical IS NOT NULL;

CREATE OR REPLACE TEMP VIEW end_flow AS
SELECT f.capture, f.packet, f.start_time, f.end_time, f.protocol, f.opened, c.net, c.place, c.added,
  f.client, f.client_port, f.server, f.server_port, f.scope,
  if(f.protocol = 6, c.tcp_timeout, c.other_timeout) AS timeout,
  f.opened AND NOT f.reversed AND f.down_packets = 0 AS unanswered,
  f.opened AND f.reversed AS answering
FROM fact.flow f JOIN ranked_capture c USING (capture);

CREATE OR REPLACE TEMP VIEW network_flow AS
SELECT f.* EXCLUDE (scope, timeout, unanswered, answering), coalesce(d.device, f.client) AS device
FROM end_flow f LEFT JOIN fact.device d ON d.capture = f.capture AND d.address = f.client;

-- Until affected.sql finds some: flows of older captures that are read, and those that are named anew.
CREATE OR REPLACE TEMP TABLE older AS
SELECT *, true AS affected FROM network_flow LIMIT 0;

-- Flows that could be parts of connections of which captures were added.
CREATE OR REPLACE TEMP VIEW piece_flow AS FROM end_flow WHERE added;
