package imon.wire;

/**
 * IP addresses as two words of 64 bits in network byte order. An IPv4 address is the IPv4-mapped
 * IPv6 address (RFC 4291, section 2.5.5.2): high word 0, low word {@code 0000ffff} and the address.
 */
public final class Addresses {
  private static final long MAPPED = 0xffff_0000_0000L;

  private Addresses() {}

  /** The low word of an IPv4 address. */
  public static long mapped(int ipv4) {
    return MAPPED | (ipv4 & 0xffff_ffffL);
  }

  public static boolean isIpv4(long high, long low) {
    return high == 0 && low >>> 32 == 0xffff;
  }

  /** Spreads the bits of two words over 64 bits. */
  public static long hash(long high, long low) {
    long mixed = (high * 0x9e37_79b9_7f4a_7c15L ^ low) * 0xd6e8_feb8_6659_fd93L;
    mixed ^= mixed >>> 32;
    return mixed * 0xd6e8_feb8_6659_fd93L;
  }

  /** A hash of two addresses, the same in either order. */
  public static long pairHash(long highA, long lowA, long highB, long lowB) {
    return hash(highA, lowA) + hash(highB, lowB);
  }

  /** The address as text: dotted decimal, or RFC 5952. */
  public static String text(long high, long low) {
    return isIpv4(high, low) ? ipv4Text((int) low) : ipv6Text(high, low);
  }

  private static String ipv4Text(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }

  private static int group(long high, long low, int index) {
    long word = index < 4 ? high : low;
    return (int) (word >>> (48 - 16 * (index & 3))) & 0xffff;
  }

  private static String ipv6Text(long high, long low) {
    int zerosStart = -1;
    int zerosLength = 1;
    for (int i = 0; i < 8; i++) {
      int length = 0;
      while (i + length < 8 && group(high, low, i + length) == 0) {
        length++;
      }
      if (length > zerosLength) {
        zerosStart = i;
        zerosLength = length;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == zerosStart) {
        text.append("::");
        i += zerosLength - 1;
      } else {
        if (i > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(high, low, i)));
      }
    }
    return text.toString();
  }
}
