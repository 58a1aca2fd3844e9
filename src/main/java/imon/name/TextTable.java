package imon.name;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the names people give to devices, such as {@code Anna's iPhone}, into strings that are safe
 * to show, and gives a name it has just seen without allocating. A cache of constant size: what it
 * returns never depends on what it held. Owned by one thread; keeps no buffer.
 */
public final class TextTable {
  /** Longest name in bytes of UTF-8; longer ones are no names. */
  public static final int MAX_BYTES = 255;

  /** A power of two. */
  private static final int SLOTS = 1 << 10;

  private final @Nullable Known[] known = new @Nullable Known[SLOTS];

  /** Bytes once seen, and what they mean. */
  private static final class Known {
    final byte[] bytes;
    final @Nullable String text;

    Known(byte[] bytes) {
      this.bytes = bytes;
      text = decode(bytes);
    }

    boolean is(byte[] buffer, int from, int to) {
      return Arrays.equals(bytes, 0, bytes.length, buffer, from, to);
    }
  }

  /**
   * The text in {@code buffer[offset, limit)}, read as UTF-8, without blanks and NULs at both ends
   * and without invisible format characters, which could turn the direction of what stands beside
   * it; null when nothing is left, or it is not UTF-8, too long, or holds a control character.
   */
  public @Nullable String text(byte[] buffer, int offset, int limit) {
    int from = offset;
    int to = limit;
    while (to > from && isPadding(buffer[to - 1])) {
      to--;
    }
    while (from < to && isPadding(buffer[from])) {
      from++;
    }
    return from == to || to - from > MAX_BYTES ? null : lookUp(buffer, from, to);
  }

  /** What is left of {@code text} by the same rules. */
  public static @Nullable String printable(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length > MAX_BYTES ? null : decode(bytes);
  }

  private @Nullable String lookUp(byte[] buffer, int from, int to) {
    int slot = slot(buffer, from, to);
    Known found = known[slot];
    if (found == null || !found.is(buffer, from, to)) {
      found = new Known(Arrays.copyOfRange(buffer, from, to));
      known[slot] = found;
    }
    return found.text;
  }

  private static int slot(byte[] buffer, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + buffer[i];
    }
    return (hash * 0x9E37_79B9) >>> 22;
  }

  private static boolean isPadding(byte value) {
    return value == 0 || value == ' ';
  }

  private static @Nullable String decode(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
    if (text.codePoints().anyMatch(TextTable::isForbidden)) {
      return null;
    }
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .forEach(visible::appendCodePoint);
    String trimmed = visible.toString().strip();
    return trimmed.isEmpty() ? null : trimmed;
  }

  private static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
