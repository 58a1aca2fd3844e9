-- Which devices clients were in captures that are about to be replaced (see moving.sql): what was told to
-- these, or proven of them, may have named flows of other captures.
INSERT INTO store.fact.former_device
WITH client AS (
  SELECT capture, client AS address FROM store.fact.flow WHERE capture IN (SELECT kept FROM replaced)
  UNION
  SELECT capture, client FROM store.fact.answer WHERE capture IN (SELECT kept FROM replaced)
), former AS (
  SELECT capture, address, coalesce(device, address) AS device
  FROM client LEFT JOIN store.fact.device USING (capture, address)
  UNION
  FROM store.fact.former_device
)
SELECT m.kept, f.address, f.device
FROM former f
JOIN replaced r ON r.kept = f.capture
JOIN moving m ON m.capture = r.capture;
