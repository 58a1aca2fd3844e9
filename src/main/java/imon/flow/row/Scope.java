package imon.flow.row;

import imon.wire.Addresses;

/** Where the two ends of a flow are. */
public enum Scope {
  INTERNET,
  /** Both ends are on local networks. */
  LOCAL,
  /** One end is a multicast or broadcast address. */
  MULTICAST;

  /** Scope of a flow between two addresses; see {@link Addresses} for the words. */
  public static Scope between(long highA, long lowA, long highB, long lowB) {
    if (isMulticast(highA, lowA) || isMulticast(highB, lowB)) {
      return MULTICAST;
    }
    return isLocal(highA, lowA) && isLocal(highB, lowB) ? LOCAL : INTERNET;
  }

  private static boolean isMulticast(long high, long low) {
    if (Addresses.isIpv4(high, low)) {
      int address = (int) low;
      return address >>> 28 == 0xe || address == -1;
    }
    return high >>> 56 == 0xff;
  }

  /**
   * RFC 1918, 100.64.0.0/10 (RFC 6598), link-local (RFC 3927, RFC 4291), loopback, this host (RFC
   * 6890), and fc00::/7 (RFC 4193).
   */
  public static boolean isLocal(long high, long low) {
    if (Addresses.isIpv4(high, low)) {
      int address = (int) low;
      return address >>> 24 == 10
          || address >>> 20 == 0xac1
          || address >>> 16 == 0xc0a8
          || address >>> 22 == (100 << 2 | 1)
          || address >>> 16 == 0xa9fe
          || address >>> 24 == 127
          || address == 0;
    }
    return high >>> 57 == 0xfc >>> 1
        || high >>> 54 == 0xfe80 >>> 6
        || (high == 0 && (low == 1 || low == 0));
  }
}
