package imon.wire;

import java.util.Arrays;

/**
 * The bytes of a stream or of a message, put in order by their offsets: parts may come late, twice
 * or overlapping; what came first stays. Only what is there takes room, so that a part far ahead
 * costs no more than its own bytes.
 */
public final class ReassemblyBuffer {
  /** Most streams and messages are whole after one or two parts. */
  private static final int USUAL_PIECES = 2;

  private static final byte[] NONE = {};

  private final int limit;
  private final int mostPieces;

  /** What is there, without its gaps: first all up to the first gap, then the pieces behind. */
  private byte[] bytes = NONE;

  private int held;
  private int contiguous;
  private int[] pieceStart = new int[USUAL_PIECES];
  private int[] pieceEnd = new int[USUAL_PIECES];
  private int pieces;
  private boolean overrun;

  /**
   * An empty one.
   *
   * @param limit bytes from the first to the last that is kept
   * @param mostPieces parts that wait for one before them
   */
  public ReassemblyBuffer(int limit, int mostPieces) {
    this.limit = limit;
    this.mostPieces = mostPieces;
  }

  /** The first {@link #contiguous()} of them have no gap before them; until the next call. */
  public byte[] bytes() {
    return bytes;
  }

  public int contiguous() {
    return contiguous;
  }

  /** Whether a part was beyond what is kept. Since then nothing is taken. */
  public boolean isOverrun() {
    return overrun;
  }

  /** Forgets all. */
  public void clear() {
    held = 0;
    contiguous = 0;
    pieces = 0;
    overrun = false;
  }

  /**
   * Adds a part; true when there are more contiguous bytes than before.
   *
   * @param start where it begins; what is before 0 is left out
   */
  public boolean add(int start, byte[] source, int offset, int length) {
    int end = start + length;
    if (overrun || start < -limit || end > limit) {
      overrun = true;
      return false;
    }
    if (end <= contiguous) {
      return false;
    }
    int from = Math.max(start, contiguous);
    int first = 0;
    while (first < pieces && pieceEnd[first] < from) {
      first++;
    }
    int next = first;
    while (next < pieces && pieceStart[next] <= end) {
      next++;
    }
    if (first + 1 + pieces - next > mostPieces) {
      overrun = true;
      return false;
    }
    insert(source, offset + from - start, from, end);
    mark(from, end, first, next);
    return absorb();
  }

  /** Takes in what was in none of the pieces. */
  private void insert(byte[] source, int offset, int from, int end) {
    int at = from;
    int place = contiguous;
    for (int i = 0; i < pieces && at < end; i++) {
      int gapEnd = Math.min(end, pieceStart[i]);
      if (gapEnd > at) {
        place = insertAt(place, source, offset + at - from, gapEnd - at);
      }
      at = Math.max(at, pieceEnd[i]);
      place += pieceEnd[i] - pieceStart[i];
    }
    if (at < end) {
      var unused = insertAt(place, source, offset + at - from, end - at);
    }
  }

  /** Returns where in {@link #bytes} the inserted bytes end. */
  private int insertAt(int place, byte[] source, int offset, int length) {
    if (held + length > bytes.length) {
      // A quarter more: many of them wait, and the room that is not used is theirs, too.
      int room = Math.max(held + length, bytes.length + bytes.length / 4);
      bytes = Arrays.copyOf(bytes, Math.min(limit, room));
    }
    System.arraycopy(bytes, place, bytes, place + length, held - place);
    System.arraycopy(source, offset, bytes, place, length);
    held += length;
    return place + length;
  }

  /** Joins a range with those of the sorted, disjoint pieces that it meets, if any. */
  private void mark(int from, int end, int first, int next) {
    boolean meets = next > first;
    int start = meets ? Math.min(from, pieceStart[first]) : from;
    int stop = meets ? Math.max(end, pieceEnd[next - 1]) : end;
    int left = pieces - next;
    int marked = first + 1 + left;
    if (marked > pieceStart.length) {
      int room = Math.min(mostPieces, 4 * marked);
      pieceStart = Arrays.copyOf(pieceStart, room);
      pieceEnd = Arrays.copyOf(pieceEnd, room);
    }
    System.arraycopy(pieceStart, next, pieceStart, first + 1, left);
    System.arraycopy(pieceEnd, next, pieceEnd, first + 1, left);
    pieceStart[first] = start;
    pieceEnd[first] = stop;
    pieces = marked;
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

  /** How many bytes are missing before all that are there, or 0. */
  public int gap() {
    return contiguous > 0 || pieces == 0 ? 0 : pieceStart[0];
  }

  /** Takes the first byte that is there, behind {@link #gap()}, for the beginning. */
  public void skipGap() {
    move(gap());
    absorb();
  }

  /** Adds all that is here to another one, in which it stands so many bytes later. */
  public void addTo(ReassemblyBuffer other, int later) {
    if (contiguous > 0) {
      other.add(later, bytes, 0, contiguous);
    }
    int place = contiguous;
    for (int i = 0; i < pieces; i++) {
      int length = pieceEnd[i] - pieceStart[i];
      other.add(later + pieceStart[i], bytes, place, length);
      place += length;
    }
  }

  /** Drops the first {@code count} contiguous bytes: what follows is the new beginning. */
  public void consume(int count) {
    held -= count;
    System.arraycopy(bytes, count, bytes, 0, held);
    contiguous -= count;
    move(count);
  }

  /** All pieces stand so many bytes nearer to the beginning. */
  private void move(int count) {
    for (int i = 0; i < pieces; i++) {
      pieceStart[i] -= count;
      pieceEnd[i] -= count;
    }
  }
}
