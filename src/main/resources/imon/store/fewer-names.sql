-- Brings what timeline.sql made to fewer sites and clients (the variables most_sites, most_clients):
-- those of later places are among all others.

DELETE FROM line_site WHERE place >= getvariable('most_sites');
DELETE FROM line_client WHERE place >= getvariable('most_clients');

CREATE OR REPLACE TEMP TABLE line_minute AS
SELECT minute, least(client, getvariable('most_clients')) AS client,
  least(site, getvariable('most_sites')) AS site, kind,
  sum(connections)::BIGINT AS connections, sum(site_connections)::BIGINT AS site_connections,
  sum(up_packets)::BIGINT AS up_packets, sum(up_bytes)::BIGINT AS up_bytes,
  sum(down_packets)::BIGINT AS down_packets, sum(down_bytes)::BIGINT AS down_bytes
FROM line_minute
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE line_rival_minute AS
SELECT minute, least(client, getvariable('most_clients')) AS client, site, sum(bytes)::BIGINT AS bytes
FROM line_rival_minute
WHERE site < getvariable('most_sites')
GROUP BY ALL;
