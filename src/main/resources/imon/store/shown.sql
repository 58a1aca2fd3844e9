-- Under which name each host is shown, by the groups in group_member: the longest member that the
-- host is or lies below. Only hosts that are not shown under their site have rows.

CREATE OR REPLACE TEMP TABLE shown_site AS
WITH level AS (
  SELECT host, site, if(getvariable('by_host'), coalesce(name, site), site) AS shown,
    string_split(coalesce(name, site), '.') AS labels
  FROM fact.host
), grouped AS (
  SELECT host, arg_min(m.label, cut) AS label
  FROM (
    SELECT host, cut, array_to_string(labels[cut:], '.') AS name
    FROM (SELECT host, labels, unnest(range(1, len(labels) + 1)) AS cut FROM level)
  )
  JOIN group_member m USING (name)
  GROUP BY host
)
SELECT l.host, coalesce(g.label, l.shown) AS site
FROM level l LEFT JOIN grouped g USING (host)
WHERE coalesce(g.label, l.shown) <> l.site;
