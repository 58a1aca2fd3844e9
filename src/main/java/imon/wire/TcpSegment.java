package imon.wire;

import imon.pcap.Anomaly;
import org.jspecify.annotations.Nullable;

/**
 * A TCP header (RFC 9293, section 3.1).
 *
 * <pre>
 *  0               1               2               3
 * +-------------------------------+-------------------------------+
 * |          Source Port          |       Destination Port        |
 * +-------------------------------+-------------------------------+
 * |                        Sequence Number                        |
 * +---------------------------------------------------------------+
 * |                     Acknowledgment Number                     |
 * +-------+-------+---------------+-------------------------------+
 * |Offset | Rsrvd | Control bits  |            Window             |
 * +-------+-------+---------------+-------------------------------+
 * |            Checksum           |        Urgent Pointer         |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
public final class TcpSegment {
  private static final int MINIMUM_HEADER = 20;
  private static final int FIN = 0x01;
  private static final int SYN = 0x02;
  private static final int RST = 0x04;
  private static final int ACK = 0x10;

  private byte[] buffer = new byte[0];
  private int offset;
  private int payload;
  private int payloadLimit;

  public @Nullable Anomaly wrap(byte[] packet, int start, int limit) {
    if (limit - start < MINIMUM_HEADER) {
      return Anomaly.TCP_HEADER_CUT;
    }
    int headerLength = (packet[start + 12] & 0xf0) >> 2;
    if (headerLength < MINIMUM_HEADER) {
      return Anomaly.TCP_HEADER_BAD;
    }
    buffer = packet;
    offset = start;
    payloadLimit = limit;
    payload = Math.min(start + headerLength, limit);
    return null;
  }

  public int sequenceNumber() {
    return Bytes.i32(buffer, offset + 4);
  }

  public int acknowledgmentNumber() {
    return Bytes.i32(buffer, offset + 8);
  }

  public boolean isSyn() {
    return (buffer[offset + 13] & SYN) != 0;
  }

  public boolean isAck() {
    return (buffer[offset + 13] & ACK) != 0;
  }

  /** Whether the sender will send no more: FIN or RST. */
  public boolean isLast() {
    return (buffer[offset + 13] & (FIN | RST)) != 0;
  }

  public int payload() {
    return payload;
  }

  public int payloadLimit() {
    return payloadLimit;
  }
}
