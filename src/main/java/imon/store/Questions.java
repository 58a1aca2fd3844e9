package imon.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a report asks of named captures. All answers are in a total order: the largest first, then
 * by name or address.
 */
public final class Questions {
  /** Rows of detail below one site. */
  private static final int DETAILS = 10;

  private static final String SUMS =
      "sum(connections)::BIGINT, sum(up_packets)::BIGINT, sum(up_bytes)::BIGINT,"
          + " sum(down_packets)::BIGINT, sum(down_bytes)::BIGINT";
  private static final String LARGEST = "sum(up_bytes + down_bytes) DESC";

  private final Database database;

  /** One capture, as it was taken in; times are nanoseconds since 1970 UTC. */
  public record Capture(
      String id,
      String path,
      String fingerprint,
      String format,
      String linkTypes,
      long fileBytes,
      long packets,
      long wireBytes,
      @Nullable Long dropped,
      @Nullable Long firstTime,
      @Nullable Long lastTime,
      String status,
      @Nullable String message) {}

  /** A class of the ledger; {@code proof} is null unless it is a kind of evidence. */
  public record LedgerClass(String name, @Nullable Boolean proof, long packets, long bytes) {}

  /**
   * A site.
   *
   * @param provenBytes bytes that proof gives to this site: the least it can have used
   * @param possibleBytes with those that inference gives to it, or gives to another site though
   *     this one was a candidate, too: the most it can have used
   * @param evidence what named it, the strongest first
   * @param hosts its largest hosts
   * @param clients its largest clients
   */
  public record Site(
      String name,
      Traffic traffic,
      long provenBytes,
      long possibleBytes,
      List<Part> evidence,
      List<Part> hosts,
      List<Part> clients) {}

  /** A part of something larger: a host, an address, a kind of evidence. */
  public record Part(@Nullable String name, Traffic traffic) {}

  /** Traffic of unresolved flows to one server. */
  public record Server(
      String ip,
      @Nullable Integer port,
      String protocol,
      @Nullable String service,
      Traffic traffic) {}

  /** An anomaly of a capture. */
  public record OddThing(String captureId, String kind, long count, long firstPacket) {}

  /**
   * Asks about some captures.
   *
   * @param fingerprints which captures; all if there are none
   * @param localSites whether local sites stand beside those of the internet; they stand alone when
   *     nothing is internet
   */
  Questions(Database database, List<String> fingerprints, boolean localSites)
      throws StoreException {
    this.database = database;
    database.execute("SET VARIABLE local_sites = " + localSites);
    database.execute(
        "CREATE OR REPLACE TEMP TABLE asked AS SELECT * FROM fact.capture"
            + (fingerprints.isEmpty()
                ? ""
                : " WHERE fingerprint IN (" + quoted(fingerprints) + ")"));
    database.script("questions.sql");
  }

  /** Fingerprints are hexadecimal digits. */
  private static String quoted(List<String> fingerprints) {
    return fingerprints.stream().map(f -> "'" + f + "'").collect(Collectors.joining(", "));
  }

  private static Traffic traffic(ResultSet row, int column) throws SQLException {
    return new Traffic(
        row.getLong(column),
        row.getLong(column + 1),
        row.getLong(column + 2),
        row.getLong(column + 3),
        row.getLong(column + 4));
  }

  /** The captures, by their first packet. */
  public List<Capture> captures() throws StoreException {
    return database.query(
        row ->
            new Capture(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                (Long) row.getObject(9),
                (Long) row.getObject(10),
                (Long) row.getObject(11),
                row.getString(12),
                row.getString(13)),
        """
        SELECT substr(fingerprint, 1, 16), path, fingerprint, format, link_types, file_bytes,
          packets, wire_bytes, dropped, first_time, last_time, status, message
        FROM asked ORDER BY first_time NULLS LAST, fingerprint
        """);
  }

  /** Every class with at least one packet: evidence by strength first. */
  public List<LedgerClass> ledger() throws StoreException {
    return database.query(
        row ->
            new LedgerClass(
                row.getString(1), (Boolean) row.getObject(2), row.getLong(3), row.getLong(4)),
        """
        SELECT class, any_value(proof), sum(packets)::BIGINT, sum(bytes)::BIGINT
        FROM asked_class GROUP BY class ORDER BY min(place), class
        """);
  }

  /** Traffic of all sites together. */
  public Traffic ofAllSites() throws StoreException {
    return database
        .query(row -> traffic(row, 1), "SELECT " + coalesced() + " FROM asked_site")
        .get(0);
  }

  private static String coalesced() {
    return "coalesce(sum(connections), 0)::BIGINT, coalesce(sum(up_packets), 0)::BIGINT,"
        + " coalesce(sum(up_bytes), 0)::BIGINT, coalesce(sum(down_packets), 0)::BIGINT,"
        + " coalesce(sum(down_bytes), 0)::BIGINT";
  }

  /** Whether local traffic is among the sites. */
  public boolean hasLocalSites() throws StoreException {
    return database.number(
            "SELECT count(*) FROM sites_scope JOIN fact.scope s USING (scope)"
                + " WHERE s.label = 'local'")
        > 0;
  }

  /** All connections, of whatever scope; parts of one count once. */
  public long connectionCount() throws StoreException {
    return database.number("SELECT coalesce(sum(connections), 0)::BIGINT FROM asked_flow");
  }

  public long siteCount() throws StoreException {
    return database.number("SELECT count(DISTINCT site) FROM asked_site");
  }

  /** The largest sites. */
  public List<Site> sites(int top) throws StoreException {
    database.execute(
        "CREATE OR REPLACE TEMP TABLE top_site AS SELECT site FROM asked_site GROUP BY site"
            + " ORDER BY %s, site LIMIT %d".formatted(LARGEST, top));
    Map<String, List<Part>> evidence = partsOfSites("evidence", "min(strength)");
    Map<String, List<Part>> hosts = partsOfSites("host", LARGEST + ", host NULLS LAST");
    Map<String, List<Part>> clients = partsOfSites("ip", LARGEST + ", ip");
    return database.query(
        row -> {
          String site = row.getString(1);
          return new Site(
              site,
              traffic(row, 2),
              row.getLong(7),
              row.getLong(8),
              evidence.getOrDefault(site, List.of()),
              hosts.getOrDefault(site, List.of()),
              clients.getOrDefault(site, List.of()));
        },
        """
        SELECT site, %s,
          coalesce(sum(up_bytes + down_bytes) FILTER (WHERE proof), 0)::BIGINT,
          (sum(up_bytes + down_bytes) + coalesce(any_value(o.bytes), 0))::BIGINT
        FROM asked_site JOIN top_site USING (site) LEFT JOIN asked_rival o USING (site)
        GROUP BY site ORDER BY %s, site
        """
            .formatted(SUMS, LARGEST));
  }

  private Map<String, List<Part>> partsOfSites(String part, String order) throws StoreException {
    Map<String, List<Part>> parts = new HashMap<>();
    database.query(
        row ->
            parts
                .computeIfAbsent(row.getString(1), site -> new ArrayList<>())
                .add(new Part(row.getString(2), traffic(row, 3))),
        """
        SELECT site, %s, %s, row_number() OVER (PARTITION BY site ORDER BY %s) AS place
        FROM asked_site JOIN top_site USING (site)
        GROUP BY site, %s
        QUALIFY place <= %d
        ORDER BY site, place
        """
            .formatted(part, SUMS, order, part, DETAILS));
    return parts;
  }

  /** Traffic of all unresolved flows. */
  public Traffic ofAllUnresolved() throws StoreException {
    return database
        .query(row -> traffic(row, 1), "SELECT " + coalesced() + " FROM asked_unresolved")
        .get(0);
  }

  /** The largest servers of unresolved flows. */
  public List<Server> unresolved(int top) throws StoreException {
    return database.query(
        row ->
            new Server(
                row.getString(1),
                (Integer) row.getObject(2),
                row.getString(3),
                row.getString(4),
                traffic(row, 5)),
        """
        SELECT coalesce(a.ip, fact.ip4(u.server)) AS ip, u.port,
          coalesce(p.label, u.protocol::VARCHAR) AS protocol, l.label AS service,
          connections, up_packets::BIGINT, up_bytes::BIGINT, down_packets::BIGINT,
          down_bytes::BIGINT
        FROM asked_unresolved u
        LEFT JOIN fact.address6 a ON a.address = u.server
        LEFT JOIN fact.protocol p ON p.protocol = u.protocol
        LEFT JOIN service_label l ON l.service = u.service
        WHERE up_bytes + down_bytes >= (
          SELECT min(bytes) FROM (
            SELECT up_bytes + down_bytes AS bytes FROM asked_unresolved
            ORDER BY bytes DESC LIMIT %1$d))
        ORDER BY up_bytes + down_bytes DESC, ip, port NULLS LAST, protocol, service LIMIT %1$d
        """
            .formatted(top));
  }

  public long clientCount() throws StoreException {
    return database.number("SELECT count(DISTINCT ip) FROM asked_client");
  }

  /** A client device: its lowest address, and what it calls itself. */
  public record Client(String ip, @Nullable String name, Traffic traffic) {}

  /** The clients with most internet traffic. */
  public List<Client> clients(int top) throws StoreException {
    return database.query(
        row -> new Client(row.getString(1), row.getString(2), traffic(row, 3)),
        "SELECT ip, min(name), %s FROM asked_client GROUP BY ip ORDER BY %s, ip LIMIT %d"
            .formatted(SUMS, LARGEST, top));
  }

  /** How often inference agrees with proof; see {@link Agreement#of}. */
  public List<Agreement> agreements() throws StoreException {
    return Agreement.of(database);
  }

  /** How many flows their own packets name: those that inference is held against. */
  public long provenFlowCount() throws StoreException {
    return database.number("SELECT count(*) FROM asked_proven");
  }

  /** What was odd, in the order of captures and kinds. */
  public List<OddThing> anomalies() throws StoreException {
    return database.query(
        row -> new OddThing(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)),
        """
        SELECT substr(c.fingerprint, 1, 16), a.kind, a.count, a.first_packet
        FROM fact.anomaly a JOIN asked c USING (capture)
        ORDER BY c.first_time NULLS LAST, c.fingerprint, a.kind
        """);
  }
}
