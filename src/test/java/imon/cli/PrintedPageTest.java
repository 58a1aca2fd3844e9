package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import imon.testing.Chromium;
import imon.testing.Chromium.Opened;
import imon.testing.LongTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTML report on paper: what is open is printed, of what is closed its line. */
class PrintedPageTest {
  private static final Pattern SHEET = Pattern.compile("/Type\\s*/Page\\b");
  private static final Pattern SIZE =
      Pattern.compile("/MediaBox\\s*\\[\\s*0 0 ([0-9.]+) ([0-9.]+)\\s*\\]");

  @TempDir private static Path folder;
  private static Path report;
  private static Chromium chromium;

  @BeforeAll
  static void makeReport() {
    chromium = new Chromium();
    report = folder.resolve("report.html");
    Program.run(
            "analyze", "--tz", "UTC", Program.SAMPLES.resolve("browsing.pcap"), "--html", report)
        .done();
  }

  @AfterAll
  static void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @LongTest
  @Test
  void itsSheetsAreOfTheSizeA4() {
    try (Opened opened = chromium.open(report)) {
      String pdf = pdf(opened);
      List<MatchResult> sizes = SIZE.matcher(pdf).results().toList();
      assertFalse(sizes.isEmpty(), "a size");
      for (MatchResult size : sizes) {
        assertEquals(595, Double.parseDouble(size.group(1)), 1, "width in points");
        assertEquals(842, Double.parseDouble(size.group(2)), 1, "height in points");
      }
      assertTrue(sheets(pdf) > 0, "sheets: " + sheets(pdf));
      opened.assertQuiet();
    }
  }

  @LongTest
  @Test
  void whatIsOpenIsPrinted() {
    try (Opened opened = chromium.open(report)) {
      long closed = sheets(pdf(opened));
      opened.page().evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
      long open = sheets(pdf(opened));
      assertTrue(open > closed, closed + " sheets closed, " + open + " open");
    }
  }

  @Test
  void noRowIsCutAndHeadsAreRepeated() {
    try (Opened opened = chromium.open(report)) {
      opened.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertEquals(List.of("avoid"), styles(opened, "tr:not(.more)", "breakInside"));
      assertEquals(List.of("auto"), styles(opened, "tr.more", "breakInside"));
      assertEquals(List.of("avoid"), styles(opened, ".sites > tbody > :not(.more)", "breakAfter"));
      assertEquals(List.of("table-header-group"), styles(opened, "thead", "display"));
      assertEquals(List.of("table-row-group"), styles(opened, "tfoot", "display"));
    }
  }

  @LongTest
  @Test
  void whatOnlyAScreenCanDoIsNotPrinted() {
    try (Opened opened = chromium.open(report)) {
      opened.page().locator("select[name=client]").selectOption("0");
      opened.page().locator("#site-table summary:visible").first().click();
      opened.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      for (String css : List.of("nav", ".search", "#selection button", ".note button")) {
        assertEquals(0, opened.page().locator(css + ":visible").count(), css);
      }
      assertTrue(opened.page().locator("#said").isVisible());
      assertTrue(opened.page().locator(".part .note").isVisible());
    }
  }

  private static String pdf(Opened opened) {
    byte[] pdf = opened.page().pdf(new Page.PdfOptions().setPreferCSSPageSize(true));
    return new String(pdf, StandardCharsets.ISO_8859_1);
  }

  private static long sheets(String pdf) {
    return SHEET.matcher(pdf).results().count();
  }

  /** The values that a property has in all elements of a selector. */
  private static Object styles(Opened opened, String css, String property) {
    return opened
        .page()
        .evaluate(
            "([css, property]) => [...new Set([...document.querySelectorAll(css)]"
                + ".map(e => getComputedStyle(e)[property]))]",
            List.of(css, property));
  }
}
