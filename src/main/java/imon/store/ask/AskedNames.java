package imon.store.ask;

import imon.name.SiteNaming.Given;
import imon.store.Database;
import imon.store.ShownSites;
import imon.store.ShownSites.Sums;
import imon.store.StoreException;
import java.net.IDN;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The sites and hosts that a user names: their hosts stand in the tables {@code chosen_name} (with
 * the name they were chosen by) and {@code chosen_host}.
 */
final class AskedNames {
  /** Names that are told when there is none as asked. */
  private static final int MOST_NEAR = 3;

  /** Names that are less alike than this (Jaro and Winkler's measure, 0 to 1) help nobody. */
  private static final double LEAST_ALIKE = 0.8;

  private final Database database;
  private final Sums sums;
  private final List<UnknownName> unknown = new ArrayList<>();
  private final List<String> known = new ArrayList<>();

  private AskedNames(Database database, Sums sums) {
    this.database = database;
    this.sums = sums;
  }

  /**
   * Chooses names.
   *
   * @param naming which names sites have, as far as it is given; a store keeps the others
   * @param names each is a site or, if there is no such site, a host
   */
  static AskedNames choose(Database database, Given naming, List<String> names)
      throws StoreException {
    AskedNames asked = new AskedNames(database, ShownSites.name(database, naming));
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE flow_host AS
        SELECT h.host, h.name, h.site FROM shown_host h
        SEMI JOIN (SELECT host FROM fact.hour_traffic UNION SELECT host FROM fact.pruned_traffic)
          USING (host)
        """);
    database.execute(
        "CREATE OR REPLACE TEMP TABLE chosen_name (name VARCHAR, host INTEGER, site VARCHAR)");
    Set<String> distinct = new LinkedHashSet<>();
    for (String name : names) {
      distinct.add(asked.known(name));
    }
    for (String name : distinct) {
      asked.choose(name);
    }
    database.execute(
        "CREATE OR REPLACE TEMP TABLE chosen_host AS SELECT DISTINCT host FROM chosen_name");
    return asked;
  }

  /** As it is kept: a group as the user wrote it, anything else in ASCII. */
  private String known(String name) throws StoreException {
    List<String> sites =
        database.query(
            row -> row.getString(1),
            "SELECT DISTINCT site FROM flow_host WHERE lower(site) = lower(?) ORDER BY site",
            name);
    return sites.isEmpty() ? ascii(name) : sites.get(0);
  }

  /** Lower case, without a final dot. */
  private static String ascii(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    try {
      return IDN.toASCII(bare);
    } catch (IllegalArgumentException e) {
      return bare;
    }
  }

  private void choose(String name) throws StoreException {
    String column = has("site", name) ? "site" : "name";
    if (!has(column, name)) {
      unknown.add(new UnknownName(name, near(name)));
      return;
    }
    known.add(name);
    database.execute(
        "INSERT INTO chosen_name SELECT ?, host, site FROM flow_host WHERE %s = ?"
            .formatted(column),
        name,
        name);
  }

  private boolean has(String column, String name) throws StoreException {
    return database.number("SELECT count(*) FROM flow_host WHERE %s = ?".formatted(column), name)
        > 0;
  }

  private List<String> near(String name) throws StoreException {
    return database.query(
        row -> row.getString(1),
        """
        SELECT near FROM (
          SELECT near, greatest(jaro_winkler_similarity(near, ?), if(contains(near, ?), 0.9, 0)) AS alike
          FROM (SELECT site AS near FROM flow_host UNION SELECT name FROM flow_host)
          WHERE near IS NOT NULL
        )
        WHERE alike >= %s ORDER BY alike DESC, length(near), near LIMIT %d
        """
            .formatted(LEAST_ALIKE, MOST_NEAR),
        name,
        name);
  }

  /** The sums by hour that a store has for these names. */
  Sums sums() {
    return sums;
  }

  /** Names that no flow has, in the order they were asked. */
  List<UnknownName> unknown() {
    return List.copyOf(unknown);
  }

  /** The other names, in the order they were asked. */
  List<String> known() {
    return List.copyOf(known);
  }
}
