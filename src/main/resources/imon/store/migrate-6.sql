-- Schema 6 did not know which parts are internet only by another part: those stay it. Nor did it remember
-- devices of captures that have grown.
CREATE TABLE fact.proxied (capture INTEGER NOT NULL, packet BIGINT NOT NULL);
CREATE TABLE fact.former_device (capture INTEGER NOT NULL, address BIGINT NOT NULL, device BIGINT NOT NULL);
