package imon.cli.option;

import imon.report.CsvReport;
import imon.report.JsonReport;
import imon.report.MarkdownReport;
import imon.report.Report;
import imon.report.TerminalTable;
import imon.report.html.HtmlReport;
import imon.report.metrics.MetricsReport;
import imon.report.secret.AnonymousReport;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The formats of the report on all sites. */
public final class ReportFormats implements OutputOptions.Formats<Report> {
  @Override
  public OutputOptions.Format<Report> html(Sizes sizes, PageTemplates templates) {
    HtmlReport html = new HtmlReport(sizes, templates);
    return new OutputOptions.Format<>() {
      @Override
      public void prepare() {
        html.prepare();
      }

      @Override
      public void write(Report report, Writer out) throws IOException {
        html.write(report, out);
      }
    };
  }

  @Override
  public OutputOptions.Format<Report> csv() {
    return new CsvReport()::write;
  }

  @Override
  public OutputOptions.Format<Report> json() {
    return new JsonReport()::write;
  }

  @Override
  public OutputOptions.Format<Report> markdown(Sizes sizes) {
    return new MarkdownReport(sizes)::write;
  }

  @Override
  public OutputOptions.Format<Report> metrics() {
    return new MetricsReport()::write;
  }

  @Override
  public OutputOptions.Format<Report> table(TerminalTable.Options options) {
    return new TerminalTable(options)::write;
  }

  @Override
  public @Nullable Instant madeAt(Report report) {
    return report.scope().generatedAt();
  }

  @Override
  public OutputOptions.Hiding<Report> hiding() {
    return AnonymousReport::of;
  }
}
