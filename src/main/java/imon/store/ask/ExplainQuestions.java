package imon.store.ask;

import imon.pcap.identity.KnownCapture;
import imon.store.Database;
import imon.store.StoreException;
import imon.wire.Addresses;
import imon.wire.Addresses.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a site or a host of a store has its traffic: the packets that say so. It is about whole
 * flows: those that are alive in a minute of the period.
 */
public final class ExplainQuestions {
  private static final String ADDRESSES =
      """
      FROM explained_flow f
      LEFT JOIN fact.address6 c ON c.address = f.client
      LEFT JOIN fact.address6 s ON s.address = f.server
      """;

  private final Database database;
  private final AskedNames names;

  /**
   * What one kind of evidence put under the name.
   *
   * @param witnesses how many there are
   */
  public record Kind(String name, boolean proof, long witnesses, long flows, long bytes) {}

  /**
   * Where something was seen; times are nanoseconds since 1970 UTC. A name that no packet tells was
   * seen in none, that of a hosts file in no capture either.
   */
  public record Sighting(
      @Nullable String fingerprint,
      @Nullable String path,
      @Nullable Long packet,
      @Nullable Long time) {}

  /**
   * A name in a packet, or told by none, that flows have from there.
   *
   * @param host the name; null when only its site is known
   */
  public record Witness(@Nullable String host, Sighting seen, long flows, long bytes) {}

  /**
   * A name that flows could have had, too.
   *
   * @param seen where it was seen first
   */
  public record Rival(
      String kind, @Nullable String host, String site, Sighting seen, long flows, long bytes) {}

  /**
   * A capture with such flows, or with what names them.
   *
   * @param number what the store calls it while it is open
   * @param known what it was when it was taken in
   * @param length how many packets it had then
   * @param packets how many of these name flows
   */
  public record Capture(
      int number,
      KnownCapture known,
      long length,
      String path,
      long packets,
      long flows,
      long bytes) {
    public String fingerprint() {
      return known.fingerprint();
    }
  }

  /** A flow; times are nanoseconds since 1970 UTC, ports null where the protocol has none. */
  public record Flow(
      Words client,
      @Nullable Integer clientPort,
      Words server,
      @Nullable Integer serverPort,
      int protocol,
      long firstPacket,
      long startTime,
      long endTime) {}

  /** Asks about one name: a site or, if there is no such site, a host. */
  public ExplainQuestions(Database database, Selection selection, String name)
      throws StoreException {
    this.database = database;
    names = AskedNames.choose(database, selection.naming(), List.of(name));
    AskedFlows.choose(database, selection);
    Period period = selection.period();
    database.execute(
        "CREATE OR REPLACE TEMP MACRO alive_in_period(first, last) AS first < %d AND last >= %d"
            .formatted(period.to(), period.from()));
    database.script("explain.sql");
  }

  /** The name, when no flow of the store has it. */
  public List<UnknownName> unknown() {
    return names.unknown();
  }

  /** The name as it is kept, unless it is unknown. */
  public List<String> known() {
    return names.known();
  }

  /** The captures with minutes of the period, by their first packet. */
  public List<Questions.Capture> asked() throws StoreException {
    return Questions.captures(database);
  }

  /** The kinds of evidence that name flows so, the strongest first. */
  public List<Kind> kinds() throws StoreException {
    return database.query(
        row ->
            new Kind(
                row.getString(1),
                row.getBoolean(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5)),
        """
        SELECT kind, any_value(proof), count(*), sum(flows)::BIGINT, sum(bytes)::BIGINT
        FROM explained_packet GROUP BY kind ORDER BY min(strength)
        """);
  }

  /** What a kind has seen where, what names most bytes first. */
  public List<Witness> witnesses(String kind, int top) throws StoreException {
    return database.query(
        row -> new Witness(row.getString(1), sighting(row, 2), row.getLong(6), row.getLong(7)),
        """
        SELECT host, fingerprint, path, seen_packet, seen_time, flows, bytes
        FROM explained_packet WHERE kind = ?
        ORDER BY bytes DESC, seen_time NULLS LAST, seen_packet, fingerprint, host NULLS LAST
        LIMIT %d
        """
            .formatted(top),
        kind);
  }

  private static Sighting sighting(ResultSet row, int column) throws SQLException {
    return new Sighting(
        row.getString(column),
        row.getString(column + 1),
        (Long) row.getObject(column + 2),
        (Long) row.getObject(column + 3));
  }

  /** How many rivals there are. */
  public long rivalCount() throws StoreException {
    return database.number("SELECT count(*) FROM explained_rival");
  }

  /** The rivals, the strongest kind first, then those of most bytes. */
  public List<Rival> rivals(int top) throws StoreException {
    return database.query(
        row ->
            new Rival(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                sighting(row, 4),
                row.getLong(8),
                row.getLong(9)),
        """
        SELECT kind, host, site, first.fingerprint, first.path, first.packet, first.time, flows, bytes
        FROM explained_rival ORDER BY strength, bytes DESC, site, host NULLS LAST LIMIT %d
        """
            .formatted(top));
  }

  /** Captures with flows of this name or with what names them, by their first packet. */
  public List<Capture> captures() throws StoreException {
    return database.query(
        row ->
            new Capture(
                row.getInt(1),
                new KnownCapture(row.getString(2), row.getLong(3)),
                row.getLong(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8)),
        """
        SELECT capture, fingerprint, file_bytes, length, path, packets, flows, bytes
        FROM explained_capture ORDER BY first_time NULLS LAST, fingerprint
        """);
  }

  /** Numbers of the packets in a capture that name flows, ascending. */
  public List<Long> packets(Capture capture) throws StoreException {
    return database.query(
        row -> row.getLong(1),
        "SELECT DISTINCT seen_packet FROM explained_packet"
            + " WHERE seen_capture = ? AND seen_packet IS NOT NULL ORDER BY seen_packet",
        capture.number());
  }

  /** The flows in a capture, by their first packet. */
  public List<Flow> flows(Capture capture) throws StoreException {
    return database.query(
        row ->
            new Flow(
                words(row, 1),
                (Integer) row.getObject(4),
                words(row, 5),
                (Integer) row.getObject(8),
                row.getInt(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12)),
        """
        SELECT c.high, c.low, f.client, f.client_port, s.high, s.low, f.server, f.server_port,
          f.protocol::INTEGER, f.packet, f.start_time, f.end_time
        """
            + ADDRESSES
            + "WHERE f.capture = ? ORDER BY f.packet",
        capture.number());
  }

  /** An address: two words where it is IPv6, else its id. */
  private static Words words(ResultSet row, int column) throws SQLException {
    Long high = (Long) row.getObject(column);
    return high == null
        ? new Words(0, Addresses.mapped((int) row.getLong(column + 2)))
        : new Words(high, row.getLong(column + 1));
  }
}
