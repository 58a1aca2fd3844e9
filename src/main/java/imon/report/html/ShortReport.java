package imon.report.html;

import imon.report.Ledger;
import imon.report.Report;
import imon.report.Report.GroupRow;
import imon.report.Report.Grouping;
import imon.report.Report.Guesses;
import imon.report.Report.ServerRow;
import imon.report.Report.SiteRow;
import imon.store.Traffic;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A report with shorter lists; what is left out of one stands in the row for all others. */
final class ShortReport {
  private ShortReport() {}

  /**
   * The same report with at most this many rows of each list.
   *
   * @param rows 1 or more
   */
  static Report of(Report report, int rows) {
    Grouping grouping = report.grouping();
    Guesses guesses = report.guesses();
    return new Report(
        report.scope(),
        head(report.captures(), rows),
        head(report.unread(), rows),
        report.totals(),
        report.ledger(),
        head(report.sites(), rows),
        others(report.sites(), SiteRow::traffic, report.otherSites(), rows),
        grouping == null ? null : grouping(grouping, rows),
        head(report.unresolved(), rows),
        others(report.unresolved(), ServerRow::traffic, report.otherUnresolved(), rows),
        head(report.clients(), rows),
        new Guesses(guesses.provenFlows(), guesses.kinds(), head(guesses.captures(), rows)),
        head(report.anomalies(), rows),
        report.details());
  }

  private static Grouping grouping(Grouping grouping, int rows) {
    return new Grouping(
        grouping.by(),
        head(grouping.rows(), rows),
        others(grouping.rows(), GroupRow::traffic, grouping.other(), rows),
        grouping.count());
  }

  private static <T> List<T> head(List<T> list, int rows) {
    return list.size() <= rows ? list : list.subList(0, rows);
  }

  private static <T> @Nullable Traffic others(
      List<T> list, Function<T, Traffic> traffic, @Nullable Traffic other, int rows) {
    if (list.size() <= rows) {
      return other;
    }
    Traffic cut = Ledger.sum(list.subList(rows, list.size()).stream().map(traffic));
    return other == null ? cut : cut.plus(other);
  }
}
