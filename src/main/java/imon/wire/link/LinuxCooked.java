package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A Linux cooked capture header of version 1 or 2 (LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2).
 *
 * <pre>
 * version 1: | packet type (2) | ARPHRD (2) | length (2) | address (8) | protocol (2) |
 * version 2: | protocol (2) | 0 (2) | interface (4) | ARPHRD (2) | type (1) | length (1) | address (8) |
 * </pre>
 */
public final class LinuxCooked extends Encapsulation {
  private static final int HEADER_1 = 16;
  private static final int HEADER_2 = 20;
  private static final int MAC_LENGTH = 6;

  /** The protocol of an 802.2 frame: an LLC header follows. */
  private static final int LLC_FRAME = 4;

  /** A packet type: sent to all by another host. */
  private static final int BROADCAST = 1;

  private int source;
  private boolean broadcast;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    return wrap(buffer, offset, limit, HEADER_1, HEADER_1 - 2);
  }

  /** Wraps a header of version 2. */
  public @Nullable Anomaly wrapVersion2(byte[] buffer, int offset, int limit) {
    return wrap(buffer, offset, limit, HEADER_2, 0);
  }

  /** A VLAN tag stands behind the header: its last two bytes say what follows. */
  private @Nullable Anomaly wrap(byte[] buffer, int offset, int limit, int header, int protocol) {
    int position = offset + header;
    if (position > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int type = Bytes.u16(buffer, offset + protocol);
    while (EtherType.isVlanTag(type)) {
      position += 4;
      if (position > limit) {
        return Anomaly.LINK_HEADER_CUT;
      }
      type = Bytes.u16(buffer, position - 2);
    }
    carries(carried(type), position, limit);
    source = source(buffer, offset, header);
    int packetType = header == HEADER_2 ? Bytes.u8(buffer, offset + 10) : Bytes.u16(buffer, offset);
    broadcast = packetType == BROADCAST;
    return null;
  }

  private static int carried(int type) {
    if (type >= EtherType.SMALLEST) {
      return type;
    }
    return type == LLC_FRAME ? EtherType.LLC : EtherType.NOTHING;
  }

  private static int source(byte[] buffer, int offset, int header) {
    boolean second = header == HEADER_2;
    int length = second ? Bytes.u8(buffer, offset + 11) : Bytes.u16(buffer, offset + 4);
    return length == MAC_LENGTH ? offset + (second ? 12 : 6) : -1;
  }

  /** Offset of the sender's MAC address, or -1 when the link has none. */
  public int source() {
    return source;
  }

  /** Whether another host sent the packet to all on its link; of the own host's nothing tells. */
  public boolean isBroadcast() {
    return broadcast;
  }
}
