-- Finds out what keep.sql is to do with the captures in memory. moving: their numbers in staging and
-- in the store, and their networks there, without those that the store has already. replaced: what
-- the store had of them before they grew, or before they were taken anew (grown says then that they
-- were themselves), and whether other facts may take the place of those it had. One that is replaced
-- keeps the number, so that names which other flows have from it go on to say where they were seen.
-- What was pruned is not taken again.

CREATE OR REPLACE TEMP TABLE pruned_before AS
SELECT g.capture
FROM grown g
JOIN store.fact.capture k ON k.fingerprint = g.fingerprint
SEMI JOIN store.fact.pruned p ON p.capture = k.capture;

CREATE OR REPLACE TEMP TABLE replaced AS
SELECT k.capture AS kept, arg_min(k.source, m.capture) AS source, min(m.capture) AS capture,
  arg_min(m.path, m.capture) AS path, arg_min(m.source, m.capture) AS given_source,
  bool_or(g.fingerprint = m.fingerprint OR k.options <> m.options) AS anew
FROM grown g
JOIN memory.fact.capture m USING (capture)
JOIN store.fact.capture k ON k.fingerprint = g.fingerprint
ANTI JOIN pruned_before b ON b.capture = m.capture
ANTI JOIN store.fact.capture same
  ON same.fingerprint = m.fingerprint AND same.fingerprint <> g.fingerprint
GROUP BY k.capture;

CREATE OR REPLACE TEMP TABLE left_alone AS
SELECT k.capture, k.fingerprint, k.source
FROM store.fact.capture k ANTI JOIN replaced r ON r.kept = k.capture;

CREATE OR REPLACE TEMP TABLE moving AS
SELECT m.capture, coalesce(r.source, m.source) AS source,
  coalesce(r.kept, row_number() OVER (ORDER BY m.capture)
    + (SELECT coalesce(max(capture), 0) FROM store.fact.capture)) AS kept
FROM memory.fact.capture m
ANTI JOIN left_alone k ON k.fingerprint = m.fingerprint
ANTI JOIN pruned_before b ON b.capture = m.capture
LEFT JOIN (
  SELECT capture, min(kept) AS kept, arg_min(source, kept) AS source FROM replaced GROUP BY capture
) r USING (capture);

-- Files that no row will name, though the store has, or will have, what they hold: copies, and what
-- one was that has grown under another path.
CREATE OR REPLACE TEMP TABLE held_file AS
SELECT m.path, m.ingested_time AS time, m.status
FROM memory.fact.capture m SEMI JOIN left_alone k USING (fingerprint)
UNION ALL
SELECT k.path, k.ingested_time, k.status
FROM store.fact.capture k JOIN replaced r ON r.kept = k.capture
WHERE k.path <> r.path
UNION ALL
SELECT t.path, t.time, t.status FROM twin t
WHERE t.fingerprint IN (
  SELECT fingerprint FROM left_alone
  UNION ALL SELECT fingerprint FROM memory.fact.capture SEMI JOIN moving USING (capture)
  UNION ALL SELECT g.fingerprint FROM grown g SEMI JOIN moving USING (capture));

-- A capture keeps its source, whatever is given for it later.
CREATE OR REPLACE TEMP MACRO kept_source(kept, given) AS
  CASE kept WHEN given THEN '' WHEN '' THEN ', without --source; that stays'
    ELSE ', with --source ' || kept || '; that stays' END;

-- Captures without packets are alike, and nobody misses one: of these nothing is said.
CREATE OR REPLACE TEMP VIEW moving_message AS
SELECT m.capture, m.path || ': already in the store'
    || if(p.capture IS NULL, kept_source(k.source, m.source), ', and pruned; it is not taken again')
    AS message
FROM memory.fact.capture m
JOIN left_alone k USING (fingerprint)
LEFT JOIN store.fact.pruned p ON p.capture = k.capture
WHERE m.packets > 0
UNION ALL
SELECT m.capture, m.path || ': has grown since it was pruned; it is not taken again'
FROM memory.fact.capture m
SEMI JOIN pruned_before USING (capture)
ANTI JOIN store.fact.capture k ON k.fingerprint = m.fingerprint
UNION ALL
SELECT capture, path || if(bool_or(anew),
  ': taken anew; takes the place of what the store had of it',
  ': has grown; takes the place of what the store had of it')
  || kept_source(arg_min(source, kept), given_source)
FROM replaced
GROUP BY capture, path, given_source;
