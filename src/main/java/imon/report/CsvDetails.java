package imon.report;

import imon.report.CsvRow.Column;
import imon.report.CsvRow.Section;
import imon.report.Report.ServerRow;
import imon.report.Report.SiteRow;
import imon.store.ask.page.BlindSpot;
import imon.store.ask.page.Timeline;
import imon.store.ask.page.Timeline.Cell;
import imon.store.ask.page.Timeline.Outside;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of {@link CsvReport} that stand for what a page shows beside its tables. */
final class CsvDetails {
  private static final int SECONDS = 60;

  /** No site and no client is called so. */
  private static final String OTHERS = "(others)";

  private final Report report;
  private final long whole;
  private final List<CsvRow> rows = new ArrayList<>();

  private CsvDetails(Report report) {
    this.report = report;
    this.whole = report.totals().bytes();
  }

  static List<CsvRow> of(Report report) {
    CsvDetails details = new CsvDetails(report);
    report.sites().forEach(details::addServers);
    Timeline timeline = report.details().timeline();
    if (timeline != null) {
      timeline.cells().forEach(cell -> details.add(timeline, cell));
    }
    report.details().blindSpots().forEach(details::add);
    details.addLosses(Losses.of(report));
    details.addOrigin();
    return details.rows;
  }

  private void addServers(SiteRow site) {
    for (ServerRow server : report.details().servers().getOrDefault(site.site(), List.of())) {
      rows.add(
          CsvReport.server(Section.SITE_SERVER, server, whole).text(Column.PARENT, site.site()));
    }
  }

  /** Connections are those that count for the whole report. */
  private void add(Timeline timeline, Cell cell) {
    Outside outside = timeline.outside();
    long from = timeline.start() + (long) timeline.width() * cell.step();
    long to = from + timeline.width();
    if (outside != null && cell.step() == Timeline.NONE) {
      from = outside.from();
      to = outside.to();
    }
    rows.add(
        new CsvRow(Section.TIME, name(timeline.sites(), cell.site()))
            .text(Column.CLIENT, name(timeline.clients(), cell.client()))
            .text(Column.EVIDENCE, timeline.kinds().get(cell.kind()).name())
            .time(Column.FIRST_TIME, Instant.ofEpochSecond(from * SECONDS))
            .time(Column.LAST_TIME, Instant.ofEpochSecond(to * SECONDS))
            .traffic(cell.traffic(), whole)
            .number(Column.CONNECTIONS, cell.connections()));
  }

  private static @Nullable String name(List<String> names, int place) {
    if (place == Timeline.NONE) {
      return null;
    }
    return place < names.size() ? names.get(place) : OTHERS;
  }

  private void add(BlindSpot spot) {
    rows.add(
        new CsvRow(Section.BLIND_SPOT, spot.kind().label())
            .number(Column.CONNECTIONS, spot.connections())
            .number(Column.BYTES, spot.bytes())
            .number(Column.UNRESOLVED_CONNECTIONS, spot.unresolvedConnections())
            .number(Column.UNRESOLVED_BYTES, spot.unresolvedBytes()));
  }

  private void addLosses(Losses losses) {
    addLoss("dropped_packets", losses.droppedPackets());
    addLoss("silent_captures", losses.silentCaptures());
    addLoss("missing_bytes", losses.missingBytes());
    addLoss("cut_headers", losses.cutHeaders());
    addLoss("copies_counted", losses.copiesCounted());
    addLoss("copies_apart", losses.copiesApart());
  }

  private void addLoss(String name, @Nullable Long count) {
    rows.add(new CsvRow(Section.LOSS, name).number(Column.COUNT, count));
  }

  private void addOrigin() {
    addOrigin("version", report.details().origin().version());
    addOrigin("command", String.join(" ", report.commandOfRun()));
    addOrigin("zone", report.scope().zone());
    addOrigin("client", report.scope().filter().client());
    rows.add(
        new CsvRow(Section.ORIGIN, "period")
            .time(Column.FIRST_TIME, report.scope().filter().from())
            .time(Column.LAST_TIME, report.scope().filter().to()));
    rows.add(
        new CsvRow(Section.ORIGIN, "generated_at")
            .time(Column.FIRST_TIME, report.scope().generatedAt()));
  }

  private void addOrigin(String name, @Nullable String text) {
    rows.add(new CsvRow(Section.ORIGIN, name).text(Column.DETAIL, text));
  }
}
