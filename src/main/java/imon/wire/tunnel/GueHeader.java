package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import imon.wire.IpProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A GUE header (draft-ietf-intarea-gue-09, sections 3 and 4): variant 0, or IP at once (variant 1).
 *
 * <pre>
 * +-------------+-------------+------------------+-----------------+-----------+
 * | variant (2) | control (1) | header words (5) | IP protocol (8) | flags (16) |  bits, then fields
 * +-------------+-------------+------------------+-----------------+-----------+
 * </pre>
 */
public final class GueHeader extends Encapsulation {
  private static final int HEADER = 4;
  private static final int VARIANT_AND_CONTROL = 0xe0;
  private static final int WORDS = 0x1f;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    int version = EtherType.ofIpVersion(buffer[offset]);
    if (version != EtherType.NOTHING) {
      carries(version, offset, limit);
      return null;
    }
    if ((buffer[offset] & VARIANT_AND_CONTROL) != 0) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    int start = offset + HEADER + (buffer[offset] & WORDS) * 4;
    if (start > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    carries(carried(Bytes.u8(buffer, offset + 1)), start, limit);
    return null;
  }

  private static int carried(int protocol) {
    return switch (protocol) {
      case IpProtocol.IPV4 -> EtherType.IPV4;
      case IpProtocol.IPV6 -> EtherType.IPV6;
      default -> EtherType.NOTHING;
    };
  }
}
