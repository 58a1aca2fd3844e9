package imon.report.sheet;

import imon.report.sheet.Sheet.Column;
import imon.report.sheet.Sheet.Row;
import imon.report.sheet.Sheet.Table;
import imon.report.text.CsvCells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A sheet as one long table (RFC 4180): the column {@code section} says what a row is about, a
 * column that means nothing there is empty. Text that a spreadsheet would run begins with an
 * apostrophe.
 */
public final class SheetCsv {
  /** Writes the table, header first. */
  public void write(Sheet sheet, Appendable out) throws IOException {
    List<String> names = new ArrayList<>(List.of("section"));
    for (Table table : sheet.tables()) {
      table.columns().stream()
          .map(Column::name)
          .filter(name -> !names.contains(name))
          .forEach(names::add);
    }
    CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180);
    printer.printRecord(names);
    for (Table table : sheet.tables()) {
      for (Row row : table.rows()) {
        printer.printRecord(cells(names, table, row));
      }
    }
    printer.flush();
  }

  private static List<String> cells(List<String> names, Table table, Row row) {
    List<String> cells = new ArrayList<>();
    for (String name : names) {
      cells.add("");
      for (int i = 0; i < table.columns().size(); i++) {
        if (table.columns().get(i).name().equals(name)) {
          cells.set(cells.size() - 1, text(row.cells().get(i)));
        }
      }
    }
    cells.set(0, row.section());
    return cells;
  }

  private static String text(Cell cell) {
    boolean text = cell instanceof Cell.Name || cell instanceof Cell.Words;
    boolean number = !text || cell.machine().matches("-?[0-9.]+");
    return number ? cell.machine() : CsvCells.safe(cell.machine());
  }
}
