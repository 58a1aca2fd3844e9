package imon.wire;

import imon.pcap.Anomaly;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 header (RFC 791, section 3.1).
 *
 * <pre>
 *  0               1               2               3
 * +-------+-------+---------------+-------------------------------+
 * |Version|  IHL  |      TOS      |          Total Length         |
 * +-------+-------+---------------+-----+-------------------------+
 * |         Identification        |Flags|     Fragment Offset     |
 * +---------------+---------------+-----+-------------------------+
 * |      TTL      |    Protocol   |        Header Checksum        |
 * +---------------+---------------+-------------------------------+
 * |                         Source Address                        |
 * +---------------------------------------------------------------+
 * |                      Destination Address                      |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class Ipv4Packet {
  private static final int MINIMUM_HEADER = 20;
  private static final int AUTHENTICATION_HEADER = 12;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT_OFFSET = 0x1fff;

  private byte[] buffer = new byte[0];
  private int offset;
  private int protocol;
  private int wireLimit;
  private int payload;
  private int payloadLimit;
  private @Nullable Anomaly payloadAnomaly;

  /**
   * A total length of 0 is what segmentation offload leaves behind: the packet then ends where the
   * frame does. A bad total length leaves the addresses sound: see {@link #payloadAnomaly()}.
   */
  public @Nullable Anomaly wrap(byte[] packet, int start, int limit) {
    if (limit - start < MINIMUM_HEADER) {
      return Anomaly.IPV4_HEADER_CUT;
    }
    int first = packet[start];
    int headerLength = (first & 0x0f) << 2;
    if ((first & 0xf0) != 0x40 || headerLength < MINIMUM_HEADER) {
      return Anomaly.IPV4_HEADER_BAD;
    }
    buffer = packet;
    offset = start;
    int totalLength = Bytes.u16(packet, start + 2);
    payloadLimit = totalLength == 0 ? limit : Math.min(limit, start + totalLength);
    wireLimit = totalLength == 0 ? Integer.MAX_VALUE : start + totalLength;
    payload = Math.min(start + headerLength, payloadLimit);
    payloadAnomaly =
        totalLength != 0 && totalLength < headerLength ? Anomaly.IPV4_LENGTH_BAD : null;
    protocol = Bytes.u8(packet, start + 9);
    if (protocol == IpProtocol.AUTHENTICATION) {
      stepOverAuthentication();
    }
    return null;
  }

  /**
   * Whether the checksum of what may be a header is right (RFC 1071): what is none has 1 in 65,536
   * of them.
   */
  public static boolean isChecksumRight(byte[] packet, int start, int limit) {
    int end = start + ((packet[start] & 0x0f) << 2);
    if (end > limit) {
      return false;
    }
    int sum = 0;
    for (int word = start; word < end; word += 2) {
      sum += Bytes.u16(packet, word);
    }
    return (sum & 0xffff) + (sum >>> 16) == 0xffff;
  }

  /** An authentication header hides nothing (RFC 4302, section 2). */
  private void stepOverAuthentication() {
    if (isFirst() && payload + AUTHENTICATION_HEADER <= payloadLimit) {
      protocol = Bytes.u8(buffer, payload);
      int length = (Bytes.u8(buffer, payload + 1) + 2) * 4;
      payload = Math.min(payload + length, payloadLimit);
    }
  }

  /** What is wrong between the addresses and the payload, or null; the payload is then empty. */
  public @Nullable Anomaly payloadAnomaly() {
    return payloadAnomaly;
  }

  /** How many more routers may pass it on. */
  public int hopLimit() {
    return Bytes.u8(buffer, offset + 8);
  }

  public int sourceAddress() {
    return Bytes.i32(buffer, offset + 12);
  }

  public int destinationAddress() {
    return Bytes.i32(buffer, offset + 16);
  }

  /** Protocol of the payload; what an authentication header carries, not that header. */
  public int protocol() {
    return protocol;
  }

  /** The header's own protocol field, the same in all fragments of a datagram. */
  public int protocolField() {
    return Bytes.u8(buffer, offset + 9);
  }

  public int identification() {
    return Bytes.u16(buffer, offset + 4);
  }

  /** Whether this is a part of a datagram only, the first part or another. */
  public boolean isFragment() {
    return (Bytes.u16(buffer, offset + 6) & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) != 0;
  }

  /** Whether the payload begins with the datagram's first byte. */
  public boolean isFirst() {
    return (Bytes.u16(buffer, offset + 6) & FRAGMENT_OFFSET) == 0;
  }

  /** Where this part stands in its datagram, in bytes: a multiple of 8. */
  public int fragmentOffset() {
    return (Bytes.u16(buffer, offset + 6) & FRAGMENT_OFFSET) << 3;
  }

  /** Whether the datagram goes on behind this part. */
  public boolean hasMoreFragments() {
    return (Bytes.u16(buffer, offset + 6) & MORE_FRAGMENTS) != 0;
  }

  /** Where the bytes start that {@link #fragmentOffset()} speaks of. */
  public int fragment() {
    return Math.min(offset + ((buffer[offset] & 0x0f) << 2), payloadLimit);
  }

  public int payload() {
    return payload;
  }

  public int payloadLimit() {
    return payloadLimit;
  }

  /** Where the packet ended on the wire, captured or not; the largest int when it does not say. */
  public int wireLimit() {
    return wireLimit;
  }
}
