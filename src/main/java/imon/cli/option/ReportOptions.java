package imon.cli.option;

import imon.cli.output.Terminal;
import imon.name.NetworkOwners;
import imon.report.Report;
import imon.report.Report.UnreadRow;
import imon.report.ReportMaker;
import imon.store.ask.By;
import imon.store.ask.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a report is about and what is in it. */
public final class ReportOptions {
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
  public ReportMaker.Options maker(Selection selection) {
    return new ReportMaker.Options(
        scope.zone(), scope.top(), by, ScopeOptions.filter(selection), scope.generatedAt());
  }

  /**
   * Completes the report and writes it. False when what it was to be completed with could not be
   * read.
   */
  public boolean write(Report made, OutputOptions.Outputs<Report> outputs, Terminal terminal)
      throws IOException {
    Report report = owners == null ? made : ReportMaker.withOwners(made, owners);
    List<UnreadRow> unread = report.unread().subList(made.unread().size(), report.unread().size());
    unread.forEach(row -> terminal.err().println("imon: " + row.message()));
    outputs.write(report, terminal);
    return unread.isEmpty();
  }
}
