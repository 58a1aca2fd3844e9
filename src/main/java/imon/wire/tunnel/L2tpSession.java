package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * An L2TPv3 session header (RFC 3931, section 4.1.1). Only the tunnel's ends know how long the
 * cookie is (0, 4 or 8 bytes), whether a sublayer (RFC 3931, section 4.6: 4 bytes) follows, and
 * what is carried. So an Ethernet header with IP right behind it is looked for at each place where
 * one may begin; anything else carries nothing.
 *
 * <pre>
 * +----------------+------------------+------------------------+-------+
 * | session id (4) | cookie (0, 4, 8) | sublayer (0 or 4)      | frame |
 * +----------------+------------------+------------------------+-------+
 * </pre>
 */
public final class L2tpSession extends Encapsulation {
  private static final int SESSION_ID = 4;
  private static final int LONGEST_HEADER = 16;
  private static final int ETHERNET_HEADER = 14;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + SESSION_ID > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    carries(EtherType.NOTHING, limit, limit);
    if (Bytes.i32(buffer, offset) == 0) {
      return null;
    }
    for (int header = SESSION_ID; header <= LONGEST_HEADER; header += 4) {
      if (isEthernetWithIp(buffer, offset + header, limit)) {
        carries(EtherType.TRANSPARENT_ETHERNET, offset + header, limit);
        return null;
      }
    }
    return null;
  }

  private static boolean isEthernetWithIp(byte[] buffer, int offset, int limit) {
    int network = offset + ETHERNET_HEADER;
    return network < limit
        && Bytes.u16(buffer, network - 2) == EtherType.ofIpVersion(buffer[network]);
  }
}
