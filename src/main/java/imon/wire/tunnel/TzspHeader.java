package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A TazmenSniffer header: a captured frame on its way to who looks at it.
 *
 * <pre>
 * +-------------+----------+-------------------+------------------------------------------+
 * | version (1) | type (1) | encapsulation (2) | tags: number (1), length (1), value; end |
 * +-------------+----------+-------------------+------------------------------------------+
 * </pre>
 */
public final class TzspHeader extends Encapsulation {
  private static final int HEADER = 4;
  private static final int VERSION = 1;
  private static final int TAG_PADDING = 0;
  private static final int TAG_END = 1;
  private static final int ETHERNET = 1;
  private static final int WLAN = 18;
  private static final int WLAN_PRISM = 119;
  private static final int WLAN_AVS = 127;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    int type = Bytes.u8(buffer, offset + 1);
    if (buffer[offset] != VERSION || type > 1) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    int start = afterTags(buffer, offset + HEADER, limit);
    if (start > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    carries(carried(Bytes.u16(buffer, offset + 2)), start, limit);
    return null;
  }

  /** Behind {@code limit} when the tags have no end. */
  private static int afterTags(byte[] buffer, int offset, int limit) {
    int tag = offset;
    while (tag < limit && buffer[tag] != TAG_END) {
      if (buffer[tag] == TAG_PADDING) {
        tag++;
      } else {
        tag += tag + 1 < limit ? 2 + Bytes.u8(buffer, tag + 1) : 2;
      }
    }
    return tag + 1;
  }

  private static int carried(int encapsulation) {
    return switch (encapsulation) {
      case ETHERNET -> EtherType.TRANSPARENT_ETHERNET;
      case WLAN -> EtherType.ofLinkType(105);
      case WLAN_PRISM -> EtherType.ofLinkType(119);
      case WLAN_AVS -> EtherType.ofLinkType(163);
      default -> EtherType.NOTHING;
    };
  }
}
