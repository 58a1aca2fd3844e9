package imon.dns;

import imon.wire.Addresses;

/**
 * A name that stands for an address: four numbers backwards before {@code in-addr.arpa} (RFC 1035,
 * section 3.5), or 32 hexadecimal digits backwards before {@code ip6.arpa} (RFC 3596, section 2.5).
 * Reused.
 */
final class ReverseName {
  private static final String IPV4_END = ".in-addr.arpa";
  private static final String IPV6_END = ".ip6.arpa";
  private static final int IPV6_LENGTH = 2 * 32 - 1 + IPV6_END.length();

  private long high;
  private long low;

  /** Whether {@code host}, in normal form, stands for one address and no more. */
  boolean read(String host) {
    return host.endsWith(IPV4_END) ? readIpv4(host) : readIpv6(host);
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  private boolean readIpv4(String host) {
    int address = 0;
    int at = 0;
    for (int part = 0; part < 4; part++) {
      int first = at;
      int value = 0;
      while (at < first + 3 && isDigit(host.charAt(at))) {
        value = value * 10 + host.charAt(at++) - '0';
      }
      boolean padded = at > first + 1 && host.charAt(first) == '0';
      if (at == first || padded || value > 255 || host.charAt(at) != '.') {
        return false;
      }
      address |= value << (8 * part);
      at += part == 3 ? 0 : 1;
    }
    high = 0;
    low = Addresses.mapped(address);
    return at == host.length() - IPV4_END.length();
  }

  private boolean readIpv6(String host) {
    if (host.length() != IPV6_LENGTH || !host.endsWith(IPV6_END)) {
      return false;
    }
    high = 0;
    low = 0;
    for (int i = 0; i < 32; i++) {
      int digit = Character.digit(host.charAt(2 * i), 16);
      if (digit < 0 || host.charAt(2 * i + 1) != '.') {
        return false;
      }
      if (i < 16) {
        low |= (long) digit << (4 * i);
      } else {
        high |= (long) digit << (4 * (i - 16));
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
