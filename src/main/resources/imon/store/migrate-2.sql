-- Schema 2 knew no pruning.

-- Early stores of schema 2 ranked unresolved servers within each hour. The next correlation makes the
-- sums of these stores anew.
UPDATE fact.capture SET correlated = false
WHERE EXISTS (
  FROM duckdb_tables()
  WHERE database_name = current_database() AND schema_name = 'fact' AND table_name = 'hour_rest');

DROP TABLE IF EXISTS fact.hour_rest;

CREATE TABLE IF NOT EXISTS fact.server_rest (
  capture INTEGER NOT NULL,
  device BIGINT,
  bytes BIGINT NOT NULL
);

-- Captures whose flows were pruned, and what is left of them: traffic by UTC hour and client, unless it
-- was dropped, and the ledger by minute. prune.sql makes the rows; nothing derives them again.
CREATE TABLE fact.pruned (capture INTEGER NOT NULL, dropped BOOLEAN NOT NULL);

CREATE TABLE fact.pruned_traffic (
  capture INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  device BIGINT NOT NULL,
  client BIGINT NOT NULL,
  scope UTINYINT NOT NULL,
  kind UTINYINT,
  host INTEGER,
  connections BIGINT NOT NULL,
  site_connections BIGINT NOT NULL,
  up_packets BIGINT NOT NULL,
  up_bytes BIGINT NOT NULL,
  down_packets BIGINT NOT NULL,
  down_bytes BIGINT NOT NULL
);

CREATE TABLE fact.pruned_ledger (
  capture INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  scope UTINYINT NOT NULL,
  kind UTINYINT,
  packets BIGINT NOT NULL,
  bytes BIGINT NOT NULL
);

-- As the sums by hour of the same name.
CREATE TABLE fact.pruned_rival (
  capture INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  device BIGINT NOT NULL,
  scope UTINYINT NOT NULL,
  host INTEGER NOT NULL,
  bytes BIGINT NOT NULL
);

CREATE TABLE fact.pruned_server (
  capture INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  device BIGINT NOT NULL,
  server BIGINT NOT NULL,
  port INTEGER,
  protocol UTINYINT NOT NULL,
  service VARCHAR,
  connections BIGINT NOT NULL,
  up_packets BIGINT NOT NULL,
  up_bytes BIGINT NOT NULL,
  down_packets BIGINT NOT NULL,
  down_bytes BIGINT NOT NULL
);

CREATE TABLE fact.pruned_guess (
  capture INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  device BIGINT NOT NULL,
  scope UTINYINT NOT NULL,
  kind UTINYINT,
  age UTINYINT,
  flows BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  same_site_flows BIGINT NOT NULL,
  same_site_bytes BIGINT NOT NULL,
  host_flows BIGINT NOT NULL,
  same_host_flows BIGINT NOT NULL
);
