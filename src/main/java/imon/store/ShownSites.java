package imon.store;

import imon.name.SiteGroups;
import imon.name.SiteNaming;
import imon.name.SiteNaming.Given;
import java.util.Map;
import java.util.TreeMap;

/**
 * Under which names the traffic of hosts is shown. A store can keep a naming, by its contents; then
 * sites hang on hosts (fact.shown_site), and what hangs on sites is summed up for these names, too.
 */
public final class ShownSites {
  private static final String LEVEL = "site-level";
  private static final String BY_HOST = "host";

  private ShownSites() {}

  /** For which names a store has the sums by hour that hang on names. */
  public enum Sums {
    /** Those that are asked for are every host's site. */
    PLAIN,
    /** Those that are asked for are the ones it keeps. */
    KEPT,
    /** Neither: flows have to be asked. */
    NONE
  }

  /** The naming that the database which is current keeps; the plain one when it keeps none. */
  public static SiteNaming kept(Database database) throws StoreException {
    boolean byHost =
        database.number(
                "SELECT count(*) FROM fact.setting WHERE name = ? AND value = ?", LEVEL, BY_HOST)
            > 0;
    Map<String, String> members = new TreeMap<>();
    database.query(
        row -> members.put(row.getString(1), row.getString(2)),
        "SELECT name, label FROM fact.group_member");
    return new SiteNaming(byHost, SiteGroups.ofMembers(members));
  }

  /**
   * Makes the views {@code shown_host}: all hosts, each with the name its traffic is shown by; and
   * {@code shown_group}: the groups among these names.
   *
   * @param given what wins over the naming that is kept
   */
  public static Sums name(Database database, Given given) throws StoreException {
    SiteNaming kept = kept(database);
    SiteNaming naming = given.over(kept);
    if (naming.isPlain()) {
      showPlain(database);
      return Sums.PLAIN;
    }
    if (naming.equals(kept)) {
      showKept(database);
      return Sums.KEPT;
    }
    find(database, naming);
    view(
        database,
        """
        SELECT h.* REPLACE (coalesce(s.site, h.site) AS site)
        FROM fact.host h LEFT JOIN shown_site s USING (host)
        """,
        "SELECT label FROM group_member");
    return Sums.NONE;
  }

  static void showPlain(Database database) throws StoreException {
    view(database, "FROM fact.host", "SELECT label FROM fact.group_member LIMIT 0");
  }

  static void showKept(Database database) throws StoreException {
    view(database, "FROM fact.shown_host", "SELECT label FROM fact.group_member");
  }

  private static void view(Database database, String hosts, String groups) throws StoreException {
    database.execute("CREATE OR REPLACE TEMP VIEW shown_host AS " + hosts);
    database.execute("CREATE OR REPLACE TEMP VIEW shown_group AS " + groups);
  }

  /** Makes the temporary table shown_site. */
  private static void find(Database database, SiteNaming naming) throws StoreException {
    database.execute("SET VARIABLE by_host = " + naming.byHost());
    database.execute("CREATE OR REPLACE TEMP TABLE group_member (name VARCHAR, label VARCHAR)");
    write(database, "group_member", naming.groups());
    database.script("shown.sql");
  }

  private static void write(Database database, String table, SiteGroups groups)
      throws StoreException {
    for (Map.Entry<String, String> member : groups.groups().entrySet()) {
      database.execute(
          "INSERT INTO " + table + " VALUES (?, ?)", member.getKey(), member.getValue());
    }
  }

  /**
   * Has the database keep what is given; whatever is not given stays as it is kept. The sums that
   * hang on names are made anew. To be called in a transaction.
   */
  public static void keep(Database database, Given given) throws StoreException {
    SiteNaming kept = kept(database);
    SiteNaming naming = given.over(kept);
    if (naming.equals(kept)) {
      return;
    }
    database.execute("DELETE FROM fact.setting WHERE name = ?", LEVEL);
    if (naming.byHost()) {
      database.execute("INSERT INTO fact.setting VALUES (?, ?)", LEVEL, BY_HOST);
    }
    database.execute("DELETE FROM fact.group_member");
    write(database, "fact.group_member", naming.groups());
    HourSums.showAnew(database);
  }

  /** Has all hosts the names that are kept; false when every host is shown under its site. */
  static boolean place(Database database) throws StoreException {
    SiteNaming kept = kept(database);
    database.execute("DELETE FROM fact.shown_site");
    if (kept.isPlain()) {
      return false;
    }
    find(database, kept);
    database.execute("INSERT INTO fact.shown_site FROM shown_site");
    return true;
  }
}
