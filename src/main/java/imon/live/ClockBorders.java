package imon.live;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * The moments at which a period is over by the clock on the wall: each midnight of a zone, and from
 * there on each so many seconds until the next midnight. Where clocks are changed, an hour that
 * happens twice has its borders twice (but a day begins once), and the borders in an hour that does
 * not happen are one, at the change.
 */
public final class ClockBorders {
  private static final long DAY = 86_400;

  private final long period;
  private final ZoneRules rules;

  /**
   * The borders of a period.
   *
   * @param period whole seconds, at most a day, or whole days; these are counted from 1970-01-01 on
   */
  public ClockBorders(Duration period, ZoneId zone) {
    this.period = period.toSeconds();
    boolean fits = this.period <= DAY || this.period % DAY == 0;
    if (this.period < 1 || period.toNanosPart() != 0 || !fits) {
      throw new IllegalArgumentException(
          "files cannot be turned over every "
              + this.period
              + " s by the clock: give 1 s to 1 day, or whole days");
    }
    rules = zone.getRules();
  }

  /** The first border after a moment. */
  public Instant after(Instant moment) {
    Instant from = moment;
    while (true) {
      @Nullable ZoneOffsetTransition change = rules.nextTransition(from);
      ZoneOffset offset = rules.getOffset(from);
      Instant border = following(local(from, offset)).toInstant(offset);
      if (change == null || border.isBefore(change.getInstant())) {
        return border;
      }
      if (isBorderIn(change)) {
        return change.getInstant();
      }
      from = change.getInstant();
    }
  }

  private static LocalDateTime local(Instant moment, ZoneOffset offset) {
    return LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), offset);
  }

  /** Whether clocks show a border at the moment they are changed, or skip one. */
  private boolean isBorderIn(ZoneOffsetTransition change) {
    LocalDateTime after = change.getDateTimeAfter();
    LocalDateTime last = following(after.minusNanos(1));
    if (last.equals(after)) {
      return change.isGap() || period < DAY;
    }
    return change.isGap() && following(change.getDateTimeBefore().minusNanos(1)).isBefore(after);
  }

  /** The next local time that is a border, on a clock that is never changed. */
  private LocalDateTime following(LocalDateTime local) {
    long day = local.toLocalDate().toEpochDay();
    if (period > DAY) {
      long days = period / DAY;
      return midnight((Math.floorDiv(day, days) + 1) * days);
    }
    long second = (local.toLocalTime().toSecondOfDay() / period + 1) * period;
    return second >= DAY ? midnight(day + 1) : midnight(day).plusSeconds(second);
  }

  private static LocalDateTime midnight(long epochDay) {
    return LocalDateTime.ofEpochSecond(epochDay * DAY, 0, ZoneOffset.UTC);
  }
}
