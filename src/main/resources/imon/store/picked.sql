-- Of the flows in picked_flow and their names in picked_naming (views):
-- what sums are made of. Macros say which minutes, devices and hosts are wanted; later_part has the
-- flows that are not the first of their connection.

CREATE OR REPLACE TEMP VIEW picked_side AS
SELECT * FROM (
  SELECT f.capture, f.packet, (f.start_time // 60000000000)::INTEGER AS minute, f.protocol,
    coalesce(d.device, if(n.flipped, f.server, f.client)) AS device,
    if(n.flipped, f.server, f.client) AS client,
    if(n.flipped, f.client, f.server) AS server,
    if(n.flipped, f.client_port, f.server_port) AS server_port,
    if(n.flipped, f.down_packets, f.up_packets) AS up_packets,
    if(n.flipped, f.down_bytes, f.up_bytes) AS up_bytes,
    if(n.flipped, f.up_packets, f.down_packets) AS down_packets,
    if(n.flipped, f.up_bytes, f.down_bytes) AS down_bytes,
    f.reversed <> coalesce(n.flipped, false) AS reversed,
    f.sliced, f.scope, f.service, n.kind, n.host,
    l.capture IS NULL AS first, l.capture IS NULL OR NOT l.of_site AS first_of_site
  FROM picked_flow f
  LEFT JOIN picked_naming n ON n.capture = f.capture AND n.packet = f.packet
  LEFT JOIN fact.device d
    ON d.capture = f.capture AND d.address = if(n.flipped, f.server, f.client)
  LEFT JOIN later_part l ON l.capture = f.capture AND l.packet = f.packet
)
WHERE wanted_device(device) AND wanted_host(host);
