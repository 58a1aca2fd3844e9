package imon.store.keep;

import imon.store.Database;
import imon.store.Schema;
import imon.store.StoreException;
import imon.store.StoreFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds.
 *
 * @param schema version of its schema
 * @param fileBytes what it takes on the disk
 * @param sources its networks, by name
 */
public record StoreContents(int schema, long fileBytes, List<Source> sources) {
  /**
   * The captures of one network. Times are nanoseconds since 1970 UTC, null when there is no
   * packet.
   *
   * @param pruned how many of the captures have lost their flows
   * @param flows flows that are kept one by one
   */
  public record Source(
      String name,
      long captures,
      long pruned,
      @Nullable Long firstTime,
      @Nullable Long lastTime,
      long packets,
      long wireBytes,
      long flows) {}

  /** Asks a store. */
  public static StoreContents of(StoreFile store) throws StoreException {
    List<Source> sources = store.read(StoreContents::sources);
    return new StoreContents(Schema.VERSION, fileBytes(store.path()), sources);
  }

  private static List<Source> sources(Database database) throws StoreException {
    return database.query(
        row ->
            new Source(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                (Long) row.getObject(4),
                (Long) row.getObject(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8)),
        """
        SELECT c.source, count(*), count(p.capture), min(c.first_time), max(c.last_time),
          sum(c.packets)::BIGINT, sum(c.wire_bytes)::BIGINT, sum(coalesce(f.flows, 0))::BIGINT
        FROM fact.capture c
        LEFT JOIN fact.pruned p USING (capture)
        LEFT JOIN (SELECT capture, count(*) AS flows FROM fact.flow GROUP BY capture) f
          USING (capture)
        GROUP BY c.source ORDER BY c.source
        """);
  }

  /** Bytes of the file, with a log that is not yet in it. */
  static long fileBytes(Path store) {
    return store.toFile().length() + Path.of(store + ".wal").toFile().length();
  }
}
