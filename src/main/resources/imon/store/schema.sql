-- The facts of captures, and what is derived from them. Facts are only ever inserted; addresses and
-- names are ids. Times are nanoseconds since 1970 UTC. An address id below 2^32 is the IPv4 address
-- itself, any other stands in fact.address6. A flow is known by its capture and its first packet.

CREATE SCHEMA fact;

-- The version of the schema, which names are kept, and what else of captures and files is known beside
-- fact.capture: "file PATH" (what it holds was taken in), "beginning FINGERPRINT" (which capture begins
-- with it).
CREATE TABLE fact.setting (name VARCHAR NOT NULL, value VARCHAR NOT NULL);

CREATE TABLE fact.capture (
  capture INTEGER NOT NULL,
  source VARCHAR NOT NULL,
  path VARCHAR NOT NULL,
  fingerprint VARCHAR NOT NULL,
  options VARCHAR NOT NULL,
  file_bytes BIGINT NOT NULL,
  format VARCHAR NOT NULL,
  link_types VARCHAR NOT NULL,
  first_time BIGINT,
  last_time BIGINT,
  packets BIGINT NOT NULL,
  wire_bytes BIGINT NOT NULL,
  dropped BIGINT,
  status VARCHAR NOT NULL,
  message VARCHAR,
  ingested_time BIGINT NOT NULL,
  correlated BOOLEAN NOT NULL
);

CREATE TABLE fact.address6 (address BIGINT NOT NULL, high BIGINT NOT NULL, low BIGINT NOT NULL, ip VARCHAR NOT NULL);

-- A host without a name stands for some host of the site.
CREATE TABLE fact.host (host INTEGER NOT NULL, name VARCHAR, site VARCHAR NOT NULL);

-- What the codes in facts mean.
CREATE TABLE fact.evidence_kind (kind UTINYINT NOT NULL, label VARCHAR NOT NULL, proof BOOLEAN NOT NULL, strength UTINYINT NOT NULL);
CREATE TABLE fact.unflowed_class (class UTINYINT NOT NULL, label VARCHAR NOT NULL);
CREATE TABLE fact.answer_kind (kind UTINYINT NOT NULL, label VARCHAR NOT NULL);
CREATE TABLE fact.scope (scope UTINYINT NOT NULL, label VARCHAR NOT NULL);
CREATE TABLE fact.protocol (protocol UTINYINT NOT NULL, label VARCHAR NOT NULL);
CREATE TABLE fact.service (protocol UTINYINT NOT NULL, port INTEGER NOT NULL, label VARCHAR NOT NULL);
CREATE TABLE fact.content (service UTINYINT NOT NULL, label VARCHAR NOT NULL);
CREATE TABLE fact.name_source (seen_by UTINYINT NOT NULL, label VARCHAR NOT NULL);
CREATE TABLE fact.ech_name (name VARCHAR NOT NULL);

CREATE TABLE fact.flow (
  capture INTEGER NOT NULL,
  packet BIGINT NOT NULL,
  start_time BIGINT NOT NULL,
  end_time BIGINT NOT NULL,
  protocol UTINYINT NOT NULL,
  client BIGINT NOT NULL,
  client_port INTEGER,
  server BIGINT NOT NULL,
  server_port INTEGER,
  up_packets BIGINT NOT NULL,
  up_bytes BIGINT NOT NULL,
  down_packets BIGINT NOT NULL,
  down_bytes BIGINT NOT NULL,
  reversed BOOLEAN NOT NULL,
  sliced BOOLEAN NOT NULL,
  opened BOOLEAN NOT NULL,
  scope UTINYINT NOT NULL,
  service UTINYINT
);

-- Flows with requests of which nobody can tell the host. Those that are apart are named by no other part of
-- their connection, the others, whose first request was lost behind its SYN, if all others agree.
CREATE TABLE fact.untold (capture INTEGER NOT NULL, packet BIGINT NOT NULL, apart BOOLEAN NOT NULL);

CREATE TABLE fact.slice (
  capture INTEGER NOT NULL,
  packet BIGINT NOT NULL,
  minute INTEGER NOT NULL,
  forward_packets BIGINT NOT NULL,
  forward_bytes BIGINT NOT NULL,
  backward_packets BIGINT NOT NULL,
  backward_bytes BIGINT NOT NULL
);

CREATE TABLE fact.evidence (
  capture INTEGER NOT NULL,
  packet BIGINT NOT NULL,
  kind UTINYINT NOT NULL,
  host INTEGER NOT NULL,
  seen_packet BIGINT NOT NULL,
  seen_time BIGINT NOT NULL
);

CREATE TABLE fact.answer (
  capture INTEGER NOT NULL,
  seen_packet BIGINT NOT NULL,
  seen_time BIGINT NOT NULL,
  client BIGINT NOT NULL,
  name INTEGER NOT NULL,
  canonical INTEGER,
  address BIGINT,
  ttl BIGINT NOT NULL,
  kind UTINYINT NOT NULL,
  asked BOOLEAN NOT NULL
);

CREATE TABLE fact.querier (capture INTEGER NOT NULL, client BIGINT NOT NULL);

-- Which link-layer address an address was seen with; of one with many addresses, some of them. The
-- negative of one, with 0.0.0.0, says that it passed on what others had sent.
CREATE TABLE fact.link (capture INTEGER NOT NULL, address BIGINT NOT NULL, mac BIGINT NOT NULL);

-- What a device calls itself; it is known by its link-layer address, its address, or both.
CREATE TABLE fact.device_name (
  capture INTEGER NOT NULL,
  mac BIGINT,
  address BIGINT,
  name VARCHAR NOT NULL,
  seen_by UTINYINT NOT NULL
);

CREATE TABLE fact.unflowed (
  capture INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  class UTINYINT NOT NULL,
  packets BIGINT NOT NULL,
  bytes BIGINT NOT NULL
);

CREATE TABLE fact.anomaly (
  capture INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  count BIGINT NOT NULL,
  first_packet BIGINT NOT NULL
);

-- Names of addresses that no packet tells: from a capture's name resolution blocks, and from the hosts
-- files given for a source. The lower its place, the better the list thinks of a name.
CREATE TABLE fact.nrb_name (capture INTEGER NOT NULL, address BIGINT NOT NULL, name INTEGER NOT NULL, place INTEGER NOT NULL);
CREATE TABLE fact.hosts_name (source VARCHAR NOT NULL, address BIGINT NOT NULL, name INTEGER NOT NULL, place INTEGER NOT NULL);

-- What the DNS said of addresses when it was asked (--resolve), and when; without a name: there is none.
CREATE TABLE fact.reverse (source VARCHAR NOT NULL, address BIGINT NOT NULL, name INTEGER, looked_time BIGINT NOT NULL);

-- Derived by correlate.sql: every name a flow could have by inference, and the one it has.
-- A name that no packet tells was seen in none; that of a hosts file in no capture either.
CREATE TABLE fact.candidate (
  capture INTEGER NOT NULL,
  packet BIGINT NOT NULL,
  kind UTINYINT NOT NULL,
  host INTEGER NOT NULL,
  seen_capture INTEGER,
  seen_packet BIGINT,
  seen_time BIGINT,
  viable BOOLEAN NOT NULL
);

CREATE TABLE fact.naming (
  capture INTEGER NOT NULL,
  packet BIGINT NOT NULL,
  kind UTINYINT NOT NULL,
  host INTEGER NOT NULL,
  flipped BOOLEAN NOT NULL
);

-- Derived, too: what each kind of inference would have said of a flow that its own packets name. Of
-- an answer how old it was when the flow began (nanoseconds, below 0 when it came after) and how
-- long it was good for.
CREATE TABLE fact.guess (
  capture INTEGER NOT NULL,
  packet BIGINT NOT NULL,
  kind UTINYINT NOT NULL,
  host INTEGER NOT NULL,
  age BIGINT,
  ttl BIGINT
);

-- Derived, too: flows that are one connection together, cut by a rotation or into runs of requests;
-- the earliest is among them.
CREATE TABLE fact.part (
  capture INTEGER NOT NULL,
  packet BIGINT NOT NULL,
  first_capture INTEGER NOT NULL,
  first_packet BIGINT NOT NULL
);

-- Derived, too: parts that are internet because their connection asked a proxy in another part. Of these
-- fact.flow has the scope that follows, local without it.
CREATE TABLE fact.proxied (capture INTEGER NOT NULL, packet BIGINT NOT NULL);

-- Derived, too: addresses that are one device, known by the negative of its link-layer address; and what
-- clients were in a capture before it grew, until what follows from that is derived anew.
CREATE TABLE fact.device (capture INTEGER NOT NULL, address BIGINT NOT NULL, device BIGINT NOT NULL);
CREATE TABLE fact.former_device (capture INTEGER NOT NULL, address BIGINT NOT NULL, device BIGINT NOT NULL);

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

-- Names that the user has the store keep: groups, each with its members (sites or hosts), and in
-- fact.setting the level of sites. What hangs on them: hosts that are not shown under their site, ...
CREATE TABLE fact.group_member (name VARCHAR NOT NULL, label VARCHAR NOT NULL);
CREATE TABLE fact.shown_site (host INTEGER NOT NULL, site VARCHAR NOT NULL);

-- ... rows of later_part of which of_site is the opposite under these names, what that adds to the
-- site_connections of hour_traffic, and the rivals of hour_rival under these names.
CREATE TABLE fact.shown_part (capture INTEGER NOT NULL, packet BIGINT NOT NULL);
CREATE TABLE fact.shown_connection (
  capture INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  device BIGINT NOT NULL,
  scope UTINYINT NOT NULL,
  kind UTINYINT,
  host INTEGER,
  connections BIGINT NOT NULL
);
CREATE TABLE fact.shown_rival (
  capture INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  device BIGINT NOT NULL,
  scope UTINYINT NOT NULL,
  host INTEGER NOT NULL,
  bytes BIGINT NOT NULL
);
