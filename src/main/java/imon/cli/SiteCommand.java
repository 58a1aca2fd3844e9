package imon.cli;

import imon.cli.option.BudgetOptions;
import imon.cli.option.KeepSettingsOption;
import imon.cli.option.OutputOptions;
import imon.cli.option.Outputs;
import imon.cli.option.ScopeOptions;
import imon.cli.option.StoreOption;
import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.report.Report.Filter;
import imon.report.ReportMaker;
import imon.report.TerminalTable;
import imon.report.secret.AnonymousUsage;
import imon.report.sheet.SheetCsv;
import imon.report.sheet.SheetHtml;
import imon.report.sheet.SheetMarkdown;
import imon.report.sheet.SheetTable;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import imon.report.usage.SiteUsage;
import imon.report.usage.SiteUsage.Per;
import imon.report.usage.SiteUsage.UsageRow;
import imon.report.usage.SiteUsageJson;
import imon.report.usage.SiteUsageMaker;
import imon.report.usage.SiteUsageSheet;
import imon.store.StoreFile;
import imon.store.ask.By;
import imon.store.ask.Selection;
import imon.store.ask.SiteQuestions;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what some sites used, day by day. */
@Command(
    name = "site",
    description = "Say what these sites used, per day, with hosts and clients.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A name is a site (example.com) or one of its hosts (www.example.com):",
      "  imon site --db x.db --from -7d example.com",
      "Exit code 3: done, but no flow has one of several names. A --budget is of a",
      "NAME as it is given here."
    })
final class SiteCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "Sites or hosts.")
  private List<String> names = List.of();

  @Option(
      names = "--per",
      paramLabel = "SPAN",
      defaultValue = "day",
      description = "day, hour or minute (default: day).")
  private Per per = Per.DAY;

  @Mixin private BudgetOptions budget = new BudgetOptions();

  @Mixin private KeepSettingsOption keep = new KeepSettingsOption();

  @Mixin private StoreOption store = new StoreOption();

  @Mixin private ScopeOptions scope = new ScopeOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  SiteCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    if (names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a NAME is empty; give sites or hosts");
    }
    StoreFile file = store.file();
    Selection selection = scope.selection(true, clock);
    Filter filter = ScopeOptions.filter(selection);
    ReportMaker.Options options =
        new ReportMaker.Options(scope.zone(), scope.top(), By.SITE, filter, scope.generatedAt());
    budget.budgets();
    Outputs<SiteUsage> outputs = output.open(new Formats());
    keep.run(file, selection);
    SiteUsage usage =
        file.read(
            database -> {
              new PrunedNotice(terminal).ofTraffic(database, selection.period());
              SiteQuestions questions =
                  new SiteQuestions(database, selection, names, per == Per.MINUTE, scope.zone());
              output.learn(questions::internalNames);
              return SiteUsageMaker.make(questions, options, per);
            });
    usage.unknown().stream().map(SiteUsageSheet::unknown).forEach(terminal::say);
    if (usage.sites().isEmpty()) {
      return ExitCode.FAILED;
    }
    outputs.write(usage, terminal);
    budget.check(usage.sites().stream().map(UsageRow::site).toList());
    return budget.tell(terminal, usage.unknown().isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE);
  }

  private static final class Formats implements OutputOptions.Formats<SiteUsage> {
    @Override
    public OutputOptions.Format<SiteUsage> html(Sizes sizes, PageTemplates templates) {
      return (usage, out) -> new SheetHtml(sizes, templates).write(SiteUsageSheet.of(usage), out);
    }

    @Override
    public OutputOptions.Format<SiteUsage> csv() {
      return (usage, out) -> new SheetCsv().write(SiteUsageSheet.of(usage), out);
    }

    @Override
    public OutputOptions.Format<SiteUsage> json() {
      return new SiteUsageJson()::write;
    }

    @Override
    public OutputOptions.Format<SiteUsage> markdown(Sizes sizes) {
      return (usage, out) -> new SheetMarkdown(sizes).write(SiteUsageSheet.of(usage), out);
    }

    @Override
    public OutputOptions.Format<SiteUsage> table(TerminalTable.Options options) {
      return (usage, out) -> new SheetTable(options).write(SiteUsageSheet.of(usage), out);
    }

    @Override
    public @Nullable Instant madeAt(SiteUsage report) {
      return report.scope().generatedAt();
    }

    @Override
    public OutputOptions.Hiding<SiteUsage> hiding() {
      return AnonymousUsage::of;
    }
  }
}
