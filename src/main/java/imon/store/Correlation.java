package imon.store;

import java.util.List;

/**
 * Names the flows of captures that were added, and of older flows those that these can have an
 * effect on: parts.sql and affected.sql find them, correlate.sql and guesses.sql name them. In a
 * store it then sums up by hour what reports ask often. Whatever the order in which captures were
 * added, all is as if they had been named together.
 */
final class Correlation {
  /** Flows that are summed up at once, if one capture does not bring more: memory is limited. */
  private static final long FLOWS_AT_ONCE = 1_000_000;

  private Correlation() {}

  /** Whether a capture of the database that is current waits for its correlation. */
  static boolean isNeeded(Database database) throws StoreException {
    return database.number("SELECT count(*) FROM fact.capture WHERE NOT correlated") > 0;
  }

  /** Names flows of every network that has a capture not yet correlated. */
  static void run(Database database) throws StoreException {
    name(database);
    done(database);
  }

  /** The same, with the sums by hour that flows named anew are in. */
  static void runAndSum(Database database) throws StoreException {
    name(database);
    sum(database);
    done(database);
  }

  private static void name(Database database) throws StoreException {
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE concerned AS
        SELECT DISTINCT source FROM fact.capture WHERE NOT correlated
        """);
    database.script("ranked.sql");
    if (meetsOlder(database)) {
      database.script("older-pieces.sql");
      database.script("parts.sql");
      database.script("affected.sql");
    } else {
      database.script("parts.sql");
    }
    database.script("correlate.sql");
    database.script("guesses.sql");
  }

  /** Whether captures were added to networks of which there were others. */
  private static boolean meetsOlder(Database database) throws StoreException {
    return database.number("SELECT count(*) FROM ranked_capture WHERE NOT added") > 0;
  }

  private static void done(Database database) throws StoreException {
    database.execute("UPDATE fact.capture SET correlated = true WHERE NOT correlated");
    database.execute("DROP TABLE older; DROP TABLE ranked_capture; DROP TABLE ranked_net");
  }

  private static void sum(Database database) throws StoreException {
    database.execute("CREATE OR REPLACE TEMP MACRO wanted_device(device) AS true");
    database.execute("CREATE OR REPLACE TEMP MACRO wanted_host(host) AS true");
    laterParts(database);
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE asked AS
        FROM fact.capture SEMI JOIN ranked_capture r ON r.capture = capture.capture AND r.added
        """);
    sumHours(database, "true");
    sumOlder(database);
  }

  /** Of connections of which a flow was named anew; all their parts were. */
  private static void laterParts(Database database) throws StoreException {
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE asked AS
        SELECT c.* FROM fact.capture c JOIN ranked_capture r USING (capture)
        WHERE r.added OR c.capture IN (SELECT capture FROM older WHERE affected)
        """);
    database.script("later-parts.sql");
    database.execute(
        """
        DELETE FROM fact.later_part
        WHERE capture IN (SELECT capture FROM ranked_capture WHERE added)
          OR (capture, packet) IN (SELECT (capture, packet) FROM older WHERE affected);
        INSERT INTO fact.later_part
        FROM asked_later
        WHERE capture IN (SELECT capture FROM ranked_capture WHERE added)
          OR (capture, packet) IN (SELECT (capture, packet) FROM older WHERE affected);
        CREATE OR REPLACE TEMP VIEW later_part AS FROM fact.later_part
        """);
  }

  /** The sums of older captures in those hours in which one of their flows was named anew. */
  private static void sumOlder(Database database) throws StoreException {
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE asked AS
        FROM fact.capture WHERE capture IN (SELECT capture FROM older WHERE affected);
        CREATE OR REPLACE TEMP TABLE summed_hour AS
        SELECT DISTINCT unnest(range(start_time // 3600000000000, end_time // 3600000000000 + 1)) AS hour
        FROM older WHERE affected
        """);
    if (database.number("SELECT count(*) FROM asked") > 0) {
      sumHours(database, "hour IN (SELECT hour FROM summed_hour)");
    }
  }

  /**
   * Makes the sums of the captures asked about anew.
   *
   * @param hours a condition on {@code hour}
   */
  private static void sumHours(Database database, String hours) throws StoreException {
    database.execute(
        "CREATE OR REPLACE TEMP MACRO wanted_minute(minute) AS "
            + hours.replaceFirst("hour", "minute // 60"));
    for (String table : Schema.SUMS_BY_HOUR) {
      database.execute(
          "DELETE FROM fact.%s WHERE capture IN (SELECT capture FROM asked) AND %s"
              .formatted(table, hours));
    }
    database.execute(
        "DELETE FROM fact.device_address WHERE capture IN (SELECT capture FROM asked)");
    for (Range range : ranges(database)) {
      pick(database, range);
      for (String script : List.of("picked.sql", "minutes.sql", "sums.sql", "hours.sql")) {
        database.script(script);
      }
    }
  }

  private static void pick(Database database, Range range) throws StoreException {
    for (String table : List.of("flow", "naming", "slice")) {
      database.execute(
          """
          CREATE OR REPLACE TEMP VIEW picked_%1$s AS
          SELECT * FROM fact.%1$s SEMI JOIN asked USING (capture) WHERE capture BETWEEN %2$d AND %3$d
          """
              .formatted(table, range.first(), range.last()));
    }
  }

  /** Numbers of captures, both included. */
  private record Range(int first, int last) {}

  /** The captures asked about, cut into ranges with about as many flows each. */
  private static List<Range> ranges(Database database) throws StoreException {
    return database.query(
        row -> new Range(row.getInt(1), row.getInt(2)),
        """
        SELECT min(capture), max(capture)
        FROM (
          SELECT capture, sum(flows) OVER (ORDER BY capture) // %d AS turn
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
