package imon.cli;

import imon.analysis.Analysis;
import imon.analysis.Progress;
import imon.cli.output.ProgramVersion;
import imon.pcap.CaptureFiles;
import imon.report.Details;
import imon.report.JsonReport;
import imon.report.Report;
import imon.report.ReportMaker;
import imon.store.ask.By;
import imon.store.ask.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Analyses that take captures in any order: the program itself sorts what one command line names by
 * time, which would hide whether the order matters.
 */
final class Analyzed {
  /** The zone and the length of lists of {@link #json}; a command line must say the same. */
  static final List<String> AS_JSON = List.of("--tz", "UTC", "--top", "100000", "--json", "-");

  private static final ReportMaker.Options REPORT =
      new ReportMaker.Options(ZoneId.of("UTC"), 100_000, By.SITE, Report.Filter.NONE, null);

  private static final Details.Origin ORIGIN = origin();

  private Analyzed() {}

  private static Details.Origin origin() {
    try {
      return new Details.Origin(ProgramVersion.text(), List.of(), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All captures below a folder, in an order that the seed shuffles. */
  static List<CaptureFiles.Input> shuffled(long seed, Path... folders) {
    List<String> operands = new ArrayList<>();
    for (Path folder : folders) {
      operands.add(folder.toString());
    }
    List<CaptureFiles.Input> inputs = new ArrayList<>(CaptureFiles.find(operands).inputs());
    Collections.shuffle(inputs, new Random(seed));
    return inputs;
  }

  /** The JSON report of captures taken in just as they stand, in memory or into a store. */
  static String json(List<CaptureFiles.Input> inputs, int workers, @Nullable Path store)
      throws IOException, InterruptedException {
    try (Analysis analysis = new Analysis(new Analysis.Options(workers, store, ""))) {
      analysis.prepare();
      analysis.take(inputs, InputStream.nullInputStream(), Progress.SILENT);
      analysis.finish(Progress.SILENT);
      StringWriter json = new StringWriter();
      new JsonReport()
          .write(
              analysis.ask(
                  Selection.all(false),
                  questions ->
                      ReportMaker.make(questions, REPORT, List.of())
                          .with(Details.of(questions, REPORT.top()).from(ORIGIN))),
              json);
      return json.toString();
    }
  }

  /** Takes captures, just as they stand, into a store; how many have what cannot be read. */
  static int keep(List<CaptureFiles.Input> inputs, Path store)
      throws IOException, InterruptedException {
    try (Analysis analysis = new Analysis(new Analysis.Options(2, store, ""))) {
      analysis.prepare();
      analysis.take(inputs, InputStream.nullInputStream(), Progress.SILENT);
      analysis.finish(Progress.SILENT);
      return analysis.damaged() + analysis.unread().size();
    }
  }
}
