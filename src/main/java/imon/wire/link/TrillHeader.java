package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A TRILL header (RFC 6325, section 3), behind which a whole Ethernet frame stands.
 *
 * <pre>
 * | version (2) | reserved (2) | multi-destination (1) | options (5) | hop count (6) |  bits
 * | egress nickname (16) | ingress nickname (16) | options, in units of four bytes |
 * </pre>
 */
public final class TrillHeader extends Encapsulation {
  private static final int HEADER = 6;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int flags = Bytes.u16(buffer, offset);
    if (flags >> 14 != 0) {
      return Anomaly.LINK_HEADER_BAD;
    }
    int start = offset + HEADER + 4 * (flags >> 6 & 0x1f);
    if (start > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    carries(EtherType.TRANSPARENT_ETHERNET, start, limit);
    return null;
  }
}
