package imon.report.usage;

import imon.report.Report.Scope;
import imon.report.Report.SiteRow;
import imon.store.Traffic;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;

/**
 * What some sites, or hosts, used and when.
 *
 * @param scope how the report was cut out
 * @param per how long the spans are
 * @param captures how many captures have minutes of the period
 * @param sites the names asked about, the largest first, then by name; also those without traffic
 * @param unknown names that no flow of the store has
 */
public record SiteUsage(
    Scope scope, Per per, int captures, List<UsageRow> sites, List<UnknownName> unknown) {

  /** A span of time on a clock. */
  public enum Per {
    /** From midnight to midnight: 23 to 25 hours where clocks are changed. */
    DAY,
    HOUR,
    MINUTE;

    /** For machines and people. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** When the span that a moment lies in begins. */
    Instant begin(Instant moment, ZoneId zone) {
      ZonedDateTime time = moment.atZone(zone);
      return switch (this) {
        case DAY -> time.toLocalDate().atStartOfDay(zone).toInstant();
        case HOUR -> beginOfHour(time);
        case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES).toInstant();
      };
    }

    /** When the span that begins then is over. */
    Instant end(Instant begin, ZoneId zone) {
      ZonedDateTime time = begin.atZone(zone);
      return switch (this) {
        case DAY -> time.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        case HOUR -> endOfHour(time);
        case MINUTE -> time.plusMinutes(1).toInstant();
      };
    }

    /** An hour of the clock ends early where clocks are changed within it. */
    private static Instant beginOfHour(ZonedDateTime time) {
      Instant begin =
          time.toLocalDateTime().truncatedTo(ChronoUnit.HOURS).toInstant(time.getOffset());
      ZoneOffsetTransition change =
          time.getZone().getRules().previousTransition(time.toInstant().plusNanos(1));
      return change != null && change.getInstant().isAfter(begin) ? change.getInstant() : begin;
    }

    private static Instant endOfHour(ZonedDateTime time) {
      LocalDateTime next = time.toLocalDateTime().truncatedTo(ChronoUnit.HOURS).plusHours(1);
      Instant end = next.toInstant(time.getOffset());
      ZoneOffsetTransition change = time.getZone().getRules().nextTransition(time.toInstant());
      return change != null && change.getInstant().isBefore(end) ? change.getInstant() : end;
    }
  }

  /** A name with its spans, in order of time; those without traffic are left out. */
  public record UsageRow(SiteRow site, List<SpanRow> spans) {}

  /** Traffic of a span that begins and ends then. */
  public record SpanRow(Instant begin, Instant end, Traffic traffic) {}

  /** A name that nothing is known of, and known names like it. */
  public record UnknownName(String name, List<String> near) {}
}
