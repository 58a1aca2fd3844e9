package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A logical link control header (IEEE 802.2, section 3.2), and the subnetwork access protocol's
 * (RFC 1042) with VLAN tags when it follows.
 *
 * <pre>
 * +----------+----------+-------------+------------------------+----------+---------------+
 * | DSAP (1) | SSAP (1) | control (1) | SNAP: organization (3) | tags (0) | EtherType (2) |
 * +----------+----------+-------------+------------------------+----------+---------------+
 * </pre>
 *
 * A header of any other kind, or one that is cut, carries nothing that imon opens.
 */
public final class LlcHeader extends Encapsulation {
  private static final int LLC = 3;
  private static final int ORGANIZATION = 3;
  private static final int SNAP_UNNUMBERED = 0xaaaa03;
  private static final int IP_UNNUMBERED = 0x060603;
  private static final int ETHERNET = 0x000000;
  private static final int BRIDGE_TUNNEL = 0x0000f8;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    carries(EtherType.NOTHING, limit, limit);
    if (offset + LLC >= limit) {
      return null;
    }
    int header = Bytes.i32(buffer, offset) >>> 8;
    int position = offset + LLC;
    if (header == IP_UNNUMBERED) {
      carries(EtherType.ofIpVersion(buffer[position]), position, limit);
    } else if (header == SNAP_UNNUMBERED && position + ORGANIZATION + 2 <= limit) {
      wrapSnap(buffer, position, limit);
    }
    return null;
  }

  private void wrapSnap(byte[] buffer, int offset, int limit) {
    int organization = Bytes.i32(buffer, offset) >>> 8;
    if (organization != ETHERNET && organization != BRIDGE_TUNNEL) {
      return;
    }
    int type = offset + ORGANIZATION;
    while (type + 2 <= limit) {
      int value = Bytes.u16(buffer, type);
      if (!EtherType.isVlanTag(value)) {
        carries(EtherType.orNothing(value), type + 2, limit);
        return;
      }
      type += 4;
    }
  }
}
