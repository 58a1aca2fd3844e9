package imon.store;

import java.util.List;
import java.util.stream.Stream;

/**
 * Sums up by hour what reports ask often of a store: of captures that were added, and of older ones
 * those hours in which a flow was named anew. Which servers are kept is a matter of a whole
 * capture, so that all hours of these are summed up if one of its flows was. Goes on from the
 * temporary tables of ranked.sql and affected.sql.
 */
final class HourSums {
  /** Flows that are summed up at once, if one capture does not bring more: memory is limited. */
  private static final int FLOWS_AT_ONCE = 1_000_000;

  private static final String ADDED = "SELECT capture FROM ranked_capture WHERE added";
  private static final String RENAMED = "SELECT capture FROM older WHERE affected";

  private static final String CORRELATED = "SELECT capture FROM fact.capture WHERE correlated";

  /** The sums of an hour. */
  private static final List<String> BY_HOUR = List.of("hour_traffic", "hour_rival", "hour_guess");

  /** The sums of an hour that the names which a store keeps make others. */
  private static final List<String> SHOWN_BY_HOUR = List.of("shown_rival", "shown_connection");

  /** The sums of a capture, which no hour can change alone. */
  private static final List<String> BY_CAPTURE =
      List.of("hour_server", "server_rest", "device_address");

  /** A condition that always holds. */
  private static final String ALL = "true";

  /** What tells of parts of connections, by capture and packet. */
  private static final String PARTS = "later_part";

  private static final String SHOWN_PARTS = "shown_part";

  /** All tables of what is summed up in a store once flows have names. */
  static final List<String> TABLES =
      Stream.of(BY_HOUR, SHOWN_BY_HOUR, BY_CAPTURE, List.of(PARTS, SHOWN_PARTS))
          .flatMap(List::stream)
          .toList();

  private HourSums() {}

  /** Makes the sums anew that what was named has an effect on. */
  static void make(Database database) throws StoreException {
    boolean shown = ShownSites.place(database);
    wantAll(database);
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE summed_hour AS
        SELECT DISTINCT unnest(range(start_time // 3600000000000, end_time // 3600000000000 + 1)) AS hour
        FROM older WHERE affected
        """);
    laterParts(database, shown);
    sum(database, ADDED, ALL, shown);
    if (database.number("SELECT count(*) FROM summed_hour") > 0) {
      sum(database, RENAMED, "h IN (SELECT hour FROM summed_hour)", shown);
    }
    database.execute("DROP TABLE summed_hour");
  }

  /** Makes all sums anew that hang on the names which the store keeps. */
  static void showAnew(Database database) throws StoreException {
    database.execute("DELETE FROM fact." + SHOWN_PARTS);
    for (String table : SHOWN_BY_HOUR) {
      database.execute("DELETE FROM fact." + table);
    }
    if (!ShownSites.place(database)) {
      return;
    }
    wantAll(database);
    ask(database, CORRELATED);
    shownParts(database, ALL);
    for (Range range : ranges(database)) {
      pick(database, range, ALL);
      sumShown(database);
    }
  }

  private static void wantAll(Database database) throws StoreException {
    database.execute(
        """
        CREATE OR REPLACE TEMP MACRO wanted_device(device) AS true;
        CREATE OR REPLACE TEMP MACRO wanted_host(host) AS true
        """);
    ShownSites.showPlain(database);
  }

  /** Of connections of which a flow was named anew; all their parts were. */
  private static void laterParts(Database database, boolean shown) throws StoreException {
    ask(database, ADDED + " UNION ALL " + RENAMED);
    database.script("later-parts.sql");
    String named =
        """
        capture IN (%s)
          OR (capture, packet) IN (SELECT (capture, packet) FROM older WHERE affected)
        """
            .formatted(ADDED);
    database.execute("DELETE FROM fact." + PARTS + " WHERE " + named);
    database.execute("DELETE FROM fact." + SHOWN_PARTS + " WHERE " + named);
    database.execute("INSERT INTO fact.later_part FROM asked_later WHERE " + named);
    if (shown) {
      shownParts(database, named);
    }
    database.execute("CREATE OR REPLACE TEMP VIEW later_part AS FROM fact.later_part");
  }

  /** Which parts count otherwise under the names that are kept, of those with a condition. */
  private static void shownParts(Database database, String condition) throws StoreException {
    ShownSites.showKept(database);
    database.script("later-parts.sql");
    ShownSites.showPlain(database);
    database.execute(
        """
        INSERT INTO fact.shown_part
        SELECT capture, packet FROM asked_later a JOIN fact.later_part l USING (capture, packet)
        WHERE a.of_site <> l.of_site AND (%s)
        """
            .formatted(condition));
    database.execute("CREATE OR REPLACE TEMP VIEW later_part AS FROM fact.later_part");
  }

  /** Of the flows that are picked. */
  private static void sumShown(Database database) throws StoreException {
    ShownSites.showKept(database);
    database.script("shown-hours.sql");
    ShownSites.showPlain(database);
  }

  private static void ask(Database database, String captures) throws StoreException {
    database.execute(
        "CREATE OR REPLACE TEMP TABLE asked AS FROM fact.capture WHERE capture IN (%s)"
            .formatted(captures));
  }

  /**
   * Makes the sums of captures anew.
   *
   * @param hours a condition on the hour {@code h}, which does not hold for servers
   * @param shown whether names are kept
   */
  private static void sum(Database database, String captures, String hours, boolean shown)
      throws StoreException {
    ask(database, captures);
    forget(database, BY_HOUR, hours);
    forget(database, SHOWN_BY_HOUR, hours);
    forget(database, BY_CAPTURE, ALL);
    for (Range range : ranges(database)) {
      pick(database, range, hours);
      database.script("hours.sql");
      if (shown) {
        sumShown(database);
      }
      if (!hours.equals(ALL)) {
        pick(database, range, ALL);
      }
      database.script("hour-servers.sql");
    }
  }

  private static void forget(Database database, List<String> tables, String hours)
      throws StoreException {
    database.execute("CREATE OR REPLACE TEMP MACRO wanted_hour(h) AS " + hours);
    String condition = hours.equals(ALL) ? ALL : "wanted_hour(hour)";
    for (String table : tables) {
      database.execute(
          "DELETE FROM fact.%s WHERE capture IN (SELECT capture FROM asked) AND %s"
              .formatted(table, condition));
    }
  }

  private static void pick(Database database, Range range, String hours) throws StoreException {
    database.execute(
        """
        CREATE OR REPLACE TEMP MACRO wanted_hour(h) AS %s;
        CREATE OR REPLACE TEMP MACRO wanted_minute(minute) AS wanted_hour(minute // 60)
        """
            .formatted(hours));
    for (String table : List.of("flow", "naming", "slice")) {
      pick(
          database,
          range,
          "picked_" + table,
          "SELECT * FROM fact.%s SEMI JOIN asked USING (capture) WHERE capture BETWEEN %d AND %d"
              .formatted(table, range.first(), range.last()));
    }
    database.script("picked.sql");
    database.script("minutes.sql");
    if (range.isSmall()) {
      database.keepRows("picked_minute", "FROM picked_minute");
    }
    database.script("sums.sql");
  }

  private static void pick(Database database, Range range, String view, String query)
      throws StoreException {
    if (range.isSmall()) {
      database.keepRows(view, query);
    } else {
      database.execute("CREATE OR REPLACE TEMP VIEW " + view + " AS " + query);
    }
  }

  /** Numbers of captures, both included, and how many flows they have. */
  private record Range(int first, int last, long flows) {
    boolean isSmall() {
      return flows <= Database.FEW_FLOWS;
    }
  }

  /** The captures asked about, cut into ranges with about as many flows each. */
  private static List<Range> ranges(Database database) throws StoreException {
    return database.query(
        row -> new Range(row.getInt(1), row.getInt(2), row.getLong(3)),
        """
        SELECT min(capture), max(capture), sum(flows)
        FROM (
          SELECT capture, flows, sum(flows) OVER (ORDER BY capture) // %d AS turn
          FROM (
            SELECT a.capture, count(f.capture) AS flows
            FROM asked a LEFT JOIN fact.flow f USING (capture) GROUP BY a.capture
          )
        )
        GROUP BY turn ORDER BY turn
        """
            .formatted(FLOWS_AT_ONCE));
  }
}
