package imon.store;

import static java.util.stream.Collectors.joining;

import imon.flow.row.Rows;
import imon.name.AddressNames;
import imon.name.ReverseAnswer;
import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureSummary;
import imon.store.disk.ScratchFolder;
import imon.store.load.RowLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * A private database in memory that takes captures in, spilling to a folder that only its owner can
 * read. Without a store file it answers for them, too; with one, each capture moves there when it
 * is whole. Not safe for several threads.
 */
public final class Staging implements AutoCloseable {
  /** While captures are decoded, whose flows need memory, too. */
  private static final String DECODING_MEMORY = "208MB";

  /** Once they are decoded: sums of a large capture stay in memory. */
  private static final String NAMING_MEMORY = "512MB";

  /**
   * Rows that are worth several threads of the database, which mostly wait for each other with few.
   * While captures are decoded one does: the other cores decode. ManyFlowsTest has more.
   */
  private static final int MANY_ROWS = 50_000;

  /**
   * Packing rows between the steps of a statement, and looking for what two parts of it have in
   * common: a large capture takes as long without them, a small one a tenth less.
   */
  private static final String USELESS_OPTIMIZERS = "compressed_materialization,common_subplan";

  /**
   * A log that is longer than any: what naming makes of few rows is not packed at each commit,
   * which would take longer than to read it unpacked.
   */
  private static final String NO_CHECKPOINT = "1TB";

  /** A heap that is worth the time it takes to give it back to the system: 256 MiB. */
  private static final long LARGE_HEAP = 1L << 28;

  private final ScratchFolder scratch;
  private final Database database;
  private final RowLoader loader;
  private final List<Finished> finished = new ArrayList<>();
  private final List<Integer> discarded = new ArrayList<>();

  /** A capture that waits to be brought in, and when it was finished. */
  private record Finished(int number, CaptureFacts facts, Instant time) {}

  private Staging(ScratchFolder scratch, Database database) throws StoreException {
    this.scratch = scratch;
    this.database = database;
    Schema.createFacts(database);
    database.execute(
        """
        CREATE TEMP TABLE grown (capture INTEGER, fingerprint VARCHAR);
        CREATE TEMP TABLE begun (capture INTEGER, whole VARCHAR);
        CREATE TEMP TABLE twin (path VARCHAR, fingerprint VARCHAR, time BIGINT, status VARCHAR)
        """);
    loader = new RowLoader(database);
  }

  /** A folder for what does not fit in memory. */
  static ScratchFolder scratch() throws StoreException {
    try {
      return ScratchFolder.make();
    } catch (IOException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Makes an empty one. */
  public static Staging open() throws StoreException {
    ScratchFolder scratch = scratch();
    try {
      return new Staging(scratch, Database.open("", settings(scratch.path(), DECODING_MEMORY)));
    } catch (StoreException e) {
      scratch.close();
      throw e;
    }
  }

  static Properties settings(Path scratch, String memory) {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", memory);
    settings.setProperty("temp_directory", scratch.toString());
    // Every commit goes to the store itself: its log is gone when it is detached. In memory it
    // packs the rows, which takes no longer than to make room for all of them.
    settings.setProperty("wal_autocheckpoint", "0B");
    settings.setProperty("threads", "1");
    // Eight by default, for files far away.
    settings.setProperty("async_threads", "1");
    settings.setProperty("preserve_insertion_order", "false");
    settings.setProperty("disabled_optimizers", USELESS_OPTIMIZERS);
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    return settings;
  }

  /**
   * The database, in which all is that was taken in so far; questions are asked of it after {@link
   * #correlate}.
   */
  public Database database() throws StoreException {
    settle();
    return database;
  }

  /**
   * Takes a batch of rows of a capture.
   *
   * @param capture a number that only this capture has, 1 or more
   */
  public void load(int capture, Rows rows) throws StoreException {
    loader.load(capture, rows);
  }

  /** Takes the names that a capture's file gives to addresses. */
  public void load(int capture, AddressNames names) throws StoreException {
    loader.load(capture, names);
  }

  /**
   * Takes names that hold for all captures of a source, those of a store included; known ones
   * change nothing.
   */
  public void know(String source, AddressNames names) throws StoreException {
    loader.load(source, names);
    database.execute("UPDATE fact.capture SET correlated = false WHERE source = ?", source);
  }

  /**
   * Takes what was looked up for a source, in place of what was known of these addresses.
   *
   * @param time when, nanoseconds since 1970 UTC
   */
  public void learn(String source, List<ReverseAnswer> answers, long time) throws StoreException {
    loader.load(source, answers, time);
    database.execute("UPDATE fact.capture SET correlated = false WHERE source = ?", source);
  }

  /** All rows of a capture are loaded. */
  public void finish(int capture, CaptureFacts facts) {
    finished.add(new Finished(capture, facts, Instant.now()));
  }

  /**
   * A capture is to take the place of the one of this fingerprint, which may be its own, if the
   * store has it.
   */
  public void replaces(int capture, String fingerprint) throws StoreException {
    database.execute("INSERT INTO grown VALUES (?, ?)", capture, fingerprint);
  }

  /** A capture is the beginning of the one of this fingerprint, which the store has. */
  public void begins(int capture, String whole) throws StoreException {
    database.execute("INSERT INTO begun VALUES (?, ?)", capture, whole);
  }

  /** A file holds what another one did that was finished before: a store is to know it, too. */
  public void twin(String path, CaptureSummary summary) throws StoreException {
    database.execute(
        "INSERT INTO twin VALUES (?, ?, ?, ?)",
        path,
        summary.fingerprint(),
        nanos(Instant.now()),
        summary.status().label());
  }

  /** Forgets a finished capture that another one begins with; a store is to know its file. */
  public void outgrown(int capture) throws StoreException {
    settle();
    database.execute(
        """
        INSERT INTO twin
        SELECT path, fingerprint, ingested_time, status FROM fact.capture WHERE capture = ?
        """,
        capture);
    discard(capture);
  }

  /** Forgets a capture and its rows. */
  public void discard(int capture) {
    discarded.add(capture);
  }

  /** Brings in all that waits to be brought in together with more. */
  private void settle() throws StoreException {
    loader.flush();
    if (loader.rows() > MANY_ROWS) {
      database.useAllCores();
    }
    if (!finished.isEmpty()) {
      append("capture", Staging::appendCapture);
      append("anomaly", Staging::appendAnomalies);
      finished.clear();
    }
    if (!discarded.isEmpty()) {
      forget(discarded.stream().map(String::valueOf).collect(joining(", ")));
      discarded.clear();
    }
  }

  /** Writes what a table has of a finished capture. */
  private interface Appending {
    void append(DuckDBAppender table, Finished capture) throws SQLException;
  }

  private void append(String table, Appending appending) throws StoreException {
    database.append(
        table,
        rows -> {
          for (Finished capture : finished) {
            appending.append(rows, capture);
          }
        });
  }

  private static void appendCapture(DuckDBAppender table, Finished capture) throws SQLException {
    CaptureSummary summary = capture.facts.summary();
    table
        .beginRow()
        .append(capture.number)
        .append(capture.facts.source())
        .append(capture.facts.path())
        .append(summary.fingerprint())
        .append(capture.facts.options().text())
        .append(summary.fileBytes())
        .append(summary.format())
        .append(String.join(" ", summary.linkTypeNames()))
        .append(orNull(summary.firstPacket()))
        .append(orNull(summary.lastPacket()))
        .append(summary.packets())
        .append(summary.wireBytes())
        .append(orNull(summary.dropped()))
        .append(summary.status().label())
        .append(summary.message())
        .append(nanos(capture.time))
        .append(false)
        .endRow();
  }

  private static void appendAnomalies(DuckDBAppender table, Finished capture) throws SQLException {
    AnomalyCounts anomalies = capture.facts.anomalies();
    for (Anomaly kind : Anomaly.values()) {
      if (anomalies.count(kind) > 0) {
        table
            .beginRow()
            .append(capture.number)
            .append(kind.label())
            .append(anomalies.count(kind))
            .append(anomalies.firstPacketNumber(kind))
            .endRow();
      }
    }
  }

  /** Since 1970 UTC. */
  private static long nanos(Instant time) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, time);
  }

  private static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private void forget(String captures) throws StoreException {
    for (String table : Schema.FACTS_OF_CAPTURES) {
      database.execute("DELETE FROM fact." + table + " WHERE capture IN (" + captures + ")");
    }
  }

  /**
   * Forgets all finished captures, and what was known of sources; names and addresses keep their
   * ids, and captures that are still being loaded their rows.
   */
  void clear() throws StoreException {
    database.execute("DELETE FROM fact.hosts_name");
    database.execute("DELETE FROM fact.reverse");
    database.execute("DELETE FROM twin");
    database.execute("DELETE FROM grown WHERE capture IN (SELECT capture FROM fact.capture)");
    database.execute("DELETE FROM begun");
    forget("SELECT capture FROM fact.capture");
  }

  /** Names the flows of all captures taken in. */
  public void correlate() throws StoreException {
    settle();
    makeRoom();
    if (!database.isOnAllCores()) {
      database.execute("SET wal_autocheckpoint = '" + NO_CHECKPOINT + "'");
    }
    Correlation.run(database);
  }

  /** Decoding is over: gives the database the memory that it needed, if there is much to name. */
  void makeRoom() throws StoreException {
    if (!database.isOnAllCores()) {
      return;
    }
    if (Runtime.getRuntime().totalMemory() > LARGE_HEAP) {
      System.gc();
    }
    database.execute("SET memory_limit = '" + NAMING_MEMORY + "'");
  }

  /**
   * Removes what is on disk, in place of {@link #close}, in a process that ends: to give memory
   * back piece by piece takes 30 ms.
   */
  public void leave() {
    scratch.close();
  }

  @Override
  public void close() throws StoreException {
    try {
      database.close();
    } finally {
      scratch.close();
    }
  }
}
