package imon.report;

import imon.name.NetworkOwners.Owner;
import imon.report.Ledger.Remainder;
import imon.report.Report.AnomalyRow;
import imon.report.Report.CaptureRow;
import imon.report.Report.GuessRow;
import imon.report.Report.ServerRow;
import imon.report.Report.UnreadRow;
import imon.report.TerminalGrid.Row;
import imon.report.text.Figures;
import imon.report.text.ReportTimes;
import imon.report.text.Sizes;
import imon.store.Traffic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The report for a terminal: a head, the sites, everything that is not a listed site, and a total
 * that equals the captures. No line is longer than the width asked for, counted in code points;
 * each ends with LF. Bars are relative to the largest row. The only escape sequences are our own
 * colours.
 */
public final class TerminalTable {
  /**
   * How the table is to look.
   *
   * @param width most code points in a line, 60 to 200
   * @param ascii no character outside ASCII, also in names
   * @param colour with ANSI colours (ECMA-48, SGR)
   * @param sizes the units of sizes
   */
  public record Options(int width, boolean ascii, boolean colour, Sizes sizes) {
    static final int LEAST_WIDTH = 60;
    static final int MOST_WIDTH = 200;

    public Options {
      if (width < LEAST_WIDTH || width > MOST_WIDTH) {
        throw new IllegalArgumentException(
            "a table is " + LEAST_WIDTH + " to " + MOST_WIDTH + " columns wide, not " + width);
      }
    }

    /** 80 columns, Unicode, no colour, SI units. */
    public static Options plain() {
      return new Options(80, false, false, Sizes.SI);
    }
  }

  private static final int MOST_NOTES = 3;

  private final Options options;

  public TerminalTable(Options options) {
    this.options = options;
  }

  /** Writes head, table and notes. */
  public void write(Report report, Appendable out) throws IOException {
    Ledger ledger = new Ledger(report);
    MainTable table = new MainTable(report);
    TerminalGrid grid = new TerminalGrid(options, table.noun(), report.totals().bytes());
    table.rows().forEach(row -> grid.add(mainRow(row)));
    ledger.remainders().forEach(remainder -> grid.add(remainderRow(remainder)));
    for (String line : head(report, ledger)) {
      grid.appendText(out, line);
    }
    out.append('\n');
    grid.appendTo(out, totalRow(report));
    List<String> notes = notes(report);
    if (!notes.isEmpty()) {
      out.append('\n');
    }
    for (String note : notes) {
      grid.appendText(out, note);
    }
  }

  private List<String> head(Report report, Ledger ledger) {
    Report.Totals totals = report.totals();
    Report.Scope scope = report.scope();
    List<String> lines = new ArrayList<>();
    lines.add(new ReportTimes(scope.zone()).zonedPeriod(scope.from(), scope.to()));
    if (scope.filter().client() != null) {
      lines.add("only traffic of client " + scope.filter().client());
    }
    lines.add(
        String.join(
            ", ",
            Figures.count(report.captures().size(), "capture"),
            Figures.count(totals.packets(), "packet"),
            options.sizes().exact(totals.bytes())));
    lines.add(ledger.sentence());
    return lines;
  }

  private Row mainRow(MainTable.Row row) {
    return new Row(
        row.name(),
        row.traffic().bytes(),
        directions(row.traffic()),
        row.evidence(),
        row.proven() ? TerminalGrid.Kind.PROVEN : TerminalGrid.Kind.INFERRED);
  }

  private Row remainderRow(Remainder rest) {
    return new Row(
        rest.label(), rest.bytes(), directions(rest.traffic()), "", TerminalGrid.Kind.REMAINDER);
  }

  private Row totalRow(Report report) {
    Report.Totals totals = report.totals();
    List<String> cells = List.of("", "", Figures.count(totals.connections()));
    return new Row("total", totals.bytes(), cells, "", TerminalGrid.Kind.TOTAL);
  }

  /** Down, up, connections; empty where a row does not say. */
  private List<String> directions(@Nullable Traffic traffic) {
    if (traffic == null) {
      return List.of("", "", "");
    }
    return List.of(
        options.sizes().text(traffic.downBytes()),
        options.sizes().text(traffic.upBytes()),
        Figures.count(traffic.connections()));
  }

  private List<String> notes(Report report) {
    List<String> notes = new ArrayList<>(owners(report.unresolved()));
    notes.addAll(guesses(report.guesses().kinds()));
    notes.addAll(PrunedText.ofTraffic(report.scope().pruned()));
    notes.addAll(unread(report.unread()));
    notes.addAll(damages(report.captures()));
    notes.addAll(options(report.captures()));
    long cut = report.captures().stream().filter(c -> c.status().equals("cut")).count();
    if (cut > 0) {
      notes.add(Figures.count(cut, "capture") + " cut in the last record (normal)");
    }
    long dropped =
        report.captures().stream()
            .map(CaptureRow::dropped)
            .mapToLong(lost -> lost == null ? 0 : lost)
            .sum();
    if (dropped > 0) {
      notes.add("lost before capture: " + Figures.count(dropped, "packet"));
    }
    if (!report.anomalies().isEmpty()) {
      notes.add("anomalies: " + anomalies(report.anomalies()));
    }
    return notes;
  }

  /** The largest unresolved servers of known networks. */
  private List<String> owners(List<ServerRow> servers) {
    List<String> notes = new ArrayList<>();
    for (ServerRow server : servers) {
      Owner owner = server.owner();
      if (owner != null && notes.size() < MOST_NOTES) {
        String size = options.sizes().text(server.traffic().bytes());
        notes.add("unresolved: " + server.ip() + " (" + owner.text() + "), " + size);
      }
    }
    return notes;
  }

  /** The strongest kind in full, the others short. */
  private static List<String> guesses(List<GuessRow> kinds) {
    List<String> notes = new ArrayList<>();
    if (!kinds.isEmpty()) {
      GuessRow first = kinds.get(0);
      notes.add(first.kind() + " agreed with proof on " + Figures.agreement(first.tally()));
    }
    if (kinds.size() > 1) {
      notes.add(
          kinds.stream()
              .skip(1)
              .map(row -> row.kind() + " on " + Figures.share(row.tally()))
              .collect(Collectors.joining(", ")));
    }
    return notes;
  }

  private static List<String> unread(List<UnreadRow> unread) {
    List<String> notes = new ArrayList<>();
    for (UnreadRow row : unread.subList(0, Math.min(MOST_NOTES, unread.size()))) {
      notes.add("not read: " + row.message());
    }
    if (unread.size() > MOST_NOTES) {
      notes.add("and " + Figures.count(unread.size() - MOST_NOTES) + " more not read");
    }
    return notes;
  }

  /** Which options changed what was taken in; they are the same for all captures of a run. */
  private static List<String> options(List<CaptureRow> captures) {
    Map<String, Long> counts =
        captures.stream()
            .map(CaptureRow::options)
            .filter(options -> !options.isEmpty())
            .collect(Collectors.groupingBy(o -> o, TreeMap::new, Collectors.counting()));
    List<String> notes = new ArrayList<>();
    counts.forEach(
        (options, count) ->
            notes.add(Figures.count(count, "capture") + " taken in with " + options));
    return notes.subList(0, Math.min(MOST_NOTES, notes.size()));
  }

  private static List<String> damages(List<CaptureRow> captures) {
    List<CaptureRow> damaged =
        captures.stream()
            .filter(c -> !c.status().equals("ok") && !c.status().equals("cut"))
            .toList();
    List<String> notes = new ArrayList<>();
    for (CaptureRow capture : damaged.subList(0, Math.min(MOST_NOTES, damaged.size()))) {
      String message = capture.message();
      String why = message == null ? "" : ", " + message;
      notes.add(capture.status() + ": " + capture.path() + why);
    }
    if (damaged.size() > MOST_NOTES) {
      notes.add("and " + Figures.count(damaged.size() - MOST_NOTES, "more damaged capture"));
    }
    return notes;
  }

  /** The most frequent kinds over all captures. */
  private static String anomalies(List<AnomalyRow> anomalies) {
    Map<String, Long> counts = new LinkedHashMap<>();
    anomalies.forEach(row -> counts.merge(row.kind(), row.count(), Long::sum));
    List<String> words =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(kind -> kind.getKey() + " " + Figures.count(kind.getValue()))
            .toList();
    String shown = String.join(", ", words.subList(0, Math.min(MOST_NOTES, words.size())));
    int left = words.size() - MOST_NOTES;
    return left > 0 ? shown + " and " + Figures.count(left, "more kind") : shown;
  }
}
