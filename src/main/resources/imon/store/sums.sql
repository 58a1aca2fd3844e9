-- What picked flows give to each sum a report has. The age of an answer is the place of its name in
-- imon.store.ask.Agreement.Age.

CREATE OR REPLACE TEMP VIEW picked_traffic AS
SELECT capture, minute, device, client, scope, kind, host,
  (begins AND first)::BIGINT AS connections, (begins AND first_of_site)::BIGINT AS site_connections,
  up_packets, up_bytes, down_packets, down_bytes
FROM picked_minute;

-- Of servers there may be as many as flows: services are numbers, too.
CREATE OR REPLACE TEMP TABLE service_label AS
SELECT label, row_number() OVER (ORDER BY label) AS service
FROM (SELECT label FROM fact.content UNION SELECT label FROM fact.service);

CREATE OR REPLACE TEMP VIEW picked_server AS
SELECT p.capture, p.minute, p.device, p.server, p.server_port AS port, p.protocol,
  coalesce(t.service, v.service) AS service, (p.begins AND p.first)::BIGINT AS connections,
  p.up_packets, p.up_bytes, p.down_packets, p.down_bytes
FROM picked_amount p
JOIN fact.scope s ON s.scope = p.scope AND s.label = 'internet'
LEFT JOIN (
  SELECT c.service AS code, l.service FROM fact.content c JOIN service_label l USING (label)
) t ON t.code = p.service
LEFT JOIN (
  SELECT c.protocol, c.port, l.service FROM fact.service c JOIN service_label l USING (label)
) v ON v.protocol = p.protocol AND v.port = p.server_port
WHERE p.host IS NULL;

-- One host stands for its site: the first by name, as pruned captures may be shown by host.
CREATE OR REPLACE TEMP VIEW picked_rival AS
SELECT p.capture, p.minute, p.device, p.scope, r.host, p.up_bytes + p.down_bytes AS bytes
FROM (
  SELECT c.capture, c.packet, arg_min(c.host, coalesce(h.name, '')) AS host
  FROM fact.candidate c
  JOIN picked_naming n ON n.capture = c.capture AND n.packet = c.packet
  JOIN fact.evidence_kind k ON k.kind = n.kind
  JOIN shown_host h ON h.host = c.host
  JOIN shown_host chosen ON chosen.host = n.host
  WHERE NOT k.proof AND c.viable AND chosen.site <> h.site
    AND c.kind = (SELECT kind FROM fact.evidence_kind WHERE label = 'dns')
  GROUP BY c.capture, c.packet, h.site
) r
JOIN picked_minute p ON p.capture = r.capture AND p.packet = r.packet;

-- Flows that their own packets name, as a whole in the minute they begin (their sides are as they were);
-- without a kind all of them, with one those of which inference would have said something. A store may
-- have guesses by the million and nothing picked: these are not read then.
CREATE OR REPLACE TEMP VIEW picked_guess AS
WITH proven AS MATERIALIZED (
  SELECT f.capture, f.packet, (f.start_time // 60000000000)::INTEGER AS minute,
    coalesce(d.device, f.client) AS device, f.scope, n.host, h.site, f.up_bytes + f.down_bytes AS bytes
  FROM picked_naming n
  JOIN fact.evidence_kind k ON k.kind = n.kind AND k.proof AND k.label <> 'continued'
  JOIN fact.host h ON h.host = n.host
  JOIN picked_flow f ON f.capture = n.capture AND f.packet = n.packet
  LEFT JOIN fact.device d ON d.capture = f.capture AND d.address = f.client
  WHERE wanted_minute(f.start_time // 60000000000)
    AND wanted_device(coalesce(d.device, f.client)) AND wanted_host(n.host)
)
SELECT capture, minute, device, scope, NULL::UTINYINT AS kind, NULL::UTINYINT AS age, bytes,
  false AS same_site, false AS has_host, false AS same_host
FROM proven
UNION ALL
SELECT p.capture, p.minute, p.device, p.scope, g.kind,
  CASE
    WHEN g.age < 0 THEN 4
    WHEN g.age <= g.ttl THEN 0
    WHEN g.age <= g.ttl + 3600000000000 THEN 1
    WHEN g.age <= 86400000000000 THEN 2
    WHEN g.age IS NOT NULL THEN 3
  END::UTINYINT,
  p.bytes, h.site = p.site, h.name IS NOT NULL, g.host = p.host
FROM (FROM fact.guess SEMI JOIN picked_naming USING (capture, packet)) g
JOIN proven p ON p.capture = g.capture AND p.packet = g.packet
JOIN fact.host h ON h.host = g.host;
