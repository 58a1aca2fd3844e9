package imon.report.text;

/** Text that means nothing to a renderer of Markdown (CommonMark, GitHub's tables). */
public final class MarkdownText {
  /** An empty cell. */
  public static final String NOTHING = " ";

  private MarkdownText() {}

  /** Punctuation that can be markup within a line. */
  private static final String MARKUP = "\\`*_[]<>|~&@#";

  /** A line that may hold anything, as plain text. */
  public static String plain(String line) {
    StringBuilder text = new StringBuilder();
    VisibleText.of(line)
        .codePoints()
        .forEach(
            c -> {
              if (MARKUP.indexOf(c) >= 0) {
                text.append("&#").append(c).append(';');
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  /** A sentence of our own, whose shares can have a sign that is markup. */
  public static String escaped(String sentence) {
    return sentence.replace("<", "&lt;").replace(">", "&gt;");
  }

  /**
   * A name as code. Renderers disagree on backticks, pipes and backslashes in a code span that
   * stands in a table, so a name with one of them becomes HTML code with its punctuation as
   * character references (CommonMark 2.5), which never are markup.
   */
  public static String code(String name) {
    String visible = VisibleText.of(name);
    if (visible.isBlank()) {
      return NOTHING;
    }
    if (visible.chars().noneMatch(c -> c == '`' || c == '|' || c == '\\')) {
      return "`" + visible + "`";
    }
    StringBuilder html = new StringBuilder("<code>");
    visible.codePoints().forEach(c -> appendReference(html, c));
    return html.append("</code>").toString();
  }

  /** A host or site as code, with its Unicode form beside it where that can be told. */
  public static String name(String name) {
    String form = UnicodeName.inLine(name);
    return form.isEmpty() ? code(name) : code(name) + " (" + plain(form) + ")";
  }

  private static void appendReference(StringBuilder html, int codePoint) {
    if (codePoint >= 0x80 || codePoint == ' ' || Character.isLetterOrDigit(codePoint)) {
      html.appendCodePoint(codePoint);
    } else {
      html.append("&#").append(codePoint).append(';');
    }
  }
}
