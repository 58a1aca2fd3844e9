package imon.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
  @Test
  void aLargeReportHasFewerThanSixtyLines() throws IOException {
    String text = Rendering.MARKDOWN.of(ExampleReport.large(500));
    assertTrue(text.lines().count() < 60, text);
    assertTrue(text.contains("| next sites (480) |"), text);
    assertTrue(text.contains("- and 492 more"), text);
  }
}
