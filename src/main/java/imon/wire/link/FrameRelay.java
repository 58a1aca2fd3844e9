package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A frame relay header (LINKTYPE_FRELAY): an address (ITU-T Q.922), then what RFC 2427 says of
 * protocols, or an EtherType, as Cisco's routers write it unless told otherwise.
 *
 * <pre>
 * +------------------+-------------+------------------+-----------------+-----------+
 * | address (2 to 4) | control (1) | padding (0 or 1) | protocol id (1) | its own   |
 * +------------------+-------------+------------------+-----------------+-----------+
 * | address (2 to 4) | EtherType (2)                                                |
 * +------------------+--------------------------------------------------------------+
 * </pre>
 */
public final class FrameRelay extends Encapsulation {
  private static final int LARGEST_ADDRESS = 4;

  /** The lowest bit of an address's last byte is set. */
  private static final int LAST = 1;

  private static final int UNNUMBERED = 0x03;

  // Network layer protocol identifiers (ISO/IEC TR 9577).
  private static final int PADDING = 0x00;
  private static final int SNAP = 0x80;
  private static final int IPV6 = 0x8e;
  private static final int IPV4 = 0xcc;
  private static final int PPP = 0xcf;

  private static final int SNAP_BYTES = 5;
  private static final int BRIDGED = 0x0080c2;

  /** Ethernet frames with and without their check sequence. */
  private static final int BRIDGED_WITH_FCS = 0x0001;

  private static final int BRIDGED_WITHOUT_FCS = 0x0007;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    int end = offset + 2;
    while (end <= limit && (buffer[end - 1] & LAST) == 0 && end - offset < LARGEST_ADDRESS) {
      end++;
    }
    if (end + 2 > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    if ((buffer[offset] & LAST) != 0 || (buffer[end - 1] & LAST) == 0) {
      return Anomaly.LINK_HEADER_BAD;
    }
    if (Bytes.u8(buffer, end) == UNNUMBERED) {
      int protocol = Bytes.u8(buffer, end + 1) == PADDING ? end + 2 : end + 1;
      return wrapProtocol(buffer, protocol, limit);
    }
    carries(EtherType.orNothing(Bytes.u16(buffer, end)), end + 2, limit);
    return null;
  }

  private @Nullable Anomaly wrapProtocol(byte[] buffer, int offset, int limit) {
    if (offset >= limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int behind = offset + 1;
    switch (Bytes.u8(buffer, offset)) {
      case IPV4 -> carries(EtherType.IPV4, behind, limit);
      case IPV6 -> carries(EtherType.IPV6, behind, limit);
      case PPP -> carries(EtherType.PPP, behind, limit);
      case SNAP -> {
        if (behind + SNAP_BYTES > limit) {
          return Anomaly.LINK_HEADER_CUT;
        }
        int type = snapType(Bytes.i32(buffer, behind) >>> 8, Bytes.u16(buffer, behind + 3));
        carries(type, behind + SNAP_BYTES, limit);
      }
      default -> carries(EtherType.NOTHING, limit, limit);
    }
    return null;
  }

  private static int snapType(int organization, int protocol) {
    if (organization == 0) {
      return EtherType.orNothing(protocol);
    }
    boolean bridged = protocol == BRIDGED_WITH_FCS || protocol == BRIDGED_WITHOUT_FCS;
    return organization == BRIDGED && bridged ? EtherType.TRANSPARENT_ETHERNET : EtherType.NOTHING;
  }
}
