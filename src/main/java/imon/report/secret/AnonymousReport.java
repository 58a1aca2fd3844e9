package imon.report.secret;

import imon.report.Details;
import imon.report.Details.Origin;
import imon.report.Report;
import imon.report.Report.AddressRow;
import imon.report.Report.CaptureRow;
import imon.report.Report.ClientRow;
import imon.report.Report.Filter;
import imon.report.Report.GroupRow;
import imon.report.Report.Grouping;
import imon.report.Report.HostRow;
import imon.report.Report.NameRow;
import imon.report.Report.Scope;
import imon.report.Report.ServerRow;
import imon.report.Report.SiteRow;
import imon.report.Report.UnreadRow;
import imon.store.ask.By;
import imon.store.ask.page.Timeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report on all sites, with pseudonyms. */
public final class AnonymousReport {
  private final Pseudonyms names;

  AnonymousReport(Pseudonyms names) {
    this.names = names;
  }

  /** The same figures under pseudonyms. */
  public static Report of(Report report, Pseudonyms names) {
    return new AnonymousReport(names).hidden(report);
  }

  private Report hidden(Report report) {
    Grouping grouping = report.grouping();
    return new Report(
        scope(report.scope()),
        report.captures().stream().map(AnonymousReport::capture).toList(),
        report.unread().stream().map(row -> new UnreadRow(Pseudonyms.line(row.message()))).toList(),
        report.totals(),
        report.ledger(),
        report.sites().stream().map(this::site).toList(),
        report.otherSites(),
        grouping == null ? null : grouping(grouping),
        report.unresolved().stream().map(this::server).toList(),
        report.otherUnresolved(),
        report.clients().stream().map(this::client).toList(),
        report.guesses(),
        report.anomalies(),
        details(report.details()));
  }

  /** The words of the command can be addresses and folders. */
  private Details details(Details details) {
    Timeline timeline = details.timeline();
    Map<String, List<ServerRow>> servers = new HashMap<>();
    details
        .servers()
        .forEach(
            (site, rows) ->
                servers.put(names.site(site), rows.stream().map(this::server).toList()));
    Origin origin = details.origin();
    return new Details(
        timeline == null ? null : timeline(timeline),
        servers,
        details.blindSpots(),
        new Origin(origin.version(), List.of(), origin.sha256()));
  }

  private Timeline timeline(Timeline timeline) {
    return new Timeline(
        timeline.start(),
        timeline.width(),
        timeline.steps(),
        timeline.outside(),
        timeline.sites().stream().map(names::site).toList(),
        timeline.clients().stream().map(names::client).toList(),
        timeline.kinds(),
        timeline.cells(),
        timeline.rivals());
  }

  /** Also of other kinds of reports. */
  Scope scope(Scope scope) {
    Filter filter = scope.filter();
    String client = filter.client();
    return new Scope(
        scope.from(),
        scope.to(),
        scope.zone(),
        scope.top(),
        scope.localSites(),
        new Filter(filter.from(), filter.to(), client == null ? null : names.client(client)),
        scope.generatedAt(),
        scope.pruned());
  }

  private static CaptureRow capture(CaptureRow row) {
    return new CaptureRow(
        row.id(),
        Pseudonyms.file(row.path()),
        row.fingerprint(),
        row.format(),
        row.linkTypes(),
        withoutOperands(row.options()),
        row.fileBytes(),
        row.packets(),
        row.wireBytes(),
        row.dropped(),
        row.firstPacket(),
        row.lastPacket(),
        row.status(),
        row.message());
  }

  /** Which options there were: what they were given, in parentheses, may name clients. */
  private static String withoutOperands(String options) {
    return options.replaceAll("(?s)\\(.*\\)", "(hidden)");
  }

  private SiteRow site(SiteRow row) {
    return site(row, names.site(row.site()));
  }

  /** What belongs to a site, which is shown by this name. */
  SiteRow site(SiteRow row, String shown) {
    return new SiteRow(
        shown,
        row.traffic(),
        row.provenBytes(),
        row.possibleBytes(),
        row.evidence(),
        row.hosts().stream().map(this::host).toList(),
        addresses(row.clients()));
  }

  private HostRow host(HostRow row) {
    String host = row.host();
    return host == null ? row : new HostRow(names.host(host), row.traffic());
  }

  private List<AddressRow> addresses(List<AddressRow> rows) {
    return rows.stream().map(row -> new AddressRow(names.client(row.ip()), row.traffic())).toList();
  }

  private Grouping grouping(Grouping grouping) {
    return new Grouping(
        grouping.by(),
        grouping.rows().stream().map(row -> group(grouping.by(), row)).toList(),
        grouping.other(),
        grouping.count());
  }

  private GroupRow group(By by, GroupRow row) {
    return new GroupRow(
        named(by, row.name()),
        detail(by, row.detail()),
        row.traffic(),
        row.evidence(),
        row.sites().stream()
            .map(site -> new NameRow(names.site(site.site()), site.traffic()))
            .toList(),
        addresses(row.clients()));
  }

  /** What names a row of this kind. The names of networks are the user's own and stay. */
  String named(By by, String name) {
    return switch (by) {
      case SITE -> names.site(name);
      case HOST -> names.host(name);
      case CLIENT -> names.client(name);
      case SOURCE -> name;
    };
  }

  private @Nullable String detail(By by, @Nullable String detail) {
    if (detail == null) {
      return null;
    }
    return switch (by) {
      case HOST -> names.site(detail);
      case CLIENT -> names.device(detail);
      case SITE, SOURCE -> detail;
    };
  }

  /** Who owns a client's network tells where the client is. */
  private ServerRow server(ServerRow row) {
    return new ServerRow(
        names.server(row.ip()),
        row.port(),
        row.protocol(),
        row.service(),
        names.hides(row.ip()) ? null : row.owner(),
        row.traffic());
  }

  private ClientRow client(ClientRow row) {
    return new ClientRow(names.client(row.ip()), names.device(row.name()), row.traffic());
  }
}
