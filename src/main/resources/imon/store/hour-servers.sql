-- The sums of unresolved picked flows by server: of whole captures, whose largest servers these are.
--
-- A report shows the largest servers only, and a scan has as many as packets. So of a capture the 1024
-- largest are kept, and the 128 largest of each device; of the others what the largest has.
CREATE OR REPLACE TEMP TABLE hour_sum AS
SELECT capture, minute // 60 AS hour, device, server, port, protocol, service,
  sum(connections)::BIGINT AS connections,
  sum(up_packets)::BIGINT AS up_packets, sum(up_bytes)::BIGINT AS up_bytes,
  sum(down_packets)::BIGINT AS down_packets, sum(down_bytes)::BIGINT AS down_bytes
FROM picked_server
GROUP BY capture, hour, device, server, port, protocol, service;

CREATE OR REPLACE TEMP TABLE device_sum AS
SELECT capture, device, server, port, protocol, service, sum(up_bytes + down_bytes)::BIGINT AS bytes
FROM hour_sum
GROUP BY capture, device, server, port, protocol, service;

-- Of equal ones by address, and not by its number, which depends on what the store had before.
CREATE OR REPLACE TEMP TABLE kept_server AS
WITH addressed AS MATERIALIZED (
  SELECT d.*, coalesce(a.high, 0) AS high, coalesce(a.low, d.server) AS low
  FROM device_sum d LEFT JOIN fact.address6 a ON a.address = d.server
)
SELECT capture, server, port, protocol, service
FROM addressed
GROUP BY capture, server, high, low, port, protocol, service
QUALIFY row_number() OVER (
  PARTITION BY capture ORDER BY sum(bytes) DESC, high, low, port, protocol, service) <= 1024
UNION
SELECT capture, server, port, protocol, service
FROM addressed
QUALIFY row_number() OVER (
  PARTITION BY capture, device ORDER BY bytes DESC, high, low, port, protocol, service) <= 128;

INSERT INTO fact.hour_server
SELECT h.* REPLACE (l.label AS service)
FROM hour_sum h
SEMI JOIN kept_server k
  ON k.capture = h.capture AND k.server = h.server AND k.protocol = h.protocol
  AND k.port IS NOT DISTINCT FROM h.port AND k.service IS NOT DISTINCT FROM h.service
LEFT JOIN service_label l ON l.service = h.service;

INSERT INTO fact.server_rest
WITH rest AS MATERIALIZED (
  FROM device_sum d
  ANTI JOIN kept_server k
    ON k.capture = d.capture AND k.server = d.server AND k.protocol = d.protocol
    AND k.port IS NOT DISTINCT FROM d.port AND k.service IS NOT DISTINCT FROM d.service
)
SELECT capture, NULL, max(bytes)
FROM (
  SELECT capture, sum(bytes)::BIGINT AS bytes FROM rest
  GROUP BY capture, server, port, protocol, service
)
GROUP BY capture
UNION ALL
SELECT capture, device, max(bytes) FROM rest GROUP BY capture, device;

DROP TABLE hour_sum; DROP TABLE device_sum; DROP TABLE kept_server;
