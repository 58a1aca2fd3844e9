package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.report.Report.Group;
import imon.report.Report.Guesses;
import imon.report.Report.LedgerRow;
import imon.report.Report.Scope;
import imon.report.Report.Totals;
import imon.report.TerminalTable.Options;
import imon.report.text.Sizes;
import imon.report.text.VisibleText;
import imon.store.Traffic;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTableTest {
  @Test
  void noLineIsLongerThanTheWidth() throws IOException {
    List<Report> reports =
        List.of(
            ExampleReport.full(),
            ExampleReport.empty(),
            ExampleReport.hostile("w".repeat(16_000)),
            ExampleReport.hostile("many words and % < > ".repeat(100)),
            ExampleReport.hostile("\uD83D\uDE00".repeat(300)));
    for (int width = 60; width <= 200; width++) {
      for (Report report : reports) {
        for (String line : table(report, width).lines().toList()) {
          assertTrue(line.codePointCount(0, line.length()) <= width, line);
        }
      }
    }
  }

  @Test
  void aWidthOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Options(59, false, false, Sizes.SI));
    assertThrows(IllegalArgumentException.class, () -> new Options(201, false, false, Sizes.SI));
  }

  @Test
  void aLongNameKeepsItsEnd() {
    assertEquals(
        "abc\u2026uvwxyz", VisibleText.shortened("abcdefghijklmnopqrstuvwxyz", 10, "\u2026"));
    assertEquals("short", VisibleText.shortened("short", 5, "\u2026"));
  }

  @Test
  void noRowIsShownForAClassWithoutPackets() throws IOException {
    String table = table(ExampleReport.hostile("name"), 80);
    assertFalse(table.contains("multicast"), table);
    assertFalse(table.contains("undecodable"), table);
  }

  @Test
  void listedLocalSitesAreNotCountedTwice() {
    Traffic all = new Traffic(1, 5, 600, 5, 400);
    Report report = localSites(all, new Traffic(1, 3, 300, 3, 200));
    List<Ledger.Remainder> rest = new Ledger(report).remainders();
    assertEquals(
        List.of("other sites (1)", "local without site"),
        rest.stream().map(Ledger.Remainder::label).toList());
    assertEquals(1_000, rest.stream().mapToLong(Ledger.Remainder::bytes).sum());
    assertEquals(10, rest.stream().mapToLong(Ledger.Remainder::packets).sum());
  }

  @Test
  void unlistedSitesAndEveryOtherClassCompleteTheTotal() {
    Report report = ExampleReport.full();
    long sites = report.sites().stream().mapToLong(site -> site.traffic().bytes()).sum();
    long rest = new Ledger(report).remainders().stream().mapToLong(Ledger.Remainder::bytes).sum();
    assertEquals(report.totals().bytes(), sites + rest);
  }

  @Test
  void agreementWithProofIsOneLineForTheStrongestKindAndOneForTheOthers() throws IOException {
    List<String> lines = table(ExampleReport.full(), 120).lines().toList();
    assertTrue(
        lines.contains("dns agreed with proof on 97.8 % of 90 flows (bytes: > 99.9 %)"),
        lines.toString());
    assertTrue(
        lines.contains(
            "certificate on 100.0 % of 21, dns-other on 75.0 % of 12, ptr on 0.0 % of 1"),
        lines.toString());
  }

  @Test
  void withoutGuessesNothingIsSaidOfAgreement() throws IOException {
    assertFalse(table(ExampleReport.empty(), 80).contains("agreed"));
  }

  private static Report localSites(Traffic all, Traffic listed) {
    Report empty = ExampleReport.empty();
    return new Report(
        new Scope(null, null, "UTC", 0, true, Report.Filter.NONE, null),
        List.of(),
        List.of(),
        new Totals(all.packets(), all.bytes(), 1, 1, 0),
        List.of(new LedgerRow("local", Group.LOCAL, all.packets(), all.bytes())),
        List.of(),
        listed,
        null,
        empty.unresolved(),
        null,
        List.of(),
        Guesses.NONE,
        List.of(),
        Details.NONE);
  }

  private static String table(Report report, int width) throws IOException {
    StringBuilder text = new StringBuilder();
    new TerminalTable(new Options(width, false, false, Sizes.SI)).write(report, text);
    return text.toString();
  }
}
