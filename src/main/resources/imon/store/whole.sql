-- For questions about all of their time, flows as a whole.

CREATE OR REPLACE TEMP VIEW picked_amount AS
SELECT * EXCLUDE (sliced, reversed), true AS begins FROM picked_side;
