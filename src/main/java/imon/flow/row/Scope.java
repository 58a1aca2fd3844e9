package imon.flow.row;

import imon.wire.Addresses;

/** Where the two ends of a flow are. */
public enum Scope {
  INTERNET,
  /** Both ends are on local networks. */
  LOCAL,
  /** One end is a multicast or broadcast address. */
  MULTICAST;

  /** Whether an address is a group's, or that of all on the link (255.255.255.255). */
  public static boolean isMulticast(long high, long low) {
    if (Addresses.isIpv4(high, low)) {
      int address = (int) low;
      return address >>> 28 == 0xe || address == -1;
    }
    return high >>> 56 == 0xff;
  }
}
