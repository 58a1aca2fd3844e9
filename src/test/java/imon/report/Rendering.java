package imon.report;

import imon.report.html.HtmlReport;
import imon.report.metrics.MetricsReport;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;

/** Every format by its name, rendered into a string. */
enum Rendering {
  TERMINAL("txt") {
    @Override
    void write(Report report, Writer out) throws IOException {
      new TerminalTable(TerminalTable.Options.plain()).write(report, out);
    }
  },
  TERMINAL_ASCII("ascii.txt") {
    @Override
    void write(Report report, Writer out) throws IOException {
      new TerminalTable(new TerminalTable.Options(100, true, false, Sizes.BINARY))
          .write(report, out);
    }
  },
  TERMINAL_NARROW("narrow.txt") {
    @Override
    void write(Report report, Writer out) throws IOException {
      new TerminalTable(new TerminalTable.Options(60, false, false, Sizes.SI)).write(report, out);
    }
  },
  CSV("csv") {
    @Override
    void write(Report report, Writer out) throws IOException {
      new CsvReport().write(report, out);
    }
  },
  JSON("json") {
    @Override
    void write(Report report, Writer out) throws IOException {
      new JsonReport().write(report, out);
    }
  },
  MARKDOWN("md") {
    @Override
    void write(Report report, Writer out) throws IOException {
      new MarkdownReport(Sizes.SI).write(report, out);
    }
  },
  METRICS("prom") {
    @Override
    void write(Report report, Writer out) throws IOException {
      new MetricsReport().write(report, out);
    }
  },
  HTML("html") {
    @Override
    void write(Report report, Writer out) throws IOException {
      new HtmlReport(Sizes.SI, new PageTemplates(TEMPLATES)).write(report, out);
    }
  };

  /** The chart library is large and no work of ours. */
  private static final Path TEMPLATES = Path.of("src/test/resources/imon/report/templates");

  final String extension;

  Rendering(String extension) {
    this.extension = extension;
  }

  abstract void write(Report report, Writer out) throws IOException;

  String of(Report report) throws IOException {
    StringWriter text = new StringWriter();
    write(report, text);
    return text.toString();
  }
}
