-- What sums are made of, when they are made of whole hours and, at the edges of a period, of minutes.
-- The macro whole_hour says which hours lie in the period; stored_traffic and stored_rival are the sums
-- of a store under the names that are asked for.

CREATE OR REPLACE TEMP TABLE edge_traffic AS FROM picked_traffic;

CREATE OR REPLACE TEMP TABLE edge_server AS FROM picked_server;

CREATE OR REPLACE TEMP TABLE edge_rival AS FROM picked_rival;

CREATE OR REPLACE TEMP TABLE edge_guess AS FROM picked_guess;

CREATE OR REPLACE TEMP VIEW source_traffic AS
SELECT capture, hour * 60 AS minute, device, scope, kind, host, connections, site_connections,
  up_packets, up_bytes, down_packets, down_bytes
FROM stored_traffic
WHERE whole_hour(hour) AND wanted_device(device) AND wanted_host(host)
UNION ALL
SELECT * EXCLUDE (client) FROM edge_traffic
UNION ALL
SELECT * EXCLUDE (client) FROM old_traffic;

CREATE OR REPLACE TEMP VIEW asked_flow AS
SELECT a.net, s.* EXCLUDE (capture, minute) FROM source_traffic s JOIN asked a USING (capture);

CREATE OR REPLACE TEMP VIEW source_server AS
SELECT h.capture, h.server, h.port, h.protocol, l.service, h.connections,
  h.up_packets, h.up_bytes, h.down_packets, h.down_bytes
FROM fact.hour_server h
LEFT JOIN service_label l ON l.label = h.service
WHERE whole_hour(h.hour) AND wanted_device(h.device)
UNION ALL
SELECT * EXCLUDE (minute, device) FROM edge_server
UNION ALL
FROM old_server;

CREATE OR REPLACE TEMP VIEW source_rival AS
SELECT capture, hour * 60 AS minute, device, scope, host, bytes FROM stored_rival
WHERE whole_hour(hour) AND wanted_device(device)
UNION ALL
FROM edge_rival
UNION ALL
FROM old_rival;

CREATE OR REPLACE TEMP VIEW source_guess AS
SELECT capture, scope, kind, age, flows, bytes, same_site_flows, same_site_bytes, host_flows,
  same_host_flows
FROM fact.hour_guess
WHERE whole_hour(hour) AND wanted_device(device)
UNION ALL
SELECT capture, scope, kind, age, 1, bytes, same_site::BIGINT, if(same_site, bytes, 0),
  has_host::BIGINT, same_host::BIGINT
FROM edge_guess
UNION ALL
FROM old_guess;
