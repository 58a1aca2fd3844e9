package imon.cli;

import imon.analysis.cut.Excerpt;
import imon.analysis.cut.PacketCutter;
import imon.cli.option.OutputOptions;
import imon.cli.option.Outputs;
import imon.cli.option.ScopeOptions;
import imon.cli.option.StoreOption;
import imon.cli.output.ExitCode;
import imon.cli.output.FileUse;
import imon.cli.output.OutputFile;
import imon.cli.output.Terminal;
import imon.report.ReportMaker;
import imon.report.TerminalTable;
import imon.report.explain.Explanation;
import imon.report.explain.ExplanationJson;
import imon.report.explain.ExplanationMaker;
import imon.report.explain.ExplanationSheet;
import imon.report.sheet.SheetCsv;
import imon.report.sheet.SheetHtml;
import imon.report.sheet.SheetMarkdown;
import imon.report.sheet.SheetTable;
import imon.report.text.Figures;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import imon.report.usage.SiteUsage;
import imon.report.usage.SiteUsageSheet;
import imon.store.Database;
import imon.store.StoreException;
import imon.store.ask.By;
import imon.store.ask.ExplainQuestions;
import imon.store.ask.ExplainQuestions.Capture;
import imon.store.ask.ExplainQuestions.Flow;
import imon.store.ask.Selection;
import imon.store.ask.UnknownName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says why a site or a host has its traffic. */
@Command(
    name = "explain",
    description = "Say which packets of which captures put traffic under this name.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The filters it prints show the packets in tshark and Wireshark; --pcap copies",
      "them out of the captures, which must be where they were:",
      "  imon explain --db x.db --from -7d --pcap why.pcapng --flows example.com",
      "Exit code 3: done, but a capture is gone or has changed."
    })
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;

  @Parameters(paramLabel = "NAME", description = "A site (example.com) or a host.")
  private String name = "";

  @Option(
      names = "--pcap",
      paramLabel = "FILE",
      description = "Copy the packets with the evidence into this file (pcapng).")
  private @Nullable Path pcap;

  @Option(names = "--flows", description = "With --pcap: all packets of the connections, too.")
  private boolean flows;

  @Mixin private StoreOption store = new StoreOption();

  @Mixin private ScopeOptions scope = new ScopeOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  ExplainCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** What the store told; nothing but the name when it is unknown. */
  private record Told(
      List<UnknownName> unknown, @Nullable Explanation explanation, List<Excerpt> excerpts) {}

  @Override
  public Integer call() throws IOException {
    if (flows && pcap == null) {
      throw new IllegalArgumentException("--flows says what to copy: give --pcap FILE, too");
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("NAME is empty; give a site or a host");
    }
    Selection selection = scope.selection(true, clock);
    ReportMaker.Options options =
        new ReportMaker.Options(
            scope.zone(),
            scope.top(),
            By.SITE,
            ScopeOptions.filter(selection),
            scope.generatedAt());
    if (OutputOptions.STANDARD_OUTPUT.equals(pcap)) {
      throw new IllegalArgumentException("--pcap -: give the name of a file");
    }
    Outputs<Explanation> outputs = output.open(new Formats());
    OutputFile cut = pcap == null ? null : outputs.ownerOnly(pcap);
    Told told = store.file().read(database -> ask(database, selection, options, outputs.use()));
    if (told.explanation == null) {
      told.unknown.forEach(this::sayUnknown);
      return ExitCode.FAILED;
    }
    if (cut != null) {
      outputs.use().readsCaptures(told.excerpts.stream().map(Excerpt::path).toList());
    }
    outputs.write(told.explanation, terminal);
    return cut == null || copy(told.excerpts, cut) ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private Told ask(Database database, Selection selection, ReportMaker.Options options, FileUse use)
      throws StoreException {
    new PrunedNotice(terminal).ofEvidence(database, selection.period());
    ExplainQuestions questions = new ExplainQuestions(database, selection, name);
    if (!questions.unknown().isEmpty()) {
      return new Told(questions.unknown(), null, List.of());
    }
    List<Excerpt> excerpts = pcap == null ? List.of() : excerpts(questions, use);
    return new Told(List.of(), ExplanationMaker.make(questions, options), excerpts);
  }

  private List<Excerpt> excerpts(ExplainQuestions questions, FileUse use) throws StoreException {
    List<Excerpt> excerpts = new ArrayList<>();
    for (Capture capture : questions.captures()) {
      List<Excerpt.Flow> wanted =
          flows ? questions.flows(capture).stream().map(ExplainCommand::flow).toList() : List.of();
      List<Long> packets = questions.packets(capture);
      if (!packets.isEmpty() || !wanted.isEmpty()) {
        excerpts.add(
            new Excerpt(
                use.find(capture.path()), capture.known(), capture.length(), packets, wanted));
      }
    }
    return excerpts;
  }

  private static Excerpt.Flow flow(Flow flow) {
    return new Excerpt.Flow(
        flow.protocol(),
        flow.client(),
        orZero(flow.clientPort()),
        flow.server(),
        orZero(flow.serverPort()),
        flow.startTime(),
        flow.endTime());
  }

  private static int orZero(@Nullable Integer port) {
    return port == null ? 0 : port;
  }

  private void sayUnknown(UnknownName unknown) {
    terminal.say(SiteUsageSheet.unknown(new SiteUsage.UnknownName(unknown.name(), unknown.near())));
  }

  /** Copies packets; whether all captures still have them. */
  private boolean copy(List<Excerpt> excerpts, OutputFile target) throws IOException {
    List<PacketCutter.Outcome> outcomes = new ArrayList<>(1);
    boolean stood = pcap != null && Files.exists(pcap);
    target.make(
        part -> outcomes.add(PacketCutter.cut(excerpts, part)),
        () -> outcomes.get(0).packets() > 0);
    PacketCutter.Outcome outcome = outcomes.get(0);
    outcome.faults().forEach(terminal::say);
    terminal.say(
        pcap
            + ": "
            + Figures.count(outcome.packets(), "packet")
            + (stood && outcome.packets() == 0 ? "; the file that is there stays" : ""));
    return outcome.faults().isEmpty();
  }

  private static final class Formats implements OutputOptions.Formats<Explanation> {
    @Override
    public OutputOptions.Format<Explanation> html(Sizes sizes, PageTemplates templates) {
      return (explanation, out) ->
          new SheetHtml(sizes, templates).write(ExplanationSheet.of(explanation), out);
    }

    @Override
    public OutputOptions.Format<Explanation> csv() {
      return (explanation, out) -> new SheetCsv().write(ExplanationSheet.of(explanation), out);
    }

    @Override
    public OutputOptions.Format<Explanation> json() {
      return new ExplanationJson()::write;
    }

    @Override
    public OutputOptions.Format<Explanation> markdown(Sizes sizes) {
      return (explanation, out) ->
          new SheetMarkdown(sizes).write(ExplanationSheet.of(explanation), out);
    }

    @Override
    public OutputOptions.Format<Explanation> table(TerminalTable.Options options) {
      return (explanation, out) ->
          new SheetTable(options).write(ExplanationSheet.of(explanation), out);
    }

    @Override
    public @Nullable Instant madeAt(Explanation report) {
      return report.scope().generatedAt();
    }

    @Override
    public OutputOptions.@Nullable Hiding<Explanation> hiding() {
      return null;
    }
  }
}
