package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A CAPWAP header on the data channel (RFC 5415, section 4.3): an Ethernet frame, or an 802.11
 * frame as the air had it. Encrypted messages and fragments carry nothing.
 *
 * <pre>
 * +-------------+----------+------------------+--------------+-------------------+-----------+
 * | version (4) | type (4) | header words (5) | radio id (5) | radio binding (5) | flags (9) |  bits
 * +-------------+----------+------------------+--------------+-------------------+-----------+
 * | fragment id (16) | fragment offset (13) | reserved (3) | optional fields                  |
 * +------------------+----------------------+--------------+----------------------------------+
 * </pre>
 */
public final class CapwapHeader extends Encapsulation {
  private static final int HEADER = 8;
  private static final int PREAMBLE = 0x00;
  private static final int NATIVE = 0x100;
  private static final int FRAGMENT = 0x080;
  private static final int KEEP_ALIVE = 0x008;
  private static final int BINDING_WLAN = 1;
  private static final int WLAN = EtherType.ofLinkType(105);

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    if (buffer[offset] != PREAMBLE) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    int fields = Bytes.i32(buffer, offset);
    int length = (fields >> 19 & 0x1f) * 4;
    if (length < HEADER) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    if (offset + length > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    carries(carried(fields), offset + length, limit);
    return null;
  }

  private static int carried(int fields) {
    if ((fields & (FRAGMENT | KEEP_ALIVE)) != 0) {
      return EtherType.NOTHING;
    }
    if ((fields & NATIVE) == 0) {
      return EtherType.TRANSPARENT_ETHERNET;
    }
    return (fields >> 9 & 0x1f) == BINDING_WLAN ? WLAN : EtherType.NOTHING;
  }
}
