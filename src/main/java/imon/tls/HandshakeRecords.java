package imon.tls;

import imon.wire.Bytes;
import java.util.Arrays;

/**
 * The handshake messages of a stream's first records, without the record headers (RFC 8446, section
 * 5.1). Alerts that only warn are stepped over: servers send one before their hello. Reused; what
 * it says is of the last {@link #join}.
 */
final class HandshakeRecords {
  static final int MAX_BYTES = 64 * 1024;

  static final int HEADER_BYTES = 5;
  static final int HANDSHAKE = 22;
  static final int ALERT = 21;

  private static final int WARNING = 1;
  private static final int ALERT_BYTES = 2;

  /** Plain records hold 2^14 bytes; some old servers went a little beyond. */
  private static final int MAX_RECORD_BYTES = (1 << 14) + 2048;

  /** Why the joining stopped. */
  enum Stop {
    /** The bytes ended. */
    CUT,
    /** Another type of record follows. */
    OTHER_RECORD,
    /** No record follows, or the limit is reached. */
    BROKEN
  }

  private byte[] bytes = new byte[4096];
  private int length;
  private int announced;
  private int overhead;
  private Stop stop = Stop.CUT;

  /**
   * Whether a stream can begin with a record of this length: no handshake record is empty, and an
   * alert is whole (RFC 8446, section 5.1).
   */
  static boolean mayBeginWith(boolean alert, int recordLength) {
    return alert
        ? recordLength == ALERT_BYTES
        : recordLength > 0 && recordLength <= MAX_RECORD_BYTES;
  }

  /** Joins the records from {@code offset} on, as far as they are there. */
  void join(byte[] buffer, int offset, int limit) {
    length = 0;
    announced = 0;
    overhead = 0;
    int at = offset;
    while (limit - at >= HEADER_BYTES) {
      int record = Bytes.u16(buffer, at + 3);
      int start = at + HEADER_BYTES;
      if (!isRecord(buffer, at)) {
        stop = Stop.BROKEN;
        return;
      }
      if (buffer[at] == HANDSHAKE) {
        if (!add(buffer, start, Math.min(record, limit - start), record)) {
          stop = Stop.BROKEN;
          return;
        }
      } else if (isWarning(buffer, at, limit)) {
        overhead += HEADER_BYTES + record;
      } else {
        stop = Stop.OTHER_RECORD;
        return;
      }
      at = start + record;
    }
    stop = Stop.CUT;
  }

  /** The messages, {@link #length()} bytes of them, until the next {@link #join}. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  Stop stop() {
    return stop;
  }

  /** How many bytes of the stream there must be, at least, for so many bytes of messages. */
  int streamBytes(int messageBytes) {
    return overhead + messageBytes + (announced >= messageBytes ? 0 : HEADER_BYTES);
  }

  private boolean add(byte[] buffer, int start, int count, int record) {
    if (record == 0 || length + count > MAX_BYTES) {
      return false;
    }
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, 2 * (length + count)));
    }
    System.arraycopy(buffer, start, bytes, length, count);
    length += count;
    announced += record;
    overhead += HEADER_BYTES;
    return true;
  }

  private static boolean isRecord(byte[] buffer, int at) {
    return buffer[at] >= 20
        && buffer[at] <= 24
        && buffer[at + 1] == 3
        && buffer[at + 2] >= 0
        && buffer[at + 2] <= 4
        && Bytes.u16(buffer, at + 3) <= MAX_RECORD_BYTES;
  }

  private static boolean isWarning(byte[] buffer, int at, int limit) {
    return buffer[at] == ALERT
        && Bytes.u16(buffer, at + 3) == ALERT_BYTES
        && (at + HEADER_BYTES >= limit || buffer[at + HEADER_BYTES] == WARNING);
  }
}
