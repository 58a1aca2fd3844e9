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

INSERT INTO fact.hour_guess
SELECT capture, minute // 60 AS hour, device, scope, kind, age, count(*), sum(bytes),
  count(*) FILTER (WHERE same_site), coalesce(sum(bytes) FILTER (WHERE same_site), 0),
  count(*) FILTER (WHERE has_host), count(*) FILTER (WHERE same_host)
FROM picked_guess
GROUP BY capture, hour, device, scope, kind, age;

INSERT INTO fact.device_address
SELECT DISTINCT capture, device, client FROM picked_side;
