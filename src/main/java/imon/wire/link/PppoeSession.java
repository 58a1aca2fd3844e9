package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A PPPoE header (RFC 2516, section 4). Only a session frame carries PPP; discovery carries
 * nothing.
 *
 * <pre>
 * +---------+------+----------+----------------+------------+
 * | version | type | code (1) | session id (2) | length (2) |
 * +---------+------+----------+----------------+------------+
 * </pre>
 */
public final class PppoeSession extends Encapsulation {
  private static final int HEADER = 6;
  private static final int VERSION_AND_TYPE = 0x11;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    if (buffer[offset] != VERSION_AND_TYPE) {
      return Anomaly.LINK_HEADER_BAD;
    }
    boolean session = buffer[offset + 1] == 0;
    int end = Math.min(limit, offset + HEADER + Bytes.u16(buffer, offset + 4));
    carries(session ? EtherType.PPP : EtherType.NOTHING, offset + HEADER, end);
    return null;
  }
}
