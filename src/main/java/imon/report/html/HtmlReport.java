package imon.report.html;

import imon.report.Report;
import imon.report.text.HtmlPage;
import imon.report.text.Sizes;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/**
 * The report as one HTML file that needs no script and no network. All text is escaped by the
 * template engine; a Content-Security-Policy in the file allows its one style sheet, by hash, and
 * nothing else. The template is {@code templates/report.ftlh}, the style sheet {@code
 * templates/report.css}.
 */
public final class HtmlReport {
  private static final String TEMPLATE = "report.ftlh";

  private final Sizes sizes;

  /**
   * @param sizes the units of sizes
   */
  public HtmlReport(Sizes sizes) {
    this.sizes = sizes;
  }

  /**
   * Writes the page as text; the page declares UTF-8, so {@code out} must encode it so.
   *
   * @throws IOException from {@code out}, or when the template fails, with its line
   */
  public void write(Report report, Writer out) throws IOException {
    Map<String, Object> page = new HtmlFigures(report, sizes).model();
    page.put("report", report);
    HtmlPage.write(TEMPLATE, page, out);
  }
}
