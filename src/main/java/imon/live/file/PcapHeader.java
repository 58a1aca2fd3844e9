package imon.live.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a pcap file says of its records.
 *
 * @param order byte order of all its numbers
 * @param nanosPerFraction 1 or 1000
 * @param snapLength most bytes of a packet
 * @param linkType a LINKTYPE_ value
 */
public record PcapHeader(ByteOrder order, int nanosPerFraction, int snapLength, int linkType) {
  /** Length of the file header. */
  public static final int LENGTH = 24;

  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;
  private static final int SNAP_LENGTH = 16;
  private static final int LINK_TYPE = 20;
  private static final int LINK_TYPE_MASK = 0xffff; // above it: length of the frame check sequence

  /** Reads {@value #LENGTH} bytes; null when they are no header of a kind that imon writes. */
  public static @Nullable PcapHeader read(byte[] header) {
    ByteBuffer buffer = ByteBuffer.wrap(header);
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      int magic = buffer.order(order).getInt(0);
      if (magic == MICROSECONDS || magic == NANOSECONDS) {
        return new PcapHeader(
            order,
            magic == NANOSECONDS ? 1 : 1000,
            buffer.getInt(SNAP_LENGTH),
            buffer.getInt(LINK_TYPE) & LINK_TYPE_MASK);
      }
    }
    return null;
  }
}
