-- Schema 4 kept no names of the user's own, and knew fewer classes. What codes mean is written anew by
-- every migration.
DELETE FROM fact.unflowed_class;

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
