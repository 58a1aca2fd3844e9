-- The wanted minutes of flows; most flows have only one, the others have slices. What is summed up
-- whatever its minute is picked_amount.
--
-- One join and no UNION of sliced flows and others: the planner takes a condition on flows for one that
-- few meet, and would then hash all of them.

CREATE OR REPLACE TEMP VIEW picked_minute AS
SELECT f.* EXCLUDE (sliced, reversed) REPLACE (
    coalesce(s.minute, f.minute) AS minute,
    coalesce(if(f.reversed, s.backward_packets, s.forward_packets), f.up_packets) AS up_packets,
    coalesce(if(f.reversed, s.backward_bytes, s.forward_bytes), f.up_bytes) AS up_bytes,
    coalesce(if(f.reversed, s.forward_packets, s.backward_packets), f.down_packets) AS down_packets,
    coalesce(if(f.reversed, s.forward_bytes, s.backward_bytes), f.down_bytes) AS down_bytes),
  coalesce(s.minute = f.minute, true) AS begins
FROM picked_side f
LEFT JOIN (
  SELECT capture, packet, minute,
    sum(forward_packets)::BIGINT AS forward_packets, sum(forward_bytes)::BIGINT AS forward_bytes,
    sum(backward_packets)::BIGINT AS backward_packets, sum(backward_bytes)::BIGINT AS backward_bytes
  FROM picked_slice WHERE wanted_minute(minute)
  GROUP BY capture, packet, minute
) s ON s.capture = f.capture AND s.packet = f.packet
WHERE if(f.sliced, s.minute IS NOT NULL, wanted_minute(f.minute));

CREATE OR REPLACE TEMP VIEW picked_amount AS FROM picked_minute;
