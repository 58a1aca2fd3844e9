-- What sums are made of, when they are made of the flows of the captures asked about.

CREATE OR REPLACE TEMP VIEW source_traffic AS
FROM picked_traffic UNION ALL FROM old_traffic;

CREATE OR REPLACE TEMP TABLE asked_sum AS
SELECT a.net, p.device, p.client, p.scope, p.kind, p.host,
  sum(p.connections) AS connections, sum(p.site_connections) AS site_connections,
  sum(p.up_packets) AS up_packets, sum(p.up_bytes) AS up_bytes,
  sum(p.down_packets) AS down_packets, sum(p.down_bytes) AS down_bytes
FROM source_traffic p
JOIN asked a USING (capture)
GROUP BY a.net, p.device, p.client, p.scope, p.kind, p.host;

CREATE OR REPLACE TEMP VIEW asked_flow AS FROM asked_sum;

CREATE OR REPLACE TEMP VIEW source_server AS
SELECT * EXCLUDE (minute, device) FROM picked_server UNION ALL FROM old_server;

CREATE OR REPLACE TEMP VIEW source_rival AS
FROM picked_rival UNION ALL FROM old_rival;

CREATE OR REPLACE TEMP VIEW source_guess AS
SELECT capture, scope, kind, age, 1 AS flows, bytes, same_site::BIGINT AS same_site_flows,
  if(same_site, bytes, 0) AS same_site_bytes, has_host::BIGINT AS host_flows,
  same_host::BIGINT AS same_host_flows
FROM picked_guess
UNION ALL
FROM old_guess;
