-- Finds out what keep.sql is to do with the captures in memory. moving: their numbers in staging and
-- in the store, and their networks there, without those that the store has already. replaced: what
-- the store had of them before they grew, or before they were taken anew (anew), so that other facts
-- may take the place of those it had. One that is replaced keeps the number, so that names which
-- other flows have from it go on to say where they were seen. What was pruned is not taken again.

-- What captures of the store begin with, by fingerprint: what they were before they grew, and shorter
-- copies of them.
CREATE OR REPLACE TEMP VIEW stored_beginning AS
SELECT substr(name, length('beginning ') + 1) AS fingerprint, try_cast(value AS INTEGER) AS capture
FROM store.fact.setting WHERE starts_with(name, 'beginning ');

CREATE OR REPLACE TEMP TABLE beginning AS
FROM stored_beginning ANTI JOIN store.fact.capture USING (fingerprint);

INSERT INTO beginning
SELECT m.fingerprint, min(w.capture)
FROM begun b
JOIN memory.fact.capture m USING (capture)
JOIN (
  SELECT fingerprint, capture FROM store.fact.capture UNION ALL SELECT fingerprint, capture FROM beginning
) w ON w.fingerprint = b.whole
WHERE m.fingerprint NOT IN (
  SELECT fingerprint FROM store.fact.capture UNION ALL SELECT fingerprint FROM beginning)
GROUP BY m.fingerprint;

-- Where the store has both a capture and, as another one, what it begins with, that one takes both places.
CREATE OR REPLACE TEMP TABLE taking AS
SELECT capture, fingerprint FROM grown
UNION
SELECT g.capture, m.fingerprint
FROM grown g
JOIN memory.fact.capture m USING (capture)
SEMI JOIN store.fact.capture k ON k.fingerprint = g.fingerprint;

CREATE OR REPLACE TEMP TABLE pruned_before AS
SELECT DISTINCT t.capture
FROM taking t
JOIN store.fact.capture k ON k.fingerprint = t.fingerprint
SEMI JOIN store.fact.pruned p ON p.capture = k.capture;

CREATE OR REPLACE TEMP TABLE replaced AS
SELECT k.capture AS kept, arg_min(k.source, m.capture) AS source, min(m.capture) AS capture,
  arg_min(m.path, m.capture) AS path, arg_min(m.source, m.capture) AS given_source,
  bool_or(own.capture IS NOT NULL OR k.options <> m.options) AS anew,
  {other: k.capture IS DISTINCT FROM min(own.capture), kept: k.capture} AS place
FROM taking t
JOIN memory.fact.capture m USING (capture)
JOIN store.fact.capture k ON k.fingerprint = t.fingerprint
LEFT JOIN store.fact.capture own ON own.fingerprint = m.fingerprint
ANTI JOIN pruned_before b ON b.capture = m.capture
ANTI JOIN beginning l ON l.fingerprint = m.fingerprint
GROUP BY k.capture;

CREATE OR REPLACE TEMP TABLE left_alone AS
SELECT k.capture, k.fingerprint, k.source, NULL::VARCHAR AS whole
FROM store.fact.capture k ANTI JOIN replaced r ON r.kept = k.capture
UNION ALL
SELECT k.capture, b.fingerprint, k.source, k.path
FROM beginning b JOIN store.fact.capture k USING (capture);

CREATE OR REPLACE TEMP TABLE moving AS
SELECT m.capture, coalesce(r.source, m.source) AS source,
  coalesce(r.kept, row_number() OVER (ORDER BY m.capture)
    + (SELECT coalesce(max(capture), 0) FROM store.fact.capture)) AS kept
FROM memory.fact.capture m
ANTI JOIN left_alone k ON k.fingerprint = m.fingerprint
ANTI JOIN pruned_before b ON b.capture = m.capture
LEFT JOIN (
  SELECT capture, arg_min(kept, place) AS kept, arg_min(source, place) AS source
  FROM replaced GROUP BY capture
) r USING (capture);

-- The beginnings that the store is to know from now on.
CREATE OR REPLACE TEMP TABLE new_beginning AS
SELECT fingerprint, min(capture)::INTEGER AS capture
FROM (
  SELECT g.fingerprint, v.kept AS capture
  FROM grown g JOIN memory.fact.capture m USING (capture) JOIN moving v USING (capture)
  WHERE g.fingerprint <> m.fingerprint
  UNION ALL
  SELECT g.fingerprint, k.capture
  FROM grown g
  JOIN memory.fact.capture m USING (capture)
  JOIN left_alone k ON k.fingerprint = m.fingerprint
  WHERE g.fingerprint NOT IN (SELECT fingerprint FROM left_alone)
  UNION ALL
  SELECT b.fingerprint, coalesce(v.kept, b.capture)
  FROM beginning b
  LEFT JOIN replaced r ON r.kept = b.capture
  LEFT JOIN moving v ON v.capture = r.capture
)
GROUP BY fingerprint
EXCEPT
SELECT fingerprint, capture FROM stored_beginning;

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
  UNION ALL SELECT fingerprint FROM new_beginning);

-- A capture keeps its source, whatever is given for it later.
CREATE OR REPLACE TEMP MACRO kept_source(kept, given) AS
  CASE kept WHEN given THEN '' WHEN '' THEN ', without --source; that stays'
    ELSE ', with --source ' || kept || '; that stays' END;

-- Captures without packets are alike, and nobody misses one: of these nothing is said.
CREATE OR REPLACE TEMP VIEW moving_message AS
SELECT m.capture, m.path || ': already in the store'
    || coalesce(', as the beginning of ' || k.whole, '')
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
ANTI JOIN left_alone k ON k.fingerprint = m.fingerprint
UNION ALL
SELECT capture, path || if(bool_or(anew),
  ': taken anew; takes the place of what the store had of it',
  ': has grown; takes the place of what the store had of it')
  || kept_source(arg_min(source, place), given_source)
FROM replaced
GROUP BY capture, path, given_source;
