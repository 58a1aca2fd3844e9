package imon.report;

import imon.report.text.Figures;
import imon.report.text.VisibleText;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows of a terminal table, fitted to its width: the columns of figures take what they need, names
 * and the bar share the rest. Where there is no room the bar goes first, then connections, up, down
 * and evidence.
 */
final class TerminalGrid {
  /** What a row is, for its colour. */
  enum Kind {
    PROVEN("32"),
    INFERRED("33"),
    REMAINDER("2"),
    TOTAL("1");

    private final String colour;

    Kind(String colour) {
      this.colour = colour;
    }
  }

  /**
   * One line of the table.
   *
   * @param directions down, up, connections
   */
  record Row(String name, long bytes, List<String> directions, String evidence, Kind kind) {}

  private static final String BAR_COLOUR = "36";
  private static final String HEAD_COLOUR = "1";
  private static final String GAP = "  ";
  private static final String INDENT = "  ";

  /** Any space but those inside {@code < 0.1 % local}. */
  private static final String BREAK = "(?<![<>%]) (?!%)";

  private static final int LEAST_NAME = 14;
  private static final int LEAST_BAR = 4;
  private static final int MOST_BAR = 20;
  private static final int MOST_EVIDENCE = 16;
  private static final int EIGHTHS = 8;
  private static final char FULL_BLOCK = '\u2588';
  private static final int NAME = 0;
  private static final int DOWN = 2;
  private static final int UP = 3;
  private static final int BAR = 5;
  private static final int CONNECTIONS = 6;
  private static final int EVIDENCE = 7;
  private static final int[] FIRST_TO_GO = {CONNECTIONS, UP, DOWN, EVIDENCE};
  private static final List<String> HEAD =
      List.of("BYTES", "DOWN", "UP", "SHARE", "", "CONN", "EVIDENCE");

  private final TerminalTable.Options options;
  private final long whole;
  private final String ellipsis;
  private final List<String> head;
  private final List<Row> rows = new ArrayList<>();

  /**
   * @param noun what a row is
   * @param whole bytes that are 100 %
   */
  TerminalGrid(TerminalTable.Options options, String noun, long whole) {
    this.options = options;
    this.whole = whole;
    head = new ArrayList<>(HEAD);
    head.add(NAME, noun.toUpperCase(Locale.ROOT));
    this.ellipsis = options.ascii() ? ".." : "\u2026";
  }

  void add(Row row) {
    rows.add(row);
  }

  /**
   * Text in as many lines as it needs, broken at spaces; what is longer than a line is shortened.
   */
  void appendText(Appendable out, String text) throws IOException {
    StringBuilder line = new StringBuilder();
    for (String word : clean(text).split(BREAK, -1)) {
      String fitting = VisibleText.shortened(word, options.width() - INDENT.length(), ellipsis);
      int length = VisibleText.width(line.toString());
      if (length > 0 && length + 1 + VisibleText.width(fitting) > options.width()) {
        out.append(line).append('\n');
        line.setLength(0);
        line.append(INDENT);
      } else if (length > 0) {
        line.append(' ');
      }
      line.append(fitting);
    }
    out.append(line).append('\n');
  }

  /** Head, rows, rule and total. */
  void appendTo(Appendable out, Row total) throws IOException {
    List<Row> all = new ArrayList<>(rows);
    all.add(total);
    int[] widths = widths(all);
    long largest = rows.stream().mapToLong(Row::bytes).max().orElse(0);
    appendLine(out, head, widths, HEAD_COLOUR, HEAD_COLOUR);
    for (Row row : rows) {
      appendRow(out, row, bar(row.bytes(), largest, widths[BAR]), widths);
    }
    out.append((options.ascii() ? "-" : "\u2500").repeat(lineWidth(widths))).append('\n');
    appendRow(out, total, "", widths);
  }

  /** The width of each column; a column without room has none. */
  private int[] widths(List<Row> all) {
    int[] widths = head.stream().mapToInt(VisibleText::width).toArray();
    for (Row row : all) {
      List<String> cells = cells(row, "");
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], VisibleText.width(cells.get(column)));
      }
    }
    widths[EVIDENCE] = Math.min(widths[EVIDENCE], MOST_EVIDENCE);
    int longestName = widths[NAME];
    widths[NAME] = LEAST_NAME;
    for (int column : FIRST_TO_GO) {
      if (lineWidth(widths) > options.width()) {
        widths[column] = 0;
      }
    }
    shareOut(widths, longestName);
    return widths;
  }

  /** What is left goes to names up to a quarter of the line, then to the bar, then to names. */
  private void shareOut(int[] widths, int longestName) {
    int left = options.width() - lineWidth(widths) + LEAST_NAME;
    int names = Math.min(longestName, options.width() / 4);
    int bar = Math.min(MOST_BAR, left - names - GAP.length());
    widths[BAR] = bar < LEAST_BAR ? 0 : bar;
    widths[NAME] = Math.min(longestName, left - (bar < LEAST_BAR ? 0 : bar + GAP.length()));
  }

  private static int lineWidth(int[] widths) {
    int sum = -GAP.length();
    for (int width : widths) {
      sum += width == 0 ? 0 : width + GAP.length();
    }
    return sum;
  }

  private void appendRow(Appendable out, Row row, String bar, int[] widths) throws IOException {
    String nameColour = row.kind().colour;
    boolean plainName = row.kind() == Kind.PROVEN || row.kind() == Kind.INFERRED;
    appendLine(out, cells(row, bar), widths, plainName ? "" : nameColour, nameColour);
  }

  private List<String> cells(Row row, String bar) {
    return List.of(
        clean(row.name()),
        options.sizes().text(row.bytes()),
        row.directions().get(0),
        row.directions().get(1),
        Figures.percent(row.bytes(), whole).replace(" ", ""),
        bar,
        row.directions().get(2),
        clean(row.evidence()));
  }

  private void appendLine(
      Appendable out, List<String> cells, int[] widths, String colour, String evidenceColour)
      throws IOException {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      if (widths[column] == 0) {
        continue;
      }
      String cell = VisibleText.shortened(cells.get(column), widths[column], ellipsis);
      String space = " ".repeat(widths[column] - VisibleText.width(cell));
      boolean left = column == NAME || column == BAR || column == EVIDENCE;
      String paint = column == BAR ? BAR_COLOUR : column == EVIDENCE ? evidenceColour : colour;
      line.append(column == NAME ? "" : GAP);
      line.append(left ? painted(cell, paint) + space : space + painted(cell, paint));
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private String painted(String text, String colour) {
    boolean plain = !options.colour() || colour.isEmpty() || text.isEmpty();
    return plain ? text : "\u001b[" + colour + "m" + text + "\u001b[0m";
  }

  private String bar(long bytes, long largest, int width) {
    int cells = width * (options.ascii() ? 1 : EIGHTHS);
    int filled = Figures.scaled(bytes, largest, BigDecimal.valueOf(cells), 0).intValueExact();
    if (options.ascii()) {
      return "#".repeat(filled);
    }
    String full = String.valueOf(FULL_BLOCK).repeat(filled / EIGHTHS);
    int eighths = filled % EIGHTHS;
    return eighths == 0 ? full : full + (char) (FULL_BLOCK + EIGHTHS - eighths);
  }

  private String clean(String text) {
    return options.ascii() ? VisibleText.ascii(text) : VisibleText.of(text);
  }
}
