package imon.wire;

import imon.pcap.Anomaly;
import org.jspecify.annotations.Nullable;

/**
 * A Linux cooked capture header of version 1 or 2 (LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2).
 *
 * <pre>
 * version 1: | packet type (2) | ARPHRD (2) | length (2) | address (8) | protocol (2) |
 * version 2: | protocol (2) | 0 (2) | interface (4) | ARPHRD (2) | type (1) | length (1) | address (8) |
 * </pre>
 */
public final class LinuxCooked {
  private static final int HEADER_1 = 16;
  private static final int HEADER_2 = 20;

  private int etherType;
  private int payload;
  private int payloadLimit;

  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    return wrap(buffer, offset, limit, HEADER_1, HEADER_1 - 2);
  }

  public @Nullable Anomaly wrapVersion2(byte[] buffer, int offset, int limit) {
    return wrap(buffer, offset, limit, HEADER_2, 0);
  }

  /** A VLAN tag stands behind the header: its last two bytes say what follows. */
  private @Nullable Anomaly wrap(byte[] buffer, int offset, int limit, int header, int protocol) {
    int position = offset + header;
    if (position > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    etherType = Bytes.u16(buffer, offset + protocol);
    while (EtherType.isVlanTag(etherType)) {
      position += 4;
      if (position > limit) {
        return Anomaly.LINK_HEADER_CUT;
      }
      etherType = Bytes.u16(buffer, position - 2);
    }
    payload = position;
    payloadLimit = limit;
    return null;
  }

  /** What the header announces, an {@link EtherType} for all that carries IP. */
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
