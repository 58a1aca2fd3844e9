-- Schema 5 did not know which flows have requests of which nobody can tell the host: it took those for an
-- address, and those behind them, for connections of their own.
CREATE TABLE fact.untold (capture INTEGER NOT NULL, packet BIGINT NOT NULL, apart BOOLEAN NOT NULL);
