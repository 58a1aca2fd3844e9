package imon.analysis.recent;

import imon.live.file.PcapHeader;
import imon.live.file.RecordHeaders;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** Records that came together, all of them whole, with the header of the file they are from. */
final class Piece {
  private static final long SECOND = 1_000_000_000L;

  private final byte[] header;
  private final byte[] records;
  private final long lastTime;
  private final long skippedBytes;

  /**
   * Takes records, at least one.
   *
   * @param format what the file's header says
   * @param records is not changed any more
   * @param skippedBytes how much of the file before them was left out
   */
  Piece(byte[] header, PcapHeader format, byte[] records, long skippedBytes) {
    this.header = header;
    this.records = records;
    this.skippedBytes = skippedBytes;
    RecordHeaders headers =
        new RecordHeaders(
            ByteBuffer.wrap(records).order(format.order()), format.nanosPerFraction());
    int last = 0;
    for (int at = 0; at < records.length; at += headers.length(at)) {
      last = at;
    }
    lastTime = headers.time(last);
  }

  /** Whether both can stand in one file. */
  boolean hasHeaderOf(Piece other) {
    return Arrays.equals(header, other.header);
  }

  InputStream header() {
    return new ByteArrayInputStream(header);
  }

  InputStream records() {
    return new ByteArrayInputStream(records);
  }

  /** Length of the records. */
  int length() {
    return records.length;
  }

  /** Time of the last record, nanoseconds since 1970 UTC. */
  long lastTime() {
    return lastTime;
  }

  /** When the last packet came, to the second. */
  Instant last() {
    return Instant.ofEpochSecond(Math.floorDiv(lastTime, SECOND));
  }

  long skippedBytes() {
    return skippedBytes;
  }
}
