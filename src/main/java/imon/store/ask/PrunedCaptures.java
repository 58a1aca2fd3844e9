package imon.store.ask;

import imon.store.Database;
import imon.store.StoreException;

/**
 * The captures of a period that have no flows any more.
 *
 * @param rolledUp those whose traffic is known by the hour
 * @param dropped those whose traffic is not known
 */
public record PrunedCaptures(long rolledUp, long dropped) {
  public static final PrunedCaptures NONE = new PrunedCaptures(0, 0);

  private static final long MINUTE_NANOS = 60_000_000_000L;

  /** Those with minutes of the period. */
  public static PrunedCaptures of(Database database, Period period) throws StoreException {
    return database
        .query(
            row -> new PrunedCaptures(row.getLong(1), row.getLong(2)),
            """
            SELECT count(*) FILTER (WHERE NOT p.dropped), count(*) FILTER (WHERE p.dropped)
            FROM fact.pruned p JOIN fact.capture c USING (capture)
            WHERE c.last_time // %1$d >= %2$d AND c.first_time // %1$d < %3$d
            """
                .formatted(MINUTE_NANOS, period.from(), period.to()))
        .get(0);
  }
}
