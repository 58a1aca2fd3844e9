package imon.store;

import imon.pcap.write.OwnerOnly;
import imon.store.disk.ScratchFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Puts a new store in the place of an old one. The new one is made whole in a folder of its own
 * beside it, which only its owner can read, and then renamed; the old one is locked until then, and
 * unchanged whatever fails. What a killed process left behind is removed by the next replacement.
 */
public final class Replacement {
  private static final String MEMORY = "768MB";

  private final Path place;
  private final Path made;
  private final Database database;

  private Replacement(Path place, Path made, Database database) {
    this.place = place;
    this.made = made;
    this.database = database;
  }

  /** Fills the new store. */
  public interface Filling {
    /**
     * The old store is attached as {@code store} and current, the new one is empty. Returns whether
     * it shall take the place of the old one.
     */
    boolean fill(Replacement replacement) throws StoreException;
  }

  /** Replaces the store in this file; waits some seconds for another process that has it open. */
  public static void of(Path file, Filling filling) throws StoreException {
    Path place = real(file);
    try (ScratchFolder scratch = beside(file, place);
        Database database = Database.open("", Staging.settings(scratch.path(), MEMORY))) {
      database.useAllCores();
      // Rows stay in the order of captures and times, which is what makes questions quick.
      database.execute("SET preserve_insertion_order = true");
      attach(database, file, place, "store");
      Path made = scratch.path().resolve("store.db");
      new Replacement(place, made, database).run(file, filling);
    }
  }

  private static ScratchFolder beside(Path file, Path place) throws StoreException {
    try {
      return ScratchFolder.makeIn(place.resolveSibling(""));
    } catch (IOException e) {
      throw StoreFault.nothingBeside(file, e);
    }
  }

  private static Path real(Path file) throws StoreException {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new StoreException(file + ": there is no such store; imon analyze --db makes one", e);
    }
  }

  private static void attach(Database database, Path named, Path place, String name)
      throws StoreException {
    String sql = "ATTACH '%s' AS %s".formatted(place.toString().replace("'", "''"), name);
    StoreLock.ofReaders()
        .await(
            named,
            () -> {
              database.execute(sql);
              return database;
            });
  }

  /**
   * The old store stays attached, and so locked, until the new one has its place. The checkpoint
   * leaves it without a log, which would be taken for one of the new store.
   */
  private void run(Path file, Filling filling) throws StoreException {
    try {
      database.execute("CHECKPOINT store");
      attach(database, made, made, "beside");
      database.execute("USE store");
      if (filling.fill(this)) {
        database.execute("USE memory");
        database.execute("DETACH beside");
        publish();
      }
    } catch (IOException e) {
      throw StoreFault.unwritten(file, e);
    }
  }

  private void publish() throws IOException {
    OwnerOnly.restrict(made);
    force(made, StandardOpenOption.WRITE);
    Files.move(made, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(place.resolveSibling(""), StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }

  /** The database in which the old store is current; the new one is {@code beside}. */
  public Database database() {
    return database;
  }

  /**
   * Copies the tables of the old store in the order of their names, each with the rows that its
   * condition wants: all of them when it has none.
   */
  public void copyTables(Map<String, String> conditions) throws StoreException {
    List<List<String>> tables =
        database.query(
            row -> List.of(row.getString(1), row.getString(2)),
            """
            SELECT table_name, sql FROM duckdb_tables()
            WHERE database_name = 'store' AND schema_name = 'fact' ORDER BY table_name
            """);
    inNew(() -> database.execute("CREATE SCHEMA fact"));
    for (List<String> table : tables) {
      String name = table.get(0);
      inNew(() -> database.execute(table.get(1)));
      database.execute(
          "INSERT INTO beside.fact.%1$s FROM fact.%1$s WHERE %2$s"
              .formatted(name, conditions.getOrDefault(name, "true")));
    }
  }

  /** Makes the views and macros of this version, over tables of an earlier one, too. */
  public void complete(int version) throws StoreException {
    inNew(
        () -> {
          if (version < Schema.VERSION) {
            database.transaction(() -> Schema.migrate(database, version));
          }
          database.script("sides.sql");
          Schema.createViews(database);
          // Connections may have lost parts.
          HourSums.showAnew(database);
        });
  }

  private void inNew(Database.Work work) throws StoreException {
    database.execute("USE beside");
    try {
      work.run();
    } finally {
      database.execute("USE store");
    }
  }

  /**
   * Brings a store of an earlier version to this one; does nothing when another process has done so
   * meanwhile.
   */
  static void migrate(Path file) throws StoreException {
    of(
        file,
        replacement -> {
          int version = Schema.version(replacement.database);
          if (!Schema.isOlder(version)) {
            return false;
          }
          replacement.copyTables(Map.of());
          replacement.complete(version);
          return true;
        });
  }
}
