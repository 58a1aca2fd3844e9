package imon.cli;

import imon.analysis.Analysis;
import imon.cli.follow.FollowOptions;
import imon.cli.option.BudgetOptions;
import imon.cli.option.FactSettings;
import imon.cli.option.HostsOptions;
import imon.cli.option.KeepSettingsOption;
import imon.cli.option.OutputOptions;
import imon.cli.option.ReportFormats;
import imon.cli.option.ReportOptions;
import imon.cli.option.ResolveOptions;
import imon.cli.output.ExitCode;
import imon.cli.output.ProgressBar;
import imon.cli.output.Terminal;
import imon.live.device.LibpcapFilter;
import imon.pcap.CaptureFiles;
import imon.report.Report;
import imon.store.StoreFile;
import imon.store.ask.Selection;
import imon.wire.filter.FilterCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Parameters(
      paramLabel = "CAPTURE",
      arity = "1..*",
      description = "Files, folders (with all below them), patterns; '-' is standard input.")
  private List<String> operands = List.of();

  @Option(
      names = "--db",
      paramLabel = "FILE",
      defaultValue = "${IMON_DB}",
      description = "Keep the captures in this store (default: the variable IMON_DB).")
  private @Nullable Path store;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Which network this is, to keep apart those with the same addresses.")
  private String source = "";

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Decoding threads (default: one per core).")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--filter",
      paramLabel = "BPF",
      description =
          "Follow only packets that this filter lets through, as tcpdump's: 'tcp port 443'. The"
              + " others are counted as filtered. Needs libpcap.")
  private String filter = "";

  @Option(
      names = "--again",
      description = "Take captures anew that the store has, as with other options.")
  private boolean again;

  @Mixin private FactSettings facts = new FactSettings();

  @Mixin private HostsOptions hosts = new HostsOptions();

  @Mixin private ResolveOptions resolve = new ResolveOptions();

  @Mixin private FollowOptions follow = new FollowOptions();

  @Mixin private BudgetOptions budget = new BudgetOptions();

  @Mixin private KeepSettingsOption keep = new KeepSettingsOption();

  @Mixin private ReportOptions report = new ReportOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  AnalyzeCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Analysis.Options options =
        new Analysis.Options(workers, store, source, facts.options(), again, compiledFilter());
    Selection selection = report.selection(clock);
    report.check(selection);
    budget.budgets();
    boolean looksUp = resolve.isAsked();
    OutputOptions.Outputs<Report> outputs = output.open(new ReportFormats());
    if (keep.isAsked(selection) && (store == null || follow.isAsked())) {
      throw new IllegalArgumentException("--keep-settings: give --db FILE, and not --follow");
    }
    hosts.read();
    if (follow.isAsked()) {
      if (looksUp) {
        throw new IllegalArgumentException("--follow looks nothing up; leave --resolve out");
      }
      return follow(options);
    }
    CaptureFiles files = CaptureFiles.find(operands);
    List<String> problems = new ArrayList<>(hosts.faults());
    problems.addAll(files.problems());
    problems.forEach(this::say);
    boolean complete = problems.isEmpty();
    if (!files.inputs().isEmpty()) {
      complete &= analyze(files, problems, options, selection, outputs);
    }
    if (files.skipped() > 0) {
      say(files.skipped() + " files in folders are no captures and were skipped");
    }
    return budget.tell(terminal, complete ? ExitCode.DONE : ExitCode.INCOMPLETE);
  }

  private @Nullable FilterCompiler compiledFilter() throws IOException {
    return filter.isBlank() ? null : LibpcapFilter.of(filter);
  }

  private int follow(Analysis.Options options) throws IOException, InterruptedException {
    if (again) {
      throw new IllegalArgumentException("--follow takes what is new; leave --again out");
    }
    if (output.isAsked() || !budget.budgets().isEmpty()) {
      throw new IllegalArgumentException("--follow writes no report; ask for one by imon report");
    }
    hosts.faults().forEach(this::say);
    follow.run(operands, options, hosts::tell, clock, this::say);
    return ExitCode.DONE;
  }

  /** Reads the files and reports them; whether all of them could be read. */
  private boolean analyze(
      CaptureFiles files,
      List<String> problems,
      Analysis.Options options,
      Selection selection,
      OutputOptions.Outputs<Report> outputs)
      throws IOException, InterruptedException {
    try (Analysis analysis = new Analysis(options, this::say)) {
      analysis.prepare();
      if (store != null) {
        keep.run(new StoreFile(store), selection);
      }
      hosts.tell(analysis);
      try (ProgressBar progress = new ProgressBar(terminal, files)) {
        analysis.take(files.inputs(), terminal.in(), progress);
        analysis.finish(progress);
      }
      if (analysis.isEmpty()) {
        return false;
      }
      resolve.run(analysis, clock, this::say);
      List<String> unread = new ArrayList<>(problems);
      unread.addAll(analysis.unread());
      Report made =
          analysis.ask(
              selection,
              questions -> {
                budget.check(questions);
                output.learn(questions::internalNames);
                return report.make(questions, selection, unread, output.isDetailed());
              });
      boolean whole = report.write(made, outputs, terminal);
      return whole && analysis.unread().isEmpty() && analysis.damaged() == 0;
    }
  }

  private void say(String message) {
    terminal.err().println("imon: " + message);
  }
}
