package imon.store;

import imon.store.option.KeptOptions;

/**
 * Names the flows of captures that were added, and of older flows those that these can have an
 * effect on: parts.sql and affected.sql find them, known.sql picks what is read of both,
 * answers.sql finds what their devices were told, correlate.sql and guesses.sql name them. In a
 * store it then sums up by hour what reports ask often. Whatever the order in which captures were
 * added, all is as if they had been named together.
 */
final class Correlation {
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
    HourSums.make(database);
    database.execute("DELETE FROM fact.former_device");
    done(database);
  }

  private static void name(Database database) throws StoreException {
    KeptOptions.describe(database);
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
    database.script("known.sql");
    if (!database.isOnAllCores()) {
      database.keepRows("known", "FROM known");
      database.keepRows("known_evidence", "FROM known_evidence");
    }
    database.script("answers.sql");
    LastTold.seat(database);
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
}
