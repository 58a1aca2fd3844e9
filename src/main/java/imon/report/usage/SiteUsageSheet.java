package imon.report.usage;

import imon.report.Report.AddressRow;
import imon.report.Report.EvidenceRow;
import imon.report.Report.HostRow;
import imon.report.Report.Scope;
import imon.report.Report.SiteRow;
import imon.report.sheet.Cell;
import imon.report.sheet.Sheet;
import imon.report.sheet.Sheet.Column;
import imon.report.sheet.Sheet.Row;
import imon.report.sheet.Sheet.Table;
import imon.report.text.Figures;
import imon.report.text.ReportTimes;
import imon.report.usage.SiteUsage.SpanRow;
import imon.report.usage.SiteUsage.UnknownName;
import imon.report.usage.SiteUsage.UsageRow;
import imon.store.Traffic;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report on some sites as tables: for each its spans of time, its hosts and its clients. */
public final class SiteUsageSheet {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

  /** With the offset: an hour comes twice when clocks are set back. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx", Locale.ROOT);

  private final SiteUsage usage;
  private final ZoneId zone;

  private SiteUsageSheet(SiteUsage usage) {
    this.usage = usage;
    zone = ZoneId.of(usage.scope().zone());
  }

  /** Makes tables of the report. */
  public static Sheet of(SiteUsage usage) {
    return new SiteUsageSheet(usage).sheet();
  }

  private Sheet sheet() {
    Scope scope = usage.scope();
    List<Table> tables = new ArrayList<>();
    for (UsageRow row : usage.sites()) {
      tables.add(spans(row));
      addParts(tables, row.site());
    }
    Instant made = scope.generatedAt();
    return new Sheet(
        "Bandwidth of sites",
        head(scope),
        tables,
        usage.unknown().stream().map(SiteUsageSheet::unknown).toList(),
        made == null ? null : new ReportTimes(scope.zone()).text(made));
  }

  private List<String> head(Scope scope) {
    List<String> head = new ArrayList<>();
    head.add(new ReportTimes(scope.zone()).zonedPeriod(scope.from(), scope.to()));
    if (scope.filter().client() != null) {
      head.add("only traffic of client " + scope.filter().client());
    }
    head.add(Figures.count(usage.captures(), "capture"));
    return head;
  }

  /** What is said of a name that nothing is known of. */
  public static String unknown(UnknownName unknown) {
    String near = String.join(", ", unknown.near());
    return unknown.name() + ": no flow has this name" + (near.isEmpty() ? "" : "; near: " + near);
  }

  private Table spans(UsageRow row) {
    List<Row> rows = new ArrayList<>();
    String site = row.site().site();
    for (SpanRow span : row.spans()) {
      rows.add(
          row(
              "time",
              site,
              Cell.words(ReportTimes.utc(span.begin()), begin(span)),
              span.traffic(),
              null));
    }
    rows.add(row("site", site, Cell.words("", "total"), row.site().traffic(), row.site()));
    String heading = usage.per().label().toUpperCase(Locale.ROOT);
    return new Table(site, true, columns(Column.text("begin", heading)), rows);
  }

  private String begin(SpanRow span) {
    ZonedDateTime begin = span.begin().atZone(zone);
    return (usage.per() == SiteUsage.Per.DAY ? DAY : TIME).format(begin);
  }

  private static void addParts(List<Table> tables, SiteRow site) {
    List<Row> hosts = new ArrayList<>();
    for (HostRow host : site.hosts()) {
      Cell name = Cell.name(host.host(), "host not known");
      hosts.add(row("host", site.site(), name, host.traffic(), null));
    }
    List<Row> clients = new ArrayList<>();
    for (AddressRow client : site.clients()) {
      Cell name = Cell.name(client.ip(), "");
      clients.add(row("client", site.site(), name, client.traffic(), null));
    }
    List<Row> evidence = new ArrayList<>();
    for (EvidenceRow kind : site.evidence()) {
      Cell name = Cell.words(kind.kind(), kind.kind());
      evidence.add(row("evidence", site.site(), name, kind.traffic(), null));
    }
    add(tables, "HOST", hosts);
    add(tables, "CLIENT", clients);
    add(tables, "EVIDENCE", evidence);
  }

  private static void add(List<Table> tables, String heading, List<Row> rows) {
    if (!rows.isEmpty()) {
      tables.add(new Table("", false, columns(Column.text("name", heading)), rows));
    }
  }

  private static List<Column> columns(Column first) {
    return List.of(
        first,
        Column.hidden("site"),
        Column.number("bytes", "BYTES"),
        Column.number("down_bytes", "DOWN"),
        Column.number("up_bytes", "UP").ifRoom(),
        Column.number("packets", "PACKETS").ifRoom(),
        Column.number("connections", "CONN").ifRoom(),
        Column.hidden("proven_bytes"),
        Column.hidden("possible_bytes"));
  }

  private static Row row(
      String section, String site, Cell first, Traffic traffic, @Nullable SiteRow whole) {
    return new Row(
        section,
        List.of(
            first,
            Cell.name(site, ""),
            Cell.bytes(traffic.bytes()),
            Cell.bytes(traffic.downBytes()),
            Cell.bytes(traffic.upBytes()),
            Cell.count(traffic.packets()),
            Cell.count(traffic.connections()),
            whole == null ? Cell.EMPTY : Cell.bytes(whole.provenBytes()),
            whole == null ? Cell.EMPTY : Cell.bytes(whole.possibleBytes())),
        whole != null);
  }
}
