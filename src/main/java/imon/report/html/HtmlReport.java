package imon.report.html;

import com.google.common.io.CountingOutputStream;
import imon.report.Report;
import imon.report.text.HtmlPage;
import imon.report.text.OutsideText;
import imon.report.text.PageTemplates;
import imon.report.text.ReportTimes;
import imon.report.text.Sizes;
import imon.store.ask.page.Timeline;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The report as one HTML file that needs no network, and no script to be read. All text is escaped
 * by the template engine; a Content-Security-Policy in the file allows its style sheet and its
 * scripts, by hash, and nothing else. The template is {@code report.ftlh}, see {@link HtmlPage}. A
 * page has at most {@value #MOST_BYTES} bytes, for which lists are shortened.
 */
public final class HtmlReport {
  /** A file that mail and tickets take, and that opens at once. */
  public static final int MOST_BYTES = 1_500_000;

  private static final String TEMPLATE = "report.ftlh";
  private static final List<String> SCRIPTS =
      List.of(
          "echarts.common.min.js",
          "figures.js",
          "sums.js",
          "chart.js",
          "parts.js",
          "report.js",
          "tables.js");

  /** Of a page, most of which are its scripts: a text that grows is copied again and again. */
  private static final int USUAL_CHARACTERS = 900_000;

  private static final int MOST_ROWS = 1024;
  private static final int LEAST_ROWS = 4;

  private final Sizes sizes;
  private final HtmlPage page;

  /**
   * @param sizes the units of sizes
   */
  public HtmlReport(Sizes sizes, PageTemplates templates) {
    this.sizes = sizes;
    this.page = new HtmlPage(templates, TEMPLATE, SCRIPTS);
  }

  /** Begins with what needs no report, see {@link HtmlPage#prepare}. */
  public void prepare() {
    page.prepare();
  }

  /**
   * Writes the page as text; the page declares UTF-8, so {@code out} must encode it so.
   *
   * @throws IOException from {@code out}, or when the template fails, with its line
   */
  public void write(Report report, Writer out) throws IOException {
    int rows = MOST_ROWS;
    String text = text(report, rows);
    while (bytes(text) > MOST_BYTES && rows > LEAST_ROWS) {
      rows /= 2;
      text = text(report, rows);
    }
    out.write(text);
    out.flush();
  }

  private static long bytes(String text) throws IOException {
    CountingOutputStream bytes = new CountingOutputStream(OutputStream.nullOutputStream());
    HtmlPage.encode(text, bytes);
    return bytes.getCount();
  }

  private String text(Report whole, int rows) throws IOException {
    Report report = ShortReport.of(whole, rows);
    Map<String, Object> model = new HtmlFigures(report, sizes).model();
    model.put("report", report);
    model.put("all_captures", whole.captures().size());
    model.put("unseen", new Unseen(whole, sizes).rows());
    Timeline timeline = report.details().timeline();
    boolean hasPicture = false;
    if (timeline != null && timeline.steps() > 0) {
      model.put("timeline", timeline(report, timeline));
      hasPicture = true;
    }
    StringWriter text = new StringWriter(USUAL_CHARACTERS);
    page.write(model, hasPicture, text);
    return text.toString();
  }

  private Map<String, Object> timeline(Report report, Timeline timeline) throws IOException {
    ReportTimes times = new ReportTimes(report.scope().zone());
    Map<String, Object> model = new HashMap<>(new TimelineFigure(timeline, sizes, times).model());
    model.put("outside", OutsideText.of(timeline, sizes, times));
    model.put("sites", timeline.sites().size());
    model.put("clients", timeline.clients().size());
    model.put("json", HtmlPage.markup(new TimelineJson(report, timeline, sizes).text()));
    return model;
  }
}
