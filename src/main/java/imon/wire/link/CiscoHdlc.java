package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A Cisco HDLC header (LINKTYPE_C_HDLC; RFC 1547, section 4.3.1).
 *
 * <pre>
 * +-------------+-------------+---------------+
 * | address (1) | control (1) | EtherType (2) |
 * +-------------+-------------+---------------+
 * </pre>
 */
public final class CiscoHdlc extends Encapsulation {
  static final int HEADER = 4;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    carries(carried(buffer, offset), offset + HEADER, limit);
    return null;
  }

  static int carried(byte[] buffer, int offset) {
    return EtherType.orNothing(Bytes.u16(buffer, offset + 2));
  }
}
