package imon.report.sheet;

import static imon.report.text.MarkdownText.NOTHING;

import imon.report.sheet.Sheet.Column;
import imon.report.sheet.Sheet.Row;
import imon.report.sheet.Sheet.Table;
import imon.report.text.MarkdownText;
import imon.report.text.Sizes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A sheet in GitHub Flavored Markdown; names are code, so that nothing in them is markup. */
public final class SheetMarkdown {
  private static final int MOST_ROWS = 40;

  private final Sizes sizes;

  public SheetMarkdown(Sizes sizes) {
    this.sizes = sizes;
  }

  /** Writes the sheet; of a long table the first rows. Lines end with LF. */
  public void write(Sheet sheet, Appendable out) throws IOException {
    line(out, "## " + sheet.title());
    for (String head : sheet.head()) {
      line(out, "");
      line(out, MarkdownText.plain(head));
    }
    for (Table table : sheet.tables()) {
      line(out, "");
      table(table, out);
    }
    for (String note : sheet.notes()) {
      line(out, "");
      line(out, MarkdownText.code(note));
    }
  }

  private void table(Table table, Appendable out) throws IOException {
    if (!table.caption().isEmpty()) {
      String caption = table.caption();
      line(out, "### " + (table.captionIsName() ? MarkdownText.name(caption) : caption));
      line(out, "");
    }
    List<String> heads = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (Column column : table.columns()) {
      if (column.isShown()) {
        heads.add(column.heading());
        rules.add(column.isNumber() ? "--:" : ":--");
      }
    }
    row(out, heads);
    line(out, "|" + String.join("|", rules) + "|");
    int shown = 0;
    for (Row row : table.rows()) {
      if (row.isSum() || shown++ < MOST_ROWS) {
        row(out, cells(table, row));
      }
    }
    if (shown > MOST_ROWS) {
      line(out, "");
      line(out, "and " + (shown - MOST_ROWS) + " more rows");
    }
  }

  private List<String> cells(Table table, Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).isShown()) {
        Cell cell = row.cells().get(i);
        String text = cell.human(sizes);
        cells.add(cell instanceof Cell.Name ? MarkdownText.name(text) : words(text));
      }
    }
    return cells;
  }

  private static String words(String text) {
    return text.isEmpty() ? NOTHING : MarkdownText.plain(text);
  }

  private static void row(Appendable out, List<String> cells) throws IOException {
    line(out, "| " + String.join(" | ", cells) + " |");
  }

  private static void line(Appendable out, String text) throws IOException {
    out.append(text).append('\n');
  }
}
