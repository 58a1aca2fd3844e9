package imon.store.keep;

import imon.pcap.identity.KnownCapture;
import imon.store.Database;
import imon.store.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A capture that a store has.
 *
 * @param path as it was named
 * @param options the options it was taken in with, see {@link imon.flow.option.FactOptions#text}
 * @param pruned whether its flows are gone, so that it is never taken again
 * @param packets how many it has
 * @param first time of its earliest packet, nanoseconds since 1970 UTC
 * @param last time of its latest packet, likewise
 */
public record KeptCapture(
    KnownCapture capture,
    String path,
    String options,
    boolean pruned,
    long packets,
    long first,
    long last) {
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
                row.getString(4),
                row.getBoolean(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8)),
        """
        SELECT fingerprint, file_bytes, path, options,
          capture IN (SELECT capture FROM store.fact.pruned), packets, first_time, last_time
        FROM store.fact.capture WHERE packets > 0
        """);
  }

  /**
   * The fingerprints of shorter captures that those of the attached store are known to begin with,
   * and of which each is the beginning.
   */
  public static Map<String, String> beginnings(Database database) throws StoreException {
    Map<String, String> beginnings = new HashMap<>();
    database.query(
        row -> beginnings.put(row.getString(1), row.getString(2)),
        """
        SELECT substr(s.name, length('beginning ') + 1), k.fingerprint
        FROM store.fact.setting s JOIN store.fact.capture k ON k.capture = try_cast(s.value AS INTEGER)
        WHERE starts_with(s.name, 'beginning ')
        """);
    return beginnings;
  }
}
