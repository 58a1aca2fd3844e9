package imon.quic;

import java.util.Arrays;

/**
 * The pieces of one handshake stream that CRYPTO frames brought (RFC 9000, section 19.6), in any
 * order, overlapping or twice. Pieces are kept as they came and laid out only when asked for, so
 * that it never holds more than it was given: a far offset costs nothing.
 */
final class CryptoStream {
  /** Bytes of the stream, and of all pieces together, that are kept. */
  static final int LIMIT = 64 * 1024 + 4;

  /** Browsers scatter a ClientHello over some dozens of frames. */
  static final int MAX_PIECES = 128;

  private byte[] bytes = new byte[0];
  private int used;
  private int[] starts = new int[4];
  private int[] lengths = new int[4];
  private int pieces;

  void clear() {
    used = 0;
    pieces = 0;
  }

  /** Memory held, in bytes. */
  int heldBytes() {
    return bytes.length + (starts.length + lengths.length) * Integer.BYTES;
  }

  /**
   * Keeps {@code source[from, to)} as the stream's bytes from {@code offset} on, if there is room.
   */
  void add(long offset, byte[] source, int from, int to) {
    int length = to - from;
    if (length <= 0
        || offset > LIMIT - length
        || used > LIMIT - length
        || pieces == MAX_PIECES
        || isKnown((int) offset, length)) {
      return;
    }
    reserve(length);
    System.arraycopy(source, from, bytes, used, length);
    starts[pieces] = (int) offset;
    lengths[pieces] = length;
    pieces++;
    used += length;
  }

  /** Whether one piece has it all, as with a packet sent again. */
  private boolean isKnown(int start, int length) {
    for (int i = 0; i < pieces; i++) {
      if (starts[i] <= start && starts[i] + lengths[i] >= start + length) {
        return true;
      }
    }
    return false;
  }

  private void reserve(int length) {
    if (used + length > bytes.length) {
      int room = Math.max(used + length, bytes.length + bytes.length / 4);
      bytes = Arrays.copyOf(bytes, Math.min(LIMIT, room));
    }
    if (pieces == starts.length) {
      starts = Arrays.copyOf(starts, pieces * 2);
      lengths = Arrays.copyOf(lengths, pieces * 2);
    }
  }

  /**
   * Writes the stream from its start up to the first gap.
   *
   * @param into has room for {@link #LIMIT} bytes
   * @return how many bytes that are
   */
  int layOut(byte[] into) {
    int end = 0;
    int before = -1;
    while (end > before) {
      before = end;
      int at = 0;
      for (int i = 0; i < pieces; i++) {
        int known = end - starts[i];
        if (known >= 0 && known < lengths[i]) {
          System.arraycopy(bytes, at + known, into, end, lengths[i] - known);
          end = starts[i] + lengths[i];
        }
        at += lengths[i];
      }
    }
    return end;
  }
}
