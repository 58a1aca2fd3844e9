package imon.live.file;

import java.nio.ByteBuffer;

/**
 * The records of a pcap file in a buffer that has their byte order. A record is 16 bytes of header
 * and its captured bytes:
 *
 * <pre>
 *  0       4         8                12               16
 *  +-------+---------+----------------+----------------+--------
 *  |seconds|fraction |captured length |original length | bytes
 *  +-------+---------+----------------+----------------+--------
 * </pre>
 *
 * @param records all of them whole; offsets are absolute
 * @param nanosPerFraction 1 or 1000
 */
public record RecordHeaders(ByteBuffer records, int nanosPerFraction) {
  /** Length of a record's header. */
  public static final int LENGTH = 16;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int FRACTION = 4;
  private static final int CAPTURED_LENGTH = 8;
  private static final int ORIGINAL_LENGTH = 12;

  /** Time of the record at this offset, in nanoseconds since 1970 UTC. */
  public long time(int at) {
    return Integer.toUnsignedLong(records.getInt(at)) * NANOS_PER_SECOND
        + Integer.toUnsignedLong(records.getInt(at + FRACTION)) * nanosPerFraction;
  }

  /** Length of the record at this offset, with its header. */
  public int length(int at) {
    return LENGTH + records.getInt(at + CAPTURED_LENGTH);
  }

  /** Length of the packet on the wire. */
  public long originalLength(int at) {
    return Integer.toUnsignedLong(records.getInt(at + ORIGINAL_LENGTH));
  }
}
