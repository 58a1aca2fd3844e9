package imon.store.ask;

import static imon.store.ask.Amounts.LARGEST;
import static imon.store.ask.Amounts.SUMS;
import static imon.store.ask.Amounts.SUMS_OR_ZERO;

import imon.name.NamedHost;
import imon.store.Database;
import imon.store.ShownSites;
import imon.store.ShownSites.Sums;
import imon.store.StoreException;
import imon.store.Traffic;
import imon.store.ask.inside.InternalNames;
import imon.store.ask.page.BlindSpot;
import imon.store.ask.page.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a report asks of named captures. All answers are in a total order: the largest first, then
 * by name or address.
 */
public final class Questions {
  /** Hosts, and clients, below one site. */
  private static final int DETAILS = 10;

  private final Database database;
  private final Selection selection;
  private final boolean ofHours;
  private @Nullable Boolean minutesTold;

  /** One capture, as it was taken in; times are nanoseconds since 1970 UTC. */
  public record Capture(
      String id,
      String path,
      String fingerprint,
      String format,
      String linkTypes,
      String options,
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

  private Questions(Database database, Selection selection, boolean ofStore) throws StoreException {
    this.database = database;
    this.selection = selection;
    Sums sums = ShownSites.name(database, selection.naming());
    ofHours = ofStore && sums != Sums.NONE;
    if (ofHours) {
      AskedFlows.ofHours(database, selection, sums);
    } else {
      minutesTold = AskedFlows.ofFlows(database, selection);
    }
    AskedFlows.nameSites(database, "shown_host", "shown_host");
    database.script("questions.sql");
    database.script("report.sql");
  }

  /** Asks about captures; what is needed is summed up of their flows. */
  public static Questions ofCaptures(Database database, Selection selection) throws StoreException {
    return new Questions(database, selection, false);
  }

  /** Asks about all captures of a store, which has sums by hour. */
  public static Questions ofStore(Database database, Selection selection) throws StoreException {
    return new Questions(database, selection, true);
  }

  /** The captures, by their first packet. */
  public List<Capture> captures() throws StoreException {
    return captures(database);
  }

  static List<Capture> captures(Database database) throws StoreException {
    return database.query(
        row ->
            new Capture(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                (Long) row.getObject(10),
                (Long) row.getObject(11),
                (Long) row.getObject(12),
                row.getString(13),
                row.getString(14)),
        """
        SELECT substr(fingerprint, 1, 16), path, fingerprint, format, link_types, options,
          file_bytes, packets, wire_bytes, dropped, first_time, last_time, status, message
        FROM asked WHERE listed ORDER BY first_time NULLS LAST, fingerprint
        """);
  }

  /** From the first to the last packet. */
  public record Times(Instant first, Instant last) {}

  /** When the captures asked about have packets, in the period or not; null if they have none. */
  public @Nullable Times times() throws StoreException {
    List<Times> times =
        database.query(
            row -> new Times(instant(row.getLong(1)), instant(row.getLong(2))),
            "SELECT min(first_time), max(last_time) FROM asked HAVING count(first_time) > 0");
    return times.isEmpty() ? null : times.get(0);
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
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
        .query(row -> Traffic.of(row, 1), "SELECT " + SUMS_OR_ZERO + " FROM asked_site")
        .get(0);
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
    return database.number("SELECT coalesce(sum(connections), 0)::BIGINT FROM asked_host");
  }

  public long siteCount() throws StoreException {
    return database.number("SELECT count(DISTINCT site) FROM asked_site");
  }

  /**
   * Bytes of the group with this name (in any case of letters), if there is none of the site, if
   * there is none of the host; 0 when nothing is called so. Whether a site is shown as a whole, in
   * parts or in a group makes no difference.
   */
  public long bytesOf(String name) throws StoreException {
    String ascii = NamedHost.ascii(name);
    return database.number(
        """
        WITH called AS (
          SELECT host,
            CASE
              WHEN lower(s.site) = lower(?) AND s.site IN (FROM shown_group) THEN 1
              WHEN h.site = ? THEN 2
              WHEN h.name = ? THEN 3
            END AS rank
          FROM fact.host h JOIN shown_host s USING (host)
        ), meant AS (
          SELECT host FROM called WHERE rank IS NOT NULL QUALIFY rank = min(rank) OVER ()
        )
        SELECT coalesce(sum(up_bytes + down_bytes), 0)::BIGINT
        FROM asked_host SEMI JOIN sites_scope USING (scope) SEMI JOIN meant USING (host)
        """,
        name,
        ascii,
        ascii);
  }

  /** The largest sites. */
  public List<Site> sites(int top) throws StoreException {
    return SiteRows.largest(database, top, DETAILS);
  }

  /** Traffic of all unresolved flows. */
  public Traffic ofAllUnresolved() throws StoreException {
    return database
        .query(
            row -> Traffic.of(row, 1),
            "SELECT %s FROM asked_host JOIN fact.scope s USING (scope)".formatted(SUMS_OR_ZERO)
                + " WHERE s.label = 'internet' AND host IS NULL")
        .get(0);
  }

  /** The largest servers of unresolved flows. */
  public List<Server> unresolved(int top) throws StoreException {
    Servers servers = new Servers(database, selection);
    return ofHours ? servers.ofHours(top) : servers.ofFlows(top);
  }

  public long clientCount() throws StoreException {
    return database.number("SELECT count(DISTINCT ip) FROM asked_client");
  }

  /**
   * The client devices with this lowest address, mostly one: networks may have the same addresses.
   *
   * @param name what it calls itself; null also where several do not all have it
   */
  public record Client(String ip, @Nullable String name, Traffic traffic) {}

  /** The clients with most internet traffic. */
  public List<Client> clients(int top) throws StoreException {
    return database.query(
        row -> new Client(row.getString(1), row.getString(2), Traffic.of(row, 3)),
        "SELECT ip, %s, %s FROM asked_client GROUP BY ip ORDER BY %s, ip LIMIT %d"
            .formatted(Amounts.common("name"), SUMS, LARGEST, top));
  }

  /** The same traffic in other rows than sites. */
  public Groups by(By by) throws StoreException {
    return new Groups(database, by);
  }

  /** All rows that a main table of this kind would have, whatever their size, by name. */
  public SortedMap<String, Traffic> amounts(By by) throws StoreException {
    if (by != By.SITE) {
      return new Groups(database, by).amounts();
    }
    SortedMap<String, Traffic> amounts = new TreeMap<>();
    database.query(
        row -> amounts.put(row.getString(1), Traffic.of(row, 2)),
        "SELECT site, " + SUMS + " FROM asked_site GROUP BY site");
    return amounts;
  }

  /**
   * The traffic over time; of a store that covers more than two days by hours.
   *
   * @param names how many sites and how many clients are told apart, at most
   */
  public Timeline timeline(int names) throws StoreException {
    return Timeline.of(database, names, tellMinutes());
  }

  /**
   * The largest servers of the largest sites, by site; empty where there are too many flows of too
   * many days to be asked.
   */
  public Map<String, List<Server>> serversOfSites(int top) throws StoreException {
    return tellMinutes() ? Servers.ofSites(database, top) : Map.of();
  }

  /** Has the views of what is picked tell minutes apart; false where it is to be by hours. */
  private boolean tellMinutes() throws StoreException {
    if (minutesTold == null) {
      minutesTold = AskedFlows.tellMinutesOfHours(database, selection.period());
    }
    return minutesTold;
  }

  /** What was there and could not be read, by kind. */
  public List<BlindSpot> blindSpots() throws StoreException {
    return BlindSpot.of(database);
  }

  /** How often inference agrees with proof; see {@link Agreement#of}. */
  public List<Agreement> agreements() throws StoreException {
    return Agreement.of(database);
  }

  /** How many flows their own packets name: those that inference is held against. */
  public long provenFlowCount() throws StoreException {
    return database.number(
        "SELECT coalesce(sum(flows), 0)::BIGINT FROM asked_guess WHERE kind IS NULL");
  }

  /** What was odd, in the order of captures and kinds. */
  public List<OddThing> anomalies() throws StoreException {
    return database.query(
        row -> new OddThing(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)),
        """
        SELECT substr(c.fingerprint, 1, 16), a.kind, a.count, a.first_packet
        FROM fact.anomaly a JOIN asked c USING (capture) WHERE c.listed
        ORDER BY c.first_time NULLS LAST, c.fingerprint, a.kind
        """);
  }

  /** What of all this belongs to local networks. */
  public InternalNames internalNames() throws StoreException {
    return InternalNames.of(database);
  }
}
