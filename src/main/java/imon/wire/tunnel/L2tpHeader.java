package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * An L2TP header over UDP: version 2 (RFC 2661, section 3.1), which carries PPP, or version 3 (RFC
 * 3931, section 4.1.2), behind which stands a {@link L2tpSession}. Control messages carry nothing.
 *
 * <pre>
 *  0               1               2               3
 * +-+-+---+-+-+-+-+-------+-------+-------------------------------+
 * |T|L|0 0|S|0|O|P|0 0 0 0|  Ver  |          Length (if L)        |
 * +-+-+---+-+-+-+-+-------+-------+-------------------------------+
 * |           Tunnel ID           |           Session ID          |
 * +-------------------------------+-------------------------------+
 * |           Ns (if S)           |           Nr (if S)           |
 * +-------------------------------+-------------------------------+
 * |      Offset Size (if O)       |    Offset padding (if O)      |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
public final class L2tpHeader extends Encapsulation {
  private static final int SHORTEST = 6;
  private static final int CONTROL = 0x8000;
  private static final int LENGTH = 0x4000;
  private static final int SEQUENCE = 0x0800;
  private static final int OFFSET = 0x0200;
  private static final int RESERVED = 0x34f0;
  private static final int VERSION = 0x000f;

  private final L2tpSession session = new L2tpSession();

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + SHORTEST > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    int flags = Bytes.u16(buffer, offset);
    if ((flags & CONTROL) != 0) {
      carries(EtherType.NOTHING, limit, limit);
      return null;
    }
    if (flags == 3) {
      return wrapVersion3(buffer, offset + 4, limit);
    }
    if ((flags & RESERVED) != 0 || (flags & VERSION) != 2) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    return wrapVersion2(buffer, offset, limit, flags);
  }

  private @Nullable Anomaly wrapVersion3(byte[] buffer, int offset, int limit) {
    Anomaly anomaly = session.wrap(buffer, offset, limit);
    if (anomaly == null) {
      carries(session.carried(), session.payload(), session.payloadLimit());
    }
    return anomaly;
  }

  private @Nullable Anomaly wrapVersion2(byte[] buffer, int offset, int limit, int flags) {
    int end = limit;
    int start = offset + SHORTEST;
    if ((flags & LENGTH) != 0) {
      end = Math.min(limit, offset + Bytes.u16(buffer, offset + 2));
      start += 2;
    }
    start += (flags & SEQUENCE) != 0 ? 4 : 0;
    if ((flags & OFFSET) != 0) {
      start += 2;
      if (start > end) {
        return Anomaly.TUNNEL_HEADER_CUT;
      }
      start += Bytes.u16(buffer, start - 2);
    }
    if (start > end) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    carries(EtherType.PPP, start, end);
    return null;
  }
}
