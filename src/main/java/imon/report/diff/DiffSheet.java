package imon.report.diff;

import imon.report.Report.Scope;
import imon.report.diff.Diff.DiffRow;
import imon.report.diff.Diff.Pair;
import imon.report.diff.Diff.RestRow;
import imon.report.diff.Diff.Side;
import imon.report.diff.Diff.Status;
import imon.report.sheet.Cell;
import imon.report.sheet.Sheet;
import imon.report.sheet.Sheet.Column;
import imon.report.sheet.Sheet.Row;
import imon.report.sheet.Sheet.Table;
import imon.report.text.Figures;
import imon.report.text.ReportTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The comparison as one table. */
public final class DiffSheet {
  private DiffSheet() {}

  /** Makes the table. */
  public static Sheet of(Diff diff) {
    String noun = diff.by().name().toLowerCase(Locale.ROOT);
    List<Row> rows = new ArrayList<>();
    for (DiffRow row : diff.rows()) {
      Cell name = row.name().isEmpty() ? Cell.words("", "(unnamed)") : Cell.name(row.name(), "");
      rows.add(row(noun, name, row.traffic(), row.status()));
    }
    Pair other = diff.other();
    if (other != null) {
      int shown = diff.rows().size();
      int all = diff.counts().values().stream().mapToInt(Integer::intValue).sum();
      String label = "other " + noun + "s (" + Figures.count(all - shown) + ")";
      rows.add(row("other", Cell.words("", label), other, other.status()));
    }
    for (RestRow rest : diff.rest()) {
      String group = rest.group().label();
      rows.add(
          row(
              "rest",
              Cell.words(group.toLowerCase(Locale.ROOT), group),
              rest.beforeBytes(),
              rest.nowBytes(),
              "",
              false));
    }
    long before = diff.before().bytes();
    long now = diff.now().bytes();
    rows.add(row("total", Cell.words("total", "total"), before, now, "", true));
    Instant made = diff.now().scope().generatedAt();
    return new Sheet(
        "Bandwidth by " + noun + ", compared",
        List.of(side("before", diff.before()), side("now", diff.now()), counts(diff, noun)),
        List.of(new Table("", false, columns(noun), rows)),
        List.of(),
        made == null ? null : new ReportTimes(diff.now().scope().zone()).text(made));
  }

  private static String side(String word, Side side) {
    Scope scope = side.scope();
    String period = new ReportTimes(scope.zone()).zonedPeriod(scope.from(), scope.to());
    String client = scope.filter().client();
    return "%s: %s, %s%s (%s)"
        .formatted(
            word,
            period,
            Figures.count(side.captures(), "capture"),
            client == null ? "" : ", only client " + client,
            side.store());
  }

  private static String counts(Diff diff, String noun) {
    String counts =
        diff.counts().entrySet().stream()
            .map(count -> Figures.count(count.getValue()) + " " + count.getKey().label())
            .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "no " + noun + "s" : noun + "s: " + counts;
  }

  private static List<Column> columns(String noun) {
    return List.of(
        Column.text("name", noun.toUpperCase(Locale.ROOT)),
        Column.number("change_bytes", "CHANGE"),
        Column.number("change", "RELATIVE"),
        Column.number("before_bytes", "BEFORE").ifRoom(),
        Column.number("now_bytes", "NOW").ifRoom(),
        Column.text("status", "STATUS").ifRoom());
  }

  private static Row row(String section, Cell name, Pair pair, Status status) {
    String word = section.equals("other") ? "" : status.label();
    return row(section, name, pair.before().bytes(), pair.now().bytes(), word, false);
  }

  private static Row row(
      String section, Cell name, long before, long now, String status, boolean sum) {
    return new Row(
        section,
        List.of(
            name,
            Cell.change(now - before),
            relative(before, now),
            Cell.bytes(before),
            Cell.bytes(now),
            Cell.words(status, status)),
        sum);
  }

  /** The change as a share of what was before; there is none where there was nothing. */
  private static Cell relative(long before, long now) {
    if (before == 0) {
      return Cell.EMPTY;
    }
    long change = now - before;
    String human = (change > 0 ? "+" : "") + Figures.change(change, before);
    return Cell.words(Figures.fraction(change, before), human);
  }
}
