package imon.store.keep;

import imon.name.SiteNaming;
import imon.store.Database;
import imon.store.Schema;
import imon.store.ShownSites;
import imon.store.StoreException;
import imon.store.StoreFile;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds.
 *
 * @param schema version of its schema
 * @param fileBytes what it takes on the disk
 * @param statuses how many captures there are of each status
 * @param whole all of it
 * @param sources its networks, by name
 * @param names which names it keeps for sites
 */
public record StoreContents(
    int schema,
    long fileBytes,
    SortedMap<String, Long> statuses,
    Amounts whole,
    List<Source> sources,
    SiteNaming names) {
  private static final String AMOUNTS =
      """
      count(*), count(p.capture), min(c.first_time), max(c.last_time),
      coalesce(sum(c.packets), 0)::BIGINT, coalesce(sum(c.wire_bytes), 0)::BIGINT,
      coalesce(sum(f.flows), 0)::BIGINT
      FROM fact.capture c
      LEFT JOIN fact.pruned p USING (capture)
      LEFT JOIN (SELECT capture, count(*) AS flows FROM fact.flow GROUP BY capture) f USING (capture)
      """;

  /**
   * Some captures together. Times are nanoseconds since 1970 UTC, null when there is no packet.
   *
   * @param pruned how many of the captures have lost their flows
   * @param flows flows that are kept one by one
   */
  public record Amounts(
      long captures,
      long pruned,
      @Nullable Long firstTime,
      @Nullable Long lastTime,
      long packets,
      long wireBytes,
      long flows) {}

  /** The captures of one network. */
  public record Source(String name, Amounts amounts) {}

  /** Asks a store. */
  public static StoreContents of(StoreFile store) throws StoreException {
    return store.read(database -> of(database, fileBytes(store.path())));
  }

  private static StoreContents of(Database database, long fileBytes) throws StoreException {
    SortedMap<String, Long> statuses = new TreeMap<>();
    database.query(
        row -> statuses.put(row.getString(1), row.getLong(2)),
        "SELECT status, count(*) FROM captures GROUP BY status");
    List<Source> whole = sources(database, "SELECT '', " + AMOUNTS);
    List<Source> sources =
        sources(database, "SELECT c.source, " + AMOUNTS + " GROUP BY c.source ORDER BY c.source");
    return new StoreContents(
        Schema.VERSION,
        fileBytes,
        statuses,
        whole.get(0).amounts(),
        sources,
        ShownSites.kept(database));
  }

  private static List<Source> sources(Database database, String sql) throws StoreException {
    return database.query(
        row ->
            new Source(
                row.getString(1),
                new Amounts(
                    row.getLong(2),
                    row.getLong(3),
                    (Long) row.getObject(4),
                    (Long) row.getObject(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8))),
        sql);
  }

  /** Bytes of the file, with a log that is not yet in it. */
  static long fileBytes(Path store) {
    return store.toFile().length() + Path.of(store + ".wal").toFile().length();
  }
}
