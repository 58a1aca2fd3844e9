package imon.cli;

import imon.analysis.Analysis;
import imon.analysis.StagingAside;
import imon.cli.follow.FollowOptions;
import imon.cli.option.AnalysisOptions;
import imon.cli.option.BudgetOptions;
import imon.cli.option.HostsOptions;
import imon.cli.option.KeepSettingsOption;
import imon.cli.option.OutputOptions;
import imon.cli.option.Outputs;
import imon.cli.option.ReportFormats;
import imon.cli.option.ReportOptions;
import imon.cli.option.ResolveOptions;
import imon.cli.output.ExitCode;
import imon.cli.output.ProgressBar;
import imon.cli.output.Terminal;
import imon.pcap.CaptureFiles;
import imon.report.Report;
import imon.store.ask.Selection;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads captures and reports them. */
@Command(
    name = "analyze",
    description = "Read captures, print sites by bandwidth, write reports.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Reads pcap and pcapng, also packed by gzip, zstd, xz, lz4 or bzip2. Without",
      "--db nothing is kept. Exit code 3: done, but something named could not be read."
    })
final class AnalyzeCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;
  private final Supplier<StagingAside> staging;

  @Parameters(
      paramLabel = "CAPTURE",
      arity = "1..*",
      description = "Files, folders (with all below them), patterns; '-' is standard input.")
  private List<String> operands = List.of();

  @Mixin private AnalysisOptions analysis = new AnalysisOptions();

  @Mixin private HostsOptions hosts = new HostsOptions();

  @Mixin private ResolveOptions resolve = new ResolveOptions();

  @Mixin private FollowOptions follow = new FollowOptions();

  @Mixin private BudgetOptions budget = new BudgetOptions();

  @Mixin private KeepSettingsOption keep = new KeepSettingsOption();

  @Mixin private ReportOptions report = new ReportOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--no-report",
      description = "Only keep the captures in the store of --db; print and write no report.")
  private boolean unreported;

  AnalyzeCommand(Terminal terminal, Clock clock, Supplier<StagingAside> staging) {
    this.terminal = terminal;
    this.clock = clock;
    this.staging = staging;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Analysis.Options options = analysis.options();
    Selection selection = report.selection(clock);
    report.check(selection);
    boolean hasBudget = !budget.budgets().isEmpty();
    boolean looksUp = resolve.isAsked();
    keep.check(selection, options.store() != null && !follow.isAsked());
    if (unreported) {
      checkUnreported(options, output.isAsked() || hasBudget);
      report.checkNone("--no-report", keep.isAsked(selection));
    }
    if (follow.isAsked()) {
      follow.check(options, looksUp, output.isAsked() || hasBudget);
      report.checkNone("--follow", false);
    }
    Outputs<Report> outputs = output.open(new ReportFormats());
    hosts.read();
    if (follow.isAsked()) {
      hosts.faults().forEach(terminal::say);
      follow.run(operands, options, hosts::tell, clock, terminal::say);
      return ExitCode.DONE;
    }
    CaptureFiles files = CaptureFiles.find(operands);
    outputs.use().reads(files.paths());
    boolean complete = analyze(files, options, selection, outputs);
    return budget.tell(terminal, complete ? ExitCode.DONE : ExitCode.INCOMPLETE);
  }

  private static void checkUnreported(Analysis.Options options, boolean asked) {
    if (options.store() == null) {
      throw new IllegalArgumentException("--no-report: needs --db FILE");
    }
    if (asked) {
      throw new IllegalArgumentException(
          "--no-report leaves no report to write; leave it or the other options out");
    }
  }

  /** Says what cannot be read, and reports the rest; whether there was nothing of the former. */
  private boolean analyze(
      CaptureFiles files, Analysis.Options options, Selection selection, Outputs<Report> outputs)
      throws IOException, InterruptedException {
    List<String> problems = new ArrayList<>(hosts.faults());
    problems.addAll(files.problems());
    problems.forEach(terminal::say);
    boolean complete = problems.isEmpty();
    if (!files.inputs().isEmpty()) {
      complete &= analyze(files, problems, options, selection, outputs);
    }
    if (files.skipped() > 0) {
      terminal.say(
          files.skipped() == 1
              ? "1 file in folders is no capture and was skipped"
              : files.skipped() + " files in folders are no captures and were skipped");
    }
    return complete;
  }

  /** Reads the files and reports them; whether all of them could be read. */
  private boolean analyze(
      CaptureFiles files,
      List<String> problems,
      Analysis.Options options,
      Selection selection,
      Outputs<Report> outputs)
      throws IOException, InterruptedException {
    try (Analysis taken = new Analysis(options, terminal::say, staging)) {
      taken.prepare();
      keep.run(options.store(), selection);
      hosts.tell(taken);
      try (ProgressBar progress = new ProgressBar(terminal, files)) {
        taken.take(files.inputs(), terminal.in(), progress);
        if (!unreported) {
          outputs.prepare();
        }
        taken.finish(progress);
      }
      if (taken.isEmpty()) {
        return false;
      }
      resolve.run(taken, clock, terminal::say);
      boolean whole = unreported || report(taken, problems, selection, outputs);
      return whole && taken.unread().isEmpty() && taken.damaged() == 0;
    }
  }

  /** Reports what was taken in; whether all of it could be written. */
  private boolean report(
      Analysis taken, List<String> problems, Selection selection, Outputs<Report> outputs)
      throws IOException {
    List<String> unread = new ArrayList<>(problems);
    unread.addAll(taken.unread());
    Report made =
        taken.ask(
            selection,
            questions -> {
              budget.check(questions);
              output.learn(questions::internalNames);
              return report.make(questions, selection, unread, output.isDetailed(), terminal);
            });
    taken.release();
    return report.write(made, outputs, terminal);
  }
}
