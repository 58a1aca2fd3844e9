package imon.store.keep;

import imon.pcap.identity.KnownCapture;
import imon.store.Staging;
import imon.store.StoreException;
import imon.store.StoreFile;
import java.util.List;

/**
 * A capture that a store has.
 *
 * @param first time of its earliest packet, nanoseconds since 1970 UTC
 * @param last time of its latest packet, likewise
 */
public record KeptCapture(KnownCapture capture, long first, long last) {
  /** The captures that a store has, without those that have no packets. */
  public static List<KeptCapture> of(StoreFile store, Staging staging) throws StoreException {
    return store.ask(
        staging,
        database ->
            database.query(
                row ->
                    new KeptCapture(
                        new KnownCapture(row.getString(1), row.getLong(2)),
                        row.getLong(3),
                        row.getLong(4)),
                "SELECT fingerprint, file_bytes, first_time, last_time FROM store.fact.capture"
                    + " WHERE packets > 0"));
  }

  /** Whether a packet of this time can be in it. */
  public boolean hasTime(long time) {
    return first <= time && time <= last;
  }
}
