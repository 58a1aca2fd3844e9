package imon.store;

import java.util.List;

/**
 * Runs correlate.sql, and guesses.sql after it, for all that captures not yet correlated can have
 * an effect on; in a store it then sums up by hour what reports ask often.
 */
final class Correlation {
  /** Flows that are summed up at once, if one capture does not bring more: memory is limited. */
  private static final long FLOWS_AT_ONCE = 1_000_000;

  private Correlation() {}

  /** Whether a capture of the database that is current waits for its correlation. */
  static boolean isNeeded(Database database) throws StoreException {
    return database.number("SELECT count(*) FROM fact.capture WHERE NOT correlated") > 0;
  }

  /**
   * Names the flows anew of every network that has a capture not yet correlated: one client's
   * answer can name another's flow.
   */
  static void run(Database database) throws StoreException {
    name(database);
    done(database);
  }

  /** The same, with the sums by hour of the networks concerned. */
  static void runAndSum(Database database) throws StoreException {
    name(database);
    sum(database);
    done(database);
  }

  private static void name(Database database) throws StoreException {
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE affected AS
        SELECT DISTINCT source FROM fact.capture WHERE NOT correlated
        """);
    database.script("correlate.sql");
    database.script("guesses.sql");
  }

  private static void done(Database database) throws StoreException {
    database.execute("UPDATE fact.capture SET correlated = true WHERE NOT correlated");
  }

  private static void sum(Database database) throws StoreException {
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE asked AS
        FROM fact.capture SEMI JOIN affected USING (source)
        """);
    for (String table : Schema.SUMS_BY_HOUR) {
      database.execute(
          "DELETE FROM fact.%s WHERE capture NOT IN (SELECT capture FROM fact.capture"
                  .formatted(table)
              + " ANTI JOIN affected USING (source))");
    }
    database.execute("CREATE OR REPLACE TEMP VIEW shown_host AS FROM fact.host");
    database.script("later-parts.sql");
    database.execute("INSERT INTO fact.later_part FROM asked_later");
    database.execute("CREATE OR REPLACE TEMP MACRO wanted_minute(minute) AS true");
    database.execute("CREATE OR REPLACE TEMP MACRO wanted_device(device) AS true");
    database.execute("CREATE OR REPLACE TEMP MACRO wanted_host(host) AS true");
    for (Range range : ranges(database)) {
      for (String table : List.of("flow", "naming", "slice")) {
        database.execute(
            """
            CREATE OR REPLACE TEMP VIEW picked_%1$s AS
            SELECT * FROM fact.%1$s SEMI JOIN asked USING (capture) WHERE capture BETWEEN %2$d AND %3$d
            """
                .formatted(table, range.first(), range.last()));
      }
      for (String script : List.of("picked.sql", "minutes.sql", "sums.sql", "hours.sql")) {
        database.script(script);
      }
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
