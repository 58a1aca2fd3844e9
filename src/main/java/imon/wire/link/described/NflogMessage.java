package imon.wire.link.described;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A message of Linux netfilter about a packet (LINKTYPE_NFLOG): attributes, one of which is the
 * packet. Lengths and types of attributes stand in the capturing host's byte order.
 *
 * <pre>
 * +--------------------+-------------+-----------------+--------------------------------+
 * | address family (1) | version (1) | resource id (2) | attributes, each filled up to  |
 * |                    |             |                 | 4: length (2), type (2), value |
 * +--------------------+-------------+-----------------+--------------------------------+
 * </pre>
 */
public final class NflogMessage extends Encapsulation {
  private static final int HEADER = 4;
  private static final int ATTRIBUTE_HEADER = 4;
  private static final int PAYLOAD = 9;
  private static final int LARGEST_TYPE = 0xff;
  private static final int TYPE_MASK = 0x7fff;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    if (buffer[offset + 1] != 0) {
      return Anomaly.LINK_HEADER_BAD;
    }
    int carried = carried(Bytes.u8(buffer, offset));
    int at = offset + HEADER;
    boolean little = isLittle(buffer, at, limit);
    while (at + ATTRIBUTE_HEADER <= limit) {
      int length = u16(buffer, at, little);
      if (length < ATTRIBUTE_HEADER) {
        return Anomaly.LINK_HEADER_BAD;
      }
      if ((u16(buffer, at + 2, little) & TYPE_MASK) == PAYLOAD) {
        carries(carried, at + ATTRIBUTE_HEADER, Math.min(limit, at + length));
        return null;
      }
      at += length + 3 & ~3;
    }
    carries(EtherType.NOTHING, limit, limit);
    return null;
  }

  /** Types are small numbers in the right byte order. */
  private static boolean isLittle(byte[] buffer, int at, int limit) {
    return at + ATTRIBUTE_HEADER > limit || Bytes.littleU16(buffer, at + 2) <= LARGEST_TYPE;
  }

  private static int u16(byte[] buffer, int at, boolean little) {
    return little ? Bytes.littleU16(buffer, at) : Bytes.u16(buffer, at);
  }

  private static int carried(int addressFamily) {
    return switch (addressFamily) {
      case 2 -> EtherType.IPV4;
      case 10 -> EtherType.IPV6;
      default -> EtherType.NOTHING;
    };
  }
}
