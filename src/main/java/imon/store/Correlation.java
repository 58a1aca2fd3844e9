package imon.store;

/** Runs correlate.sql for the clients that are affected. */
final class Correlation {
  private Correlation() {}

  /** Names all flows of the database anew. */
  static void ofEverything(Database database) throws StoreException {
    of(
        database,
        """
        SELECT DISTINCT c.source, f.client
        FROM fact.flow f JOIN fact.capture c USING (capture)
        """);
  }

  /** Names the flows of the clients that this capture says something about. */
  static void ofCapture(Database database, long capture) throws StoreException {
    of(
        database,
        """
        SELECT DISTINCT c.source, w.client
        FROM (
          SELECT capture, client FROM fact.flow UNION ALL SELECT capture, client FROM fact.answer
        ) w JOIN fact.capture c USING (capture)
        WHERE capture = %d
        """
            .formatted(capture));
  }

  private static void of(Database database, String affected) throws StoreException {
    database.execute("CREATE OR REPLACE TEMP TABLE affected AS " + affected);
    database.script("correlate.sql");
    database.execute("DROP TABLE affected");
  }
}
