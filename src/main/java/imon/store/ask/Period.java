package imon.store.ask;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The minutes that are asked about. The ledger has minutes, so that the bytes of periods which
 * follow each other sum up to those of the whole.
 *
 * @param from its first minute, counted from 1970 UTC
 * @param to the first minute after it
 */
public record Period(long from, long to) {
  private static final int SECONDS = 60;
  private static final int MINUTES = 60;

  /** Beyond every time a store can hold. */
  private static final long LAST = Integer.MAX_VALUE;

  /** All minutes. */
  public static final Period ALL = new Period(0, LAST);

  public Period {
    if (from > to) {
      throw new IllegalArgumentException("a period that ends before it begins");
    }
  }

  /**
   * From one moment to another; both are rounded down to the minute.
   *
   * @param from null for the first packet there is
   * @param to null for the last one
   * @throws IllegalArgumentException when no minute is left
   */
  public static Period between(@Nullable Instant from, @Nullable Instant to) {
    long first = from == null ? 0 : minute(from);
    long end = to == null ? LAST : minute(to);
    if (first >= end) {
      throw new IllegalArgumentException(
          "the period from %s to %s holds no minute".formatted(from, to));
    }
    return new Period(first, end);
  }

  private static long minute(Instant time) {
    return Math.min(LAST, Math.max(0, Math.floorDiv(time.getEpochSecond(), SECONDS)));
  }

  /** When it begins, or null when that is open. */
  public @Nullable Instant begin() {
    return from == 0 ? null : Instant.ofEpochSecond(from * SECONDS);
  }

  /** When it is over, or null when that is open. */
  public @Nullable Instant end() {
    return to == LAST ? null : Instant.ofEpochSecond(to * SECONDS);
  }

  /** The hours (UTC) that lie in it as a whole; it may be empty. */
  Period wholeHours() {
    long first = (from + MINUTES - 1) / MINUTES * MINUTES;
    long end = to == LAST ? LAST : to / MINUTES * MINUTES;
    return first < end ? new Period(first, end) : new Period(from, from);
  }
}
