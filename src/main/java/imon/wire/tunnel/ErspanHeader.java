package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * An ERSPAN header of type II or III (draft-foschiano-erspan-03, sections 4.2 and 4.3), behind GRE.
 *
 * <pre>
 * II:  | version 1 (4) | VLAN (12) | COS (3) | En (2) | T (1) | session (10) | index (32) |  bits
 * III: | version 2 (4) | VLAN (12) | COS (3) | BSO (2) | T (1) | session (10) | timestamp (32)
 *      | SGT (16) | P (1) | frame type (5) | hardware (6) | D (1) | granularity (2) | O (1) |
 *      | platform specific (64), if O |
 * </pre>
 */
public final class ErspanHeader extends Encapsulation {
  private static final int HEADER_2 = 8;
  private static final int HEADER_3 = 12;
  private static final int PLATFORM = 8;
  private static final int ETHERNET_FRAME = 0;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER_2 > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    return switch (Bytes.u8(buffer, offset) >> 4) {
      case 1 -> {
        carries(EtherType.TRANSPARENT_ETHERNET, offset + HEADER_2, limit);
        yield null;
      }
      case 2 -> wrapType3(buffer, offset, limit);
      default -> Anomaly.TUNNEL_HEADER_BAD;
    };
  }

  private @Nullable Anomaly wrapType3(byte[] buffer, int offset, int limit) {
    if (offset + HEADER_3 > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    int flags = Bytes.u16(buffer, offset + 10);
    int start = offset + HEADER_3 + ((flags & 1) != 0 ? PLATFORM : 0);
    if (start > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    boolean ethernet = (flags >> 10 & 0x1f) == ETHERNET_FRAME;
    carries(ethernet ? EtherType.TRANSPARENT_ETHERNET : EtherType.NOTHING, start, limit);
    return null;
  }
}
