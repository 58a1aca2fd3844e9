package imon.report.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Times of a report: for people in the zone asked for and to the second, for machines in UTC. All
 * are rounded down.
 */
public final class ReportTimes {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter HOUR_MINUTE =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final ZoneId zone;

  /**
   * @param zone an IANA name
   */
  public ReportTimes(String zone) {
    this.zone = ZoneId.of(zone);
  }

  /** For machines: ISO 8601, UTC, always six decimals, rounded down to the microsecond. */
  public static String utc(Instant time) {
    return UTC.format(time);
  }

  /** To the minute. */
  public String minute(Instant time) {
    return MINUTE.format(time.atZone(zone));
  }

  /** From one minute to the other, the date once if it is one day. */
  public String minutes(Instant from, Instant to) {
    ZonedDateTime end = to.atZone(zone);
    boolean oneDay = from.atZone(zone).toLocalDate().equals(end.toLocalDate());
    return minute(from) + " to " + (oneDay ? HOUR_MINUTE : MINUTE).format(end);
  }

  public String text(Instant time) {
    return DATE_TIME.format(time.atZone(zone));
  }

  /**
   * From first to last packet, the date once if it is one day. The zone is not part of it, but in
   * an hour that a clock shows twice, the time has its offset from UTC.
   */
  public String period(@Nullable Instant from, @Nullable Instant to) {
    if (from == null || to == null) {
      return "no packets";
    }
    ZonedDateTime start = from.atZone(zone);
    ZonedDateTime end = to.atZone(zone);
    boolean oneDay = start.toLocalDate().equals(end.toLocalDate());
    return DATE_TIME.format(start)
        + offset(start)
        + " to "
        + (oneDay ? TIME : DATE_TIME).format(end)
        + offset(end);
  }

  private String offset(ZonedDateTime time) {
    boolean once = zone.getRules().getValidOffsets(time.toLocalDateTime()).size() == 1;
    return once ? "" : " " + time.getOffset();
  }

  /** The same with its zone. */
  public String zonedPeriod(@Nullable Instant from, @Nullable Instant to) {
    String period = period(from, to);
    return from == null ? period : period + " " + zone.getId();
  }
}
