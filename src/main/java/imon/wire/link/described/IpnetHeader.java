package imon.wire.link.described;

import imon.pcap.Anomaly;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * What Solaris says about an IP packet (LINKTYPE_IPNET).
 *
 * <pre>
 * +-------------+--------------------+---------------+------------+---------------------+
 * | version (1) | address family (1) | hook type (2) | length (4) | interfaces (8), ... |
 * +-------------+--------------------+---------------+------------+---------------------+
 * </pre>
 */
public final class IpnetHeader extends Encapsulation {
  private static final int HEADER = 24;
  private static final int VERSION = 1;
  private static final int IPV4 = 2;
  private static final int IPV6 = 26;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    if (buffer[offset] != VERSION) {
      return Anomaly.LINK_HEADER_BAD;
    }
    int carried =
        switch (buffer[offset + 1]) {
          case IPV4 -> EtherType.IPV4;
          case IPV6 -> EtherType.IPV6;
          default -> EtherType.NOTHING;
        };
    carries(carried, offset + HEADER, limit);
    return null;
  }
}
