package imon.store.ask;

import static imon.store.ask.Amounts.LARGEST;
import static imon.store.ask.Amounts.SUMS;

import imon.name.Evidence;
import imon.store.Database;
import imon.store.StoreException;
import imon.store.Traffic;
import imon.store.ask.Questions.Part;
import imon.store.ask.Questions.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sites with what they are made of. */
final class SiteRows {
  /** All kinds of evidence. */
  private static final int KINDS = Evidence.values().length;

  private static final String OF_CLIENTS =
      """
      (
        SELECT n.site, d.ip, f.site_connections AS connections,
          f.up_packets, f.up_bytes, f.down_packets, f.down_bytes
        FROM asked_flow f
        SEMI JOIN sites_scope USING (scope)
        JOIN asked_name n USING (host)
        JOIN asked_device d USING (device)
      )
      """;

  private SiteRows() {}

  /**
   * The largest sites.
   *
   * @param details the most hosts, and the most clients, of one site
   */
  static List<Site> largest(Database database, int top, int details) throws StoreException {
    database.execute(
        "CREATE OR REPLACE TEMP TABLE top_site AS SELECT site FROM asked_site GROUP BY site"
            + " ORDER BY %s, site LIMIT %d".formatted(LARGEST, top));
    Map<String, List<Part>> evidence =
        parts(database, "asked_site", "evidence", "min(strength)", KINDS);
    Map<String, List<Part>> hosts =
        parts(database, "asked_site", "host", LARGEST + ", host NULLS LAST", details);
    Map<String, List<Part>> clients = parts(database, OF_CLIENTS, "ip", LARGEST + ", ip", details);
    return database.query(
        row -> {
          String site = row.getString(1);
          return new Site(
              site,
              Traffic.of(row, 2),
              row.getLong(7),
              row.getLong(8),
              evidence.getOrDefault(site, List.of()),
              hosts.getOrDefault(site, List.of()),
              clients.getOrDefault(site, List.of()));
        },
        """
        SELECT site, %s,
          coalesce(sum(up_bytes + down_bytes) FILTER (WHERE proof), 0)::BIGINT,
          (sum(up_bytes + down_bytes) + coalesce(any_value(o.bytes), 0))::BIGINT
        FROM asked_site JOIN top_site USING (site) LEFT JOIN asked_rival o USING (site)
        GROUP BY site ORDER BY %s, site
        """
            .formatted(SUMS, LARGEST));
  }

  private static Map<String, List<Part>> parts(
      Database database, String of, String part, String order, int most) throws StoreException {
    Map<String, List<Part>> parts = new HashMap<>();
    database.query(
        row ->
            parts
                .computeIfAbsent(row.getString(1), site -> new ArrayList<>())
                .add(new Part(row.getString(2), Traffic.of(row, 3))),
        """
        SELECT site, %1$s, %2$s, row_number() OVER (PARTITION BY site ORDER BY %3$s) AS place
        FROM %4$s JOIN top_site USING (site)
        GROUP BY site, %1$s
        QUALIFY place <= %5$d
        ORDER BY site, place
        """
            .formatted(part, SUMS, order, of, most));
    return parts;
  }
}
