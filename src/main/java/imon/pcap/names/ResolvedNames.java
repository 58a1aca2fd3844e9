package imon.pcap.names;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names in the Name Resolution Blocks of one capture: each address and name once, in the order
 * of the file, at most {@link #MAX_NAMES}. A block is a list of records, each a type and a length
 * (16 bits), an address, and names that a zero byte ends, padded to 32 bits; the record of type 0
 * ends the list, and options follow.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html">the draft</a>,
 *     section 4.5
 */
public final class ResolvedNames {
  /** Most names of a capture; what comes after them is left out. */
  public static final int MAX_NAMES = 1 << 16;

  /** Longest name in bytes; no host name is longer (RFC 1035, section 2.3.4). */
  public static final int MAX_NAME_BYTES = 255;

  private static final int END_RECORD = 0;
  private static final int IPV4_RECORD = 1;
  private static final int IPV6_RECORD = 2;
  private static final int HEADER = 4;
  private static final long IPV4_MAPPED = 0xffff_0000_0000L;

  private final Set<Name> names = new LinkedHashSet<>();
  private boolean broken;
  private boolean leftOut;

  /**
   * One name of one address.
   *
   * @param high first 64 bits of the IPv6 address, or of the IPv4-mapped one (RFC 4291, section
   *     2.5.5.2)
   * @param low its last 64 bits
   * @param text as it stands in the file, read as UTF-8
   */
  public record Name(long high, long low, String text) implements Comparable<Name> {
    /** For a map in which somebody has put many that share a hash. */
    @Override
    public int compareTo(Name other) {
      int address =
          high != other.high ? Long.compare(high, other.high) : Long.compare(low, other.low);
      return address != 0 ? address : text.compareTo(other.text);
    }
  }

  /**
   * Takes the records of a block that stand in {@code bytes[from, to)}, a multiple of 32 bits.
   * Keeps no buffer.
   *
   * @return where the block's options begin; {@code to} when there are none
   */
  public int read(byte[] bytes, int from, int to, boolean bigEndian) {
    broken = false;
    leftOut = false;
    int at = from;
    while (to - at >= HEADER) {
      int type = half(bytes, at, bigEndian);
      int length = half(bytes, at + 2, bigEndian);
      int value = at + HEADER;
      if (length > to - value) {
        broken = true;
        return to;
      }
      at = value + ((length + 3) & ~3);
      switch (type) {
        case END_RECORD -> {
          return at;
        }
        case IPV4_RECORD -> takeIpv4(bytes, value, value + length);
        case IPV6_RECORD -> takeIpv6(bytes, value, value + length);
        default -> {}
      }
    }
    return to;
  }

  /** Whether a record of the block read last ran over it, or had no name, or one without end. */
  public boolean broken() {
    return broken;
  }

  /** Whether a name of the block read last was one too many, or too long. */
  public boolean leftOut() {
    return leftOut;
  }

  /** The names of all blocks read. */
  public List<Name> names() {
    return List.copyOf(names);
  }

  private void takeIpv4(byte[] bytes, int from, int to) {
    if (to - from < Integer.BYTES) {
      broken = true;
      return;
    }
    takeNames(bytes, from + Integer.BYTES, to, 0, IPV4_MAPPED | number(bytes, from, Integer.BYTES));
  }

  private void takeIpv6(byte[] bytes, int from, int to) {
    if (to - from < 2 * Long.BYTES) {
      broken = true;
      return;
    }
    int names = from + 2 * Long.BYTES;
    long high = number(bytes, from, Long.BYTES);
    takeNames(bytes, names, to, high, number(bytes, from + Long.BYTES, Long.BYTES));
  }

  /** A last name without its zero byte may be cut, and is not taken. */
  private void takeNames(byte[] bytes, int from, int to, long high, long low) {
    int start = from;
    for (int at = from; at < to; at++) {
      if (bytes[at] == 0) {
        add(bytes, start, at, high, low);
        start = at + 1;
      }
    }
    broken |= start < to || from == to;
  }

  /** Some writers count the padding, too: it is no name. */
  private void add(byte[] bytes, int from, int to, long high, long low) {
    if (to - from > MAX_NAME_BYTES) {
      leftOut = true;
      return;
    }
    if (from < to) {
      Name name = new Name(high, low, new String(bytes, from, to - from, StandardCharsets.UTF_8));
      leftOut |= names.size() == MAX_NAMES && !names.contains(name);
      if (names.size() < MAX_NAMES) {
        names.add(name);
      }
    }
  }

  /** An address is in network byte order, whatever the section's. */
  private static long number(byte[] bytes, int at, int length) {
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = number << 8 | (bytes[at + i] & 0xff);
    }
    return number;
  }

  private static int half(byte[] bytes, int at, boolean bigEndian) {
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    return bigEndian ? first << 8 | second : second << 8 | first;
  }
}
