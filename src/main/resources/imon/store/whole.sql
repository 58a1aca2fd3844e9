-- For questions about all of their time, many flows as a whole: few are joined with their minutes once.

CREATE OR REPLACE TEMP VIEW picked_amount AS
SELECT * EXCLUDE (sliced, reversed), true AS begins FROM picked_side;
