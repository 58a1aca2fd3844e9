package imon.flow.recent;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fragments of one datagram, kept in the order they came and laid out only when they are all
 * there, so that it never holds more than it was given: a far offset costs nothing. Reused.
 *
 * <p>No byte of a datagram is taken from fragments that disagree. Overlapping IPv6 fragments spoil
 * the datagram (RFC 5722, section 4), except that one may come twice (RFC 8200, section 4.5). Of
 * IPv4, for which systems keep different copies, an overlap spoils it unless both say the same.
 */
final class PartialDatagram {
  /** What adding a fragment came to. */
  enum Verdict {
    /** Fragments are missing. */
    INCOMPLETE,
    /** This fragment was the last that was missing. */
    WHOLE,
    /** It will never be put together; said once. */
    SPOILED,
    /** Nothing is to be done: it was whole or spoiled before. */
    OVER
  }

  /** Longer datagrams are not put together: what names a flow stands before that. */
  static final int MAX_BYTES = 16 * 1024;

  /** Some 28 fragments make that many bytes over the smallest link (RFC 791: 576 bytes). */
  static final int MAX_FRAGMENTS = 64;

  private static final int NOT_KNOWN = -1;

  private long signature;
  private long openedAt;
  private @Nullable PartialDatagram next;

  private byte[] bytes = new byte[2048];
  private int used;
  private final int[] starts = new int[MAX_FRAGMENTS];
  private final int[] ends = new int[MAX_FRAGMENTS];
  private int fragments;
  private int gathered;
  private int length;
  private boolean strict;
  private boolean over;
  private boolean firstSeen;
  private long layout;
  private int known;

  /** Nothing of it is there yet. */
  void open(long itsSignature, long packet, boolean version6) {
    signature = itsSignature;
    openedAt = packet;
    strict = version6;
    used = 0;
    fragments = 0;
    gathered = 0;
    length = NOT_KNOWN;
    over = false;
    firstSeen = false;
  }

  long signature() {
    return signature;
  }

  /** Number of the packet that brought its first fragment to come. */
  long openedAt() {
    return openedAt;
  }

  /** The next one in the same place of a table. */
  @Nullable PartialDatagram next() {
    return next;
  }

  void setNext(@Nullable PartialDatagram other) {
    next = other;
  }

  /** Nothing more of it is wanted. */
  void close() {
    over = true;
  }

  /** Notes what only the first fragment tells. */
  void first(long itsLayout, int knownPayload) {
    firstSeen = true;
    layout = itsLayout;
    known = knownPayload;
  }

  /** Whether nothing more is to be expected. */
  boolean isOver() {
    return over;
  }

  long layout() {
    return layout;
  }

  /** Bytes of the transport payload that were read with the first fragment. */
  int known() {
    return known;
  }

  /** How long the datagram is; only of a whole one. */
  int length() {
    return length;
  }

  /** Adds {@code source[from, to)}, which stands at {@code start} in the datagram. */
  Verdict add(int start, boolean last, byte[] source, int from, int to) {
    if (over) {
      return Verdict.OVER;
    }
    int end = start + to - from;
    boolean news = to > from && !isKnown(start, end);
    if (!fits(end, last) || !agrees(start, end, source, from) || (news && !hasRoom(to - from))) {
      over = true;
      return Verdict.SPOILED;
    }
    if (last) {
      length = end;
    }
    if (news) {
      keep(start, end, source, from);
    }
    over = firstSeen && length != NOT_KNOWN && isGathered();
    return over ? Verdict.WHOLE : Verdict.INCOMPLETE;
  }

  /** Whether it may end there: every fragment but the last is whole units of eight bytes. */
  private boolean fits(int end, boolean last) {
    if (end > MAX_BYTES || (!last && (end & 7) != 0)) {
      return false;
    }
    return last ? end >= highest() && (length == NOT_KNOWN || length == end) : !isBeyond(end);
  }

  private boolean hasRoom(int count) {
    return fragments < MAX_FRAGMENTS && used + count <= MAX_BYTES;
  }

  private boolean isBeyond(int end) {
    return length != NOT_KNOWN && end > length;
  }

  private int highest() {
    int highest = 0;
    for (int i = 0; i < fragments; i++) {
      highest = Math.max(highest, ends[i]);
    }
    return highest;
  }

  private boolean agrees(int start, int end, byte[] source, int from) {
    int at = 0;
    for (int i = 0; i < fragments; i++) {
      int overlap = Math.max(start, starts[i]);
      int overlapEnd = Math.min(end, ends[i]);
      if (overlap < overlapEnd) {
        boolean twice = start == starts[i] && end == ends[i];
        int mine = at + overlap - starts[i];
        int its = from + overlap - start;
        int count = overlapEnd - overlap;
        if ((strict && !twice)
            || !Arrays.equals(bytes, mine, mine + count, source, its, its + count)) {
          return false;
        }
      }
      at += ends[i] - starts[i];
    }
    return true;
  }

  private boolean isKnown(int start, int end) {
    for (int i = 0; i < fragments; i++) {
      if (starts[i] <= start && ends[i] >= end) {
        return true;
      }
    }
    return false;
  }

  private void keep(int start, int end, byte[] source, int from) {
    int count = end - start;
    if (used + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(used + count, 2 * bytes.length));
    }
    System.arraycopy(source, from, bytes, used, count);
    starts[fragments] = start;
    ends[fragments] = end;
    fragments++;
    used += count;
  }

  /** Whether the fragments reach from the first byte to the last without a gap. */
  private boolean isGathered() {
    int before;
    do {
      before = gathered;
      for (int i = 0; i < fragments; i++) {
        if (starts[i] <= gathered && ends[i] > gathered) {
          gathered = ends[i];
        }
      }
    } while (gathered > before);
    return gathered == length;
  }

  /** Writes a whole datagram into {@code whole}, which has room for {@link #MAX_BYTES}. */
  void layOut(byte[] whole) {
    int at = 0;
    for (int i = 0; i < fragments; i++) {
      int count = ends[i] - starts[i];
      System.arraycopy(bytes, at, whole, starts[i], count);
      at += count;
    }
  }
}
