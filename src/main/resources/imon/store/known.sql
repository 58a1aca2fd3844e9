-- What naming reads: of captures that were added all, of older ones what affected.sql has found.

-- Flows that are read, and of these the ones that are named anew; with the evidence in their packets.
CREATE OR REPLACE TEMP VIEW known AS
SELECT *, true AS affected FROM network_flow WHERE added
UNION ALL
FROM older;

CREATE OR REPLACE TEMP VIEW working AS
SELECT * EXCLUDE (affected) FROM known WHERE affected;

CREATE OR REPLACE TEMP VIEW known_evidence AS
SELECT e.*, c.net, true AS affected
FROM fact.evidence e JOIN ranked_capture c USING (capture) WHERE c.added
UNION ALL
SELECT e.*, o.net, o.affected
FROM fact.evidence e JOIN older o ON o.capture = e.capture AND o.packet = e.packet;

CREATE OR REPLACE TEMP VIEW working_candidate AS
FROM fact.candidate WHERE capture IN (SELECT capture FROM ranked_capture WHERE added)
UNION ALL
FROM fact.candidate c
SEMI JOIN older o ON o.capture = c.capture AND o.packet = c.packet AND o.affected;

-- What was derived of the captures that were added, the last time.
DELETE FROM fact.candidate WHERE capture IN (SELECT capture FROM ranked_capture WHERE added);
DELETE FROM fact.naming WHERE capture IN (SELECT capture FROM ranked_capture WHERE added);
DELETE FROM fact.guess WHERE capture IN (SELECT capture FROM ranked_capture WHERE added);
