package imon.pcap;

import com.google.common.math.LongMath;
import java.util.Arrays;

/**
 * The interfaces of one pcapng section: link type, snap length, clock, and packets lost. Times are
 * computed in integers, rounded down.
 */
final class PcapngInterfaces {
  /** More than this are not believed; a packet block of the older kind cannot name more. */
  static final int LIMIT = 65_536;

  /** First second after the times that are believed: the start of the year 2200. */
  static final long END_OF_TIME_SECONDS = 7_258_118_400L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MICROSECONDS = 6;
  private static final int BINARY = 0x80;

  /** Nobody has said how many packets were lost. */
  static final long UNKNOWN = -1;

  private int count;
  private int[] linkType = new int[4];
  private int[] snapLength = new int[4];
  private int[] resolution = new int[4];
  private long[] offsetSeconds = new long[4];
  private long[] plainNanosPerTick = new long[4];
  private long[] plainTicksEnd = new long[4];
  private long[] lostBetweenPackets = new long[4];
  private long[] lostByStatistics = new long[4];
  private long lostInEarlierSections = UNKNOWN;

  int count() {
    return count;
  }

  /** Forgets all interfaces, except for what they lost. */
  void beginSection() {
    lostInEarlierSections = lost();
    count = 0;
  }

  /** Adds the next interface, with microseconds since 1970 as its clock. */
  void add(int link, int snap) {
    if (count == linkType.length) {
      grow();
    }
    linkType[count] = link;
    snapLength[count] = snap;
    lostBetweenPackets[count] = UNKNOWN;
    lostByStatistics[count] = UNKNOWN;
    count++;
    clock(MICROSECONDS, 0);
  }

  /**
   * Sets the clock of the interface added last: {@code if_tsresol} as the option has it and {@code
   * if_tsoffset} in seconds.
   */
  void clock(int tsresol, long tsoffset) {
    int id = count - 1;
    resolution[id] = tsresol;
    offsetSeconds[id] = tsoffset;
    boolean plain = tsresol <= 9 && tsoffset == 0;
    plainNanosPerTick[id] = plain ? LongMath.pow(10, 9 - tsresol) : 1;
    plainTicksEnd[id] = plain ? END_OF_TIME_SECONDS * NANOS_PER_SECOND / plainNanosPerTick[id] : 0;
  }

  int linkType(int id) {
    return linkType[id];
  }

  /** Snap length, as unsigned; 0 is no limit. */
  int snapLength(int id) {
    return snapLength[id];
  }

  /**
   * Nanoseconds since 1970 of a time in this interface's ticks (64 bits, unsigned); negative when
   * before 1970, {@code Long.MAX_VALUE} when after 2199.
   */
  long nanos(int id, long ticks) {
    if (ticks >= 0 && ticks < plainTicksEnd[id]) {
      return ticks * plainNanosPerTick[id];
    }
    int exponent = resolution[id] & ~BINARY;
    return (resolution[id] & BINARY) == 0
        ? decimalNanos(ticks, exponent, offsetSeconds[id])
        : binaryNanos(ticks, exponent, offsetSeconds[id]);
  }

  /**
   * A tick is 10^-exponent seconds. Ticks finer than 10^-18 are made coarser, two digits a step.
   */
  private static long decimalNanos(long ticks, int exponent, long offset) {
    while (exponent > 18) {
      ticks = Long.divideUnsigned(ticks, 10);
      exponent--;
    }
    long perSecond = LongMath.pow(10, exponent);
    long fraction = Long.remainderUnsigned(ticks, perSecond);
    long nanos =
        exponent <= 9
            ? fraction * LongMath.pow(10, 9 - exponent)
            : fraction / LongMath.pow(10, exponent - 9);
    return join(Long.divideUnsigned(ticks, perSecond), nanos, offset);
  }

  /** A tick is 2^-exponent seconds. The fraction is cut to 32 bits, finer than a nanosecond. */
  private static long binaryNanos(long ticks, int exponent, long offset) {
    long seconds = exponent < 64 ? ticks >>> exponent : 0;
    long fraction = exponent < 64 ? ticks & (1L << exponent) - 1 : ticks;
    int bits = exponent;
    if (bits > 32) {
      fraction = bits - 32 < 64 ? fraction >>> (bits - 32) : 0;
      bits = 32;
    }
    return join(seconds, (fraction * NANOS_PER_SECOND) >>> bits, offset);
  }

  private static long join(long seconds, long nanos, long offset) {
    long shifted = LongMath.saturatedAdd(seconds < 0 ? Long.MAX_VALUE : seconds, offset);
    if (shifted < 0) {
      return -1;
    }
    return shifted < END_OF_TIME_SECONDS ? shifted * NANOS_PER_SECOND + nanos : Long.MAX_VALUE;
  }

  /** Packets (unsigned) lost just before a packet of this interface. */
  void lostBeforePacket(int id, long packets) {
    lostBetweenPackets[id] = sum(lostBetweenPackets[id], packets);
  }

  /** What was lost before, or {@link #UNKNOWN}, and more (unsigned). */
  static long sum(long before, long more) {
    return LongMath.saturatedAdd(Math.max(0, before), believable(more));
  }

  /**
   * Packets lost since the start of the capture, by the interface's statistics; {@link #UNKNOWN}
   * when these do not say.
   */
  void lostSinceStart(int id, long packets) {
    lostByStatistics[id] = Math.max(lostByStatistics[id], packets);
  }

  private static long believable(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  /**
   * Packets lost by all interfaces of all sections so far, negative when none says. Statistics and
   * packets tell of the same losses: the higher figure of the two counts.
   */
  long lost() {
    long sum = lostInEarlierSections;
    for (int id = 0; id < count; id++) {
      long lost = Math.max(lostBetweenPackets[id], lostByStatistics[id]);
      if (lost >= 0) {
        sum = LongMath.saturatedAdd(Math.max(0, sum), lost);
      }
    }
    return sum;
  }

  private void grow() {
    int larger = count * 2;
    linkType = Arrays.copyOf(linkType, larger);
    snapLength = Arrays.copyOf(snapLength, larger);
    resolution = Arrays.copyOf(resolution, larger);
    offsetSeconds = Arrays.copyOf(offsetSeconds, larger);
    plainNanosPerTick = Arrays.copyOf(plainNanosPerTick, larger);
    plainTicksEnd = Arrays.copyOf(plainTicksEnd, larger);
    lostBetweenPackets = Arrays.copyOf(lostBetweenPackets, larger);
    lostByStatistics = Arrays.copyOf(lostByStatistics, larger);
  }
}
