package imon.wire;

import org.jspecify.annotations.Nullable;

/**
 * IP addresses as two words of 64 bits in network byte order. An IPv4 address is the IPv4-mapped
 * IPv6 address (RFC 4291, section 2.5.5.2): high word 0, low word {@code 0000ffff} and the address.
 */
public final class Addresses {
  private static final long MAPPED = 0xffff_0000_0000L;
  private static final int GROUPS = 8;
  private static final int MAX_GROUP_DIGITS = 4;

  private Addresses() {}

  /** One address as two words. */
  public record Words(long high, long low) {}

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

  /**
   * The address written in {@code text}: four decimal numbers without leading zeros, or an IPv6
   * address of RFC 4291, section 2.2; null for anything else, such as a zone, a prefix length, a
   * bracket or a blank.
   */
  public static @Nullable Words parse(String text) {
    if (text.indexOf(':') >= 0) {
      return parseIpv6(text);
    }
    long ipv4 = parseIpv4(text, 0);
    return ipv4 < 0 ? null : new Words(0, mapped((int) ipv4));
  }

  /** The 32 bits of the IPv4 address from {@code start} to the end of the text, or -1. */
  private static long parseIpv4(String text, int start) {
    long address = 0;
    int at = start;
    for (int part = 0; part < 4; part++) {
      int end = digitsEnd(text, at, 10, 3);
      if (end == at || (end > at + 1 && text.charAt(at) == '0')) {
        return -1;
      }
      int value = Integer.parseInt(text, at, end, 10);
      boolean closed = part == 3 ? end == text.length() : text.startsWith(".", end);
      if (value > 255 || !closed) {
        return -1;
      }
      address = address << 8 | value;
      at = end + 1;
    }
    return address;
  }

  private static @Nullable Words parseIpv6(String text) {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = text.startsWith("::") ? 0 : -1;
    int at = gap == 0 ? 2 : 0;
    while (at < text.length()) {
      int end = digitsEnd(text, at, 16, MAX_GROUP_DIGITS);
      if (text.startsWith(".", end)) {
        long ipv4 = parseIpv4(text, at);
        if (ipv4 < 0 || count > GROUPS - 2) {
          return null;
        }
        groups[count++] = (int) (ipv4 >>> 16);
        groups[count++] = (int) ipv4 & 0xffff;
        break;
      }
      if (end == at || count == GROUPS) {
        return null;
      }
      groups[count++] = Integer.parseInt(text, at, end, 16);
      at = end;
      if (text.startsWith("::", at) && gap < 0) {
        gap = count;
        at += 2;
      } else if (at < text.length() && (text.charAt(at) != ':' || ++at == text.length())) {
        return null;
      }
    }
    boolean whole = gap < 0 ? count == GROUPS : count < GROUPS;
    return whole ? words(groups, count, gap < 0 ? count : gap) : null;
  }

  /** Where the digits from {@code start} end, at most {@code most} of them. */
  private static int digitsEnd(String text, int start, int radix, int most) {
    int end = start;
    while (end < text.length() && end - start < most && isDigit(text.charAt(end), radix)) {
      end++;
    }
    return end;
  }

  /** Of ASCII only. */
  private static boolean isDigit(char c, int radix) {
    return c < 0x80 && Character.digit(c, radix) >= 0;
  }

  /** The groups from {@code gap} on stand at the address's end. */
  private static Words words(int[] groups, int count, int gap) {
    long[] words = new long[2];
    for (int i = 0; i < count; i++) {
      int place = i < gap ? i : i + GROUPS - count;
      words[place / 4] |= (long) groups[i] << (48 - 16 * (place % 4));
    }
    return new Words(words[0], words[1]);
  }
}
