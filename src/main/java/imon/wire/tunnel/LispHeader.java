package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * The header of LISP data (RFC 9300, section 5.1), or of its generic protocol extension (RFC 9305,
 * section 3). What it carries is IP, known by its version, unless the extension says more.
 *
 * <pre>
 *  0               1               2               3
 * +-+-+-+-+-+-+-+-+-----------------------------------------------+
 * |N|L|E|V|I|P|K|K|  Nonce, map versions, or last: next protocol  |
 * +-+-+-+-+-+-+-+-+-----------------------------------------------+
 * |         Instance identifier and locator status bits           |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class LispHeader extends Encapsulation {
  private static final int HEADER = 8;
  private static final int NEXT_PROTOCOL = 0x04;
  private static final int ENCRYPTED = 0x03;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    int start = offset + HEADER;
    if (start >= limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    int flags = Bytes.u8(buffer, offset);
    if ((flags & ENCRYPTED) != 0) {
      carries(EtherType.NOTHING, start, limit);
    } else if ((flags & NEXT_PROTOCOL) != 0) {
      carries(VxlanHeader.next(buffer[offset + 3]), start, limit);
    } else {
      carries(EtherType.ofIpVersion(Bytes.u8(buffer, start)), start, limit);
    }
    return null;
  }
}
