package imon.flow.recent;

import java.util.Arrays;

/**
 * The first bytes of one direction of a connection, put in order by sequence number: segments may
 * come late, twice or overlapping; what came first stays. Grows up to {@link #LIMIT}.
 */
public final class StreamStart {
  /** Bytes kept: a ClientHello or a request header beyond this is given up. */
  public static final int LIMIT = 72 * 1024;

  /** Segments that wait for one before them. */
  private static final int PIECES_LIMIT = 32;

  /** Most starts are over after one or two segments. */
  private static final int USUAL_PIECES = 2;

  private static final byte[] NONE = {};

  private int base;
  private byte[] bytes = NONE;
  private int contiguous;
  private int[] pieceStart = new int[USUAL_PIECES];
  private int[] pieceEnd = new int[USUAL_PIECES];
  private int pieces;
  private boolean overrun;
  private boolean consumed;

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
    return bytes;
  }

  public int contiguous() {
    return contiguous;
  }

  /** Whether a segment was beyond what is kept, so that waiting for more is in vain. */
  public boolean isOverrun() {
    return overrun;
  }

  /** Adds a segment; true when there are more contiguous bytes than before. */
  public boolean add(int sequence, byte[] source, int offset, int length) {
    int start = sequence - base;
    int end = start + length;
    if (start < -LIMIT || end > LIMIT) {
      overrun = true;
      return false;
    }
    if (end <= contiguous) {
      return false;
    }
    int from = Math.max(start, contiguous);
    copy(source, offset + from - start, from, end);
    if (!mark(from, end)) {
      overrun = true;
      return false;
    }
    return absorb();
  }

  /** Adds all bytes of this one to another, where they belong. */
  public void addTo(StreamStart other) {
    if (contiguous > 0) {
      other.add(base, bytes, 0, contiguous);
    }
    for (int i = 0; i < pieces; i++) {
      other.add(base + pieceStart[i], bytes, pieceStart[i], pieceEnd[i] - pieceStart[i]);
    }
  }

  /** Writes only where nothing was before, so that the first copy of a byte stays. */
  private void copy(byte[] source, int offset, int from, int end) {
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(LIMIT, Math.max(end, bytes.length * 2)));
    }
    int at = from;
    for (int i = 0; i < pieces && at < end; i++) {
      if (pieceEnd[i] > at) {
        int gapEnd = Math.min(end, pieceStart[i]);
        if (gapEnd > at) {
          System.arraycopy(source, offset + at - from, bytes, at, gapEnd - at);
        }
        at = Math.max(at, pieceEnd[i]);
      }
    }
    if (at < end) {
      System.arraycopy(source, offset + at - from, bytes, at, end - at);
    }
  }

  /** Adds a range to the sorted, disjoint pieces; false when there is no room for it. */
  private boolean mark(int from, int end) {
    int first = 0;
    while (first < pieces && pieceEnd[first] < from) {
      first++;
    }
    int next = first;
    int start = from;
    int stop = end;
    while (next < pieces && pieceStart[next] <= end) {
      start = Math.min(start, pieceStart[next]);
      stop = Math.max(stop, pieceEnd[next]);
      next++;
    }
    int left = pieces - next;
    int marked = first + 1 + left;
    if (marked > PIECES_LIMIT) {
      return false;
    }
    if (marked > pieceStart.length) {
      int room = Math.min(PIECES_LIMIT, 4 * marked);
      pieceStart = Arrays.copyOf(pieceStart, room);
      pieceEnd = Arrays.copyOf(pieceEnd, room);
    }
    System.arraycopy(pieceStart, next, pieceStart, first + 1, left);
    System.arraycopy(pieceEnd, next, pieceEnd, first + 1, left);
    pieceStart[first] = start;
    pieceEnd[first] = stop;
    pieces = marked;
    return true;
  }

  private boolean absorb() {
    if (pieces == 0 || pieceStart[0] > contiguous) {
      return false;
    }
    contiguous = pieceEnd[0];
    pieces--;
    System.arraycopy(pieceStart, 1, pieceStart, 0, pieces);
    System.arraycopy(pieceEnd, 1, pieceEnd, 0, pieces);
    return true;
  }

  /** Drops the first {@code count} contiguous bytes, which have been read. */
  public void consume(int count) {
    int end = pieces > 0 ? pieceEnd[pieces - 1] : contiguous;
    System.arraycopy(bytes, count, bytes, 0, end - count);
    base += count;
    consumed |= count > 0;
    contiguous -= count;
    for (int i = 0; i < pieces; i++) {
      pieceStart[i] -= count;
      pieceEnd[i] -= count;
    }
  }
}
