package imon.store.ask.page;

import imon.store.Database;
import imon.store.StoreException;
import imon.store.Traffic;
import imon.store.ask.page.Stretch.Busy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The traffic of a report over time, by client device, site and what named it: what selections
 * within a report are summed up from. It is as exact as a bounded number of cells allows; whatever
 * is not told apart stands in the places for all others, so that the cells always sum up to the
 * report.
 *
 * @param start when its first step begins, in minutes since 1970 UTC
 * @param width minutes of a step; steps begin at multiples of it
 * @param steps how many steps there are
 * @param outside what is too far away in time for any of them; null for nothing
 * @param sites the sites told apart, the largest first; a cell's site is a place in this list, its
 *     size for all others, or {@link #NONE}
 * @param clients the same of client devices, by their lowest address
 * @param kinds what named the traffic
 * @param cells those with packets, by step, client, site and kind
 * @param rivals in the same order
 */
public record Timeline(
    long start,
    int width,
    int steps,
    @Nullable Outside outside,
    List<String> sites,
    List<String> clients,
    List<Kind> kinds,
    List<Cell> cells,
    List<Rival> rivals) {

  /**
   * The site of traffic that has none among the sites, the client of packets without a flow, the
   * step of what is outside of all.
   */
  public static final int NONE = -1;

  /** More cells than this are made fewer by longer steps, then by fewer clients and sites. */
  public static final int MOST_CELLS = 10_000;

  public static final int MOST_STEPS = 1500;
  private static final int MOST_NAMES = 100;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  /** Longer spans are told by hours, unless there is little in them. */
  private static final int MOST_MINUTES = 2 * 24 * 60;

  private static final int MOST_FLOWS = 200_000;

  /** Steps are not made longer than this for the sake of names. */
  private static final int LEAST_STEPS = 24;

  private static final int HOUR = 60;
  private static final int DAY = 24 * HOUR;
  private static final int[] WIDTHS = {1, 2, 5, 10, 15, 20, 30, HOUR, 120, 180, 360, 720, DAY};

  /**
   * When there was what is outside of all steps, in minutes since 1970 UTC.
   *
   * @param to the first minute after it
   */
  public record Outside(long from, long to) {}

  /**
   * A kind of traffic.
   *
   * @param name the class of the ledger it counts for
   * @param evidence what named it, in whatever scope; null for nothing
   * @param proof whether that is proof
   * @param listed whether it is among the sites and clients of the report
   */
  public record Kind(String name, @Nullable String evidence, boolean proof, boolean listed) {}

  /**
   * Traffic of one step, client, site and kind.
   *
   * @param kind a place in the list of kinds
   * @param connections those that count for the whole report; {@code traffic} has those that count
   *     for the site
   */
  public record Cell(int step, int client, int site, int kind, long connections, Traffic traffic) {}

  /** Bytes that inference gave to another site though this one was a candidate, too. */
  public record Rival(int step, int client, int site, long bytes) {}

  /** The traffic of all cells that are outside of the steps. */
  public Traffic outsideTraffic() {
    return cells.stream()
        .filter(cell -> cell.step() == NONE)
        .map(Cell::traffic)
        .reduce(Traffic.NONE, Traffic::plus);
  }

  /** A coded kind and its place in the list. */
  private record CodedKind(int code, Kind kind) {}

  /**
   * Whether minutes are told apart: a matter of the captures asked about, not of where they are
   * kept.
   *
   * @param from the first minute of the period
   * @param to the first minute after it
   */
  public static boolean tellsMinutes(Database database, long from, long to) throws StoreException {
    return minutes(database, from, to) <= MOST_MINUTES
        || database.number(
                "SELECT count(*) FROM fact.flow SEMI JOIN (FROM asked WHERE listed) USING (capture)")
            <= MOST_FLOWS
        || shownMinutes(database, from, to) <= MOST_MINUTES;
  }

  /**
   * The same without what is too far away, to the hour. Flows are asked for captures alone that are
   * too long themselves; of the others the ends say enough, and count for all of them each.
   */
  private static long shownMinutes(Database database, long from, long to) throws StoreException {
    List<Busy> hours =
        database.query(
            row -> new Busy(HOUR * row.getLong(1), row.getLong(2), row.getLong(3)),
            """
            WITH part AS (
              SELECT capture, packets, wire_bytes AS bytes,
                greatest(first_time // %1$d, %3$d) AS first, least(last_time // %1$d, %4$d - 1) AS last
              FROM asked WHERE listed AND first_time IS NOT NULL
            )
            SELECT minute // %2$d AS hour, sum(packets)::BIGINT, sum(bytes)::BIGINT FROM (
              SELECT unnest([first, last]) AS minute, packets, bytes FROM part WHERE last - first < %5$d
              UNION ALL
              SELECT start_time // %1$d, 2 * (up_packets + down_packets), 2 * (up_bytes + down_bytes)
              FROM fact.flow SEMI JOIN (FROM part WHERE last - first >= %5$d) USING (capture)
              WHERE start_time // %1$d >= %3$d AND start_time // %1$d < %4$d
            ) GROUP BY hour ORDER BY hour
            """
                .formatted(MINUTE_NANOS, HOUR, from, to, MOST_MINUTES));
    if (hours.isEmpty()) {
      return 0;
    }
    Stretch shown = Stretch.of(hours, HOUR);
    return shown.last() - shown.first() + HOUR;
  }

  /** How many minutes of the period captures cover, from their first packet to their last. */
  private static long minutes(Database database, long from, long to) throws StoreException {
    return database.number(
        """
        SELECT coalesce(least(max(last_time) // %1$d + 1, %3$d)
          - greatest(min(first_time) // %1$d, %2$d), 0)::BIGINT
        FROM asked WHERE listed
        """
            .formatted(MINUTE_NANOS, from, to));
  }

  /**
   * Asks for it.
   *
   * @param names how many sites and how many clients are told apart, if that many can be
   * @param byMinute whether what is picked tells minutes apart; else sums by hour have to do
   */
  public static Timeline of(Database database, int names, boolean byMinute) throws StoreException {
    int least = byMinute ? 1 : HOUR;
    int sites = Math.min(names, MOST_NAMES);
    int clients = sites;
    place(database, "site", "asked_site", "site", sites);
    place(database, "client", "asked_client", "ip", clients);
    database.script("timeline.sql");
    Stretch shown = shown(database, least);
    int width = width(database, least, shown, sites + clients > 0);
    while (width == 0) {
      if (clients >= sites) {
        clients /= 2;
      } else {
        sites /= 2;
      }
      database.execute("SET VARIABLE most_sites = %d".formatted(sites));
      database.execute("SET VARIABLE most_clients = %d".formatted(clients));
      database.script("fewer-names.sql");
      width = width(database, least, shown, sites + clients > 0);
    }
    return read(database, width, shown);
  }

  private static void place(Database database, String what, String of, String name, int most)
      throws StoreException {
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE line_%1$s AS
        SELECT %2$s, (row_number() OVER (ORDER BY bytes DESC, %2$s) - 1)::INTEGER AS place
        FROM (
          SELECT %2$s, sum(up_bytes + down_bytes) AS bytes FROM %3$s
          GROUP BY %2$s ORDER BY bytes DESC, %2$s LIMIT %4$d
        )
        """
            .formatted(what, name, of, most));
  }

  /** Which minutes there are steps for: all, where a minute each is not too many. */
  private static Stretch shown(Database database, int least) throws StoreException {
    long first = database.number("SELECT coalesce(min(minute), 0) FROM line_minute");
    long last = database.number("SELECT coalesce(max(minute), -1) FROM line_minute");
    if (last - first < MOST_STEPS) {
      return new Stretch(first, last, null);
    }
    return Stretch.of(
        database.query(
            row -> new Busy(row.getLong(1), row.getLong(2), row.getLong(3)),
            """
            SELECT minute, sum(up_packets + down_packets)::BIGINT, sum(up_bytes + down_bytes)::BIGINT
            FROM line_minute GROUP BY minute ORDER BY minute
            """),
        least);
  }

  /**
   * The narrowest step that few enough cells go with; 0 when there is none.
   *
   * @param mayFail whether fewer names could still make fewer cells
   */
  private static int width(Database database, int least, Stretch shown, boolean mayFail)
      throws StoreException {
    for (int width = least; ; width = wider(width)) {
      long steps = steps(shown, width);
      if (steps > MOST_STEPS) {
        continue;
      }
      if (cells(database, width, shown) <= MOST_CELLS || (!mayFail && steps == 1)) {
        return width;
      }
      if (mayFail && steps < LEAST_STEPS) {
        return 0;
      }
    }
  }

  private static int wider(int width) {
    for (int next : WIDTHS) {
      if (next > width) {
        return next;
      }
    }
    return width * 2;
  }

  private static int steps(Stretch shown, int width) {
    return shown.last() < shown.first()
        ? 0
        : Math.toIntExact(shown.last() / width - shown.first() / width + 1);
  }

  /** The step of a minute, in SQL. */
  private static String step(Stretch shown, int width) {
    return "if(minute BETWEEN %d AND %d, minute // %3$d - %4$d, %5$d)::INTEGER AS step"
        .formatted(shown.first(), shown.last(), width, shown.first() / width, NONE);
  }

  private static long cells(Database database, int width, Stretch shown) throws StoreException {
    return database.number(
        "SELECT count(*) FROM (SELECT DISTINCT %s, client, site, kind FROM line_minute)"
            .formatted(step(shown, width)));
  }

  private static Timeline read(Database database, int width, Stretch shown) throws StoreException {
    List<CodedKind> kinds = kinds(database);
    Map<Integer, Integer> places = new HashMap<>();
    kinds.forEach(kind -> places.put(kind.code(), places.size()));
    return new Timeline(
        shown.first() / width * width,
        width,
        steps(shown, width),
        shown.outside(),
        names(database, "SELECT site FROM line_site ORDER BY place"),
        names(database, "SELECT ip FROM line_client ORDER BY place"),
        kinds.stream().map(CodedKind::kind).toList(),
        cells(database, step(shown, width), places),
        rivals(database, step(shown, width)));
  }

  private static List<CodedKind> kinds(Database database) throws StoreException {
    return database.query(
        row ->
            new CodedKind(
                row.getInt(1),
                new Kind(row.getString(2), row.getString(3), row.getBoolean(4), row.getBoolean(5))),
        """
        SELECT code, class, evidence, proof, listed
        FROM line_kind SEMI JOIN (SELECT kind AS code FROM line_minute) USING (code) ORDER BY place
        """);
  }

  private static List<String> names(Database database, String sql) throws StoreException {
    return database.query(row -> row.getString(1), sql);
  }

  private static List<Cell> cells(Database database, String step, Map<Integer, Integer> kinds)
      throws StoreException {
    return database.query(
        row ->
            new Cell(
                row.getInt(1),
                row.getInt(2),
                row.getInt(3),
                kinds.getOrDefault(row.getInt(4), NONE),
                row.getLong(5),
                Traffic.of(row, 6)),
        """
        SELECT %s, client, site, m.kind,
          sum(connections)::BIGINT, sum(site_connections)::BIGINT, sum(up_packets)::BIGINT,
          sum(up_bytes)::BIGINT, sum(down_packets)::BIGINT, sum(down_bytes)::BIGINT
        FROM line_minute m JOIN line_kind k ON k.code = m.kind
        GROUP BY step, client, site, m.kind, k.place ORDER BY step, client, site, k.place
        """
            .formatted(step));
  }

  private static List<Rival> rivals(Database database, String step) throws StoreException {
    return database.query(
        row -> new Rival(row.getInt(1), row.getInt(2), row.getInt(3), row.getLong(4)),
        """
        SELECT %s, client, site, sum(bytes)::BIGINT
        FROM line_rival_minute GROUP BY step, client, site ORDER BY step, client, site
        """
            .formatted(step));
  }
}
