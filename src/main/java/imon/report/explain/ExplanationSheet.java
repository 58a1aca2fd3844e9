package imon.report.explain;

import imon.report.Report.Scope;
import imon.report.explain.Explanation.CaptureRow;
import imon.report.explain.Explanation.EvidenceRow;
import imon.report.explain.Explanation.KindRow;
import imon.report.explain.Explanation.Place;
import imon.report.explain.Explanation.RivalRow;
import imon.report.sheet.Cell;
import imon.report.sheet.Sheet;
import imon.report.sheet.Sheet.Column;
import imon.report.sheet.Sheet.Row;
import imon.report.sheet.Sheet.Table;
import imon.report.text.Figures;
import imon.report.text.ReportTimes;
import imon.report.text.ShellWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The explanation as tables: captures, each kind of evidence, rivals; the filters are its notes.
 */
public final class ExplanationSheet {
  private static final String NO_PACKET = "none";

  private final Explanation explanation;
  private final ReportTimes times;

  private ExplanationSheet(Explanation explanation) {
    this.explanation = explanation;
    times = new ReportTimes(explanation.scope().zone());
  }

  /** Makes tables of the explanation. */
  public static Sheet of(Explanation explanation) {
    return new ExplanationSheet(explanation).sheet();
  }

  private Sheet sheet() {
    Instant made = explanation.scope().generatedAt();
    List<Table> tables = new ArrayList<>();
    explanation.kinds().forEach(kind -> tables.add(evidence(kind)));
    if (!explanation.rivals().isEmpty()) {
      tables.add(rivals());
    }
    if (!explanation.captures().isEmpty()) {
      tables.add(captures());
    }
    return new Sheet(
        "Evidence for a name", head(), tables, filters(), made == null ? null : times.text(made));
  }

  private List<String> head() {
    Scope scope = explanation.scope();
    List<String> head = new ArrayList<>();
    head.add(explanation.name());
    head.add(times.zonedPeriod(scope.from(), scope.to()));
    if (scope.filter().client() != null) {
      head.add("only traffic of client " + scope.filter().client());
    }
    head.add(
        "%s, %s"
            .formatted(
                Figures.count(explanation.flows(), "flow"),
                Figures.count(explanation.bytes(), "byte")));
    return head;
  }

  private Table evidence(KindRow kind) {
    List<Row> rows = new ArrayList<>();
    for (EvidenceRow row : kind.evidence()) {
      Cell host = Cell.name(row.host(), "host not known");
      rows.add(row("evidence", kind.kind(), host, row.place(), row.flows(), row.bytes(), false));
    }
    long more = kind.evidenceCount() - kind.evidence().size();
    String whole = more == 0 ? "total" : "total, with " + Figures.count(more) + " more";
    Place nowhere = new Place(null, null, null, null);
    Cell total = Cell.words("", whole);
    rows.add(row("kind", kind.kind(), total, nowhere, kind.flows(), kind.bytes(), true));
    String caption = kind.kind() + (kind.proof() ? ", proof" : ", inference");
    return new Table(caption, false, columns("HOST"), rows);
  }

  private Table rivals() {
    List<Row> rows = new ArrayList<>();
    for (RivalRow rival : explanation.rivals()) {
      Cell name = Cell.name(rival.host() == null ? "*." + rival.site() : rival.host(), "");
      rows.add(
          row("rival", rival.kind(), name, rival.place(), rival.flows(), rival.bytes(), false));
    }
    long more = explanation.rivalCount() - explanation.rivals().size();
    String caption = "what could have named them, too, where it was seen first";
    return new Table(
        more == 0 ? caption : caption + " (" + Figures.count(more) + " more)",
        false,
        columns("RIVAL"),
        rows);
  }

  private static List<Column> columns(String heading) {
    return List.of(
        Column.text("name", heading),
        Column.text("kind", "KIND").ifRoom(),
        Column.number("packet", "PACKET"),
        Column.text("time", "TIME").ifRoom(),
        Column.hidden("capture_id"),
        Column.text("path", "CAPTURE").ifRoom(),
        Column.number("flows", "FLOWS"),
        Column.number("bytes", "BYTES"));
  }

  private Row row(
      String section, String kind, Cell name, Place place, long flows, long bytes, boolean sum) {
    Instant time = place.time();
    return new Row(
        section,
        List.of(
            name,
            Cell.words(kind, kind),
            packet(place.packet(), sum),
            time == null ? Cell.EMPTY : Cell.words(ReportTimes.utc(time), times.text(time)),
            Cell.name(place.captureId(), ""),
            Cell.name(place.path(), ""),
            Cell.count(flows),
            Cell.bytes(bytes)),
        sum);
  }

  private static Cell packet(@Nullable Long packet, boolean sum) {
    if (packet != null) {
      return Cell.count(packet);
    }
    return sum ? Cell.EMPTY : Cell.words("", NO_PACKET);
  }

  private Table captures() {
    List<Row> rows = new ArrayList<>();
    for (CaptureRow capture : explanation.captures()) {
      rows.add(
          new Row(
              "capture",
              List.of(
                  Cell.name(capture.path(), ""),
                  Cell.name(capture.id(), ""),
                  Cell.count(capture.packets()),
                  Cell.count(capture.flows()),
                  Cell.bytes(capture.bytes()),
                  Cell.name(capture.evidenceFilter(), ""),
                  Cell.name(capture.flowFilter(), "")),
              false));
    }
    long more = explanation.captureCount() - explanation.captures().size();
    return new Table(
        more == 0 ? "" : Figures.count(more) + " more captures are not shown",
        false,
        List.of(
            Column.text("path", "CAPTURE"),
            Column.hidden("capture_id"),
            Column.number("packets", "PACKETS"),
            Column.number("flows", "FLOWS"),
            Column.number("bytes", "BYTES"),
            Column.hidden("evidence_filter"),
            Column.hidden("flow_filter")),
        rows);
  }

  private List<String> filters() {
    List<String> notes = new ArrayList<>();
    for (CaptureRow capture : explanation.captures()) {
      String path = ShellWords.quoted(capture.path());
      addFilter(notes, path, capture.evidenceFilter());
      addFilter(notes, path, capture.flowFilter());
    }
    return notes;
  }

  private static void addFilter(List<String> notes, String path, @Nullable String filter) {
    if (filter != null) {
      notes.add("tshark -r " + path + " -Y '" + filter + "'");
    }
  }
}
