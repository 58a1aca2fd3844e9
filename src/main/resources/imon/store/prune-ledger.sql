-- The ledger of captures that lose their flows (temporary table fresh), by minute as before.

INSERT INTO beside.fact.pruned_ledger
SELECT m.capture, m.minute, f.scope, f.kind, sum(m.up_packets + m.down_packets),
  sum(m.up_bytes + m.down_bytes)
FROM fact.flow_minute m
SEMI JOIN fresh ON fresh.capture = m.capture
JOIN fact.sided f ON f.capture = m.capture AND f.packet = m.packet
GROUP BY m.capture, m.minute, f.scope, f.kind
ORDER BY ALL;
