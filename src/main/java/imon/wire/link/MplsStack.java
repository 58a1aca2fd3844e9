package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import imon.wire.Ipv4Packet;
import org.jspecify.annotations.Nullable;

/**
 * A stack of MPLS labels (RFC 3032, section 2.1). Nothing says what is below: IP is known by its
 * version; an Ethernet frame by a familiar EtherType, with a control word of a pseudowire (RFC
 * 4448, section 4.6) before it or not. Where one without could be either, as its MAC address begins
 * like a version (RFC 8469), the rest of an IP header decides.
 *
 * <pre>
 * +------------+-------------------+------------+---------+
 * | label (20) | traffic class (3) | bottom (1) | TTL (8) |  bits, repeated up to the bottom
 * +------------+-------------------+------------+---------+
 * </pre>
 */
public final class MplsStack extends Encapsulation {
  private static final int ENTRY = 4;
  private static final int BOTTOM = 0x100;
  private static final int CONTROL_WORD = 4;
  private static final int ETHERNET_HEADER = 14;
  private static final int MINIMUM_IPV4_WORDS = 5;
  private static final int IPV6_HEADER = 40;
  private static final int IPV6_LENGTH = 4;
  private static final int FRAME_CHECKSUM = 4;

  /** What a frame of the least length holds behind its header, with the checksum. */
  private static final int LEAST_FRAME = 50;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    int position = offset;
    boolean bottom = false;
    while (!bottom) {
      if (position + ENTRY > limit) {
        return Anomaly.LINK_HEADER_CUT;
      }
      bottom = (Bytes.i32(buffer, position) & BOTTOM) != 0;
      position += ENTRY;
    }
    carryBelow(buffer, position, limit);
    return null;
  }

  private void carryBelow(byte[] buffer, int start, int limit) {
    if (start >= limit) {
      carries(EtherType.NOTHING, limit, limit);
      return;
    }
    int first = Bytes.u8(buffer, start);
    if (isIp(first) && (!isEthernet(buffer, start, limit) || isSoundIp(buffer, start, limit))) {
      carries(EtherType.ofIpVersion(first), start, limit);
    } else if (first >> 4 == 0 && isEthernet(buffer, start + CONTROL_WORD, limit)) {
      carries(EtherType.TRANSPARENT_ETHERNET, start + CONTROL_WORD, limit);
    } else if (isEthernet(buffer, start, limit)) {
      carries(EtherType.TRANSPARENT_ETHERNET, start, limit);
    } else {
      carries(EtherType.NOTHING, limit, limit);
    }
  }

  private static boolean isIp(int first) {
    return first >> 4 == 6 || (first >> 4 == 4 && (first & 0xf) >= MINIMUM_IPV4_WORDS);
  }

  /**
   * IPv6 has no checksum, but a length; behind it a frame has padding at most, and its checksum.
   */
  private static boolean isSoundIp(byte[] buffer, int start, int limit) {
    if (Bytes.u8(buffer, start) >> 4 == 4) {
      return Ipv4Packet.isChecksumRight(buffer, start, limit);
    }
    int rest = limit - start - IPV6_HEADER - Bytes.u16(buffer, start + IPV6_LENGTH);
    return rest >= 0 && (rest <= FRAME_CHECKSUM || limit - start <= LEAST_FRAME);
  }

  private static boolean isEthernet(byte[] buffer, int offset, int limit) {
    int type = offset + ETHERNET_HEADER - 2;
    return type + 2 <= limit && EtherType.isFamiliar(Bytes.u16(buffer, type));
  }
}
