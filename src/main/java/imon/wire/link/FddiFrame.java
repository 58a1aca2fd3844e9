package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * The header of an FDDI frame (ISO 9314-2, clause 7) with addresses of six bytes. Tokens, station
 * management, MAC frames and those with addresses of two bytes carry nothing.
 *
 * <pre>
 * +-------------------+-----------------+------------+
 * | frame control (1) | destination (6) | source (6) |
 * +-------------------+-----------------+------------+
 * </pre>
 */
public final class FddiFrame extends Encapsulation {
  private static final int HEADER = 13;

  /** Length of addresses and kind of frame, whether synchronous or not. */
  private static final int KIND = 0x70;

  private static final int LLC = 0x50;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    boolean llc = (Bytes.u8(buffer, offset) & KIND) == LLC;
    carries(llc ? EtherType.LLC : EtherType.NOTHING, offset + HEADER, limit);
    return null;
  }
}
