package imon.wire.link.described;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * What the packet filter of a BSD logged about an IP packet (LINKTYPE_PFLOG). The header is filled
 * up to a multiple of four bytes, which its length does not count.
 *
 * <pre>
 * +------------+--------------------+------------+------------+--------------------+
 * | length (1) | address family (1) | action (1) | reason (1) | interface name ... |
 * +------------+--------------------+------------+------------+--------------------+
 * </pre>
 */
public final class PflogHeader extends Encapsulation {
  private static final int SHORTEST = 4;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + SHORTEST > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int length = Bytes.u8(buffer, offset) + 3 & ~3;
    if (length < SHORTEST) {
      return Anomaly.LINK_HEADER_BAD;
    }
    if (offset + length > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    carries(carried(Bytes.u8(buffer, offset + 1)), offset + length, limit);
    return null;
  }

  /** IPv6 has another number in each system. */
  private static int carried(int addressFamily) {
    return switch (addressFamily) {
      case 2 -> EtherType.IPV4;
      case 24, 28, 30 -> EtherType.IPV6;
      default -> EtherType.NOTHING;
    };
  }
}
