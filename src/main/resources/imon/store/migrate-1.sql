-- Schema 1 had no sums by hour. The next correlation makes them of all captures.

UPDATE fact.capture SET correlated = false;

-- Derived, too, and only in a store: what reports ask often, by UTC hour (hours since 1970) and client
-- device. Flows have their bytes in the hours of their packets; a connection counts, and a guess is
-- held against proof, in the hour it began. hours.sql makes the rows, docs/store.md says what of.
CREATE TABLE fact.hour_traffic (
  capture INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  device BIGINT NOT NULL,
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

-- Bytes that inference gave to another site though that of this host was a candidate, too.
CREATE TABLE fact.hour_rival (
  capture INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  device BIGINT NOT NULL,
  scope UTINYINT NOT NULL,
  host INTEGER NOT NULL,
  bytes BIGINT NOT NULL
);

-- The largest servers of each capture's unresolved internet traffic. Of those left out: what the
-- largest has in the whole capture, in all (without a device) and of each device.
CREATE TABLE fact.hour_server (
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
CREATE TABLE fact.server_rest (
  capture INTEGER NOT NULL,
  device BIGINT,
  bytes BIGINT NOT NULL
);

-- Without a kind: the flows that their own packets name.
CREATE TABLE fact.hour_guess (
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

-- Parts that are not the first of their connection, and whether they are not of its site either.
CREATE TABLE fact.later_part (
  capture INTEGER NOT NULL,
  packet BIGINT NOT NULL,
  of_site BOOLEAN NOT NULL
);
CREATE TABLE fact.device_address (
  capture INTEGER NOT NULL,
  device BIGINT NOT NULL,
  address BIGINT NOT NULL
);
