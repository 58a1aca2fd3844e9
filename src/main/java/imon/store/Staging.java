package imon.store;

import imon.flow.row.Rows;
import imon.name.AddressNames;
import imon.pcap.Anomaly;
import imon.pcap.CaptureSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A private database in memory that takes captures in, spilling to a folder that only its owner can
 * read. Without a store file it answers for them, too; with one, each capture moves there when it
 * is whole. Not safe for several threads.
 */
public final class Staging implements AutoCloseable {
  private static final String MEMORY_LIMIT = "256MB";

  private final ScratchFolder scratch;
  private final Database database;
  private final RowLoader loader;
  private int lastCapture;

  private Staging(ScratchFolder scratch, Database database) throws StoreException {
    this.scratch = scratch;
    this.database = database;
    Schema.createFacts(database);
    loader = new RowLoader(database);
  }

  /** Makes an empty one. */
  public static Staging open() throws StoreException {
    ScratchFolder scratch = ScratchFolder.make();
    try {
      return new Staging(scratch, Database.open("", settings(scratch.path(), MEMORY_LIMIT)));
    } catch (StoreException e) {
      scratch.close();
      throw e;
    }
  }

  static Properties settings(Path scratch, String memory) {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", memory);
    settings.setProperty("temp_directory", scratch.toString());
    settings.setProperty("preserve_insertion_order", "false");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    return settings;
  }

  /** What the questions about captures taken in are asked of, after {@link #correlate}. */
  public Database database() {
    return database;
  }

  /** Begins a capture; its number is for {@link #load} and {@link #finish}. */
  public int begin() {
    return ++lastCapture;
  }

  /** Takes a batch of rows of a capture. */
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
  }

  /** All rows of a capture are loaded. */
  public void finish(int capture, CaptureFacts facts) throws StoreException {
    loader.loadDictionary();
    CaptureSummary summary = facts.summary();
    database.execute(
        "INSERT INTO fact.capture VALUES (?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            + "epoch_ns(current_timestamp::TIMESTAMP), false)",
        capture,
        facts.source(),
        facts.path(),
        summary.fingerprint(),
        summary.fileBytes(),
        summary.format(),
        String.join(" ", summary.linkTypeNames()),
        orNull(summary.firstPacket()),
        orNull(summary.lastPacket()),
        summary.packets(),
        summary.wireBytes(),
        orNull(summary.dropped()),
        summary.status().label(),
        summary.message());
    for (Anomaly kind : Anomaly.values()) {
      if (facts.anomalies().count(kind) > 0) {
        database.execute(
            "INSERT INTO fact.anomaly VALUES (?, ?, ?, ?)",
            capture,
            kind.label(),
            facts.anomalies().count(kind),
            facts.anomalies().firstPacketNumber(kind));
      }
    }
  }

  private static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  /** Path of a capture with this fingerprint that was taken in before, or null. */
  public @Nullable String pathOf(String fingerprint) throws StoreException {
    List<String> paths =
        database.query(
            row -> row.getString(1),
            "SELECT path FROM fact.capture WHERE fingerprint = ?",
            fingerprint);
    return paths.isEmpty() ? null : paths.get(0);
  }

  /** Forgets the rows of a capture. */
  public void discard(int capture) throws StoreException {
    for (String table : Schema.FACTS_OF_CAPTURES) {
      database.execute("DELETE FROM fact." + table + " WHERE capture = ?", capture);
    }
  }

  /** Forgets the rows of all captures and sources; names and addresses keep their ids. */
  void clear() throws StoreException {
    database.execute("DELETE FROM fact.hosts_name");
    for (String table : Schema.FACTS_OF_CAPTURES) {
      database.execute("DELETE FROM fact." + table);
    }
  }

  /** Names the flows of all captures taken in. */
  public void correlate() throws StoreException {
    Correlation.run(database);
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
