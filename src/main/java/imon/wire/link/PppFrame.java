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
 *
 * <p>Of a multilink bundle (RFC 1990, section 3) the first fragment of each packet has a protocol
 * of its own; the others carry nothing. Nothing says which of two headers was agreed on: the one
 * behind which IP stands is taken.
 *
 * <pre>
 * +-----------+----------+--------------------+------------------------------+
 * | first (1) | last (1) | 0 (6), or 0 (2)    | sequence number (24, or 12)  |  bits
 * +-----------+----------+--------------------+------------------------------+
 * </pre>
 */
public final class PppFrame extends Encapsulation {
  private static final int ALL_STATIONS_UNNUMBERED = 0xff03;
  private static final int CISCO_UNICAST = 0x0f00;
  private static final int CISCO_MULTICAST = 0x8f00;
  private static final int IPV4 = 0x0021;
  private static final int IPV6 = 0x0057;
  private static final int MULTILINK = 0x003d;
  private static final int TRILL = 0x005d;
  private static final int MPLS = 0x0281;
  private static final int MPLS_MULTICAST = 0x0283;
  private static final int FIRST_FRAGMENT = 0x80;
  private static final int FRAGMENT_HEADER = 4;
  private static final int SHORT_FRAGMENT_HEADER = 2;

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
    if (protocol == MULTILINK) {
      return wrapFragment(buffer, offset + length, limit);
    }
    carries(carried(protocol), offset + length, limit);
    return null;
  }

  private @Nullable Anomaly wrapFragment(byte[] buffer, int offset, int limit) {
    if (offset + SHORT_FRAGMENT_HEADER > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    carries(EtherType.NOTHING, limit, limit);
    boolean first = (buffer[offset] & FIRST_FRAGMENT) != 0;
    if (first && !carriesIp(buffer, offset + FRAGMENT_HEADER, limit)) {
      carriesIp(buffer, offset + SHORT_FRAGMENT_HEADER, limit);
    }
    return null;
  }

  /** Whether a protocol number stands here, and the IP packet that it speaks of behind it. */
  private boolean carriesIp(byte[] buffer, int offset, int limit) {
    boolean compressed = offset < limit && (buffer[offset] & 1) != 0;
    int packet = offset + (compressed ? 1 : 2);
    if (packet >= limit) {
      return false;
    }
    int protocol = compressed ? Bytes.u8(buffer, offset) : Bytes.u16(buffer, offset);
    int version = EtherType.ofIpVersion(buffer[packet]);
    if (version == EtherType.NOTHING || carried(protocol) != version) {
      return false;
    }
    carries(version, packet, limit);
    return true;
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
