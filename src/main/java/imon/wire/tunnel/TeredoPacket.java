package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A Teredo packet (RFC 4380, section 5.1.1): IPv6 in UDP, with an authentication or an origin
 * indication or both before it.
 *
 * <pre>
 * authentication: | 0x0001 (2) | id length (1) | value length (1) | id | value | nonce (8) | 0 (1) |
 * origin:         | 0x0000 (2) | port (2) | address (4) |
 * </pre>
 */
public final class TeredoPacket extends Encapsulation {
  private static final int AUTHENTICATION = 1;
  private static final int AUTHENTICATION_HEADER = 13;
  private static final int ORIGIN = 0;
  private static final int ORIGIN_HEADER = 8;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    int start = offset;
    if (start + 4 <= limit && Bytes.u16(buffer, start) == AUTHENTICATION) {
      start += AUTHENTICATION_HEADER;
      start += Bytes.u8(buffer, offset + 2) + Bytes.u8(buffer, offset + 3);
    }
    if (start + 2 <= limit && Bytes.u16(buffer, start) == ORIGIN) {
      start += ORIGIN_HEADER;
    }
    if (start >= limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    if (EtherType.ofIpVersion(buffer[start]) != EtherType.IPV6) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    carries(EtherType.IPV6, start, limit);
    return null;
  }
}
