package imon.cli.totals;

import imon.analysis.recent.RecentSites;
import imon.report.text.Figures;
import imon.report.text.Sizes;
import imon.report.text.VisibleText;
import imon.store.ask.Questions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Totals as lines: what the time and the sum of all packets are, the sites, and what is left to
 * that sum.
 *
 * @param columns no line has more code points
 * @param ascii no character outside ASCII
 */
record TotalsText(ZoneId zone, int columns, boolean ascii) {
  /** Lines that are no listed site: the head, other sites, no site, the note on samples. */
  static final int OTHER_LINES = 4;

  private static final String ROW = "%10s %7s  %-11s ";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  List<String> lines(RecentSites totals) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s to %s: %s, %s"
            .formatted(
                time(totals.from()),
                time(totals.last()),
                Figures.count(totals.packets(), "packet"),
                Sizes.SI.text(totals.bytes())));
    long left = totals.bytes();
    for (Questions.Site site : totals.sites()) {
      lines.add(row(site.traffic().bytes(), totals.bytes(), evidence(site), site.name()));
      left -= site.traffic().bytes();
    }
    long others = totals.otherSites().bytes();
    if (others > 0) {
      lines.add(row(others, totals.bytes(), "", "other sites"));
    }
    if (left > others) {
      lines.add(
          row(left - others, totals.bytes(), "", "no site: local, unresolved, other traffic"));
    }
    if (totals.skippedBytes() > 0) {
      lines.add("a sample: " + Sizes.SI.text(totals.skippedBytes()) + " came too fast to be read");
    }
    return lines.stream().map(this::fitted).toList();
  }

  private String time(Instant moment) {
    return TIME.format(moment.atZone(zone));
  }

  /** The strongest kind; there is none for a site of local traffic. */
  private static String evidence(Questions.Site site) {
    String name = site.evidence().isEmpty() ? null : site.evidence().get(0).name();
    return name == null ? "" : name;
  }

  private String row(long bytes, long whole, String evidence, String name) {
    String figures =
        ROW.formatted(
            Sizes.SI.text(bytes), Figures.percent(bytes, whole).replace(" ", ""), evidence);
    int room = Math.max(1, columns - figures.length());
    return figures + VisibleText.shortened(visible(name), room, "..");
  }

  private String visible(String name) {
    return ascii ? VisibleText.ascii(name) : VisibleText.of(name);
  }

  private String fitted(String line) {
    return line.codePointCount(0, line.length()) <= columns
        ? line
        : line.substring(0, line.offsetByCodePoints(0, columns));
  }
}
