package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A VXLAN header (RFC 7348, section 5), with group policy or the generic protocol extension
 * (VXLAN-GPE) or neither. What is reserved is ignored.
 *
 * <pre>
 *  0               1               2               3
 * +-+-+-+-+-+-+-+-+-------------------------------+---------------+
 * |G|0|0|0|I|P|0|0|  Group policy, or reserved    | Next Protocol |
 * +-+-+-+-+-+-+-+-+-------------------------------+---------------+
 * |           VXLAN Network Identifier            |    Reserved   |
 * +-----------------------------------------------+---------------+
 * </pre>
 */
public final class VxlanHeader extends Encapsulation {
  private static final int HEADER = 8;
  private static final int IDENTIFIER = 0x08;
  private static final int NEXT_PROTOCOL = 0x04;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    int flags = Bytes.u8(buffer, offset);
    if ((flags & IDENTIFIER) == 0) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    boolean extended = (flags & NEXT_PROTOCOL) != 0;
    int carried = extended ? next(buffer[offset + 3]) : EtherType.TRANSPARENT_ETHERNET;
    carries(carried, offset + HEADER, limit);
    return null;
  }

  /** What a number of a next protocol stands for, here, in LISP's extension (RFC 9305) and NSH. */
  static int next(int protocol) {
    return switch (protocol) {
      case 1 -> EtherType.IPV4;
      case 2 -> EtherType.IPV6;
      case 3 -> EtherType.TRANSPARENT_ETHERNET;
      case 4 -> EtherType.NSH;
      case 5 -> EtherType.MPLS;
      default -> EtherType.NOTHING;
    };
  }
}
