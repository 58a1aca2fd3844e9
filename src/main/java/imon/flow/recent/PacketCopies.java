package imon.flow.recent;

import imon.decode.Packet;
import imon.wire.Bytes;

/**
 * Notices packets that were captured twice, as a mirror port shows them that copies what enters a
 * switch and what leaves it. Compared are the innermost IP header, without what a router changes
 * (hop limit, header checksum, traffic class), and the first bytes behind it, which hold sequence
 * numbers and the checksum of all the rest. Frames around the packet may differ.
 *
 * <p>A copy comes at most {@link #DISTANCE} packets of the capture and {@link #WINDOW} after the
 * packet. Whoever sends something again gives it another IPv4 identification, or waits longer.
 * Packets without one (IPv6, and IPv4 with 0) may be alike though both were sent, such as two
 * acknowledgements: they are copies when a router was between them, or when they are long and come
 * sooner than anyone sends something again.
 */
public final class PacketCopies {
  /** How far behind a packet its copy may be, in packets of the capture, of any flow. */
  public static final int DISTANCE = 256;

  /** The same in nanoseconds; the first retransmission comes after 200 ms (RFC 6298: 1 s). */
  public static final long WINDOW = 5_000_000;

  /**
   * The window of packets without identification. Two long frames pass a gigabit link in it; nobody
   * has heard of a loss by then.
   */
  static final long SHORT_WINDOW = 25_000;

  /** Bytes of payload from which on such packets are not alike by chance. */
  static final int LONG_PAYLOAD = 256;

  private static final int IPV6_HEADER = 40;
  private static final int LEAST_BYTES = 8;

  // Words of an entry.
  private static final int KEY = 0;
  private static final int NUMBER = 1;
  private static final int TIME = 2;

  /** Place of the entry before that has the same head, above the hop limit. */
  private static final int LINK = 3;

  private static final int WORDS = 4;
  private static final int HOP_BITS = 8;
  private static final long HOP = (1 << HOP_BITS) - 1;
  private static final int HEAD_BITS = 9;

  // Odd numbers without a pattern.
  private static final long M0 = 0x9e37_79b9_7f4a_7c15L;
  private static final long M1 = 0xd6e8_feb8_6659_fd93L;
  private static final long M2 = 0xc2b2_ae3d_27d4_eb4fL;

  /** The latest packets; as many as can be within the distance, so that none is missed. */
  private final long[] entries = new long[DISTANCE * WORDS];

  /** By the upper bits of keys: the place of the latest entry; places go up from 1 for ever. */
  private final long[] heads = new long[1 << HEAD_BITS];

  private long places;

  // Of the packet at hand.
  private long key;
  private int hopLimit;
  private boolean identified;
  private int payloadLength;

  /** Whether the packet is a copy of one before; it is remembered. */
  public boolean isCopy(Packet packet) {
    if (packet.isTunnelledFragment() || !read(packet)) {
      return false;
    }
    int head = (int) (key >>> (Long.SIZE - HEAD_BITS));
    boolean found = isRemembered(heads[head], packet.number(), packet.time());
    long place = ++places;
    int at = at(place);
    entries[at + KEY] = key;
    entries[at + NUMBER] = packet.number();
    entries[at + TIME] = packet.time();
    entries[at + LINK] = (heads[head] << HOP_BITS) | hopLimit;
    heads[head] = place;
    return found;
  }

  private boolean isRemembered(long latest, long number, long time) {
    int sameHops = 0;
    int otherHops = 0;
    for (long place = latest; isKept(place, number); place = link(place) >>> HOP_BITS) {
      int at = at(place);
      // Two points of capture may disagree a little about time.
      long apart = Math.abs(time - entries[at + TIME]);
      if (entries[at + KEY] == key && apart <= WINDOW) {
        if (identified || (payloadLength >= LONG_PAYLOAD && apart <= SHORT_WINDOW)) {
          return true;
        }
        boolean same = (link(place) & HOP) == hopLimit;
        sameHops += same ? 1 : 0;
        otherHops += same ? 0 : 1;
      }
    }
    // What was sent twice is seen twice before a router, and twice behind it.
    return sameHops < otherHops;
  }

  private boolean isKept(long place, long number) {
    return place > 0
        && place > places - DISTANCE
        && number - entries[at(place) + NUMBER] <= DISTANCE;
  }

  private long link(long place) {
    return entries[at(place) + LINK];
  }

  private static int at(long place) {
    return (int) (place & (DISTANCE - 1)) * WORDS;
  }

  /** Reads what tells packets apart; false when too little was captured. */
  private boolean read(Packet packet) {
    byte[] buffer = packet.buffer();
    int network = packet.network();
    hopLimit = packet.hopLimit();
    return (buffer[network] & 0xf0) == 0x40
        ? readIpv4(packet, buffer, network)
        : readIpv6(packet, buffer, network);
  }

  private boolean readIpv4(Packet packet, byte[] buffer, int network) {
    int headerLength = (buffer[network] & 0x0f) << 2;
    int identification = Bytes.u16(buffer, network + 4);
    identified = identification != 0;
    payloadLength = Bytes.u16(buffer, network + 2) - headerLength;
    // Total length, identification, flags and fragment offset; with the protocol below.
    long header = Bytes.i64(buffer, network) << 16 >>> 16;
    return mix(packet, header ^ ((long) buffer[network + 9] << 48), network + headerLength);
  }

  private boolean readIpv6(Packet packet, byte[] buffer, int network) {
    identified = false;
    payloadLength = Bytes.u16(buffer, network + 4);
    // Payload length and next header.
    return mix(packet, Bytes.i32(buffer, network + 4) >>> 8, network + IPV6_HEADER);
  }

  private boolean mix(Packet packet, long header, int start) {
    byte[] buffer = packet.buffer();
    int length = packet.payloadLimit() - start;
    if (length < LEAST_BYTES) {
      return false;
    }
    long first = Bytes.i64(buffer, start);
    long second = length >= 16 ? Bytes.i64(buffer, start + 8) : 0;
    long third = length >= 20 ? Bytes.i32(buffer, start + 16) : 0;
    long ends =
        fold(
            packet.sourceLow() ^ (packet.sourceHigh() * M0),
            packet.destinationLow() ^ (packet.destinationHigh() * M1) ^ M2);
    long contents = fold(first ^ M0, second ^ M1);
    key = fold(ends ^ contents, fold(header ^ M2, third ^ M1) ^ M0);
    return true;
  }

  /** Both halves of the product, so that every bit of one reaches every bit of the result. */
  private static long fold(long a, long b) {
    return (a * b) ^ Math.multiplyHigh(a, b);
  }
}
