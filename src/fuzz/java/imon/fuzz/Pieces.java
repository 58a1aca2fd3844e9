package imon.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several packets in one input, so that a fuzzer can change any of them: each stands behind a mark
 * of 5 bits, whose meaning is the test's, and a length of 11 bits. Every input is some list.
 */
public final class Pieces {
  /** Longest piece in bytes. */
  public static final int LONGEST = 0x7ff;

  /** Marks are below it. */
  public static final int MARKS = 32;

  private static final int LENGTH_BITS = 11;

  private Pieces() {}

  /** One packet and its mark. */
  // Fuzz tests never compare pieces.
  @SuppressWarnings("ArrayRecordComponent")
  public record Piece(int mark, byte[] bytes) {}

  /** The pieces from an offset of the input on; the last one may be shorter than its length. */
  public static List<Piece> of(byte[] input, int offset) {
    List<Piece> pieces = new ArrayList<>();
    int at = offset;
    while (at + 2 <= input.length) {
      int head = (input[at] & 0xff) << 8 | (input[at + 1] & 0xff);
      int from = at + 2;
      at = Math.min(input.length, from + (head & LONGEST));
      pieces.add(new Piece(head >>> LENGTH_BITS, Arrays.copyOfRange(input, from, at)));
    }
    return pieces;
  }

  /** Appends a piece to an input, cut to what a piece can hold. */
  public static void append(ByteArrayOutputStream input, int mark, byte[] bytes) {
    int length = Math.min(bytes.length, LONGEST);
    int head = mark << LENGTH_BITS | length;
    input.write(head >>> 8);
    input.write(head);
    input.write(bytes, 0, length);
  }

  /** An input of these pieces, all with mark 0. */
  public static byte[] input(List<byte[]> pieces) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    pieces.forEach(piece -> append(input, 0, piece));
    return input.toByteArray();
  }
}
