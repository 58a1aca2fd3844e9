package imon.store;

import imon.pcap.write.OwnerOnly;
import imon.store.disk.ScratchFolder;
import imon.store.disk.StoreLog;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A store in a file. It is opened for as short as can be: for one transaction when a capture is
 * kept, and for the time of a question; whoever meets another's lock waits.
 */
public final class StoreFile {
  /** Enough that sums of a large store stay in memory. */
  private static final String READING_MEMORY = "768MB";

  /**
   * A store whose questions are worth several threads of the database: 16 MiB. One small capture
   * takes 8, mostly for tables that have a row or none.
   */
  private static final long LARGE_BYTES = 1L << 24;

  private final Path path;
  private final StoreLock lock;

  /** For questions: who meets another's lock waits for some seconds. */
  public StoreFile(Path path) {
    this(path, StoreLock.ofReaders());
  }

  private StoreFile(Path path, StoreLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /** For taking captures in: it waits for others for minutes, and says for whom. */
  public static StoreFile forIngest(Path path, Consumer<String> says) {
    return new StoreFile(path, StoreLock.ofWriters(says));
  }

  /** The file, as it was named. */
  public Path path() {
    return path;
  }

  /**
   * All files that belong to it: its own and its log, which is beside what a link leads to, or the
   * link.
   */
  public List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(path, StoreLog.beside(path)));
    try {
      files.add(StoreLog.beside(path.toRealPath()));
    } catch (IOException notYetThere) {
      // It has no log either.
    }
    return files;
  }

  /** Finds out early whether the file is, or can become, a store; makes it when there is none. */
  public void prepare(Staging staging) throws StoreException {
    checkFolder();
    if (!Files.exists(path)) {
      make(staging.database());
    }
    attached(staging.database(), false, () -> {});
  }

  private void checkFolder() throws StoreException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new StoreException(path + ": there is no folder " + folder + "; make it first", null);
    }
  }

  /**
   * Finds out whether the file is, or can become, a store, for an ingest that comes later. Nothing
   * is made or changed, and nobody is waited for: whoever has it open has found it to be one.
   */
  public void check() throws StoreException {
    checkFolder();
    StoreFault.checkKind(path);
    if (path.toFile().length() > 0) {
      byItself(this::checkOpened);
    }
  }

  private void checkOpened(Database database) throws StoreException {
    try {
      database.execute(attaching(path, true));
    } catch (StoreException e) {
      if (StoreFault.isLock(e)) {
        return;
      }
      throw StoreFault.explain(path, e);
    }
    database.execute("USE store");
    if (!isEmpty(database)) {
      StoreFault.checkVersion(path, database);
    }
  }

  /**
   * Makes a new store elsewhere first, where nobody else looks: a process that is killed meanwhile
   * leaves none.
   */
  private void make(Database database) throws StoreException {
    try (ScratchFolder scratch = ScratchFolder.makeIn(path.toAbsolutePath().resolveSibling(""))) {
      Path made = scratch.path().resolve("new.db");
      attached(database, made, false, () -> {});
      putInPlace(made);
    } catch (FileAlreadyExistsException e) {
      // Another ingest was quicker; its store serves both.
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw StoreFault.unmade(path, e);
    }
  }

  /** A link fails when a file of that name is there by now; a move might replace it. */
  private void putInPlace(Path made) throws IOException {
    try {
      Files.createLink(path, made);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException linkless) {
      Files.move(made, path);
    }
  }

  /**
   * Moves all captures from staging into the store; all of them, or nothing. Their flows have no
   * names before {@link #correlate}. One that has grown takes the place of what the store had of
   * it, also its network, and so does one that is taken anew. Returns a line for each that the
   * store has already, or had.
   */
  public List<String> keep(Staging staging) throws StoreException {
    List<String> messages = new ArrayList<>();
    Database database = staging.database();
    attached(database, false, () -> transaction(database, path, () -> move(database, messages)));
    staging.clear();
    return messages;
  }

  private static void move(Database database, List<String> messages) throws StoreException {
    database.script("moving.sql");
    messages.addAll(
        database.query(
            row -> row.getString(1), "SELECT message FROM moving_message ORDER BY capture"));
    if (database.number("SELECT count(*) FROM replaced") > 0) {
      database.script("former-devices.sql");
      for (List<String> tables :
          List.of(Schema.FACTS_OF_CAPTURES, Schema.DERIVED_OF_CAPTURES, HourSums.TABLES)) {
        for (String table : tables) {
          database.execute(
              "DELETE FROM store.fact." + table + " WHERE capture IN (SELECT kept FROM replaced)");
        }
      }
    }
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
            // Not before: whether the store is large is known once it is attached.
            staging.makeRoom();
            transaction(database, path, () -> Correlation.runAndSum(database));
          }
        });
  }

  /** The same for what an earlier run left without names. */
  void correlate() throws StoreException {
    try (Staging staging = Staging.open()) {
      correlate(staging);
    }
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
    List<T> answer = new ArrayList<>(1);
    byItself(
        database ->
            attached(
                database,
                true,
                () -> {
                  if (!Correlation.isNeeded(database)) {
                    answer.add(asking.ask(database));
                  }
                }));
    if (answer.isEmpty()) {
      correlate();
      return read(asking);
    }
    return answer.get(0);
  }

  /** Has {@code changing} write to the store by itself: all of it, or nothing. */
  public void change(Changing changing) throws StoreException {
    if (!Files.exists(path)) {
      throw new StoreException(
          path + ": there is no such store; imon analyze --db makes one", null);
    }
    byItself(
        database ->
            attached(
                database,
                false,
                () -> transaction(database, path, () -> changing.change(database))));
  }

  private static void byItself(Changing work) throws StoreException {
    try (ScratchFolder scratch = Staging.scratch();
        Database database = Database.open("", Staging.settings(scratch.path(), READING_MEMORY))) {
      work.change(database);
    }
  }

  /** Who changes a database in which the store is current. */
  public interface Changing {
    void change(Database database) throws StoreException;
  }

  /** Who asks a database in which the store is current. */
  public interface Asking<T> {
    T ask(Database database) throws StoreException;
  }

  /** Does {@code work} while the store is attached as {@code store} and current. */
  private void attached(Database database, boolean readOnly, Database.Work work)
      throws StoreException {
    attached(database, path, readOnly, work);
  }

  private void attached(Database database, Path file, boolean readOnly, Database.Work work)
      throws StoreException {
    attach(database, file, readOnly);
    boolean done = false;
    try {
      database.execute("USE store");
      if (!readOnly) {
        makeIfEmpty(database, file);
      }
      StoreFault.checkVersion(path, database);
      // Whoever replaces the store has it locked: nobody is at it now.
      ScratchFolder.removeLeft(real(file).resolveSibling(""));
      work.run();
      done = true;
    } catch (StoreException e) {
      throw StoreFault.within(path, e);
    } finally {
      detach(database, file, readOnly, done);
    }
  }

  /** An older store becomes one of this version first. */
  private void attach(Database database, Path file, boolean readOnly) throws StoreException {
    attachAsIs(database, file, readOnly);
    database.execute("USE store");
    boolean older = Schema.isOlder(Schema.version(database));
    database.execute("USE memory");
    if (older) {
      database.execute("DETACH store");
      Replacement.migrate(path);
      attachAsIs(database, file, readOnly);
    }
  }

  private void attachAsIs(Database database, Path file, boolean readOnly) throws StoreException {
    String sql = attaching(file, readOnly);
    lock.await(
        path,
        () -> {
          database.execute(sql);
          return database;
        });
    if (file.toFile().length() > LARGE_BYTES) {
      database.useAllCores();
    }
  }

  private static String attaching(Path file, boolean readOnly) {
    return "ATTACH '%s' AS store%s"
        .formatted(real(file).toString().replace("'", "''"), readOnly ? " (READ_ONLY)" : "");
  }

  /** When there was a failure before, that one is on its way up and says more. */
  private void detach(Database database, Path file, boolean readOnly, boolean done)
      throws StoreException {
    try {
      if (!readOnly) {
        StoreLog.removeUnused(real(file));
      }
      database.execute("USE memory");
      database.execute("DETACH store");
      database.useOneCore();
    } catch (StoreException e) {
      if (done) {
        throw StoreFault.within(path, e);
      }
    }
  }

  /** Links followed, as the log stands beside the file that is written. */
  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath();
    }
  }

  private void makeIfEmpty(Database database, Path file) throws StoreException {
    if (!isEmpty(database)) {
      return;
    }
    try {
      OwnerOnly.restrict(file);
    } catch (IOException e) {
      throw new StoreException(path + ": cannot make it readable by its owner only", e);
    }
    transaction(
        database,
        file,
        () -> {
          Schema.createFacts(database);
          Schema.createViews(database);
        });
  }

  private static boolean isEmpty(Database database) throws StoreException {
    return !database.has("fact.setting") && !hasTables(database);
  }

  private static boolean hasTables(Database database) throws StoreException {
    return database.number("SELECT count(*) FROM duckdb_tables() WHERE database_name = 'store'")
        > 0;
  }

  private void transaction(Database database, Path file, Database.Work work) throws StoreException {
    try {
      StoreLog.make(real(file));
    } catch (IOException e) {
      throw StoreFault.nothingBeside(path, e);
    }
    database.transaction(work);
  }
}
