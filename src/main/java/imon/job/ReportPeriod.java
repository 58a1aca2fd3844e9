package imon.job;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What one report is about, in the words of {@code imon report}.
 *
 * @param date stands in the name of its folder
 * @param from its first day or moment
 * @param to its last day, or the first moment after it
 */
record ReportPeriod(String date, String from, String to) {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

  /** Whole days. */
  static ReportPeriod ofDays(LocalDate first, long days) {
    return new ReportPeriod(
        first.toString(), first.toString(), first.plusDays(days - 1).toString());
  }

  /** The whole minutes around a time. */
  static ReportPeriod ofRun(Instant begin, Instant end, ZoneId zone) {
    Instant to = end.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    return new ReportPeriod(
        SECOND.withZone(zone).format(begin),
        begin.truncatedTo(ChronoUnit.MINUTES).toString(),
        to.toString());
  }
}
