package imon.wire;

import imon.pcap.Anomaly;
import org.jspecify.annotations.Nullable;

/**
 * An Ethernet header (IEEE 802.3, clause 3) with all its VLAN tags (IEEE 802.1Q, clause 9).
 *
 * <pre>
 * +------------------+-------------+-----------------------+--------------------+
 * | destination (6)  | source (6)  | tags (0, 4, 8, ...)   | EtherType (2)      |
 * +------------------+-------------+-----------------------+--------------------+
 * </pre>
 */
public final class EthernetFrame {
  private static final int ADDRESSES = 12;

  private int payload;
  private int payloadLimit;
  private int etherType;

  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    return wrapFromType(buffer, offset + ADDRESSES, limit);
  }

  /** Wraps a header of which only the EtherType and the tags before it are there. */
  public @Nullable Anomaly wrapFromType(byte[] buffer, int typeOffset, int limit) {
    int type = typeOffset;
    while (type + 2 <= limit) {
      int value = Bytes.u16(buffer, type);
      if (!EtherType.isVlanTag(value)) {
        etherType = value;
        payload = type + 2;
        payloadLimit = limit;
        return null;
      }
      type += 4;
    }
    return Anomaly.LINK_HEADER_CUT;
  }

  /** What the frame carries, an {@link EtherType}; below 1536 it is an 802.3 length. */
  public int etherType() {
    return etherType;
  }

  public int payload() {
    return payload;
  }

  public int payloadLimit() {
    return payloadLimit;
  }
}
