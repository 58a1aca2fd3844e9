package imon.report.text;

/**
 * Text from a capture made harmless for a reader: one line, and nothing in it that acts without
 * being seen.
 */
public final class VisibleText {
  private static final int REPLACEMENT = 0xFFFD;

  private VisibleText() {}

  /**
   * The text with one U+FFFD for every code point that is a control or format character (escape
   * sequences, new lines, changes of writing direction, zero width), a line or paragraph separator,
   * a lone surrogate, for private use or not assigned.
   */
  public static String of(String text) {
    if (text.codePoints().allMatch(VisibleText::isVisible)) {
      return text;
    }
    return replaced(text, REPLACEMENT);
  }

  /** As {@link #of}, and every code point outside ASCII is a question mark. */
  public static String ascii(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.codePoints().forEach(c -> ascii.append(c < 0x80 && isVisible(c) ? (char) c : '?'));
    return ascii.toString();
  }

  /**
   * The text cut to at most {@code width} code points. What falls out is in the middle, nearer to
   * the start: the end of a host name says most.
   *
   * @param ellipsis stands for what is left out; shorter than {@code width}
   */
  public static String shortened(String text, int width, String ellipsis) {
    int length = width(text);
    if (length <= width) {
      return text;
    }
    int kept = width - width(ellipsis);
    int head = kept / 3;
    int tail = kept - head;
    return text.substring(0, text.offsetByCodePoints(0, head))
        + ellipsis
        + text.substring(text.offsetByCodePoints(text.length(), -tail));
  }

  public static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String replaced(String text, int replacement) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints().forEach(c -> visible.appendCodePoint(isVisible(c) ? c : replacement));
    return visible.toString();
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
