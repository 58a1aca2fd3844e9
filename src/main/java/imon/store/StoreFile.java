package imon.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A store in a file. It is opened for as short as can be: for one transaction when a capture is
 * kept, and for the time of a question; whoever meets another's lock waits for some seconds.
 */
public final class StoreFile {
  /** Enough that sums of a large store stay in memory. */
  private static final String READING_MEMORY = "768MB";

  private final Path path;

  public StoreFile(Path path) {
    this.path = path;
  }

  /**
   * A capture that a store has already.
   *
   * @param path as it was named now
   * @param pruned whether the store has no flows of it any more
   */
  public record Known(String path, boolean pruned) {}

  /** The file, as it was named. */
  public Path path() {
    return path;
  }

  /** Finds out early whether the file is, or can become, a store; makes it when there is none. */
  public void prepare(Staging staging) throws StoreException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new StoreException(path + ": there is no folder " + folder + "; make it first", null);
    }
    attached(staging.database(), false, () -> {});
  }

  /**
   * Moves all captures from staging into the store; all of them, or nothing. Their flows have no
   * names before {@link #correlate}. Returns those the store has already, by fingerprint.
   */
  public List<Known> keep(Staging staging) throws StoreException {
    List<Known> known = new ArrayList<>();
    Database database = staging.database();
    attached(database, false, () -> database.transaction(() -> move(database, known)));
    staging.clear();
    return known;
  }

  private static void move(Database database, List<Known> known) throws StoreException {
    known.addAll(
        database.query(
            row -> new Known(row.getString(1), row.getBoolean(2)),
            """
            SELECT m.path, k.capture IN (SELECT capture FROM store.fact.pruned)
            FROM memory.fact.capture m JOIN store.fact.capture k USING (fingerprint)
            ORDER BY m.capture
            """));
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE moving AS
        SELECT m.capture, row_number() OVER (ORDER BY m.capture)
            + (SELECT coalesce(max(capture), 0) FROM store.fact.capture) AS kept
        FROM memory.fact.capture m ANTI JOIN store.fact.capture k USING (fingerprint)
        """);
    database.script("keep.sql");
  }

  /** Names the flows that captures kept since the last time have an effect on; all, or none. */
  public void correlate(Staging staging) throws StoreException {
    Database database = staging.database();
    attached(
        database,
        false,
        () -> {
          if (Correlation.isNeeded(database)) {
            database.transaction(() -> Correlation.runAndSum(database));
          }
        });
  }

  /** Has {@code asking} read the store. */
  public <T> T ask(Staging staging, Asking<T> asking) throws StoreException {
    List<T> answer = new ArrayList<>(1);
    Database database = staging.database();
    attached(database, true, () -> answer.add(asking.ask(database)));
    return answer.get(0);
  }

  /**
   * Has {@code asking} read the store by itself. What an earlier run left without names gets them
   * first.
   */
  public <T> T read(Asking<T> asking) throws StoreException {
    if (hasPending()) {
      try (Staging staging = Staging.open()) {
        correlate(staging);
      }
    }
    return readAsIs(asking);
  }

  private boolean hasPending() throws StoreException {
    return readAsIs(Correlation::isNeeded);
  }

  private <T> T readAsIs(Asking<T> asking) throws StoreException {
    List<T> answer = new ArrayList<>(1);
    try (ScratchFolder scratch = ScratchFolder.make();
        Database database = Database.open("", Staging.settings(scratch.path(), READING_MEMORY))) {
      attached(database, true, () -> answer.add(asking.ask(database)));
    }
    return answer.get(0);
  }

  /** Who asks a database in which the store is current. */
  public interface Asking<T> {
    T ask(Database database) throws StoreException;
  }

  /** Does {@code work} while the store is attached as {@code store} and current. */
  private void attached(Database database, boolean readOnly, Database.Work work)
      throws StoreException {
    attach(database, readOnly);
    try {
      database.execute("USE store");
      if (!readOnly) {
        makeIfEmpty(database);
      }
      StoreFault.checkVersion(path, database);
      work.run();
    } finally {
      database.execute("USE memory");
      database.execute("DETACH store");
    }
  }

  /** An older store becomes one of this version first. */
  private void attach(Database database, boolean readOnly) throws StoreException {
    attachAsIs(database, readOnly);
    database.execute("USE store");
    boolean older = Schema.isOlder(Schema.version(database));
    database.execute("USE memory");
    if (older) {
      database.execute("DETACH store");
      Replacement.migrate(path);
      attachAsIs(database, readOnly);
    }
  }

  private void attachAsIs(Database database, boolean readOnly) throws StoreException {
    String sql =
        "ATTACH '%s' AS store%s"
            .formatted(path.toString().replace("'", "''"), readOnly ? " (READ_ONLY)" : "");
    StoreLock.await(
        path,
        () -> {
          database.execute(sql);
          return database;
        });
  }

  private void makeIfEmpty(Database database) throws StoreException {
    long tables =
        database.number("SELECT count(*) FROM duckdb_tables() WHERE database_name = 'store'");
    if (tables == 0) {
      ownerOnly();
      database.transaction(
          () -> {
            Schema.createFacts(database);
            Schema.createViews(database);
          });
    }
  }

  private void ownerOnly() throws StoreException {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (UnsupportedOperationException e) {
      // A file system without such permissions has its own way to keep others out.
    } catch (IOException e) {
      throw new StoreException(path + ": cannot make it readable by its owner only", e);
    }
  }
}
