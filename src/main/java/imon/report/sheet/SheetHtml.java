package imon.report.sheet;

import imon.report.sheet.Sheet.Row;
import imon.report.sheet.Sheet.Table;
import imon.report.text.HtmlPage;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A sheet as one HTML file, see {@link HtmlPage}; the template is {@code templates/sheet.ftlh}. */
public final class SheetHtml {
  private final Sizes sizes;
  private final PageTemplates templates;

  public SheetHtml(Sizes sizes, PageTemplates templates) {
    this.sizes = sizes;
    this.templates = templates;
  }

  /** Writes the page as text; the page declares UTF-8, so {@code out} must encode it so. */
  public void write(Sheet sheet, Writer out) throws IOException {
    Map<String, Object> page = new HashMap<>();
    page.put("title", sheet.title());
    page.put("head", sheet.head());
    page.put("notes", sheet.notes());
    page.put("tables", sheet.tables().stream().map(this::table).toList());
    if (sheet.generatedAt() != null) {
      page.put("generated_at", sheet.generatedAt());
    }
    new HtmlPage(templates, "sheet.ftlh", List.of()).write(page, false, out);
  }

  private Map<String, Object> table(Table table) {
    return Map.of(
        "caption", table.caption(),
        "columns", table.columns().stream().filter(Sheet.Column::isShown).toList(),
        "rows", table.rows().stream().map(row -> row(table, row)).toList());
  }

  private Map<String, Object> row(Table table, Row row) {
    List<Map<String, Object>> cells = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      Sheet.Column column = table.columns().get(i);
      if (column.isShown()) {
        Cell cell = row.cells().get(i);
        cells.add(
            Map.of(
                "text", cell.human(sizes),
                "exact", cell.machine(),
                "number", column.isNumber(),
                "optional", column.optional()));
      }
    }
    return Map.of("cells", cells, "sum", row.isSum());
  }
}
