package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import org.jspecify.annotations.Nullable;

/**
 * A network service header (RFC 8300, section 2), which tells switches through which services a
 * packet is to go.
 *
 * <pre>
 * +-------------+---------+------------+-----------------------+----------------+----------+
 * | version (2) | O, -, TTL (8) | length (6, in 4 bytes) | metadata type (8) | next protocol (8) |
 * +-------------+---------+------------+-----------------------+----------------+----------+
 * | service path (4 bytes) | metadata                                                        |
 * +------------------------+-----------------------------------------------------------------+
 * </pre>
 */
public final class NshHeader extends Encapsulation {
  private static final int HEADER = 8;
  private static final int LENGTH_BITS = 0x3f;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    int length = 4 * (Bytes.u16(buffer, offset) & LENGTH_BITS);
    if (length < HEADER || (buffer[offset] & 0xc0) != 0) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    if (offset + length > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    carries(VxlanHeader.next(buffer[offset + 3]), offset + length, limit);
    return null;
  }
}
