package imon.report.read;

import imon.name.NetworkOwners.Owner;
import imon.report.Report.AddressRow;
import imon.report.Report.AgeRow;
import imon.report.Report.AnomalyRow;
import imon.report.Report.CaptureGuesses;
import imon.report.Report.CaptureRow;
import imon.report.Report.ClientRow;
import imon.report.Report.EvidenceRow;
import imon.report.Report.Filter;
import imon.report.Report.Group;
import imon.report.Report.GroupRow;
import imon.report.Report.Grouping;
import imon.report.Report.GuessRow;
import imon.report.Report.Guesses;
import imon.report.Report.HostRow;
import imon.report.Report.LedgerRow;
import imon.report.Report.NameRow;
import imon.report.Report.Scope;
import imon.report.Report.ServerRow;
import imon.report.Report.SiteRow;
import imon.report.Report.Totals;
import imon.report.Report.UnreadRow;
import imon.store.Traffic;
import imon.store.ask.Agreement.Age;
import imon.store.ask.Agreement.Tally;
import imon.store.ask.By;
import imon.store.ask.PrunedCaptures;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The objects of a report, each made of its fields; {@code JsonReport} writes them. */
final class Rows {
  private static final int LAST_PORT = 0xffff;
  private static final long LAST_SYSTEM = 0xffff_ffffL;

  private Rows() {}

  static Scope scope(Fields scope, PrunedCaptures pruned) throws UnfitException {
    String zone = scope.text("zone");
    try {
      var unused = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw (UnfitException) scope.unfit("zone", "no such zone").initCause(e);
    }
    return new Scope(
        scope.timeOrNull("from"),
        scope.timeOrNull("to"),
        zone,
        (int) scope.whole("top", 1, Integer.MAX_VALUE),
        scope.flag("local_sites"),
        new Filter(
            scope.timeOrNull("period_from"),
            scope.timeOrNull("period_to"),
            scope.textOrNull("client")),
        scope.timeOrNull("generated_at"),
        pruned);
  }

  static PrunedCaptures pruned(Fields pruned) throws UnfitException {
    return new PrunedCaptures(pruned.count("rolled_up"), pruned.count("dropped"));
  }

  static Totals totals(Fields totals) throws UnfitException {
    return new Totals(
        totals.count("packets"),
        totals.count("bytes"),
        totals.count("connections"),
        totals.count("sites"),
        totals.count("clients"));
  }

  static CaptureRow capture(Fields row) throws UnfitException {
    return new CaptureRow(
        row.text("id"),
        row.text("path"),
        row.text("fingerprint"),
        row.text("format"),
        row.text("link_types"),
        row.has("options") ? row.text("options") : "",
        row.count("file_bytes"),
        row.count("packets"),
        row.count("wire_bytes"),
        row.countOrNull("dropped"),
        row.timeOrNull("first_packet"),
        row.timeOrNull("last_packet"),
        row.text("status"),
        row.textOrNull("message"));
  }

  static UnreadRow unread(Fields row) throws UnfitException {
    return new UnreadRow(row.text("message"));
  }

  static LedgerRow ledger(Fields row) throws UnfitException {
    Group group = word(row, "group", Group.values(), g -> g.label().toLowerCase(Locale.ROOT));
    return new LedgerRow(row.text("name"), group, row.count("packets"), row.count("bytes"));
  }

  static SiteRow site(Fields row) throws UnfitException {
    return new SiteRow(
        row.text("site"),
        row.traffic(),
        row.count("proven_bytes"),
        row.count("possible_bytes"),
        row.rows("evidence", Rows::evidence),
        row.rows("hosts", host -> new HostRow(host.textOrNull("host"), host.traffic())),
        row.rows("clients", Rows::address));
  }

  private static EvidenceRow evidence(Fields row) throws UnfitException {
    return new EvidenceRow(row.text("kind"), row.traffic());
  }

  private static AddressRow address(Fields row) throws UnfitException {
    return new AddressRow(row.text("ip"), row.traffic());
  }

  static Grouping grouping(Fields grouping) throws UnfitException {
    By by = word(grouping, "by", By.values(), Rows::lower);
    List<GroupRow> rows = grouping.rows("rows", Rows::group);
    return new Grouping(
        by, rows, rest(grouping, "other"), grouping.whole("count", rows.size(), FigureSum.MOST));
  }

  private static GroupRow group(Fields row) throws UnfitException {
    return new GroupRow(
        row.text("name"),
        row.textOrNull("detail"),
        row.traffic(),
        row.rows("evidence", Rows::evidence),
        row.rows("sites", site -> new NameRow(site.text("site"), site.traffic())),
        row.rows("clients", Rows::address));
  }

  /** What rows that are not listed sum up to. */
  static @Nullable Traffic rest(Fields row, String name) throws UnfitException {
    return row.isNull(name) ? null : row.object(name).traffic();
  }

  static ServerRow server(Fields row) throws UnfitException {
    Long number = row.isNull("as_number") ? null : row.whole("as_number", 0, LAST_SYSTEM);
    String name = row.textOrNull("as_name");
    return new ServerRow(
        row.text("ip"),
        row.isNull("port") ? null : Integer.valueOf((int) row.whole("port", 0, LAST_PORT)),
        row.text("protocol"),
        row.textOrNull("service"),
        number == null && name == null ? null : new Owner(number, name),
        row.traffic());
  }

  static ClientRow client(Fields row) throws UnfitException {
    return new ClientRow(row.text("ip"), row.textOrNull("name"), row.traffic());
  }

  static Guesses guesses(Fields guesses) throws UnfitException {
    return new Guesses(
        guesses.count("proven_flows"),
        guesses.rows("kinds", Rows::guess),
        guesses.rows(
            "captures",
            row -> new CaptureGuesses(row.text("capture_id"), row.rows("kinds", Rows::guess))));
  }

  private static GuessRow guess(Fields row) throws UnfitException {
    return new GuessRow(row.text("kind"), tally(row), row.rows("ages", Rows::age));
  }

  private static AgeRow age(Fields row) throws UnfitException {
    return new AgeRow(word(row, "age", Age.values(), Rows::lower), tally(row));
  }

  private static Tally tally(Fields row) throws UnfitException {
    return new Tally(
        row.count("flows"),
        row.count("bytes"),
        row.count("same_site_flows"),
        row.count("same_site_bytes"),
        row.count("host_flows"),
        row.count("same_host_flows"));
  }

  static AnomalyRow anomaly(Fields row) throws UnfitException {
    return new AnomalyRow(
        row.text("capture_id"),
        row.text("kind"),
        row.count("count"),
        row.count("first_packet_number"));
  }

  /** The constant that stands in JSON by this word. */
  static <E> E word(Fields row, String name, E[] constants, Function<E, String> words)
      throws UnfitException {
    String text = row.text(name);
    for (E constant : constants) {
      if (words.apply(constant).equals(text)) {
        return constant;
      }
    }
    throw row.unfit(name, "no such word");
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
