-- The wanted minutes of flows; most flows have only one, the others have slices.

CREATE OR REPLACE TEMP VIEW picked_minute AS
SELECT * EXCLUDE (sliced, reversed), true AS begins
FROM picked_side WHERE NOT sliced AND wanted_minute(minute)
UNION ALL BY NAME
SELECT f.* EXCLUDE (sliced, reversed) REPLACE (
    s.minute AS minute,
    if(f.reversed, s.backward_packets, s.forward_packets) AS up_packets,
    if(f.reversed, s.backward_bytes, s.forward_bytes) AS up_bytes,
    if(f.reversed, s.forward_packets, s.backward_packets) AS down_packets,
    if(f.reversed, s.forward_bytes, s.backward_bytes) AS down_bytes),
  s.minute = f.minute AS begins
FROM picked_side f
JOIN (
  SELECT capture, packet, minute,
    sum(forward_packets)::BIGINT AS forward_packets, sum(forward_bytes)::BIGINT AS forward_bytes,
    sum(backward_packets)::BIGINT AS backward_packets, sum(backward_bytes)::BIGINT AS backward_bytes
  FROM picked_slice WHERE wanted_minute(minute)
  GROUP BY capture, packet, minute
) s ON s.capture = f.capture AND s.packet = f.packet
WHERE f.sliced;
