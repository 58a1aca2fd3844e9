package imon.decode;

/**
 * Tells between which times successive packets of a capture were, after each {@link #PACKETS} of
 * them: the same packets whatever the blocks and the number of workers. While the times are hardly
 * later, or earlier, than those told last, nothing can have become old by them, and it tells only
 * after {@link #MOST_PACKETS}, for what is old by its number.
 */
final class SpanClock {
  /**
   * Packets of a span: so many that a few with a wrong time change nothing, and few enough that
   * what waits for the end of a span is small.
   */
  static final int PACKETS = 1 << 16;

  /**
   * Packets after which it tells in any case: so few that a flood of one packet a flow does not
   * fill the memory, however fast it comes, and so many that all flows can be looked at.
   */
  static final int MOST_PACKETS = 1 << 20;

  /** How far time must have moved before it is told again, else. */
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
    boolean ends = (number & PACKETS - 1) == 0 && endSpan((number & MOST_PACKETS - 1) == 0);
    earliest = Math.min(earliest, time);
    latest = Math.max(latest, time);
    return ends;
  }

  private boolean endSpan(boolean inAnyCase) {
    long from = earliest;
    long to = latest;
    earliest = Long.MAX_VALUE;
    latest = Long.MIN_VALUE;
    if (!inAnyCase && from - toldEarliest <= STEP && toldLatest - to <= STEP) {
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
