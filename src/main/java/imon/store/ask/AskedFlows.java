package imon.store.ask;

import imon.store.Database;
import imon.store.ShownSites.Sums;
import imon.store.StoreException;
import imon.store.ask.page.Timeline;
import imon.wire.AddressBlock;
import java.util.List;

/**
 * Prepares what questions are asked of: {@code asked_flow} and the views {@code source_...}. They
 * are made of flows; or, where a store has sums by hour, of these and of the flows in those minutes
 * of the period that are no whole hour.
 */
final class AskedFlows {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private static final int HOUR_MINUTES = 60;

  private static final long IPV4 = 0xffff_ffffL;
  private static final String ALL = "true";
  private static final Period NO_HOURS = new Period(0, 0);

  private final Database database;
  private final Selection selection;
  private final Period period;
  private final Sums sums;

  /** What sums by hour answer for. */
  private final Period hours;

  private AskedFlows(Database database, Selection selection, Sums sums, Period hours) {
    this.database = database;
    this.selection = selection;
    this.sums = sums;
    this.hours = hours;
    period = selection.period();
  }

  /**
   * Made of flows alone.
   *
   * @return whether minutes are told apart, and not only hours
   */
  static boolean ofFlows(Database database, Selection selection) throws StoreException {
    AskedFlows asked = new AskedFlows(database, selection, Sums.NONE, NO_HOURS);
    asked.ask(ALL);
    boolean brief = Timeline.tellsMinutes(database, asked.period.from(), asked.period.to());
    asked.macro("step_of(m)", brief ? "m" : "m // %1$d * %1$d".formatted(HOUR_MINUTES));
    asked.findLaterParts();
    // Where no capture is chosen, all flows are of one that is asked about.
    String some = selection.fingerprints().isEmpty() ? "" : " SEMI JOIN asked USING (capture)";
    for (String table : List.of("flow", "naming", "slice")) {
      asked.view("picked_" + table, "FROM fact." + table + some);
    }
    boolean whole = asked.period.equals(Period.ALL);
    database.script("picked.sql");
    boolean joined = asked.joinMinutes();
    if (whole && !joined) {
      database.script("whole.sql");
    }
    database.script("sums.sql");
    database.script("from-pruned.sql");
    database.script("from-flows.sql");
    asked.view(
        "asked_address",
        "SELECT DISTINCT device, client AS address FROM "
            + (whole
                ? "summed_traffic"
                : "picked_side UNION SELECT device, client FROM old_traffic"));
    time(database, "FROM source_%s");
    return brief;
  }

  /**
   * Made of a store's sums by hour, as far as they go.
   *
   * @param sums for which names, {@code PLAIN} or {@code KEPT}
   */
  static void ofHours(Database database, Selection selection, Sums sums) throws StoreException {
    AskedFlows asked = new AskedFlows(database, selection, sums, selection.period().wholeHours());
    asked.ask(ALL);
    asked.pickMinutes();
    asked.finishHours();
  }

  /**
   * The same for the hosts in the table {@code chosen_host} only.
   *
   * @param byMinute whether every minute is to be told from the others
   */
  static void ofHosts(Database database, Selection selection, Sums sums, boolean byMinute)
      throws StoreException {
    keepRivals(database, selection, sums);
    Period hours = byMinute || sums == Sums.NONE ? NO_HOURS : selection.period().wholeHours();
    AskedFlows asked = new AskedFlows(database, selection, sums, hours);
    asked.ask("h IN (FROM chosen_host)");
    if (byMinute) {
      asked.pickHosts();
    } else {
      asked.pickMinutes();
    }
    asked.finishHours();
    asked.view("source_rival", "FROM kept_rival");
  }

  /** Only the captures and the devices are chosen, and the hosts in {@code chosen_host}. */
  static void choose(Database database, Selection selection) throws StoreException {
    new AskedFlows(database, selection, Sums.NONE, NO_HOURS).ask("h IN (FROM chosen_host)");
  }

  /** A rival's bytes are in flows of other hosts. */
  private static void keepRivals(Database database, Selection selection, Sums sums)
      throws StoreException {
    if (sums == Sums.NONE) {
      ofFlows(database, selection);
    } else {
      ofHours(database, selection, sums);
    }
    database.execute("CREATE OR REPLACE TEMP TABLE kept_rival AS FROM source_rival");
  }

  /**
   * Under which names sites are asked about.
   *
   * @param hosts a table or query in brackets: the site of each host
   * @param rivals the same for hosts that were candidates only
   */
  static void nameSites(Database database, String hosts, String rivals) throws StoreException {
    database.execute(
        "CREATE OR REPLACE TEMP VIEW asked_name AS SELECT host, name, site FROM " + hosts);
    database.execute("CREATE OR REPLACE TEMP VIEW rival_name AS SELECT host, site FROM " + rivals);
  }

  /**
   * After {@link #ofHours}: {@code picked_server} has the flows of all minutes of the period.
   *
   * @param servers a condition on flows
   */
  static void pickServers(Database database, Period period, String servers) throws StoreException {
    AskedFlows asked = new AskedFlows(database, Selection.all(false), Sums.NONE, NO_HOURS);
    asked.macro("wanted_minute(m)", within("m", period));
    asked.pick("flow", "FROM fact.flow WHERE " + servers);
    asked.pick("naming", "FROM fact.naming SEMI JOIN picked_flow USING (capture, packet)");
    asked.pick("slice", "FROM fact.slice SEMI JOIN picked_flow USING (capture, packet)");
    asked.joinMinutes();
  }

  /**
   * After {@link #ofHours}: the flows of all minutes of the period are picked; false where these
   * are too many, and are not told apart.
   */
  static boolean tellMinutesOfHours(Database database, Period period) throws StoreException {
    if (!Timeline.tellsMinutes(database, period.from(), period.to())) {
      time(database, "FROM source_%s");
      return false;
    }
    pickServers(
        database,
        period,
        "start_time // %1$d < %3$d AND end_time // %1$d >= %2$d"
            .formatted(MINUTE_NANOS, period.from(), period.to()));
    time(database, "FROM picked_%1$s UNION ALL FROM old_%1$s");
    return true;
  }

  /**
   * Makes the views {@code timed_...}: traffic and rivals, with the minutes that are told apart.
   */
  private static void time(Database database, String source) throws StoreException {
    for (String sums : List.of("traffic", "rival")) {
      database.execute(
          "CREATE OR REPLACE TEMP VIEW timed_%s AS %s".formatted(sums, source.formatted(sums)));
    }
  }

  /** Which captures, minutes, devices and hosts are asked about. */
  private void ask(String hosts) throws StoreException {
    database.execute("SET VARIABLE local_sites = " + selection.localSites());
    database.execute("SET VARIABLE all_clients = " + (selection.client() == null));
    table("asked", captures());
    macro("in_period(m)", within("m", period));
    macro("wanted_minute(m)", within("m", period) + " AND NOT (" + within("m", hours) + ")");
    macro("whole_hour(h)", within("h * 60", hours));
    macro("wanted_host(h)", hosts);
    AddressBlock client = selection.client();
    macro("wanted_device(d)", client == null ? ALL : devices(client));
  }

  /**
   * A report lists those that have minutes of the period; of those whose traffic was dropped it
   * knows nothing.
   */
  private String captures() {
    String some =
        selection.fingerprints().isEmpty()
            ? ALL
            : "fingerprint IN ('" + String.join("', '", selection.fingerprints()) + "')";
    return """
        SELECT *, dense_rank() OVER (ORDER BY source) AS net,
          coalesce(last_time // %1$d >= %2$d AND first_time // %1$d < %3$d, %4$b) AS listed
        FROM fact.capture
        WHERE %5$s AND capture NOT IN (SELECT capture FROM fact.pruned WHERE dropped)
        """
        .formatted(MINUTE_NANOS, period.from(), period.to(), period.equals(Period.ALL), some);
  }

  /** A device is an address, or has the negative of a link-layer address for several. */
  private String devices(AddressBlock block) throws StoreException {
    if (block.isIpv4()) {
      String range =
          "BETWEEN %d AND %d"
              .formatted(block.low() & IPV4, (block.low() | ~block.lowMask()) & IPV4);
      table("chosen_device", "SELECT DISTINCT device FROM fact.device WHERE address " + range);
      return "d " + range + " OR d IN (FROM chosen_device)";
    }
    table(
        "chosen_address",
        "SELECT address FROM fact.address6 WHERE high & %d = %d AND low & %d = %d"
            .formatted(block.highMask(), block.high(), block.lowMask(), block.low()));
    table(
        "chosen_device",
        "SELECT device FROM fact.device SEMI JOIN chosen_address USING (address)"
            + " UNION FROM chosen_address");
    return "d IN (FROM chosen_device)";
  }

  /** Flows in wanted minutes; there are none when the period is made of whole hours. */
  private void pickMinutes() throws StoreException {
    String none = hours.equals(period) ? " LIMIT 0" : "";
    pick("slice", "FROM fact.slice WHERE wanted_minute(minute)" + none);
    pick(
        "flow",
        """
        FROM fact.flow WHERE NOT sliced AND wanted_minute(start_time // %d)
        UNION ALL
        FROM fact.flow SEMI JOIN picked_slice USING (capture, packet)%s
        """
            .formatted(MINUTE_NANOS, none));
    pick("naming", "FROM fact.naming SEMI JOIN picked_flow USING (capture, packet)");
  }

  /** Flows of wanted hosts. */
  private void pickHosts() throws StoreException {
    pick("naming", "FROM fact.naming WHERE wanted_host(host)");
    pick("flow", "FROM fact.flow SEMI JOIN picked_naming USING (capture, packet)");
    pick("slice", "FROM fact.slice SEMI JOIN picked_flow USING (capture, packet)");
  }

  private void finishHours() throws StoreException {
    if (sums == Sums.NONE) {
      findLaterParts();
    }
    StoredSums.choose(database, sums);
    database.script("picked.sql");
    joinMinutes();
    for (String script : List.of("sums.sql", "from-pruned.sql", "from-hours.sql")) {
      database.script(script);
    }
    view(
        "asked_address",
        "SELECT device, address FROM fact.device_address"
            + " UNION SELECT device, client FROM fact.pruned_traffic");
  }

  /** A store also knows parts that go on from pruned ones. */
  private void findLaterParts() throws StoreException {
    database.script("later-parts.sql");
    if (selection.fingerprints().isEmpty()) {
      view(
          "later_part",
          "FROM asked_later UNION ALL"
              + " FROM fact.later_part ANTI JOIN asked_later USING (capture, packet)");
    }
  }

  private static String within(String minute, Period period) {
    return "%1$s >= %2$d AND %1$s < %3$d".formatted(minute, period.from(), period.to());
  }

  /**
   * Makes the views {@code picked_minute} and {@code picked_amount}. What they join is kept if it
   * is of few flows.
   *
   * @return whether it was
   */
  private boolean joinMinutes() throws StoreException {
    database.script("minutes.sql");
    boolean few = database.number("SELECT count(*) FROM picked_flow") <= Database.FEW_FLOWS;
    if (few) {
      pick("minute", "FROM picked_minute");
    }
    return few;
  }

  private void pick(String name, String query) throws StoreException {
    database.keepRows("picked_" + name, query);
  }

  private void macro(String name, String body) throws StoreException {
    database.execute("CREATE OR REPLACE TEMP MACRO " + name + " AS " + body);
  }

  private void view(String name, String query) throws StoreException {
    database.execute("CREATE OR REPLACE TEMP VIEW " + name + " AS " + query);
  }

  private void table(String name, String query) throws StoreException {
    database.execute("CREATE OR REPLACE TEMP TABLE " + name + " AS " + query);
  }
}
