package imon.analysis.recent;

import imon.live.file.PcapHeader;
import imon.live.file.RecordHeaders;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Records that came together, all of them whole, with the header of the file they are from. The
 * arrays are not changed any more.
 *
 * @param lastTime time of the last record, nanoseconds since 1970 UTC
 * @param skippedBytes how much of the file before them was left out
 */
record Piece(byte[] header, byte[] records, long lastTime, long skippedBytes) {
  private static final long SECOND = 1_000_000_000L;

  /** These records; at least one. */
  static Piece of(byte[] header, PcapHeader format, byte[] records, long skippedBytes) {
    RecordHeaders headers =
        new RecordHeaders(
            ByteBuffer.wrap(records).order(format.order()), format.nanosPerFraction());
    int last = 0;
    for (int at = 0; at < records.length; at += headers.length(at)) {
      last = at;
    }
    return new Piece(header, records, headers.time(last), skippedBytes);
  }

  /** When the last packet came, to the second. */
  Instant last() {
    return Instant.ofEpochSecond(Math.floorDiv(lastTime, SECOND));
  }
}
