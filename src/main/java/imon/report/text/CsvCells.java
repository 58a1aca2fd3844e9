package imon.report.text;

/** Text that is safe in a cell of CSV. */
public final class CsvCells {
  /** Includes the full-width forms that some spreadsheets take for the ASCII ones. */
  private static final String FORMULA_STARTS = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

  private CsvCells() {}

  /** One visible line, with an apostrophe before what a spreadsheet would run as a formula. */
  public static String safe(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return (formula ? "'" : "") + VisibleText.of(text);
  }
}
