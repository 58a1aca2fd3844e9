-- Copies captures (temporary table moving, see moving.sql) from memory into store, with the ids of names and addresses that the store uses.

INSERT INTO store.fact.host
SELECT (SELECT coalesce(max(host), 0) FROM store.fact.host) + row_number() OVER (ORDER BY site, name),
  name, site
FROM memory.fact.host m ANTI JOIN store.fact.host k
  ON k.site = m.site AND k.name IS NOT DISTINCT FROM m.name;

INSERT INTO store.fact.address6
SELECT greatest((SELECT coalesce(max(address), 0) FROM store.fact.address6), 4294967295)
    + row_number() OVER (ORDER BY high, low),
  high, low, ip
FROM memory.fact.address6 ANTI JOIN store.fact.address6 k USING (high, low);

CREATE OR REPLACE TEMP TABLE host_move AS
SELECT m.host, k.host AS kept FROM memory.fact.host m JOIN store.fact.host k
  ON k.site = m.site AND k.name IS NOT DISTINCT FROM m.name;

CREATE OR REPLACE TEMP TABLE address_move AS
SELECT m.address, k.address AS kept
FROM memory.fact.address6 m JOIN store.fact.address6 k USING (high, low);

INSERT INTO store.fact.capture
SELECT m.* REPLACE (v.kept AS capture, v.source AS source)
FROM memory.fact.capture m JOIN moving v USING (capture);

-- Read by KeptFiles: when, in nanoseconds since 1970 UTC, and the status.
DELETE FROM store.fact.setting WHERE name IN (SELECT 'file ' || path FROM held_file);

INSERT INTO store.fact.setting
SELECT 'file ' || path, max(time) || ' ' || arg_max(status, time) FROM held_file GROUP BY path;

-- Read by KeptCapture, and by moving.sql.
DELETE FROM store.fact.setting
WHERE name IN (SELECT 'beginning ' || fingerprint FROM new_beginning);

INSERT INTO store.fact.setting
SELECT 'beginning ' || fingerprint, capture::VARCHAR FROM new_beginning;

INSERT INTO store.fact.flow
SELECT f.* REPLACE (v.kept AS capture, coalesce(c.kept, f.client) AS client,
  coalesce(s.kept, f.server) AS server)
FROM memory.fact.flow f
JOIN moving v USING (capture)
LEFT JOIN address_move c ON c.address = f.client
LEFT JOIN address_move s ON s.address = f.server;

INSERT INTO store.fact.untold
SELECT u.* REPLACE (v.kept AS capture) FROM memory.fact.untold u JOIN moving v USING (capture);

INSERT INTO store.fact.slice
SELECT s.* REPLACE (v.kept AS capture) FROM memory.fact.slice s JOIN moving v USING (capture);

INSERT INTO store.fact.evidence
SELECT e.* REPLACE (v.kept AS capture, h.kept AS host)
FROM memory.fact.evidence e JOIN moving v USING (capture) JOIN host_move h ON h.host = e.host;

INSERT INTO store.fact.answer
SELECT a.* REPLACE (v.kept AS capture, coalesce(c.kept, a.client) AS client, n.kept AS name,
  k.kept AS canonical, coalesce(i.kept, a.address) AS address)
FROM memory.fact.answer a
JOIN moving v USING (capture)
JOIN host_move n ON n.host = a.name
LEFT JOIN host_move k ON k.host = a.canonical
LEFT JOIN address_move c ON c.address = a.client
LEFT JOIN address_move i ON i.address = a.address;

INSERT INTO store.fact.nrb_name
SELECT r.* REPLACE (v.kept AS capture, coalesce(a.kept, r.address) AS address, n.kept AS name)
FROM memory.fact.nrb_name r
JOIN moving v USING (capture)
JOIN host_move n ON n.host = r.name
LEFT JOIN address_move a ON a.address = r.address;

-- Names that were not known before: the flows of their sources are to be named anew.
CREATE OR REPLACE TEMP TABLE new_hosts_name AS
SELECT DISTINCT r.* REPLACE (coalesce(a.kept, r.address) AS address, n.kept AS name)
FROM memory.fact.hosts_name r
JOIN host_move n ON n.host = r.name
LEFT JOIN address_move a ON a.address = r.address;

DELETE FROM new_hosts_name n USING store.fact.hosts_name k
WHERE k.source = n.source AND k.address = n.address AND k.name = n.name AND k.place = n.place;

INSERT INTO store.fact.hosts_name FROM new_hosts_name;

UPDATE store.fact.capture SET correlated = false
WHERE source IN (SELECT source FROM new_hosts_name);

-- Looked up names replace older ones; where that changes a name, flows of the source are named anew.
CREATE OR REPLACE TEMP TABLE new_reverse AS
SELECT r.* REPLACE (coalesce(a.kept, r.address) AS address, n.kept AS name)
FROM memory.fact.reverse r
LEFT JOIN host_move n ON n.host = r.name
LEFT JOIN address_move a ON a.address = r.address;

UPDATE store.fact.capture SET correlated = false
WHERE source IN (
  SELECT n.source FROM new_reverse n
  LEFT JOIN store.fact.reverse k ON k.source = n.source AND k.address = n.address
  WHERE k.name IS DISTINCT FROM n.name);

DELETE FROM store.fact.reverse r USING new_reverse n
WHERE n.source = r.source AND n.address = r.address;

INSERT INTO store.fact.reverse FROM new_reverse;

INSERT INTO store.fact.querier
SELECT q.* REPLACE (v.kept AS capture, coalesce(c.kept, q.client) AS client)
FROM memory.fact.querier q
JOIN moving v USING (capture)
LEFT JOIN address_move c ON c.address = q.client;

-- A store of an earlier build of this version may not know all classes.
INSERT INTO store.fact.unflowed_class
SELECT m.* FROM memory.fact.unflowed_class m ANTI JOIN store.fact.unflowed_class k USING (class);

INSERT INTO store.fact.unflowed
SELECT u.* REPLACE (v.kept AS capture) FROM memory.fact.unflowed u JOIN moving v USING (capture);

INSERT INTO store.fact.anomaly
SELECT a.* REPLACE (v.kept AS capture) FROM memory.fact.anomaly a JOIN moving v USING (capture);

INSERT INTO store.fact.link
SELECT l.* REPLACE (v.kept AS capture, coalesce(c.kept, l.address) AS address)
FROM memory.fact.link l
JOIN moving v USING (capture)
LEFT JOIN address_move c ON c.address = l.address;

INSERT INTO store.fact.device_name
SELECT n.* REPLACE (v.kept AS capture, coalesce(c.kept, n.address) AS address)
FROM memory.fact.device_name n
JOIN moving v USING (capture)
LEFT JOIN address_move c ON c.address = n.address;

-- Facts that are gone, and not only more of them, may change any name of the network and any
-- connection: all of it is named anew.
CREATE OR REPLACE TEMP TABLE anew AS
SELECT c.capture FROM store.fact.capture c SEMI JOIN replaced r ON r.source = c.source AND r.anew;

DELETE FROM store.fact.part WHERE capture IN (FROM anew);

UPDATE store.fact.flow SET scope = (SELECT scope FROM store.fact.scope WHERE label = 'local')
FROM store.fact.proxied p
WHERE p.capture = flow.capture AND p.packet = flow.packet AND p.capture IN (FROM anew);

DELETE FROM store.fact.proxied WHERE capture IN (FROM anew);

UPDATE store.fact.capture SET correlated = false WHERE capture IN (FROM anew);
