package imon.store.keep;

import imon.store.StoreException;
import imon.store.StoreFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** When the captures of a store were taken in. */
public final class KeptFiles {
  private KeptFiles() {}

  /** By path, as it was named; the latest time of each. */
  public static Map<String, Instant> of(StoreFile store) throws StoreException {
    Map<String, Instant> taken = new HashMap<>();
    store.read(
        database ->
            database.query(
                row ->
                    taken.put(
                        row.getString(1), Instant.EPOCH.plus(row.getLong(2), ChronoUnit.MICROS)),
                "SELECT path, epoch_us(max(ingested_at)) FROM captures GROUP BY path"));
    return taken;
  }
}
