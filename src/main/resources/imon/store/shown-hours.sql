-- The sums of picked flows by hour that hang on the names a store keeps; the view shown_host has these.

INSERT INTO fact.shown_rival
SELECT capture, minute // 60 AS hour, device, scope, host, sum(bytes)
FROM picked_rival
GROUP BY capture, hour, device, scope, host;

INSERT INTO fact.shown_connection
SELECT p.capture, p.minute // 60 AS hour, p.device, p.scope, p.kind, p.host,
  sum(if(l.of_site, 1, -1))
FROM picked_side p
JOIN fact.shown_part s ON s.capture = p.capture AND s.packet = p.packet
JOIN fact.later_part l ON l.capture = p.capture AND l.packet = p.packet
WHERE wanted_minute(p.minute)
GROUP BY p.capture, hour, p.device, p.scope, p.kind, p.host
HAVING sum(if(l.of_site, 1, -1)) <> 0;
