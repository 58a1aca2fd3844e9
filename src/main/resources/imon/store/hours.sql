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

-- A report shows the largest servers only, and a scan has as many as packets: of an hour and a device
-- the 256 largest are kept, and what the next one has.
CREATE OR REPLACE TEMP TABLE ranked_server AS
SELECT *, row_number() OVER (
  PARTITION BY capture, hour, device ORDER BY up_bytes + down_bytes DESC) AS rank
FROM (
  SELECT capture, minute // 60 AS hour, device, server, port, protocol, service,
    sum(connections) AS connections, sum(up_packets) AS up_packets, sum(up_bytes) AS up_bytes,
    sum(down_packets) AS down_packets, sum(down_bytes) AS down_bytes
  FROM picked_server
  GROUP BY capture, hour, device, server, port, protocol, service
)
QUALIFY rank <= 257;

INSERT INTO fact.hour_server
SELECT r.* EXCLUDE (rank) REPLACE (l.label AS service)
FROM ranked_server r LEFT JOIN service_label l USING (service)
WHERE r.rank <= 256;

INSERT INTO fact.hour_rest
SELECT capture, hour, device, up_bytes + down_bytes FROM ranked_server WHERE rank = 257;

DROP TABLE ranked_server;

INSERT INTO fact.hour_guess
SELECT capture, minute // 60 AS hour, device, scope, kind, age, count(*), sum(bytes),
  count(*) FILTER (WHERE same_site), coalesce(sum(bytes) FILTER (WHERE same_site), 0),
  count(*) FILTER (WHERE has_host), count(*) FILTER (WHERE same_host)
FROM picked_guess
GROUP BY capture, hour, device, scope, kind, age;

INSERT INTO fact.device_address
SELECT DISTINCT capture, device, client FROM picked_side;
