package imon.wire;

import imon.pcap.Anomaly;
import org.jspecify.annotations.Nullable;

/**
 * The start of an ICMP (RFC 792) or ICMPv6 (RFC 4443) message.
 *
 * <pre>
 *  0               1               2               3
 * +---------------+---------------+-------------------------------+
 * |     Type      |     Code      |            Checksum           |
 * +---------------+---------------+-------------------------------+
 * |   Identifier (echo messages)  |        Sequence Number        |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
public final class IcmpMessage {
  private static final int HEADER = 8;

  private byte[] buffer = new byte[0];
  private int offset;
  private boolean version6;

  /** {@code v6} says whose numbers the types are: ICMPv6's or ICMP's. */
  public @Nullable Anomaly wrap(byte[] packet, int start, int limit, boolean v6) {
    if (limit - start < HEADER) {
      return Anomaly.ICMP_HEADER_CUT;
    }
    buffer = packet;
    offset = start;
    version6 = v6;
    return null;
  }

  public boolean isEcho() {
    return isEchoRequest() || Bytes.u8(buffer, offset) == (version6 ? 129 : 0);
  }

  public boolean isEchoRequest() {
    return Bytes.u8(buffer, offset) == (version6 ? 128 : 8);
  }

  /** Identifier of an echo message. */
  public int identifier() {
    return Bytes.u16(buffer, offset + 4);
  }
}
