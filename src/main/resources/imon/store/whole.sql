-- Flows as a whole, for questions about all of their time.

CREATE OR REPLACE TEMP VIEW picked_minute AS
SELECT * EXCLUDE (sliced, reversed), true AS begins FROM picked_side;
