package imon.store.keep;

import imon.pcap.identity.KnownCapture;
import imon.store.Database;
import imon.store.StoreException;
import java.util.List;

/**
 * A capture that a store has.
 *
 * @param options the options it was taken in with, see {@link imon.flow.option.FactOptions#text}
 * @param pruned whether its flows are gone, so that it is never taken again
 * @param first time of its earliest packet, nanoseconds since 1970 UTC
 * @param last time of its latest packet, likewise
 */
public record KeptCapture(
    KnownCapture capture, String options, boolean pruned, long first, long last) {
  /** Whether a packet of this time can be in it. */
  public boolean hasTime(long time) {
    return first <= time && time <= last;
  }

  /** Those that the attached store has, without those that have no packets. */
  public static List<KeptCapture> of(Database database) throws StoreException {
    return database.query(
        row ->
            new KeptCapture(
                new KnownCapture(row.getString(1), row.getLong(2)),
                row.getString(3),
                row.getBoolean(4),
                row.getLong(5),
                row.getLong(6)),
        """
        SELECT fingerprint, file_bytes, options, capture IN (SELECT capture FROM store.fact.pruned),
          first_time, last_time
        FROM store.fact.capture WHERE packets > 0
        """);
  }
}
