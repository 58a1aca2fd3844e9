package imon.store.ask;

import imon.name.NamedHost;
import imon.name.SiteNaming.Given;
import imon.store.Database;
import imon.store.ShownSites;
import imon.store.ShownSites.Sums;
import imon.store.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The sites and hosts that a user names: their hosts stand in the tables {@code chosen_name} (with
 * the name they were chosen by) and {@code chosen_host}.
 */
final class AskedNames {
  /** Names that are told when there is none as asked. */
  private static final int MOST_NEAR = 3;

  /** Names that are less alike than this (Jaro and Winkler's measure, 0 to 1) help nobody. */
  private static final double LEAST_ALIKE = 0.8;

  /**
   * A name as it is kept: a group as the user wrote it, anything else in ASCII. It is what is shown
   * by that name; else a site, which is in groups or in parts then; else a host.
   */
  private static final String CHOSEN =
      """
      CREATE OR REPLACE TEMP TABLE known_name AS
      SELECT min(place) AS place, name FROM (
        SELECT g.place, coalesce(min(h.site), g.ascii) AS name
        FROM given_name g LEFT JOIN flow_host h ON lower(h.site) = lower(g.given)
        GROUP BY g.place, g.ascii
      )
      GROUP BY name;

      CREATE OR REPLACE TEMP TABLE chosen_name AS
      SELECT k.name, h.host, h.site FROM known_name k JOIN flow_host h ON h.site = k.name
      UNION ALL
      SELECT k.name, h.host, h.site FROM known_name k JOIN flow_host h ON h.whole_site = k.name
      WHERE k.name NOT IN (SELECT site FROM flow_host)
      UNION ALL
      SELECT k.name, h.host, h.site FROM known_name k JOIN flow_host h ON h.name = k.name
      WHERE k.name NOT IN (SELECT site FROM flow_host UNION ALL SELECT whole_site FROM flow_host);
      """;

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
        SELECT host, h.name, h.site, w.site AS whole_site
        FROM shown_host h JOIN fact.host w USING (host)
        SEMI JOIN (SELECT host FROM fact.hour_traffic UNION SELECT host FROM fact.pruned_traffic)
          USING (host)
        """);
    asked.give(names);
    database.execute(CHOSEN);
    database.execute(
        "CREATE OR REPLACE TEMP TABLE chosen_host AS SELECT DISTINCT host FROM chosen_name");
    asked.tell();
    return asked;
  }

  /** Makes the table {@code given_name}: names as given, and in ASCII. */
  private void give(List<String> names) throws StoreException {
    database.execute(
        "CREATE OR REPLACE TEMP TABLE given_name (place INTEGER, given VARCHAR, ascii VARCHAR)");
    List<Object> values = new ArrayList<>();
    for (int place = 0; place < names.size(); place++) {
      values.addAll(List.of(place, names.get(place), NamedHost.ascii(names.get(place))));
    }
    if (!names.isEmpty()) {
      String rows = String.join(", ", Collections.nCopies(names.size(), "(?, ?, ?)"));
      database.execute("INSERT INTO given_name VALUES " + rows, values.toArray());
    }
  }

  private void tell() throws StoreException {
    List<String> none =
        database.query(
            row -> row.getString(1),
            "SELECT name FROM known_name ANTI JOIN chosen_name USING (name) ORDER BY place");
    for (String name : none) {
      unknown.add(new UnknownName(name, near(name)));
    }
    known.addAll(
        database.query(
            row -> row.getString(1),
            "SELECT name FROM known_name SEMI JOIN chosen_name USING (name) ORDER BY place"));
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
