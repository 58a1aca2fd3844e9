package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
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
public final class EthernetFrame extends Encapsulation {
  private static final int ADDRESSES = 12;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    int type = offset + ADDRESSES;
    while (type + 2 <= limit) {
      int value = Bytes.u16(buffer, type);
      if (!EtherType.isVlanTag(value)) {
        carries(value < EtherType.SMALLEST ? EtherType.LLC : value, type + 2, limit);
        return null;
      }
      type += 4;
    }
    return Anomaly.LINK_HEADER_CUT;
  }
}
