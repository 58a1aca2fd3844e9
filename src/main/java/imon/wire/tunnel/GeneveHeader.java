package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A Geneve header (RFC 8926, section 3.4). What is reserved is ignored.
 *
 * <pre>
 *  0               1               2               3
 * +---+-----------+-+-+-----------+-------------------------------+
 * |Ver|  Opt Len  |O|C|    Rsvd   |         Protocol Type         |
 * +---+-----------+-+-+-----------+---------------+---------------+
 * |         Virtual Network Identifier            |    Reserved   |
 * +-----------------------------------------------+---------------+
 * |            Options (4 bytes each of Opt Len)                  |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class GeneveHeader extends Encapsulation {
  private static final int HEADER = 8;
  private static final int VERSION = 0xc0;
  private static final int OPTION_WORDS = 0x3f;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    if ((buffer[offset] & VERSION) != 0) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    int start = offset + HEADER + (buffer[offset] & OPTION_WORDS) * 4;
    if (start > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    int type = Bytes.u16(buffer, offset + 2);
    carries(EtherType.orNothing(type), start, limit);
    return null;
  }
}
