-- What sums are made of, when they are made of the flows of the captures asked about. The macro
-- step_of gives the minute that stands for those which are not told from it.

CREATE OR REPLACE TEMP TABLE summed_traffic AS
SELECT capture, step_of(minute) AS minute, device, client, scope, kind, host,
  sum(connections)::BIGINT AS connections, sum(site_connections)::BIGINT AS site_connections,
  sum(up_packets)::BIGINT AS up_packets, sum(up_bytes)::BIGINT AS up_bytes,
  sum(down_packets)::BIGINT AS down_packets, sum(down_bytes)::BIGINT AS down_bytes
FROM (FROM picked_traffic UNION ALL FROM old_traffic)
GROUP BY ALL;

CREATE OR REPLACE TEMP VIEW source_traffic AS FROM summed_traffic;

CREATE OR REPLACE TEMP VIEW asked_flow AS
SELECT a.net, s.* EXCLUDE (capture, minute) FROM summed_traffic s JOIN asked a USING (capture);

CREATE OR REPLACE TEMP VIEW source_server AS
SELECT * EXCLUDE (minute, device) FROM picked_server UNION ALL FROM old_server;

CREATE OR REPLACE TEMP TABLE summed_rival AS
SELECT capture, step_of(minute) AS minute, device, scope, host, sum(bytes)::BIGINT AS bytes
FROM (FROM picked_rival UNION ALL FROM old_rival)
GROUP BY ALL;

CREATE OR REPLACE TEMP VIEW source_rival AS FROM summed_rival;

CREATE OR REPLACE TEMP VIEW source_guess AS
SELECT capture, scope, kind, age, 1 AS flows, bytes, same_site::BIGINT AS same_site_flows,
  if(same_site, bytes, 0) AS same_site_bytes, has_host::BIGINT AS host_flows,
  same_host::BIGINT AS same_host_flows
FROM picked_guess
UNION ALL
FROM old_guess;
