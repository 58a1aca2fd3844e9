-- What of the traffic asked about belongs to local networks: inside_host and inside_site by name,
-- inside_address. Reports without names hide it.

-- Loopback and 0.0.0.0 are what blockers answer for public names.
CREATE OR REPLACE TEMP TABLE inside_name AS
WITH told AS (
  SELECT address, name FROM fact.answer
  UNION
  SELECT address, name FROM fact.nrb_name
  UNION
  SELECT address, name FROM fact.hosts_name
  UNION
  SELECT address, name FROM fact.reverse WHERE name IS NOT NULL
)
SELECT DISTINCT t.name AS host
FROM told t LEFT JOIN fact.address6 a USING (address)
WHERE t.address >> 24 = 10 OR t.address >> 20 = 2753 OR t.address >> 16 IN (49320, 43518)
  OR t.address >> 22 = 401 OR regexp_matches(a.ip, '^(f[cd]..|fe[89ab].):')
UNION
SELECT t.name
FROM told t LEFT JOIN fact.address6 a USING (address)
JOIN option_block b
  ON in_block(t.address, a.high, a.low, b.ipv4, b.high, b.high_mask, b.low, b.low_mask);

-- A single label, or a name below a domain that is no part of the public tree (RFC 6762, appendix G;
-- RFC 8375) or stands for addresses.
CREATE OR REPLACE TEMP TABLE inside_host AS
SELECT h.host, h.name, h.site FROM shown_host h
WHERE h.name NOT LIKE '%.%'
  OR regexp_matches(h.name,
    '[.](local|localhost|localdomain|internal|intranet|private|corp|home|lan|(home|in-addr|ip6)[.]arpa)$')
  OR h.host IN (FROM inside_name)
  OR h.host IN (SELECT f.host FROM asked_flow f JOIN fact.scope s USING (scope) WHERE s.label = 'local');

-- A site is public when a public host of it has traffic.
CREATE OR REPLACE TEMP TABLE inside_site AS
SELECT DISTINCT site FROM inside_host
WHERE site NOT IN (
  SELECT h.site FROM asked_flow f JOIN shown_host h USING (host)
  WHERE h.host NOT IN (SELECT host FROM inside_host));

-- Public addresses of clients that are servers, too, and those of networks given as local.
CREATE OR REPLACE TEMP TABLE inside_address AS
WITH own AS (
  SELECT address FROM asked_address
  UNION
  SELECT address FROM fact.device SEMI JOIN asked_address USING (device)
)
SELECT coalesce(a.ip, fact.ip4(o.address)) AS ip
FROM own o
SEMI JOIN source_server s ON s.server = o.address
LEFT JOIN fact.address6 a USING (address)
UNION
SELECT coalesce(a.ip, fact.ip4(e.address))
FROM (
  SELECT capture, client AS address FROM fact.flow UNION SELECT capture, server FROM fact.flow
) e
JOIN fact.capture c USING (capture)
JOIN option_block b ON b.options = c.options
LEFT JOIN fact.address6 a USING (address)
WHERE in_block(e.address, a.high, a.low, b.ipv4, b.high, b.high_mask, b.low, b.low_mask);
