package imon.cli;

import imon.name.NetworkOwners;
import imon.report.CsvReport;
import imon.report.HtmlReport;
import imon.report.JsonReport;
import imon.report.MarkdownReport;
import imon.report.Report;
import imon.report.Report.UnreadRow;
import imon.report.ReportMaker;
import imon.report.Sizes;
import imon.report.TerminalTable;
import imon.report.VisibleText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where reports go and how they look; the same for every command that reports. */
final class OutputOptions {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the report as one HTML file ('-' is standard output).")
  private @Nullable String html;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the report as CSV.")
  private @Nullable String csv;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON.")
  private @Nullable String json;

  @Option(names = "--markdown", paramLabel = "FILE", description = "Write it as Markdown.")
  private @Nullable String markdown;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write report.html, .csv, .json and .md into this folder.")
  private @Nullable Path folder;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "30",
      description = "Rows of a list, at most (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      description = "Zone of the times shown, e.g. Europe/Paris (default: this system's).")
  private @Nullable String zone;

  @Option(names = "--local-sites", description = "List local sites, too.")
  private boolean localSites;

  @Option(names = "--binary", description = "Sizes in KiB, MiB, ... instead of kB, MB, ...")
  private boolean binary;

  @Option(
      names = "--asn",
      paramLabel = "FILE",
      description =
          "Say who owns the networks of unresolved servers, by this database (.mmdb of autonomous"
              + " systems: GeoLite2-ASN, DB-IP, IPinfo).")
  private @Nullable Path asn;

  @Option(
      names = "--generated-at",
      paramLabel = "TIME",
      description = "Have the report say when it was made, e.g. 2026-03-02T08:00:00Z.")
  private @Nullable String generatedAt;

  private final Set<Path> targets = new HashSet<>();
  private final Map<OutputFile, Format> files = new LinkedHashMap<>();
  private @Nullable Format onStandardOutput;
  private @Nullable NetworkOwners owners;

  /** One way to write a report. */
  private interface Format {
    void write(Report report, Writer out) throws IOException;
  }

  /**
   * Finds out early what would be found only after long work: two reports for standard output, or a
   * file that cannot be written or read.
   */
  void check() throws IOException {
    owners = asn == null ? null : NetworkOwners.open(asn);
    add(html, new HtmlReport(sizes())::write);
    add(csv, new CsvReport()::write);
    add(json, new JsonReport()::write);
    add(markdown, new MarkdownReport(sizes())::write);
    if (folder != null) {
      makeFolder(folder);
      add(folder.resolve("report.html").toString(), new HtmlReport(sizes())::write);
      add(folder.resolve("report.csv").toString(), new CsvReport()::write);
      add(folder.resolve("report.json").toString(), new JsonReport()::write);
      add(folder.resolve("report.md").toString(), new MarkdownReport(sizes())::write);
    }
    for (OutputFile file : files.keySet()) {
      file.check();
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      String why = e instanceof FileAlreadyExistsException ? "a file stands there" : e.getMessage();
      throw new IOException(
          "cannot make the folder %s: %s; choose another place"
              .formatted(VisibleText.of(folder.toString()), why),
          e);
    }
  }

  private void add(@Nullable String target, Format format) {
    if (target == null) {
      return;
    }
    if (!target.equals(STANDARD_OUTPUT)) {
      if (!targets.add(Path.of(target).toAbsolutePath().normalize())) {
        throw new IllegalArgumentException(target + ": two reports cannot go to one file");
      }
      files.put(new OutputFile(Path.of(target)), format);
      return;
    }
    if (onStandardOutput != null) {
      throw new IllegalArgumentException("only one report can go to standard output ('-')");
    }
    onStandardOutput = format;
  }

  private Sizes sizes() {
    return binary ? Sizes.BINARY : Sizes.SI;
  }

  /** Whether local sites are to be listed also beside those of the internet. */
  boolean localSites() {
    return localSites;
  }

  ReportMaker.Options reportOptions() {
    return new ReportMaker.Options(zoneId(), top, generationTime());
  }

  private ZoneId zoneId() {
    try {
      ZoneId chosen = zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
      return chosen.normalized().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : chosen;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--tz " + zone + ": no such zone; give one like UTC or Europe/Paris", e);
    }
  }

  private @Nullable Instant generationTime() {
    try {
      return generatedAt == null ? null : Instant.parse(generatedAt);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--generated-at " + generatedAt + ": give a time like 2026-03-02T08:00:00Z", e);
    }
  }

  /**
   * Writes the report to all places asked for; as a table if none of them is standard output. False
   * when what it was to be completed with could not be read.
   */
  boolean write(Report asked, Terminal terminal) throws IOException {
    Report report = owners == null ? asked : ReportMaker.withOwners(asked, owners);
    List<UnreadRow> unread = report.unread().subList(asked.unread().size(), report.unread().size());
    unread.forEach(row -> terminal.err().println("imon: " + row.message()));
    for (Map.Entry<OutputFile, Format> file : files.entrySet()) {
      file.getKey().write(out -> file.getValue().write(report, out));
    }
    Format format = onStandardOutput != null ? onStandardOutput : table(terminal)::write;
    Writer out = new BufferedWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8));
    format.write(report, out);
    out.flush();
    if (terminal.out().checkError()) {
      throw new IOException("standard output: cannot be written to");
    }
    return unread.isEmpty();
  }

  private TerminalTable table(Terminal terminal) {
    return new TerminalTable(
        new TerminalTable.Options(
            terminal.columns(), !terminal.unicode(), terminal.colour(), sizes()));
  }
}
