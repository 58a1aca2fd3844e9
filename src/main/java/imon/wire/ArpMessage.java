package imon.wire;

import imon.pcap.Anomaly;
import org.jspecify.annotations.Nullable;

/**
 * An ARP message for IPv4 over addresses of six bytes (RFC 826).
 *
 * <pre>
 * +----------------------+------------------+--------------+--------------+---------------+
 * | hardware type (2)    | protocol (2)     | length 6 (1) | length 4 (1) | operation (2) |
 * +----------------------+------------------+--------------+--------------+---------------+
 * | sender hardware (6)  | sender protocol (4) | target hardware (6) | target protocol (4) |
 * +----------------------+---------------------+---------------------+---------------------+
 * </pre>
 */
public final class ArpMessage {
  private static final int LENGTH = 28;
  private static final int LENGTHS_OF_IPV4 = 0x0604;
  private static final int REQUEST = 1;
  private static final int REPLY = 2;

  private byte[] buffer = new byte[0];
  private int offset;

  /** Messages about other kinds of addresses are sound, but not this view's. */
  public @Nullable Anomaly wrap(byte[] packet, int start, int limit) {
    if (limit - start < LENGTH) {
      return Anomaly.ARP_MESSAGE_CUT;
    }
    if (Bytes.u16(packet, start + 2) != EtherType.IPV4
        || Bytes.u16(packet, start + 4) != LENGTHS_OF_IPV4) {
      return Anomaly.ARP_MESSAGE_BAD;
    }
    buffer = packet;
    offset = start;
    return null;
  }

  public boolean isRequest() {
    return Bytes.u16(buffer, offset + 6) == REQUEST;
  }

  public boolean isReply() {
    return Bytes.u16(buffer, offset + 6) == REPLY;
  }

  /** MAC address of the sender, in the low 48 bits. */
  public long senderMac() {
    return Bytes.u48(buffer, offset + 8);
  }

  /** IPv4 address of the sender; 0 in a probe (RFC 5227). */
  public int senderAddress() {
    return Bytes.i32(buffer, offset + 14);
  }

  /** MAC address of the target, in the low 48 bits; without meaning in a request. */
  public long targetMac() {
    return Bytes.u48(buffer, offset + 18);
  }

  public int targetAddress() {
    return Bytes.i32(buffer, offset + 24);
  }
}
