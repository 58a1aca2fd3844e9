package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A PPP frame (RFC 1661, section 2), with or without the address and control of HDLC-like framing
 * (RFC 1662, section 3.1), with one or two bytes of protocol (RFC 1661, section 6.5), or a Cisco
 * HDLC frame, as serial lines mix them.
 *
 * <pre>
 * +---------------------+--------------------+--------------------+
 * | address, control (0 or 2) | protocol (1 or 2) | information    |
 * +---------------------+--------------------+--------------------+
 * </pre>
 */
public final class PppFrame extends Encapsulation {
  private static final int ALL_STATIONS_UNNUMBERED = 0xff03;
  private static final int CISCO_UNICAST = 0x0f00;
  private static final int CISCO_MULTICAST = 0x8f00;
  private static final int IPV4 = 0x0021;
  private static final int IPV6 = 0x0057;
  private static final int TRILL = 0x005d;
  private static final int MPLS = 0x0281;
  private static final int MPLS_MULTICAST = 0x0283;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + 2 > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    return switch (Bytes.u16(buffer, offset)) {
      case ALL_STATIONS_UNNUMBERED -> wrapProtocol(buffer, offset + 2, limit);
      case CISCO_UNICAST, CISCO_MULTICAST -> wrapCisco(buffer, offset, limit);
      default -> wrapProtocol(buffer, offset, limit);
    };
  }

  /** The last byte of a protocol number is odd and the first even: so one byte can be told. */
  private @Nullable Anomaly wrapProtocol(byte[] buffer, int offset, int limit) {
    if (offset >= limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int protocol = Bytes.u8(buffer, offset);
    int length = 1;
    if ((protocol & 1) == 0) {
      if (offset + 2 > limit) {
        return Anomaly.LINK_HEADER_CUT;
      }
      protocol = Bytes.u16(buffer, offset);
      length = 2;
    }
    carries(carried(protocol), offset + length, limit);
    return null;
  }

  private @Nullable Anomaly wrapCisco(byte[] buffer, int offset, int limit) {
    if (offset + CiscoHdlc.HEADER > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    carries(CiscoHdlc.carried(buffer, offset), offset + CiscoHdlc.HEADER, limit);
    return null;
  }

  private static int carried(int protocol) {
    return switch (protocol) {
      case IPV4 -> EtherType.IPV4;
      case IPV6 -> EtherType.IPV6;
      case TRILL -> EtherType.TRILL;
      case MPLS, MPLS_MULTICAST -> EtherType.MPLS;
      default -> EtherType.NOTHING;
    };
  }
}
