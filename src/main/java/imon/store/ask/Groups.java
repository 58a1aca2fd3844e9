package imon.store.ask;

import static imon.store.ask.Amounts.LARGEST;
import static imon.store.ask.Amounts.SUMS;

import imon.name.Evidence;
import imon.store.Database;
import imon.store.StoreException;
import imon.store.Traffic;
import imon.store.ask.Questions.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The traffic of a report by host, client or source instead of by site. */
public final class Groups {
  /** Rows of detail below one row. */
  private static final int DETAILS = 10;

  /** All kinds of evidence, and none. */
  private static final int KINDS = Evidence.values().length + 1;

  private final Database database;
  private final By by;

  /**
   * A row.
   *
   * @param detail the site of a host, the name of a client; null if there is none
   * @param evidence what named its traffic, the strongest first; {@code none} last
   * @param sites its largest sites
   * @param clients its largest clients
   */
  public record Group(
      String name,
      @Nullable String detail,
      Traffic traffic,
      List<Part> evidence,
      List<Part> sites,
      List<Part> clients) {}

  Groups(Database database, By by) throws StoreException {
    this.database = database;
    this.by = by;
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE asked_group AS
        SELECT %s AS name, %s AS detail, h.site, coalesce(k.label, 'none') AS evidence,
          coalesce(k.strength, 100) AS strength, d.ip, f.%s AS connections,
          f.up_packets, f.up_bytes, f.down_packets, f.down_bytes
        FROM (
          SELECT net, device, kind, host, sum(connections) AS connections,
            sum(site_connections) AS site_connections,
            sum(up_packets) AS up_packets, sum(up_bytes) AS up_bytes,
            sum(down_packets) AS down_packets, sum(down_bytes) AS down_bytes
          FROM asked_flow SEMI JOIN sites_scope USING (scope)
          GROUP BY net, device, kind, host
        ) f
        JOIN (SELECT DISTINCT net, source FROM asked) a USING (net)
        JOIN (SELECT device, ip, name AS device_name FROM asked_device) d USING (device)
        LEFT JOIN (SELECT host AS id, name AS host, site FROM shown_host) h ON h.id = f.host
        LEFT JOIN fact.evidence_kind k ON k.kind = f.kind
        WHERE f.host IS NOT NULL OR NOT %b
        """
            .formatted(by.key(), by.detail(), by.connections(), by.isNamed()));
  }

  /** The largest rows. */
  public List<Group> largest(int top) throws StoreException {
    database.execute(
        "CREATE OR REPLACE TEMP TABLE top_group AS SELECT name FROM asked_group GROUP BY name"
            + " ORDER BY %s, name LIMIT %d".formatted(LARGEST, top));
    Map<String, List<Part>> evidence = parts("evidence", "min(strength)", KINDS);
    Map<String, List<Part>> sites = parts("site", LARGEST + ", site", DETAILS);
    Map<String, List<Part>> clients = parts("ip", LARGEST + ", ip", DETAILS);
    return database.query(
        row -> {
          String name = row.getString(1);
          return new Group(
              name,
              row.getString(2),
              Traffic.of(row, 3),
              evidence.getOrDefault(name, List.of()),
              by == By.HOST ? List.of() : sites.getOrDefault(name, List.of()),
              by == By.CLIENT ? List.of() : clients.getOrDefault(name, List.of()));
        },
        "SELECT name, %s, %s FROM asked_group SEMI JOIN top_group USING (name)"
                .formatted(Amounts.common("detail"), SUMS)
            + " GROUP BY name ORDER BY %s, name".formatted(LARGEST));
  }

  private Map<String, List<Part>> parts(String part, String order, int most) throws StoreException {
    Map<String, List<Part>> parts = new HashMap<>();
    database.query(
        row ->
            parts
                .computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                .add(new Part(row.getString(2), Traffic.of(row, 3))),
        """
        SELECT name, %1$s, %2$s, row_number() OVER (PARTITION BY name ORDER BY %3$s) AS place
        FROM asked_group SEMI JOIN top_group USING (name)
        WHERE %1$s IS NOT NULL
        GROUP BY name, %1$s
        QUALIFY place <= %4$d
        ORDER BY name, place
        """
            .formatted(part, SUMS, order, most));
    return parts;
  }

  /** All rows, by name. */
  SortedMap<String, Traffic> amounts() throws StoreException {
    SortedMap<String, Traffic> amounts = new TreeMap<>();
    database.query(
        row -> amounts.put(row.getString(1), Traffic.of(row, 2)),
        "SELECT name, " + SUMS + " FROM asked_group GROUP BY name");
    return amounts;
  }

  /** How many rows there are. */
  public long count() throws StoreException {
    return database.number("SELECT count(DISTINCT name) FROM asked_group");
  }

  /** The traffic of all rows. */
  public Traffic ofAll() throws StoreException {
    return database
        .query(row -> Traffic.of(row, 1), "SELECT " + Amounts.SUMS_OR_ZERO + " FROM asked_group")
        .get(0);
  }
}
