-- What views and questions read facts by.

-- Flows with their names, and the sides that go with them.
CREATE VIEW fact.sided AS
SELECT f.capture, f.packet, f.start_time, f.end_time, f.protocol,
  if(n.flipped, f.server, f.client) AS client,
  if(n.flipped, f.server_port, f.client_port) AS client_port,
  if(n.flipped, f.client, f.server) AS server,
  if(n.flipped, f.client_port, f.server_port) AS server_port,
  if(n.flipped, f.down_packets, f.up_packets) AS up_packets,
  if(n.flipped, f.down_bytes, f.up_bytes) AS up_bytes,
  if(n.flipped, f.up_packets, f.down_packets) AS down_packets,
  if(n.flipped, f.up_bytes, f.down_bytes) AS down_bytes,
  f.reversed <> coalesce(n.flipped, false) AS reversed,
  f.sliced, f.scope, f.service, n.kind, n.host
FROM fact.flow f LEFT JOIN fact.naming n ON n.capture = f.capture AND n.packet = f.packet;

-- Hosts under the names that the user has the store keep.
CREATE VIEW fact.shown_host AS
SELECT h.host, h.name, coalesce(s.site, h.site) AS site
FROM fact.host h LEFT JOIN fact.shown_site s USING (host);

CREATE MACRO fact.ip4(address) AS
  concat_ws('.', address >> 24, (address >> 16) & 255, (address >> 8) & 255, address & 255);

CREATE MACRO fact.mac(number) AS
  format('{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}', (number >> 40) & 255, (number >> 32) & 255,
    (number >> 24) & 255, (number >> 16) & 255, (number >> 8) & 255, number & 255);
