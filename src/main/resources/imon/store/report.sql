-- What only a whole report asks for.

CREATE OR REPLACE TEMP TABLE asked_client AS
SELECT d.ip, d.name, f.* EXCLUDE (device)
FROM (
  SELECT device, sum(connections) AS connections,
    sum(up_packets) AS up_packets, sum(up_bytes) AS up_bytes,
    sum(down_packets) AS down_packets, sum(down_bytes) AS down_bytes
  FROM asked_flow SEMI JOIN sites_scope USING (scope)
  GROUP BY device
) f
JOIN asked_device d USING (device);

-- Of each capture; without a kind all flows that their own packets name.
CREATE OR REPLACE TEMP TABLE asked_guess AS
SELECT capture, kind, age, sum(flows)::BIGINT AS flows, sum(bytes)::BIGINT AS bytes,
  sum(same_site_flows)::BIGINT AS same_site_flows, sum(same_site_bytes)::BIGINT AS same_site_bytes,
  sum(host_flows)::BIGINT AS host_flows, sum(same_host_flows)::BIGINT AS same_host_flows
FROM source_guess
SEMI JOIN sites_scope USING (scope)
GROUP BY capture, kind, age;
