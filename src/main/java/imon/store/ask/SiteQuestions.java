package imon.store.ask;

import static imon.store.ask.Amounts.SUMS;

import imon.store.Database;
import imon.store.StoreException;
import imon.store.Traffic;
import imon.store.ask.Questions.Site;
import imon.store.ask.inside.InternalNames;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is asked about some sites of a store, or some of its hosts. */
public final class SiteQuestions {
  private final Database database;
  private final AskedNames names;

  /**
   * What a name had in one span of time.
   *
   * @param minute when it begins, in minutes since 1970 UTC; a whole hour unless minutes were asked
   *     for
   */
  public record Span(long minute, Traffic traffic) {}

  /**
   * Asks about names.
   *
   * @param names each is a site or, if there is no such site, a host
   * @param byMinute whether spans are minutes; else they are hours, if hours of this zone are hours
   *     of UTC, too
   */
  public SiteQuestions(
      Database database, Selection selection, List<String> names, boolean byMinute, ZoneId zone)
      throws StoreException {
    this.database = database;
    this.names = AskedNames.choose(database, selection.naming(), names);
    boolean minutes = byMinute || !hasWholeHours(zone, selection.period());
    AskedFlows.ofHosts(database, selection, this.names.sums(), minutes);
    AskedFlows.nameSites(
        database,
        "(SELECT c.host, h.name, c.name AS site FROM chosen_name c JOIN shown_host h USING (host))",
        """
        (SELECT h.host, c.name AS site FROM shown_host h
         JOIN (SELECT DISTINCT name, site FROM chosen_name) c USING (site))
        """);
    database.script("questions.sql");
  }

  /** Whether the zone's clocks are apart from UTC by whole hours as long as there is traffic. */
  private boolean hasWholeHours(ZoneId zone, Period period) throws StoreException {
    String time = "SELECT coalesce(%s(%s_time), 0)::BIGINT FROM fact.capture";
    Instant first = instant(database.number(time.formatted("min", "first")));
    Instant last = instant(database.number(time.formatted("max", "last")));
    Instant from = period.begin() == null ? first : period.begin();
    Instant to = period.end() == null ? last : period.end();
    ZoneRules rules = zone.getRules();
    Instant at = from;
    do {
      if (rules.getOffset(at).getTotalSeconds() % 3600 != 0) {
        return false;
      }
      ZoneOffsetTransition next = rules.nextTransition(at);
      at = next == null ? to : next.getInstant();
    } while (at.isBefore(to));
    return true;
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(nanos / 1_000_000_000L);
  }

  /** Names that nothing can be said of, in the order they were asked. */
  public List<UnknownName> unknown() {
    return names.unknown();
  }

  /** The other names, in the order they were asked. */
  public List<String> known() {
    return names.known();
  }

  /** The captures with minutes of the period, by their first packet. */
  public List<Questions.Capture> captures() throws StoreException {
    return Questions.captures(database);
  }

  /**
   * The names that have traffic in the period, the largest first.
   *
   * @param details the most hosts, and the most clients, of one name
   */
  public List<Site> sites(int details) throws StoreException {
    return SiteRows.largest(database, Math.max(1, names.known().size()), details);
  }

  /** When each name had its traffic, in order of time. */
  public Map<String, List<Span>> spans() throws StoreException {
    Map<String, List<Span>> spans = new HashMap<>();
    database.query(
        row ->
            spans
                .computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                .add(new Span(row.getLong(2), Traffic.of(row, 3))),
        """
        SELECT name, minute, %s
        FROM (
          SELECT c.name, s.minute, s.site_connections AS connections,
            s.up_packets, s.up_bytes, s.down_packets, s.down_bytes
          FROM source_traffic s SEMI JOIN sites_scope USING (scope) JOIN chosen_name c USING (host)
        )
        GROUP BY name, minute ORDER BY name, minute
        """
            .formatted(SUMS));
    return spans;
  }

  /** What of all this belongs to local networks. */
  public InternalNames internalNames() throws StoreException {
    return InternalNames.of(database);
  }
}
