package imon.wire;

import imon.pcap.Anomaly;
import org.jspecify.annotations.Nullable;

/**
 * An IPv6 header with its extension headers (RFC 8200, sections 3 and 4).
 *
 * <pre>
 *  0               1               2               3
 * +-------+---------------+---------------------------------------+
 * |Version| Traffic Class |              Flow Label               |
 * +-------+---------------+-------+---------------+---------------+
 * |         Payload Length        |  Next Header  |   Hop Limit   |
 * +-------------------------------+---------------+---------------+
 * |                   Source Address (16 bytes)                   |
 * +---------------------------------------------------------------+
 * |                Destination Address (16 bytes)                 |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class Ipv6Packet {
  private static final int HEADER = 40;
  private static final int FRAGMENT_HEADER = 8;
  private static final int FRAGMENT_OFFSET = 0xfff8;
  private static final int MORE_FRAGMENTS = 1;

  private byte[] buffer = new byte[0];
  private int offset;
  private int protocol;
  private int fragmentHeader;
  private int wireLimit;
  private int payload;
  private int payloadLimit;
  private @Nullable Anomaly payloadAnomaly;

  /**
   * A payload length of 0 is a jumbogram's (RFC 2675) or what segmentation offload leaves behind:
   * the packet then ends where the frame does. A fault in the extension headers leaves the
   * addresses sound: see {@link #payloadAnomaly()}.
   */
  public @Nullable Anomaly wrap(byte[] packet, int start, int limit) {
    if (limit - start < HEADER) {
      return Anomaly.IPV6_HEADER_CUT;
    }
    if ((packet[start] & 0xf0) != 0x60) {
      return Anomaly.IPV6_HEADER_BAD;
    }
    buffer = packet;
    offset = start;
    int length = Bytes.u16(packet, start + 4);
    payloadLimit = length == 0 ? limit : Math.min(limit, start + HEADER + length);
    wireLimit = start + HEADER + length;
    if (length == 0 && packet[start + 6] != IpProtocol.NO_NEXT) {
      wireLimit = Integer.MAX_VALUE;
    }
    walkExtensions();
    return null;
  }

  private void walkExtensions() {
    int next = Bytes.u8(buffer, offset + 6);
    int position = offset + HEADER;
    fragmentHeader = 0;
    payloadAnomaly = null;
    while (isExtension(next)) {
      if (position + 8 > payloadLimit) {
        payloadAnomaly = Anomaly.IPV6_EXTENSION_CUT;
        position = payloadLimit;
        break;
      }
      int header = next;
      next = Bytes.u8(buffer, position);
      if (header == IpProtocol.FRAGMENT) {
        fragmentHeader = position;
        position += FRAGMENT_HEADER;
        if (!isFirst()) {
          break;
        }
      } else {
        int units = Bytes.u8(buffer, position + 1);
        position += header == IpProtocol.AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8;
      }
    }
    protocol = next;
    payload = Math.min(position, payloadLimit);
  }

  private static boolean isExtension(int header) {
    return switch (header) {
      case IpProtocol.HOP_BY_HOP,
          IpProtocol.ROUTING,
          IpProtocol.FRAGMENT,
          IpProtocol.AUTHENTICATION,
          IpProtocol.DESTINATION_OPTIONS,
          IpProtocol.MOBILITY ->
          true;
      default -> false;
    };
  }

  /** What is wrong between the addresses and the payload, or null; the payload is then empty. */
  public @Nullable Anomaly payloadAnomaly() {
    return payloadAnomaly;
  }

  /** How many more routers may pass it on. */
  public int hopLimit() {
    return Bytes.u8(buffer, offset + 7);
  }

  public long sourceHigh() {
    return Bytes.i64(buffer, offset + 8);
  }

  public long sourceLow() {
    return Bytes.i64(buffer, offset + 16);
  }

  public long destinationHigh() {
    return Bytes.i64(buffer, offset + 24);
  }

  public long destinationLow() {
    return Bytes.i64(buffer, offset + 32);
  }

  /** Protocol of the payload: the next header of the last extension header. */
  public int protocol() {
    return protocol;
  }

  /** Identification of the fragmented datagram; only of a fragment. */
  public int identification() {
    return Bytes.i32(buffer, fragmentHeader + 4);
  }

  /** Whether this is a part of a datagram only; an atomic fragment (RFC 6946) is whole. */
  public boolean isFragment() {
    return fragmentHeader != 0
        && (Bytes.u16(buffer, fragmentHeader + 2) & (FRAGMENT_OFFSET | MORE_FRAGMENTS)) != 0;
  }

  /** Whether the payload begins with the datagram's first byte. */
  public boolean isFirst() {
    return fragmentHeader == 0 || (Bytes.u16(buffer, fragmentHeader + 2) & FRAGMENT_OFFSET) == 0;
  }

  /** Where this part stands in its datagram, in bytes: a multiple of 8; only of a fragment. */
  public int fragmentOffset() {
    return Bytes.u16(buffer, fragmentHeader + 2) & FRAGMENT_OFFSET;
  }

  /** Whether the datagram goes on behind this part; only of a fragment. */
  public boolean hasMoreFragments() {
    return (Bytes.u16(buffer, fragmentHeader + 2) & MORE_FRAGMENTS) != 0;
  }

  /** Where the bytes start that {@link #fragmentOffset()} speaks of; only of a fragment. */
  public int fragment() {
    return fragmentHeader + FRAGMENT_HEADER;
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
