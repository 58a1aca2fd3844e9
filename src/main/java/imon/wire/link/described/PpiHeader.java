package imon.wire.link.described;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A per-packet information header (LINKTYPE_PPI): fields, then a frame of the link type it names.
 * Numbers stand lowest byte first.
 *
 * <pre>
 * +-------------+-----------+------------+---------------+--------+
 * | version (1) | flags (1) | length (2) | link type (4) | fields |
 * +-------------+-----------+------------+---------------+--------+
 * </pre>
 */
public final class PpiHeader extends Encapsulation {
  private static final int HEADER = 8;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int length = Bytes.littleU16(buffer, offset + 2);
    if (buffer[offset] != 0 || length < HEADER) {
      return Anomaly.LINK_HEADER_BAD;
    }
    if (offset + length > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int linkType = Bytes.littleI32(buffer, offset + 4) & 0xffff;
    carries(EtherType.ofLinkType(linkType), offset + length, limit);
    return null;
  }
}
