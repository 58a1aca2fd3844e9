package imon.report;

import imon.name.NetworkOwners.Owner;
import imon.report.Ledger.Remainder;
import imon.report.Report.CaptureRow;
import imon.report.Report.GuessRow;
import imon.report.Report.ServerRow;
import imon.report.Report.SiteRow;
import imon.report.Report.UnreadRow;
import imon.store.Traffic;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The report for a ticket or a chat, in GitHub Flavored Markdown, under 60 lines whatever the
 * report holds. Names are code or character references, so that nothing in them is taken for
 * markup, a link, a mention or a table border.
 */
public final class MarkdownReport {
  private static final int MOST_SITES = 20;
  private static final int MOST_CAPTURES = 6;
  private static final int MOST_UNREAD = 3;
  private static final int MOST_OWNERS = 3;
  private static final String NOTHING = " ";

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
    line(out, "## Bandwidth by site");
    line(out, "");
    line(out, new ReportTimes(report.scope()).period(report.scope()));
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
    line(out, "Ledger: " + escaped(ledger.sentence()));
    line(out, "");
    if (!report.guesses().kinds().isEmpty()) {
      line(out, "Agreement with proof: " + guesses(report.guesses().kinds()));
      line(out, "");
    }
  }

  private static String guesses(List<GuessRow> kinds) {
    return kinds.stream()
        .map(row -> code(row.kind()) + " " + escaped(Figures.agreement(row.tally())))
        .collect(Collectors.joining(", "));
  }

  /** Shares can have a sign that is markup. */
  private static String escaped(String sentence) {
    return sentence.replace("<", "&lt;").replace(">", "&gt;");
  }

  private void sites(Report report, Ledger ledger, Appendable out) throws IOException {
    long whole = report.totals().bytes();
    line(out, "| Site | Bytes | Share | Down | Up | Connections | Evidence |");
    line(out, "|:--|--:|--:|--:|--:|--:|:--|");
    List<SiteRow> shown = report.sites().subList(0, Math.min(MOST_SITES, report.sites().size()));
    for (SiteRow site : shown) {
      String evidence = code(SiteEvidence.dominant(site));
      row(out, code(site.site()), site.traffic().bytes(), whole, site.traffic(), evidence);
    }
    List<SiteRow> left = report.sites().subList(shown.size(), report.sites().size());
    if (!left.isEmpty()) {
      Traffic rest = Ledger.sum(left.stream().map(SiteRow::traffic));
      row(out, "next sites (" + left.size() + ")", rest.bytes(), whole, rest, NOTHING);
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
    String share = escaped(Figures.percent(bytes, whole));
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
        line(out, "- unresolved: " + code(server.ip()) + ", " + code(owner.text()) + ", " + size);
        shown++;
      }
    }
    if (shown > 0) {
      line(out, "");
    }
  }

  private void provenance(Report report, Appendable out) throws IOException {
    List<CaptureRow> captures = report.captures();
    ReportTimes times = new ReportTimes(report.scope());
    line(out, "Made from " + Figures.count(captures.size(), "capture") + ":");
    line(out, "");
    for (CaptureRow capture : captures.subList(0, Math.min(MOST_CAPTURES, captures.size()))) {
      line(out, "- " + capture(capture, times));
    }
    if (captures.size() > MOST_CAPTURES) {
      line(out, "- and " + Figures.count(captures.size() - MOST_CAPTURES) + " more");
    }
    unread(report.unread(), out);
  }

  private static void unread(List<UnreadRow> unread, Appendable out) throws IOException {
    for (UnreadRow row : unread.subList(0, Math.min(MOST_UNREAD, unread.size()))) {
      line(out, "- not read: " + code(row.message()));
    }
    if (unread.size() > MOST_UNREAD) {
      line(out, "- and " + Figures.count(unread.size() - MOST_UNREAD) + " more not read");
    }
  }

  private String capture(CaptureRow capture, ReportTimes times) {
    String message = capture.message();
    return String.join(
            ", ",
            code(capture.path()),
            code(capture.format()),
            times.period(capture.firstPacket(), capture.lastPacket()),
            Figures.count(capture.packets(), "packet"),
            sizes.text(capture.wireBytes()),
            code(capture.status()))
        + (message == null ? "" : " (" + code(message) + ")")
        + ", fingerprint "
        + code(capture.fingerprint());
  }

  private static void line(Appendable out, String text) throws IOException {
    out.append(text).append('\n');
  }

  /**
   * A name as code. Renderers disagree on backticks, pipes and backslashes in a code span that
   * stands in a table, so a name with one of them becomes HTML code with its punctuation as
   * character references (CommonMark 2.5), which never are markup.
   */
  static String code(String name) {
    String visible = VisibleText.of(name);
    if (visible.isBlank()) {
      return NOTHING;
    }
    if (visible.chars().noneMatch(c -> c == '`' || c == '|' || c == '\\')) {
      return "`" + visible + "`";
    }
    StringBuilder html = new StringBuilder("<code>");
    visible.codePoints().forEach(c -> appendReference(html, c));
    return html.append("</code>").toString();
  }

  private static void appendReference(StringBuilder html, int codePoint) {
    if (codePoint >= 0x80 || codePoint == ' ' || Character.isLetterOrDigit(codePoint)) {
      html.appendCodePoint(codePoint);
    } else {
      html.append("&#").append(codePoint).append(';');
    }
  }
}
