package imon.wire;

import imon.wire.Addresses.Words;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that share their first bits: one address, or a block in CIDR notation (RFC 4632,
 * RFC 4291 section 2.3).
 *
 * @param high the first 64 bits of its first address, see {@link Addresses}
 * @param low the other 64 bits
 * @param bits how many of the 128 bits all of them share; of an IPv4 block 96 to 128
 */
public record AddressBlock(long high, long low, int bits) {
  private static final int ALL_BITS = 128;
  private static final int IPV4_BITS = 32;

  /** Bits beyond the shared ones do not count. */
  public AddressBlock {
    high &= mask(bits);
    low &= mask(bits - Long.SIZE);
  }

  /** The first this many bits of a word. */
  private static long mask(int bits) {
    return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
  }

  /** The block written as {@code 192.0.2.7}, {@code 192.0.2.0/24} or {@code 2001:db8::/32}. */
  public static @Nullable AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    Words first = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
    if (first == null) {
      return null;
    }
    int most = Addresses.isIpv4(first.high(), first.low()) ? IPV4_BITS : ALL_BITS;
    int length = slash < 0 ? most : length(text.substring(slash + 1));
    boolean possible = length >= 0 && length <= most;
    return possible ? new AddressBlock(first.high(), first.low(), ALL_BITS - most + length) : null;
  }

  /** A prefix length of at most three digits, or -1. */
  private static int length(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }

  public boolean isIpv4() {
    return bits >= ALL_BITS - IPV4_BITS && Addresses.isIpv4(high, low);
  }

  /** Whether an address lies in it; an IPv4 address never lies in a block of IPv6 addresses. */
  public boolean contains(long addressHigh, long addressLow) {
    return (addressHigh & highMask()) == high
        && (addressLow & lowMask()) == low
        && isIpv4() == Addresses.isIpv4(addressHigh, addressLow);
  }

  /** The bits that addresses of the block share in their first word. */
  public long highMask() {
    return mask(bits);
  }

  /** The same of their second word. */
  public long lowMask() {
    return mask(bits - Long.SIZE);
  }

  @Override
  public String toString() {
    int length = isIpv4() ? bits - ALL_BITS + IPV4_BITS : bits;
    return Addresses.text(high, low) + (bits == ALL_BITS ? "" : "/" + length);
  }
}
