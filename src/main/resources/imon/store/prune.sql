-- What stays of pruned captures (temporary table fresh) when they are rolled up. Reads the store that is
-- current, writes to the one beside it.

CREATE OR REPLACE TEMP VIEW fresh_minute AS
SELECT f.capture, m.minute, coalesce(d.device, f.client) AS device, f.client, f.scope, f.kind, f.host,
  m.minute = f.start_time // 60000000000 AND l.capture IS NULL AS first,
  m.minute = f.start_time // 60000000000 AND coalesce(NOT l.of_site, true) AS first_of_site,
  m.up_packets, m.up_bytes, m.down_packets, m.down_bytes
FROM fact.flow_minute m
SEMI JOIN fresh ON fresh.capture = m.capture
JOIN fact.sided f ON f.capture = m.capture AND f.packet = m.packet
LEFT JOIN fact.device d ON d.capture = f.capture AND d.address = f.client
LEFT JOIN fact.later_part l ON l.capture = f.capture AND l.packet = f.packet;

INSERT INTO beside.fact.pruned_traffic
SELECT capture, minute // 60 AS hour, device, client, scope, kind, host,
  count(*) FILTER (WHERE first), count(*) FILTER (WHERE first_of_site),
  sum(up_packets), sum(up_bytes), sum(down_packets), sum(down_bytes)
FROM fresh_minute
GROUP BY capture, hour, device, client, scope, kind, host
ORDER BY ALL;

INSERT INTO beside.fact.pruned_rival
SELECT h.* FROM fact.hour_rival h SEMI JOIN fresh USING (capture) ORDER BY ALL;

INSERT INTO beside.fact.pruned_server
SELECT h.* FROM fact.hour_server h SEMI JOIN fresh USING (capture) ORDER BY ALL;

INSERT INTO beside.fact.pruned_guess
SELECT h.* FROM fact.hour_guess h SEMI JOIN fresh USING (capture) ORDER BY ALL;
