package imon.store.ask;

import imon.store.Database;
import imon.store.ShownSites.Sums;
import imon.store.StoreException;

/** The sums by hour of a store, and which parts of connections count, under the names asked for. */
final class StoredSums {
  private static final String TRAFFIC = "FROM fact.hour_traffic";

  /** What the names that are kept change about the connections of sites. */
  private static final String MORE_CONNECTIONS =
      " UNION ALL SELECT capture, hour, device, scope, kind, host, 0, connections, 0, 0, 0, 0"
          + " FROM fact.shown_connection";

  private static final String SHOWN_LATER =
      "SELECT l.* REPLACE (l.of_site <> (s.capture IS NOT NULL) AS of_site) FROM fact.later_part l"
          + " LEFT JOIN fact.shown_part s ON s.capture = l.capture AND s.packet = l.packet";

  private StoredSums() {}

  /**
   * Makes the views {@code stored_traffic} and {@code stored_rival}, and {@code later_part} unless
   * flows were asked which parts count.
   */
  static void choose(Database database, Sums sums) throws StoreException {
    if (sums == Sums.KEPT) {
      view(database, "stored_traffic", TRAFFIC + MORE_CONNECTIONS);
      view(database, "stored_rival", "FROM fact.shown_rival");
      view(database, "later_part", SHOWN_LATER);
      return;
    }
    view(database, "stored_traffic", TRAFFIC);
    view(database, "stored_rival", "FROM fact.hour_rival");
    if (sums == Sums.PLAIN) {
      view(database, "later_part", "FROM fact.later_part");
    }
  }

  private static void view(Database database, String name, String query) throws StoreException {
    database.execute("CREATE OR REPLACE TEMP VIEW " + name + " AS " + query);
  }
}
