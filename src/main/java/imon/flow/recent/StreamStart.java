package imon.flow.recent;

import imon.wire.ReassemblyBuffer;

/**
 * The first bytes of one direction of a connection, put in order by sequence number: segments may
 * come late, twice or overlapping; what came first stays. Grows up to {@link #LIMIT}.
 */
public final class StreamStart {
  /** Bytes kept: a ClientHello or a request header beyond this is given up. */
  public static final int LIMIT = 72 * 1024;

  /** Segments that wait for one before them. */
  private static final int PIECES_LIMIT = 32;

  private final ReassemblyBuffer buffer = new ReassemblyBuffer(LIMIT, PIECES_LIMIT);
  private int base;
  private boolean consumed;
  private int acknowledged;
  private boolean isNoted;

  /**
   * @param base sequence number of the first byte
   */
  public StreamStart(int base) {
    this.base = base;
  }

  /** Whether this sequence number is before all of it, none of which was consumed. */
  public boolean isBehind(int sequence) {
    return !consumed && sequence - base < 0;
  }

  /** Sequence number of the first of the bytes. */
  public int sequence() {
    return base;
  }

  /** The bytes; the first {@link #contiguous()} of them are the stream's, until the next call. */
  public byte[] bytes() {
    return buffer.bytes();
  }

  public int contiguous() {
    return buffer.contiguous();
  }

  /** Whether a segment was beyond what is kept, so that waiting for more is in vain. */
  public boolean isOverrun() {
    return buffer.isOverrun();
  }

  /** Adds a segment; true when there are more contiguous bytes than before. */
  public boolean add(int sequence, byte[] source, int offset, int length) {
    return buffer.add(sequence - base, source, offset, length);
  }

  /**
   * Goes on behind the bytes that are missing before all others, if these were acknowledged up to
   * the first of the others; whether it does.
   */
  public boolean skipGap(int acknowledged) {
    int gap = buffer.gap();
    if (gap == 0 || acknowledged - (base + gap) < 0) {
      return false;
    }
    buffer.skipGap();
    base += gap;
    return true;
  }

  /** Notes what a segment that is added acknowledges of the other direction. */
  public void noteAcknowledged(int acknowledgment) {
    if (!isNoted || acknowledgment - acknowledged < 0) {
      acknowledged = acknowledgment;
      isNoted = true;
    }
  }

  /** The least that a segment acknowledged: how far the sender had heard the other direction. */
  public int acknowledged() {
    return acknowledged;
  }

  /** Adds all bytes of this one to another, where they belong. */
  public void addTo(StreamStart other) {
    buffer.addTo(other.buffer, base - other.base);
  }

  /** Drops the first {@code count} contiguous bytes, which have been read. */
  public void consume(int count) {
    buffer.consume(count);
    base += count;
    consumed |= count > 0;
  }
}
