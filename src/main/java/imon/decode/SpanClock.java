package imon.decode;

/**
 * Tells between which times successive packets of a capture were, after each {@link #PACKETS} of
 * them: the same packets whatever the blocks and the number of workers. It stays silent while the
 * times are hardly later, or earlier, than those told last, as nothing can have become old then.
 */
final class SpanClock {
  /**
   * Packets of a span: so many that a few with a wrong time change nothing, and few enough that
   * what waits for the end of a span is small.
   */
  static final int PACKETS = 1 << 16;

  /** How far time must have moved before it is told again. */
  private static final long STEP = 30_000_000_000L;

  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;
  private long toldEarliest;
  private long toldLatest;

  /**
   * The next packet; numbers go up by one.
   *
   * @param number from 1
   * @param time nanoseconds since 1970 UTC
   * @return whether a span has ended before this packet, and is told
   */
  boolean tick(long number, long time) {
    boolean ends = (number & PACKETS - 1) == 0 && endSpan();
    earliest = Math.min(earliest, time);
    latest = Math.max(latest, time);
    return ends;
  }

  private boolean endSpan() {
    long from = earliest;
    long to = latest;
    earliest = Long.MAX_VALUE;
    latest = Long.MIN_VALUE;
    if (from - toldEarliest <= STEP && toldLatest - to <= STEP) {
      return false;
    }
    toldEarliest = from;
    toldLatest = to;
    return true;
  }

  /** The earliest time told last, nanoseconds since 1970 UTC. */
  long earliest() {
    return toldEarliest;
  }

  /** The latest time told last, nanoseconds since 1970 UTC. */
  long latest() {
    return toldLatest;
  }
}
