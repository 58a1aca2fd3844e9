-- What is left of pruned captures, in the form of other sums. An hour of them belongs to the period in
-- which it begins, so that periods which follow each other add up.

CREATE OR REPLACE TEMP VIEW old_traffic AS
SELECT capture, hour * 60 AS minute, * EXCLUDE (capture, hour)
FROM fact.pruned_traffic SEMI JOIN asked USING (capture)
WHERE in_period(hour * 60) AND wanted_device(device) AND wanted_host(host);

CREATE OR REPLACE TEMP VIEW old_server AS
SELECT p.capture, p.server, p.port, p.protocol, l.service, p.connections,
  p.up_packets, p.up_bytes, p.down_packets, p.down_bytes
FROM fact.pruned_server p
SEMI JOIN asked ON asked.capture = p.capture
LEFT JOIN service_label l ON l.label = p.service
WHERE in_period(p.hour * 60) AND wanted_device(p.device);

CREATE OR REPLACE TEMP VIEW old_rival AS
SELECT capture, hour * 60 AS minute, device, scope, host, bytes
FROM fact.pruned_rival SEMI JOIN asked USING (capture)
WHERE in_period(hour * 60) AND wanted_device(device);

CREATE OR REPLACE TEMP VIEW old_guess AS
SELECT capture, scope, kind, age, flows, bytes, same_site_flows, same_site_bytes, host_flows,
  same_host_flows
FROM fact.pruned_guess SEMI JOIN asked USING (capture)
WHERE in_period(hour * 60) AND wanted_device(device);
