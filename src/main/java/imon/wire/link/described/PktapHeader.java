package imon.wire.link.described;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * What a Darwin kernel says about a packet (LINKTYPE_PKTAP): interface, process, and the link type
 * of the frame that follows. Numbers stand lowest byte first.
 *
 * <pre>
 * +------------+-----------------+---------------+---------------------+-----+
 * | length (4) | record type (4) | link type (4) | interface name (24) | ... |
 * +------------+-----------------+---------------+---------------------+-----+
 * </pre>
 */
public final class PktapHeader extends Encapsulation {
  private static final int SHORTEST = 60;
  private static final int LONGEST = 1024;
  private static final int PACKET = 1;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + SHORTEST > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int length = Bytes.littleI32(buffer, offset);
    int linkType = Bytes.littleI32(buffer, offset + 8);
    if (length < SHORTEST || length > LONGEST || linkType < 0 || linkType > 0xffff) {
      return Anomaly.LINK_HEADER_BAD;
    }
    if (offset + length > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    boolean packet = Bytes.littleI32(buffer, offset + 4) == PACKET;
    carries(packet ? EtherType.ofLinkType(linkType) : EtherType.NOTHING, offset + length, limit);
    return null;
  }
}
