package imon.cli.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What users write for a moment: a date, a date and time, {@code today}, {@code yesterday}, or how
 * long ago ({@code -24h}). Days and times are those of a zone, unless an offset is given.
 */
public final class Moments {
  private static final Pattern AGO = Pattern.compile("-(\\d{1,6})([mhdw])");
  private final ZoneId zone;
  private final Instant now;

  public Moments(ZoneId zone, Instant now) {
    this.zone = zone;
    this.now = now;
  }

  /**
   * When a period begins; a day begins with its first moment.
   *
   * @param option what to name in a complaint
   * @param text null for a period that is open
   */
  public @Nullable Instant begin(String option, @Nullable String text) {
    return text == null ? null : moment(option, text, 0);
  }

  /** When a period is over; a day belongs to it as a whole. */
  public @Nullable Instant end(String option, @Nullable String text) {
    return text == null ? null : moment(option, text, 1);
  }

  private Instant moment(String option, String text, int days) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return now.minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))));
    }
    try {
      LocalDate day = day(text);
      return day == null ? time(text) : day.plusDays(days).atStartOfDay(zone).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s %s: give a date (2026-03-02), a time (2026-03-02T08:00), today, yesterday or -24h"
              .formatted(option, text),
          e);
    }
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }

  private @Nullable LocalDate day(String text) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return switch (text) {
      case "today" -> today;
      case "yesterday" -> today.minusDays(1);
      default -> text.matches("\\d{4}-\\d\\d-\\d\\d") ? LocalDate.parse(text) : null;
    };
  }

  private Instant time(String text) {
    String iso = text.replace(' ', 'T');
    return iso.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).atZone(zone).toInstant();
  }
}
