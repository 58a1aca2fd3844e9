package imon.cli;

import imon.analysis.Analysis;
import imon.analysis.Progress;
import imon.cli.option.OutputOptions;
import imon.cli.option.Outputs;
import imon.cli.option.ReportFormats;
import imon.cli.option.ReportOptions;
import imon.cli.output.Terminal;
import imon.pcap.CaptureFiles;
import imon.report.Report;
import imon.store.ask.Selection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Captures that are read once, without a store, and what {@code imon analyze} reports of them. */
final class InMemory implements AutoCloseable {
  private final Analysis analysis;

  @Command(name = "analyze")
  private static final class Words {
    @Mixin private final ReportOptions report = new ReportOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
  }

  InMemory(List<CaptureFiles.Input> inputs) throws IOException, InterruptedException {
    analysis = new Analysis(new Analysis.Options(2, null, ""));
    analysis.prepare();
    analysis.take(inputs, InputStream.nullInputStream(), Progress.SILENT);
    analysis.finish(Progress.SILENT);
  }

  /** What goes to standard output for these words, beside the captures, of a command line. */
  String report(List<String> options) throws IOException {
    Words words = new Words();
    new CommandLine(words)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.toArray(String[]::new));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintWriter(PrintWriter.nullWriter(), true),
            80,
            true,
            false,
            false,
            Map.of());
    Selection selection = words.report.selection(Clock.systemUTC());
    Outputs<Report> outputs = words.output.open(new ReportFormats());
    Report made =
        analysis.ask(
            selection,
            questions ->
                words.report.make(
                    questions, selection, List.of(), words.output.isDetailed(), terminal));
    words.report.write(made, outputs, terminal);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    analysis.close();
  }
}
