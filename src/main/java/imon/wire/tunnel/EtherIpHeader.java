package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * An EtherIP header (RFC 3378, section 2): version 3 and twelve zero bits, then an Ethernet frame.
 *
 * <pre>
 * +-------------+---------------+
 * | version (4) | reserved (12) |  bits
 * +-------------+---------------+
 * </pre>
 */
public final class EtherIpHeader extends Encapsulation {
  private static final int HEADER = 2;
  private static final int VERSION_3 = 0x3000;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    if (Bytes.u16(buffer, offset) != VERSION_3) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    carries(EtherType.TRANSPARENT_ETHERNET, offset + HEADER, limit);
    return null;
  }
}
