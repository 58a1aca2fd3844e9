package imon.store;

/**
 * Runs correlate.sql, and guesses.sql after it, for all that captures not yet correlated can have
 * an effect on.
 */
final class Correlation {
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
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE affected AS
        SELECT DISTINCT source FROM fact.capture WHERE NOT correlated
        """);
    database.script("correlate.sql");
    database.script("guesses.sql");
    database.execute("UPDATE fact.capture SET correlated = true WHERE NOT correlated");
  }
}
