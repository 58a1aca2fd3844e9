-- Schema 3 knew no reverse lookups.

-- What the DNS said of addresses when it was asked (--resolve), and when; without a name: there is none.
CREATE TABLE fact.reverse (source VARCHAR NOT NULL, address BIGINT NOT NULL, name INTEGER, looked_time BIGINT NOT NULL);
