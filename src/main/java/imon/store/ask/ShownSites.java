package imon.store.ask;

import imon.name.SiteNaming;
import imon.store.Database;
import imon.store.StoreException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prepares the view {@code shown_host}: all hosts, each with the name its traffic is shown by. */
final class ShownSites {
  private ShownSites() {}

  /**
   * Names them.
   *
   * @param naming null as it is kept with the database
   */
  static void name(Database database, @Nullable SiteNaming naming) throws StoreException {
    if (naming == null) {
      view(database, "FROM fact.host");
      return;
    }
    database.execute("SET VARIABLE by_host = " + naming.byHost());
    database.execute("CREATE OR REPLACE TEMP TABLE group_member (name VARCHAR, label VARCHAR)");
    for (Map.Entry<String, String> member : naming.groups().groups().entrySet()) {
      database.execute(
          "INSERT INTO group_member VALUES (?, ?)", member.getKey(), member.getValue());
    }
    database.script("shown.sql");
    view(
        database,
        """
        SELECT h.* REPLACE (coalesce(s.site, h.site) AS site)
        FROM fact.host h LEFT JOIN shown_site s USING (host)
        """);
  }

  private static void view(Database database, String hosts) throws StoreException {
    database.execute("CREATE OR REPLACE TEMP VIEW shown_host AS " + hosts);
  }
}
