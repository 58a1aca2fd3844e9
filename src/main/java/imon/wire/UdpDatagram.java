package imon.wire;

import imon.pcap.Anomaly;
import org.jspecify.annotations.Nullable;

/**
 * A UDP header (RFC 768).
 *
 * <pre>
 *  0               1               2               3
 * +-------------------------------+-------------------------------+
 * |          Source Port          |       Destination Port        |
 * +-------------------------------+-------------------------------+
 * |             Length            |            Checksum           |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
public final class UdpDatagram {
  private static final int HEADER = 8;

  private int sourcePort;
  private int destinationPort;
  private int wireLimit;
  private int payload;
  private int payloadLimit;
  private boolean cut;

  /**
   * A length of 0 is a jumbogram's (RFC 2675, section 4): the datagram then ends where the packet
   * does.
   */
  public @Nullable Anomaly wrap(byte[] packet, int start, int limit) {
    if (limit - start < HEADER) {
      return Anomaly.UDP_HEADER_CUT;
    }
    int length = Bytes.u16(packet, start + 4);
    if (length != 0 && length < HEADER) {
      return Anomaly.UDP_LENGTH_BAD;
    }
    sourcePort = Bytes.u16(packet, start);
    destinationPort = Bytes.u16(packet, start + 2);
    wireLimit = length == 0 ? Integer.MAX_VALUE : start + length;
    payload = start + HEADER;
    cut = start + length > limit;
    payloadLimit = length == 0 ? limit : Math.min(limit, start + length);
    return null;
  }

  public int sourcePort() {
    return sourcePort;
  }

  public int destinationPort() {
    return destinationPort;
  }

  /** Whether the datagram had more bytes than are there. */
  public boolean isCut() {
    return cut;
  }

  public int payload() {
    return payload;
  }

  public int payloadLimit() {
    return payloadLimit;
  }

  /**
   * Where the datagram ended on the wire, captured or not; the largest int when it does not say.
   */
  public int wireLimit() {
    return wireLimit;
  }
}
