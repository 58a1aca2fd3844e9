package imon.flow;

import java.util.SplittableRandom;

/**
 * Which flow a packet belongs to: two addresses, protocol and ports, in either direction. A record
 * of {@link FlowTable} begins with these words.
 */
final class FlowKey {
  private static final long PORTED = 1L << 32;

  /**
   * Others in each process, so that nobody can make a capture of flows with one hash, which would
   * be looked through one by one.
   */
  private static final long ADDRESS_FACTOR;

  private static final long PORT_FACTOR;
  private static final long MIXING_FACTOR;

  static {
    SplittableRandom random = new SplittableRandom();
    ADDRESS_FACTOR = random.nextLong() | 1;
    PORT_FACTOR = random.nextLong() | 1;
    MIXING_FACTOR = random.nextLong() | 1;
  }

  private FlowKey() {}

  /** The word of a record that says protocol and ports, A's first. */
  static long ends(int protocol, boolean ported, int portA, int portB) {
    return (long) protocol << 40 | (ported ? PORTED : 0) | (long) portA << 16 | portB;
  }

  static int protocol(long ends) {
    return (int) (ends >>> 40);
  }

  static boolean isPorted(long ends) {
    return (ends & PORTED) != 0;
  }

  static int portA(long ends) {
    return (int) (ends >>> 16) & 0xffff;
  }

  static int portB(long ends) {
    return (int) ends & 0xffff;
  }

  /** The same for the other direction. */
  static long swapped(long ends) {
    return (ends & ~0xffff_ffffL) | (ends & 0xffff) << 16 | (ends >>> 16 & 0xffff);
  }

  /**
   * A hash of a flow's key, the same in either direction, and another one in each process: nothing
   * that is told may depend on it.
   */
  static int hash(long highA, long lowA, long highB, long lowB, long ends) {
    long both = hashOfEnd(highA, lowA, portA(ends)) + hashOfEnd(highB, lowB, portB(ends));
    return (int) (((both ^ (ends >>> 32)) * MIXING_FACTOR) >>> 32);
  }

  private static long hashOfEnd(long high, long low, int port) {
    long mixed = ((high * ADDRESS_FACTOR ^ low) + port * PORT_FACTOR) * MIXING_FACTOR;
    mixed ^= mixed >>> 32;
    return mixed * ADDRESS_FACTOR;
  }

  /** Whether the key of the record in {@code page} from {@code base} on is this, either way. */
  static boolean matchesEither(
      long[] page, int base, long highA, long lowA, long highB, long lowB, long ends) {
    return matches(page, base, highA, lowA, highB, lowB, ends)
        || matches(page, base, highB, lowB, highA, lowA, swapped(ends));
  }

  private static boolean matches(
      long[] page, int base, long highA, long lowA, long highB, long lowB, long ends) {
    return page[base + FlowTable.LOW_A] == lowA
        && page[base + FlowTable.LOW_B] == lowB
        && page[base + FlowTable.ENDS] == ends
        && page[base + FlowTable.HIGH_A] == highA
        && page[base + FlowTable.HIGH_B] == highB;
  }
}
