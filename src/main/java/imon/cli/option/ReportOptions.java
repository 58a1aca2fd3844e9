package imon.cli.option;

import imon.cli.output.FileUse;
import imon.cli.output.Terminal;
import imon.name.NetworkOwners;
import imon.report.Details;
import imon.report.Details.Origin;
import imon.report.Report;
import imon.report.Report.Filter;
import imon.report.Report.Scope;
import imon.report.Report.UnreadRow;
import imon.report.ReportMaker;
import imon.report.text.ReportTimes;
import imon.store.StoreException;
import imon.store.ask.By;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** What a report is about and what is in it. */
public final class ReportOptions {
  /** What a finished report can still be asked for: how it is written, and how it shows times. */
  private static final Set<String> OF_A_FILE =
      Set.of(
          "--from-json",
          "--html",
          "--csv",
          "--json",
          "--markdown",
          "--output",
          "--bundle",
          "--metrics",
          "--binary",
          "--templates",
          "--tz",
          "--generated-at");

  /** What only a report can be asked for. */
  private static final Set<String> OF_A_REPORT =
      Set.of(
          "--from",
          "--to",
          "--tz",
          "--client",
          "--by",
          "--top",
          "--local-sites",
          "--asn",
          "--sha256",
          "--binary",
          "--templates",
          "--generated-at");

  /** What a store can be asked to keep, too. */
  private static final Set<String> OF_NAMES = Set.of("--groups", "--site-level");

  @Mixin private ScopeOptions scope = new ScopeOptions();

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "site",
      description = "Rows of the main table: site, host, client or source (default: site).")
  private By by = By.SITE;

  @Option(names = "--local-sites", description = "List local sites, too.")
  private boolean localSites;

  @Option(
      names = "--asn",
      paramLabel = "FILE",
      description =
          "Say who owns the networks of unresolved servers, by this database (.mmdb of autonomous"
              + " systems: GeoLite2-ASN, DB-IP, IPinfo).")
  private @Nullable Path asn;

  @Option(names = "--sha256", description = "Give the SHA-256 of each capture file, too.")
  private boolean sha256;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  private @Nullable NetworkOwners owners;

  /** Finds out early what is wrong, or cannot be read. */
  public void check(Selection selection) throws IOException {
    var unused = maker(selection);
    owners = asn == null ? null : NetworkOwners.open(asn);
  }

  /** The part of a store that is asked for. */
  public Selection selection(Clock clock) throws IOException {
    return scope.selection(localSites, clock);
  }

  /** How a report of it is made. */
  private ReportMaker.Options maker(Selection selection) {
    return new ReportMaker.Options(
        scope.zone(), scope.top(), by, ScopeOptions.filter(selection), scope.generatedAt());
  }

  /** Finds out early which option cannot be of a report that was read from a file. */
  public void checkAgain() {
    var unused = scope.shown(new Scope(null, null, "UTC", 1, false, Filter.NONE, null));
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      if (!OF_A_FILE.contains(option.longestName())) {
        throw new IllegalArgumentException(
            option.longestName() + " cannot change the report of --from-json; leave it out");
      }
    }
  }

  /**
   * Finds out early which option would do nothing, as no report is made.
   *
   * @param why the option that has none made
   * @param keepsNames whether a store is to keep names
   */
  public void checkNone(String why, boolean keepsNames) {
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (OF_A_REPORT.contains(name) || (!keepsNames && OF_NAMES.contains(name))) {
        throw new IllegalArgumentException(
            name + " is about a report, and " + why + " makes none; leave one of them out");
      }
    }
  }

  /** A report that was read from a file, as it is to be shown now. */
  public Report again(Report read) {
    return read.with(scope.shown(read.scope()));
  }

  /**
   * Makes a report. If no capture has packets of its period, it is said when there are some.
   *
   * @param unread what was named and could not be read, one line each
   * @param detailed whether it is to have what a page shows beside its tables
   */
  public Report make(
      Questions questions,
      Selection selection,
      List<String> unread,
      boolean detailed,
      Terminal terminal)
      throws StoreException {
    Report made = ReportMaker.make(questions, maker(selection), unread);
    if (made.captures().isEmpty()) {
      tellTimes(questions.times(), terminal);
    }
    return detailed ? made.with(Details.of(questions, scope.top())) : made;
  }

  private void tellTimes(Questions.@Nullable Times all, Terminal terminal) {
    if (all != null) {
      ReportTimes times = new ReportTimes(scope.zone().getId());
      terminal.say(
          "no packets of this period; those of the captures are of %s %s"
              .formatted(times.period(all.first(), all.last()), scope.zone().getId()));
    }
  }

  /**
   * Completes the report and writes it. False when what it was to be completed with could not be
   * read.
   */
  public boolean write(Report made, Outputs<Report> outputs, Terminal terminal) throws IOException {
    if (sha256) {
      outputs
          .use()
          .readsCaptures(
              made.captures().stream().map(capture -> outputs.use().find(capture.path())).toList());
    }
    Report named = owners == null ? made : ReportMaker.withOwners(made, owners);
    Report report = named.with(named.details().from(origin(named, outputs.use(), terminal)));
    List<UnreadRow> unread = report.unread().subList(made.unread().size(), report.unread().size());
    unread.forEach(row -> terminal.say(row.message()));
    outputs.write(report, terminal);
    return unread.isEmpty();
  }

  private Origin origin(Report report, FileUse files, Terminal terminal) throws IOException {
    ParseResult words = command.commandLine().getParseResult();
    return ReportOrigin.of(words, sha256 ? report.captures() : List.of(), files, terminal);
  }
}
