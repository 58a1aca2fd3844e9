package imon.flow.recent;

import imon.wire.Addresses;

/**
 * Tells what was said before, in a table of fixed size: whoever lost its place in it is taken for
 * new again, so that a repeat is never certain to be caught, and news is never lost.
 */
public final class Repeats {
  private static final int BITS = 12;

  private final long[] highs = new long[1 << BITS];
  private final long[] lows = new long[1 << BITS];

  /** Whether these two words were not the last ones in their place. */
  public boolean isNew(long high, long low) {
    int slot = (int) (Addresses.hash(high, low) >>> (64 - BITS));
    boolean news = highs[slot] != high || lows[slot] != low;
    highs[slot] = high;
    lows[slot] = low;
    return news;
  }
}
