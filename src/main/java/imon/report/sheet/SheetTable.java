package imon.report.sheet;

import imon.report.TerminalTable;
import imon.report.sheet.Sheet.Column;
import imon.report.sheet.Sheet.Row;
import imon.report.sheet.Sheet.Table;
import imon.report.text.VisibleText;
import java.io.IOException;
import java.util.List;

/**
 * A sheet for a terminal. No line of a table is longer than the width asked for: columns without
 * room are left out, the last first, and names shortened. The only escape sequences are our own
 * colours.
 */
public final class SheetTable {
  private static final String GAP = "  ";
  private static final int LEAST_NAME = 14;
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final TerminalTable.Options options;

  public SheetTable(TerminalTable.Options options) {
    this.options = options;
  }

  /** Writes head, tables and notes; lines end with LF. */
  public void write(Sheet sheet, Appendable out) throws IOException {
    for (String line : sheet.head()) {
      text(out, line);
    }
    for (Table table : sheet.tables()) {
      out.append('\n');
      if (!table.caption().isEmpty()) {
        text(out, table.caption());
      }
      table(table, out);
    }
    if (!sheet.notes().isEmpty()) {
      out.append('\n');
    }
    for (String note : sheet.notes()) {
      text(out, note);
    }
  }

  /** Text in as many lines as it needs, broken at spaces. */
  private void text(Appendable out, String text) throws IOException {
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      String fitting = shortened(word, options.width() - GAP.length());
      int length = VisibleText.width(line.toString());
      if (length > 0 && length + 1 + VisibleText.width(fitting) > options.width()) {
        out.append(line).append('\n');
        line.setLength(0);
        line.append(GAP);
      } else if (length > 0) {
        line.append(' ');
      }
      line.append(fitting);
    }
    out.append(line).append('\n');
  }

  private String shortened(String text, int width) {
    String clean = options.ascii() ? VisibleText.ascii(text) : VisibleText.of(text);
    return VisibleText.shortened(clean, width, options.ascii() ? ".." : "\u2026");
  }

  private void table(Table table, Appendable out) throws IOException {
    int[] widths = widths(table);
    List<Column> columns = table.columns();
    line(out, columns, widths, columns.stream().map(c -> c.heading()).toList(), true);
    for (Row row : table.rows()) {
      List<String> cells = row.cells().stream().map(c -> c.human(options.sizes())).toList();
      line(out, columns, widths, cells, row.isSum());
    }
  }

  /** The width of each column; one that is not shown has none. */
  private int[] widths(Table table) {
    List<Column> columns = table.columns();
    int[] widths = new int[columns.size()];
    int first = -1;
    for (int i = 0; i < widths.length; i++) {
      if (columns.get(i).isShown()) {
        first = first < 0 ? i : first;
        widths[i] = columns.get(i).heading().length();
        for (Row row : table.rows()) {
          String cell = row.cells().get(i).human(options.sizes());
          widths[i] = Math.max(widths[i], VisibleText.width(VisibleText.of(cell)));
        }
      }
    }
    int name = widths[first];
    widths[first] = Math.min(name, LEAST_NAME);
    for (int i = widths.length - 1; i >= 0 && lineWidth(widths) > options.width(); i--) {
      widths[i] = columns.get(i).optional() ? 0 : widths[i];
    }
    int left = options.width() - lineWidth(widths);
    widths[first] = Math.max(1, Math.min(name, widths[first] + left));
    return widths;
  }

  private static int lineWidth(int[] widths) {
    int sum = -GAP.length();
    for (int width : widths) {
      sum += width == 0 ? 0 : width + GAP.length();
    }
    return sum;
  }

  private void line(
      Appendable out, List<Column> columns, int[] widths, List<String> cells, boolean strong)
      throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0) {
        String cell = shortened(cells.get(i), widths[i]);
        String space = " ".repeat(widths[i] - VisibleText.width(cell));
        line.append(line.isEmpty() ? "" : GAP);
        line.append(columns.get(i).isNumber() ? space + cell : cell + space);
      }
    }
    String text = line.toString().stripTrailing();
    out.append(strong && options.colour() ? BOLD + text + PLAIN : text).append('\n');
  }
}
