package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * The header of a Token Ring frame (IEEE 802.5, clause 3), with the route that the source gave it
 * (IEEE 802.1D, annex C) if the first bit of the source's address says so. MAC frames carry
 * nothing.
 *
 * <pre>
 * +--------------------+-------------------+-----------------+------------+
 * | access control (1) | frame control (1) | destination (6) | source (6) |
 * +--------------------+-------------------+-----------------+------------+
 * | routing control, with its length in five bits (2) | segments (0 ... 28) |
 * +-----------------------------------------------------------------------+
 * </pre>
 */
public final class TokenRingFrame extends Encapsulation {
  private static final int HEADER = 14;
  private static final int FRAME_CONTROL = 1;
  private static final int SOURCE = 8;
  private static final int KIND = 0xc0;
  private static final int LLC = 0x40;
  private static final int ROUTED = 0x80;
  private static final int ROUTE_LENGTH = 0x1f;

  private boolean routed;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    int start = offset + HEADER;
    if (start > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    routed = (Bytes.u8(buffer, offset + SOURCE) & ROUTED) != 0;
    if (routed) {
      if (start + 2 > limit) {
        return Anomaly.LINK_HEADER_CUT;
      }
      int length = Bytes.u8(buffer, start) & ROUTE_LENGTH;
      if (length < 2 || length % 2 != 0) {
        return Anomaly.LINK_HEADER_BAD;
      }
      start += length;
      if (start > limit) {
        return Anomaly.LINK_HEADER_CUT;
      }
    }
    boolean llc = (Bytes.u8(buffer, offset + FRAME_CONTROL) & KIND) == LLC;
    carries(llc ? EtherType.LLC : EtherType.NOTHING, start, limit);
    return null;
  }

  /** Whether the frame has a route, and so the source's address a bit that is none of it. */
  public boolean isRouted() {
    return routed;
  }
}
