package imon.wire.link.described;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * What a radio said about an 802.11 frame (LINKTYPE_IEEE802_11_RADIOTAP; radiotap.org). All numbers
 * stand lowest byte first. Carries a frame of link type 105.
 *
 * <pre>
 * +-------------+---------+------------+--------------------+---------------------------+
 * | version (1) | pad (1) | length (2) | present (4 each)   | fields, aligned by size   |
 * +-------------+---------+------------+--------------------+---------------------------+
 * </pre>
 */
public final class RadiotapHeader extends Encapsulation {
  private static final int SHORTEST = 8;
  private static final int PRESENT = 4;
  private static final int TIMESTAMP_PRESENT = 1;
  private static final int FLAGS_PRESENT = 2;
  private static final int PADDED = 0x20;
  private static final int WLAN = EtherType.ofLinkType(105);

  private boolean padded;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + SHORTEST > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int length = Bytes.littleU16(buffer, offset + 2);
    if (buffer[offset] != 0 || length < SHORTEST) {
      return Anomaly.LINK_HEADER_BAD;
    }
    if (offset + length > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    carries(WLAN, offset + length, limit);
    padded = isPadded(buffer, offset, offset + length);
    return null;
  }

  /** The flags are the second field, behind a timestamp of eight bytes. */
  private static boolean isPadded(byte[] buffer, int offset, int end) {
    int present = Bytes.littleI32(buffer, offset + PRESENT);
    if ((present & FLAGS_PRESENT) == 0) {
      return false;
    }
    int flags = fields(buffer, offset, end) - offset;
    if ((present & TIMESTAMP_PRESENT) != 0) {
      flags = (flags + 7 & ~7) + 8;
    }
    return offset + flags < end && (buffer[offset + flags] & PADDED) != 0;
  }

  /** Each word of presence says in its sign whether another follows. */
  private static int fields(byte[] buffer, int offset, int end) {
    int word = offset + PRESENT;
    while (word + 4 <= end && Bytes.littleI32(buffer, word) < 0) {
      word += 4;
    }
    return word + 4;
  }

  /** Whether padding stands between the 802.11 header and what it carries. */
  public boolean isPadded() {
    return padded;
  }
}
