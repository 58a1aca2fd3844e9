package imon.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
  @Test
  void agreementWithProofIsOneLine() throws IOException {
    String text = Rendering.MARKDOWN.of(ExampleReport.full());
    assertTrue(
        text.contains(
            "\nAgreement with proof: `dns` 97.8 % of 90 flows (bytes: &gt; 99.9 %), `certificate`"
                + " 100.0 % of 21 flows (bytes: 100.0 %), `dns-other` 75.0 % of 12 flows"
                + " (bytes: 92.5 %), `ptr` 0.0 % of 1 flow (bytes: 0.0 %)\n"),
        text);
    assertFalse(Rendering.MARKDOWN.of(ExampleReport.empty()).contains("Agreement"));
  }

  @Test
  void aLargeReportHasFewerThanSixtyLines() throws IOException {
    String text = Rendering.MARKDOWN.of(ExampleReport.large(500));
    assertTrue(text.lines().count() < 60, text);
    assertTrue(text.contains("| next sites (480) |"), text);
    assertTrue(text.contains("- and 496 more"), text);
  }

  @Test
  void aReportWithEverythingAtOnceHasFewerThanSixtyLines() throws IOException {
    Report large = ExampleReport.large(222);
    Report all =
        new Report(
            ExampleReport.grouped().scope(),
            large.captures(),
            large.unread(),
            large.totals(),
            large.ledger(),
            large.sites(),
            large.otherSites(),
            null,
            Collections.nCopies(9, large.unresolved().get(0)),
            large.otherUnresolved(),
            large.clients(),
            large.guesses(),
            large.anomalies(),
            large.details());
    String text = Rendering.MARKDOWN.of(all);
    assertTrue(text.contains("Only traffic of client"), text);
    assertTrue(text.contains("- unresolved: "), text);
    assertTrue(text.contains("Made from 222 captures:"), text);
    assertTrue(text.contains("- and 220 more not read"), text);
    assertTrue(text.lines().count() < 60, () -> text.lines().count() + " lines");
  }
}
