package imon.report;

import imon.name.NetworkOwners.Owner;
import imon.report.Ledger.Remainder;
import imon.report.Report.CaptureRow;
import imon.report.Report.GuessRow;
import imon.report.Report.ServerRow;
import imon.report.Report.UnreadRow;
import imon.report.text.Figures;
import imon.report.text.MarkdownText;
import imon.report.text.OutsideText;
import imon.report.text.ReportTimes;
import imon.report.text.Sizes;
import imon.store.Traffic;
import imon.store.ask.page.Timeline;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The report for a ticket or a chat, in GitHub Flavored Markdown, under 60 lines whatever the
 * report holds. Names are code or character references, so that nothing in them is taken for
 * markup, a link, a mention or a table border.
 */
public final class MarkdownReport {
  private static final int MOST_SITES = 20;
  private static final int MOST_CAPTURES = 4;
  private static final int MOST_UNREAD = 2;
  private static final int MOST_OWNERS = 3;
  private static final String NOTHING = MarkdownText.NOTHING;

  private final Sizes sizes;

  /**
   * @param sizes the units of sizes
   */
  public MarkdownReport(Sizes sizes) {
    this.sizes = sizes;
  }

  /** Writes the report; lines end with LF. */
  public void write(Report report, Appendable out) throws IOException {
    Ledger ledger = new Ledger(report);
    summary(report, ledger, out);
    sites(report, ledger, out);
    owners(report.unresolved(), out);
    provenance(report, out);
  }

  private void summary(Report report, Ledger ledger, Appendable out) throws IOException {
    Report.Totals totals = report.totals();
    line(out, "## Bandwidth by " + new MainTable(report).noun());
    line(out, "");
    line(out, period(report));
    line(out, "");
    line(
        out,
        String.join(
            ", ",
            sizes.exact(totals.bytes()),
            Figures.count(totals.packets(), "packet"),
            Figures.count(totals.connections(), "connection"),
            Figures.count(totals.sites(), "site"),
            Figures.count(totals.clients(), "client")));
    line(out, "");
    String client = report.scope().filter().client();
    if (client != null) {
      line(out, "Only traffic of client " + MarkdownText.code(client));
      line(out, "");
    }
    line(out, "Ledger: " + MarkdownText.escaped(ledger.sentence()));
    line(out, "");
    if (!report.guesses().kinds().isEmpty()) {
      line(out, "Agreement with proof: " + guesses(report.guesses().kinds()));
      line(out, "");
    }
  }

  /** With what may be all that there is of a part of it. */
  private String period(Report report) {
    ReportTimes times = new ReportTimes(report.scope().zone());
    String period = times.zonedPeriod(report.scope().from(), report.scope().to());
    Timeline timeline = report.details().timeline();
    String outside = timeline == null ? "" : OutsideText.of(timeline, sizes, times);
    return outside.isEmpty() ? period : period + ". " + outside;
  }

  private static String guesses(List<GuessRow> kinds) {
    return kinds.stream()
        .map(
            row ->
                MarkdownText.code(row.kind())
                    + " "
                    + MarkdownText.escaped(Figures.agreement(row.tally())))
        .collect(Collectors.joining(", "));
  }

  private void sites(Report report, Ledger ledger, Appendable out) throws IOException {
    long whole = report.totals().bytes();
    MainTable table = new MainTable(report);
    String noun = table.noun();
    String head = noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1);
    line(out, "| " + head + " | Bytes | Share | Down | Up | Connections | Evidence |");
    line(out, "|:--|--:|--:|--:|--:|--:|:--|");
    List<MainTable.Row> shown = table.rows().subList(0, Math.min(MOST_SITES, table.rows().size()));
    for (MainTable.Row row : shown) {
      String evidence = MarkdownText.code(row.evidence());
      row(
          out,
          MarkdownText.name(row.name()),
          row.traffic().bytes(),
          whole,
          row.traffic(),
          evidence);
    }
    List<MainTable.Row> left = table.rows().subList(shown.size(), table.rows().size());
    if (!left.isEmpty()) {
      Traffic rest = Ledger.sum(left.stream().map(MainTable.Row::traffic));
      String label = "next " + noun + "s (" + left.size() + ")";
      row(out, label, rest.bytes(), whole, rest, NOTHING);
    }
    for (Remainder remainder : ledger.remainders()) {
      row(out, remainder.label(), remainder.bytes(), whole, remainder.traffic(), NOTHING);
    }
    row(out, "**total**", whole, whole, null, NOTHING);
    line(out, "");
  }

  private void row(
      Appendable out,
      String name,
      long bytes,
      long whole,
      @Nullable Traffic traffic,
      String evidence)
      throws IOException {
    String share = MarkdownText.escaped(Figures.percent(bytes, whole));
    String down = traffic == null ? NOTHING : sizes.text(traffic.downBytes());
    String up = traffic == null ? NOTHING : sizes.text(traffic.upBytes());
    String connections = traffic == null ? NOTHING : Figures.count(traffic.connections());
    List<String> cells = List.of(name, sizes.text(bytes), share, down, up, connections, evidence);
    line(out, "| " + String.join(" | ", cells) + " |");
  }

  /** The largest unresolved servers of known networks. */
  private void owners(List<ServerRow> servers, Appendable out) throws IOException {
    int shown = 0;
    for (ServerRow server : servers) {
      Owner owner = server.owner();
      if (owner != null && shown < MOST_OWNERS) {
        String size = sizes.text(server.traffic().bytes());
        line(
            out,
            "- unresolved: "
                + MarkdownText.code(server.ip())
                + ", "
                + MarkdownText.code(owner.text())
                + ", "
                + size);
        shown++;
      }
    }
    if (shown > 0) {
      line(out, "");
    }
  }

  private void provenance(Report report, Appendable out) throws IOException {
    List<CaptureRow> captures = report.captures();
    ReportTimes times = new ReportTimes(report.scope().zone());
    line(out, "Made from " + Figures.count(captures.size(), "capture") + ":");
    line(out, "");
    for (CaptureRow capture : captures.subList(0, Math.min(MOST_CAPTURES, captures.size()))) {
      line(out, "- " + capture(capture, times));
    }
    if (captures.size() > MOST_CAPTURES) {
      line(out, "- and " + Figures.count(captures.size() - MOST_CAPTURES) + " more");
    }
    for (String line : PrunedText.ofTraffic(report.scope().pruned())) {
      line(out, "- " + line);
    }
    unread(report.unread(), out);
  }

  private static void unread(List<UnreadRow> unread, Appendable out) throws IOException {
    for (UnreadRow row : unread.subList(0, Math.min(MOST_UNREAD, unread.size()))) {
      line(out, "- not read: " + MarkdownText.code(row.message()));
    }
    if (unread.size() > MOST_UNREAD) {
      line(out, "- and " + Figures.count(unread.size() - MOST_UNREAD) + " more not read");
    }
  }

  private String capture(CaptureRow capture, ReportTimes times) {
    String message = capture.message();
    return String.join(
            ", ",
            MarkdownText.code(capture.path()),
            MarkdownText.code(capture.format()),
            times.period(capture.firstPacket(), capture.lastPacket()),
            Figures.count(capture.packets(), "packet"),
            sizes.text(capture.wireBytes()),
            MarkdownText.code(capture.status()))
        + (message == null ? "" : " (" + MarkdownText.code(message) + ")")
        + (capture.options().isEmpty() ? "" : ", with " + MarkdownText.code(capture.options()))
        + ", fingerprint "
        + MarkdownText.code(capture.fingerprint());
  }

  private static void line(Appendable out, String text) throws IOException {
    out.append(text).append('\n');
  }
}
