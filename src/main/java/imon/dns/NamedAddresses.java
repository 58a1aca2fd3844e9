package imon.dns;

import imon.dns.device.SeenBy;

/**
 * Names of addresses that one message gives, in the order of its records. What it holds is valid
 * until its message is wrapped anew.
 */
public final class NamedAddresses {
  /** Most names that are kept of one message. */
  public static final int MAX = 128;

  private final String[] names = new String[MAX];
  private final long[] highs = new long[MAX];
  private final long[] lows = new long[MAX];
  private final int[] ttls = new int[MAX];
  private final SeenBy[] seenBy = new SeenBy[MAX];
  private int count;

  NamedAddresses() {}

  /** The accessors below take an index below it. */
  public int count() {
    return count;
  }

  public String name(int index) {
    return names[index];
  }

  /** First 64 bits of the address; 0 for IPv4, and when the message gives no address. */
  public long high(int index) {
    return highs[index];
  }

  /** Last 64 bits of the address; 0 when the message gives no address. */
  public long low(int index) {
    return lows[index];
  }

  /** Seconds, 0 to 2^31 - 1. */
  public int ttl(int index) {
    return ttls[index];
  }

  /** How the name is known; {@code REVERSE} for a reverse answer. */
  public SeenBy seenBy(int index) {
    return seenBy[index];
  }

  /** False when there is no room left. */
  boolean add(SeenBy how, String name, long high, long low, int ttl) {
    if (count == MAX) {
      return false;
    }
    seenBy[count] = how;
    names[count] = name;
    highs[count] = high;
    lows[count] = low;
    ttls[count] = ttl;
    count++;
    return true;
  }

  void clear() {
    count = 0;
  }
}
