package imon.wire.link.described;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * What Junos puts before each frame (LINKTYPE_JUNIPER_ETHER and others, one for each kind of
 * frame). Packets that the router itself sends may have a protocol instead of a link header.
 *
 * <pre>
 * +--------------+-----------+----------------------------------------+--------------+
 * | "MGC" (3)    | flags (1) | if flag 0x80: length (2), that many    | if flag 0x02:|
 * |              |           | bytes of extensions                    | protocol (4) |
 * +--------------+-----------+----------------------------------------+--------------+
 * </pre>
 */
public final class JunosHeader extends Encapsulation {
  private static final int MAGIC = 0x4d4743;
  private static final int HEADER = 4;
  private static final int NO_LINK = 0x02;
  private static final int EXTENDED = 0x80;
  private static final int EXTENSION_LENGTH_BYTES = 2;
  private static final int PROTOCOL_BYTES = 4;

  private int linkType;

  /** Says what kind of frames follow: a link type of the tcpdump.org registry. */
  public JunosHeader of(int frames) {
    linkType = frames;
    return this;
  }

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int header = Bytes.i32(buffer, offset);
    if (header >>> 8 != MAGIC) {
      return Anomaly.LINK_HEADER_BAD;
    }
    int end = offset + HEADER;
    if ((header & EXTENDED) != 0) {
      if (end + EXTENSION_LENGTH_BYTES > limit) {
        return Anomaly.LINK_HEADER_CUT;
      }
      end += EXTENSION_LENGTH_BYTES + Bytes.u16(buffer, end);
    }
    boolean bare = (header & NO_LINK) != 0;
    end += bare ? PROTOCOL_BYTES : 0;
    if (end >= limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    carries(bare ? EtherType.ofIpVersion(buffer[end]) : EtherType.ofLinkType(linkType), end, limit);
    return null;
  }
}
