package imon.cli;

import imon.cli.option.BudgetOptions;
import imon.cli.option.KeepSettingsOption;
import imon.cli.option.OutputOptions;
import imon.cli.option.Outputs;
import imon.cli.option.ReportFormats;
import imon.cli.option.ReportOptions;
import imon.cli.option.StoreOption;
import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.report.Report;
import imon.report.read.ReportFile;
import imon.store.StoreFile;
import imon.store.ask.PrunedCaptures;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reports what a store holds. */
@Command(
    name = "report",
    description = "Report what a store holds, for any period.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Periods are made of whole minutes; a day given by --to belongs to the period:",
      "  imon report --db x.db --from yesterday --to yesterday",
      "--from-json goes with --tz, --generated-at and the options of output alone."
    })
final class ReportCommand implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");

  private final Terminal terminal;
  private final Clock clock;

  @Option(
      names = "--from-json",
      paramLabel = "FILE",
      description =
          "Write reports anew from a JSON report, without a store ('-' is standard input).")
  private @Nullable Path json;

  @Mixin private StoreOption store = new StoreOption();

  @Mixin private BudgetOptions budget = new BudgetOptions();

  @Mixin private KeepSettingsOption keep = new KeepSettingsOption();

  @Mixin private ReportOptions report = new ReportOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  ReportCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    if (json != null) {
      return again(json);
    }
    StoreFile file = store.file();
    Selection selection = report.selection(clock);
    report.check(selection);
    budget.budgets();
    Outputs<Report> outputs = output.open(new ReportFormats());
    outputs.prepare();
    keep.run(file, selection);
    Report made =
        file.read(
            database -> {
              PrunedCaptures pruned =
                  new PrunedNotice(terminal).ofTraffic(database, selection.period());
              Questions questions = Questions.ofStore(database, selection);
              budget.check(questions);
              output.learn(questions::internalNames);
              return report
                  .make(questions, selection, List.of(), output.isDetailed(), terminal)
                  .with(pruned);
            });
    boolean whole = report.write(made, outputs, terminal);
    return budget.tell(terminal, whole ? ExitCode.DONE : ExitCode.INCOMPLETE);
  }

  private int again(Path source) throws IOException {
    report.checkAgain();
    Outputs<Report> outputs = output.open(new ReportFormats());
    Report read =
        source.equals(STANDARD_INPUT)
            ? ReportFile.read(terminal.in(), "standard input")
            : ReportFile.read(source);
    outputs.write(report.again(read), terminal);
    return ExitCode.DONE;
  }
}
