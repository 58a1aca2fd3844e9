-- The sums of picked flows by hour.

INSERT INTO fact.hour_traffic
SELECT capture, minute // 60 AS hour, device, scope, kind, host,
  sum(connections), sum(site_connections),
  sum(up_packets), sum(up_bytes), sum(down_packets), sum(down_bytes)
FROM picked_traffic
GROUP BY capture, hour, device, scope, kind, host;

INSERT INTO fact.hour_rival
SELECT capture, minute // 60 AS hour, device, scope, host, sum(bytes)
FROM picked_rival
GROUP BY capture, hour, device, scope, host;

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

CREATE OR REPLACE TEMP TABLE kept_server AS
SELECT capture, server, port, protocol, service
FROM device_sum
GROUP BY capture, server, port, protocol, service
QUALIFY row_number() OVER (PARTITION BY capture ORDER BY sum(bytes) DESC) <= 1024
UNION
SELECT capture, server, port, protocol, service
FROM device_sum
QUALIFY row_number() OVER (PARTITION BY capture, device ORDER BY bytes DESC) <= 128;

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

INSERT INTO fact.hour_guess
SELECT capture, minute // 60 AS hour, device, scope, kind, age, count(*), sum(bytes),
  count(*) FILTER (WHERE same_site), coalesce(sum(bytes) FILTER (WHERE same_site), 0),
  count(*) FILTER (WHERE has_host), count(*) FILTER (WHERE same_host)
FROM picked_guess
GROUP BY capture, hour, device, scope, kind, age;

INSERT INTO fact.device_address
SELECT DISTINCT capture, device, client FROM picked_side;
