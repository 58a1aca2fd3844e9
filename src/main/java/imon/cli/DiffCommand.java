package imon.cli;

import imon.cli.option.OutputOptions;
import imon.cli.option.Outputs;
import imon.cli.option.ScopeOptions;
import imon.cli.option.StoreOption;
import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.name.SiteNaming.Given;
import imon.report.ReportMaker;
import imon.report.TerminalTable;
import imon.report.diff.Diff;
import imon.report.diff.DiffJson;
import imon.report.diff.DiffMaker;
import imon.report.diff.DiffMaker.Taken;
import imon.report.diff.DiffSheet;
import imon.report.secret.AnonymousDiff;
import imon.report.sheet.SheetCsv;
import imon.report.sheet.SheetHtml;
import imon.report.sheet.SheetMarkdown;
import imon.report.sheet.SheetTable;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import imon.store.StoreFile;
import imon.store.ask.By;
import imon.store.ask.Period;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import imon.store.keep.KeptNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares two periods, or two stores. */
@Command(
    name = "diff",
    description = "Compare two periods, or two stores: new, gone, grown, shrunk sites.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "What --with names is before, --from and --to say what is now:",
      "  imon diff --db x.db --from today --with-from yesterday --with-to yesterday",
      "Of another store (--with-db) it is the same period, unless --with-from or",
      "--with-to say otherwise."
    })
final class DiffCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;

  @Mixin private StoreOption store = new StoreOption();

  @Option(
      names = "--with-db",
      paramLabel = "FILE",
      description = "Compare with this store (default: the same).")
  private @Nullable Path otherStore;

  @Option(
      names = "--with-from",
      paramLabel = "TIME",
      description = "Begin of the period to compare with, as --from.")
  private @Nullable String otherFrom;

  @Option(names = "--with-to", paramLabel = "TIME", description = "Its end, as --to.")
  private @Nullable String otherTo;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "site",
      description = "Rows of the table: site, host, client or source (default: site).")
  private By by = By.SITE;

  @Option(names = "--local-sites", description = "Compare local sites, too.")
  private boolean localSites;

  @Mixin private ScopeOptions scope = new ScopeOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  DiffCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    StoreFile file = store.file();
    Selection now = named(file, scope.selection(localSites, clock));
    Selection before = now.in(otherPeriod(now.period()));
    Outputs<Diff> outputs = output.open(new Formats());
    StoreFile other = otherStore == null ? file : new StoreFile(otherStore);
    Taken taken = take(other, before);
    outputs.write(DiffMaker.compare(by, taken, take(file, now)), terminal);
    return ExitCode.DONE;
  }

  /** Of two stores the names that the first one keeps hold for both. */
  private Selection named(StoreFile file, Selection selection) throws IOException {
    return otherStore == null
        ? selection
        : selection.named(Given.all(selection.naming().over(KeptNames.of(file))));
  }

  private Period otherPeriod(Period same) {
    if (otherFrom != null || otherTo != null) {
      return scope.period("with-", otherFrom, otherTo, clock);
    }
    if (otherStore == null) {
      throw new IllegalArgumentException(
          "nothing to compare with: give --with-from and --with-to, or --with-db FILE");
    }
    return same;
  }

  private Taken take(StoreFile file, Selection selection) throws IOException {
    ReportMaker.Options options =
        new ReportMaker.Options(
            scope.zone(), scope.top(), by, ScopeOptions.filter(selection), scope.generatedAt());
    return file.read(
        database -> {
          new PrunedNotice(terminal).ofTraffic(database, selection.period());
          Questions questions = Questions.ofStore(database, selection);
          output.learn(questions::internalNames);
          return DiffMaker.take(file.path().toString(), questions, options);
        });
  }

  private static final class Formats implements OutputOptions.Formats<Diff> {
    @Override
    public OutputOptions.Format<Diff> html(Sizes sizes, PageTemplates templates) {
      return (diff, out) -> new SheetHtml(sizes, templates).write(DiffSheet.of(diff), out);
    }

    @Override
    public OutputOptions.Format<Diff> csv() {
      return (diff, out) -> new SheetCsv().write(DiffSheet.of(diff), out);
    }

    @Override
    public OutputOptions.Format<Diff> json() {
      return new DiffJson()::write;
    }

    @Override
    public OutputOptions.Format<Diff> markdown(Sizes sizes) {
      return (diff, out) -> new SheetMarkdown(sizes).write(DiffSheet.of(diff), out);
    }

    @Override
    public OutputOptions.Format<Diff> table(TerminalTable.Options options) {
      return (diff, out) -> new SheetTable(options).write(DiffSheet.of(diff), out);
    }

    @Override
    public @Nullable Instant madeAt(Diff report) {
      return report.now().scope().generatedAt();
    }

    @Override
    public OutputOptions.Hiding<Diff> hiding() {
      return AnonymousDiff::of;
    }
  }
}
