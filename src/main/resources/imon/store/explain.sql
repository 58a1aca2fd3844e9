-- The flows of the hosts in chosen_host that are alive in a minute of the period, and all that is known
-- of their names. Macros say which minutes, devices and hosts are wanted.

CREATE OR REPLACE TEMP TABLE explained_flow AS
SELECT f.capture, f.packet, f.start_time, f.end_time, f.protocol, f.client, f.client_port, f.server,
  f.server_port, f.kind, f.host, f.up_bytes + f.down_bytes AS bytes
FROM fact.sided f
JOIN asked a USING (capture)
LEFT JOIN fact.device d ON d.capture = f.capture AND d.address = f.client
WHERE wanted_host(f.host) AND wanted_device(coalesce(d.device, f.client))
  AND alive_in_period(f.start_time // 60000000000, f.end_time // 60000000000);

CREATE OR REPLACE TEMP TABLE explained_evidence AS
SELECT f.capture, f.packet, e.kind, e.host, e.seen_capture, e.seen_packet, e.seen_time, f.bytes,
  e.kind = f.kind AND e.host = f.host AS chosen
FROM explained_flow f
JOIN (
  SELECT capture, packet, kind, host, seen_capture, min(seen_packet) AS seen_packet,
    arg_min(seen_time, seen_packet) AS seen_time
  FROM (
    SELECT capture, packet, kind, host, capture AS seen_capture, seen_packet, seen_time
    FROM fact.evidence SEMI JOIN explained_flow USING (capture, packet)
    UNION ALL
    SELECT capture, packet, kind, host, seen_capture, seen_packet, seen_time
    FROM fact.candidate SEMI JOIN explained_flow USING (capture, packet)
  )
  GROUP BY capture, packet, kind, host, seen_capture
) e ON e.capture = f.capture AND e.packet = f.packet;

-- One row for each packet that names flows; names that no packet tells have a row as well.
CREATE OR REPLACE TEMP TABLE explained_packet AS
SELECT k.label AS kind, k.proof, k.strength, h.name AS host, e.seen_capture, c.fingerprint, c.path,
  e.seen_packet, e.seen_time, count(*) AS flows, sum(e.bytes)::BIGINT AS bytes
FROM explained_evidence e
JOIN fact.evidence_kind k USING (kind)
JOIN shown_host h USING (host)
LEFT JOIN fact.capture c ON c.capture = e.seen_capture
WHERE e.chosen
GROUP BY ALL;

-- A rival is another site or, of a host that was asked about, another host. That only the site of a
-- host is known makes no rival.
CREATE OR REPLACE TEMP TABLE explained_rival AS
SELECT k.label AS kind, k.proof, k.strength, h.name AS host, h.site, count(*) AS flows,
  sum(e.bytes)::BIGINT AS bytes,
  arg_min({fingerprint: c.fingerprint, path: c.path, packet: e.seen_packet, time: e.seen_time},
    {time: e.seen_time, packet: e.seen_packet, fingerprint: c.fingerprint}) AS first
FROM explained_evidence e
JOIN fact.evidence_kind k USING (kind)
JOIN shown_host h USING (host)
JOIN fact.host w USING (host)
LEFT JOIN fact.capture c ON c.capture = e.seen_capture
WHERE NOT e.chosen AND NOT EXISTS (
  FROM chosen_name n
  WHERE n.site = h.site AND (h.name IS NULL OR n.name IN (h.site, w.site, h.name)))
GROUP BY k.label, k.proof, k.strength, h.name, h.site;

CREATE OR REPLACE TEMP TABLE explained_capture AS
SELECT c.capture, c.fingerprint, c.file_bytes, c.packets AS length, c.path, c.first_time,
  coalesce(f.flows, 0) AS flows, coalesce(f.bytes, 0) AS bytes, coalesce(p.packets, 0) AS packets
FROM fact.capture c
LEFT JOIN (
  SELECT capture, count(*) AS flows, sum(bytes)::BIGINT AS bytes FROM explained_flow GROUP BY capture
) f USING (capture)
LEFT JOIN (
  SELECT seen_capture AS capture, count(DISTINCT seen_packet) AS packets
  FROM explained_packet GROUP BY seen_capture
) p USING (capture)
WHERE f.flows > 0 OR p.packets > 0;
