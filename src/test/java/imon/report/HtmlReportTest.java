package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imon.report.diff.DiffSheet;
import imon.report.html.HtmlReport;
import imon.report.sheet.Sheet;
import imon.report.sheet.SheetHtml;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import imon.report.usage.SiteUsageSheet;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private String page = "";

  @BeforeEach
  void render() throws IOException {
    page = Rendering.HTML.of(ExampleReport.full());
  }

  @Test
  void thePolicyHasTheHashesOfStyleAndScriptsAndNothingElse() throws GeneralSecurityException {
    StringBuilder scripts = new StringBuilder();
    Matcher script = Pattern.compile("(?s)<script>(.*?)</script>").matcher(page);
    while (script.find()) {
      scripts.append(" 'sha256-").append(hash(script.group(1))).append('\'');
    }
    assertEquals(
        "default-src 'none'; style-src 'sha256-%s'; script-src%s; base-uri 'none'; form-action 'none'"
            .formatted(hash(group("(?s)<style>(.*)</style>")), scripts),
        group("Content-Security-Policy\" content=\"([^\"]*)\""));
  }

  @Test
  void theOtherPagesAllowTheirStyleAndNoScript() throws IOException, GeneralSecurityException {
    for (Sheet sheet :
        List.of(SiteUsageSheet.of(ExampleSheets.usage()), DiffSheet.of(ExampleSheets.diff()))) {
      StringWriter text = new StringWriter();
      new SheetHtml(Sizes.SI, PageTemplates.BUILT_IN).write(sheet, text);
      page = text.toString();
      assertFalse(page.contains("<script"), page);
      assertEquals(
          "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
              .formatted(hash(group("(?s)<style>(.*)</style>"))),
          group("Content-Security-Policy\" content=\"([^\"]*)\""));
    }
  }

  @Test
  void withoutAnythingToSelectNoScriptIsAllowed() throws IOException {
    String empty = Rendering.HTML.of(ExampleReport.empty());
    assertFalse(empty.contains("<script") || empty.contains("script-src"), empty);
  }

  @Test
  void nothingIsLoadedAndNoElementHasCodeOrStyleOfItsOwn() {
    String lower = page.toLowerCase(Locale.ROOT).replaceAll("(?s)<script>.*?</script>", "");
    for (String word :
        new String[] {
          "<link", "<img", "http:", "https:", "url(", "@import", " src=", " style=", " on"
        }) {
      String found = word.equals(" on") ? "<[^>]* on[a-z]+=" : Pattern.quote(word);
      assertFalse(Pattern.compile(found).matcher(lower).find(), word);
    }
  }

  @Test
  void theScriptsOfThePageNeitherAskANetworkNorMakeCodeOrMarkupOfText() throws IOException {
    for (String name :
        List.of("figures.js", "sums.js", "chart.js", "parts.js", "report.js", "tables.js")) {
      String script = Files.readString(Path.of("templates", name));
      for (String word :
          List.of(
              "innerHTML", "outerHTML", "insertAdjacent", "eval", "Function(", "fetch", "XML")) {
        assertFalse(script.contains(word), name + ": " + word);
      }
    }
  }

  @Test
  void cellsInlinedAreTheTimelineAndEndNoElement() throws IOException {
    String json = group("(?s)<script type=\"application/json\" id=\"traffic\">(.*?)</script>");
    assertFalse(json.matches("(?s).*[<>&\u2028\u2029].*"), json);
    JsonNode cells = new ObjectMapper().readTree(json).get("cells");
    long down = 0;
    for (JsonNode bytes : cells.get("down")) {
      down += bytes.asLong();
    }
    assertEquals(4_000 + 5_500_000 + 10 * 150_000, down);
    assertEquals(61, cells.get("step").size());
    assertEquals(-1, cells.at("/step/0").asInt());
    assertEquals(1, cells.at("/step/1").asInt(), "from none to the first");
  }

  @Test
  void aPageIsNeverLargerThanItMayBe() throws IOException {
    String large = Rendering.HTML.of(ExampleReport.large(20_000));
    assertTrue(large.length() <= HtmlReport.MOST_BYTES, "length: " + large.length());
    assertTrue(large.contains("more captures are left out here; JSON lists all"), "says so");
    assertTrue(large.contains("<td class=\"word\">340,000 packets</td>"), "of all captures");
  }

  @Test
  void whatCannotBeSeenHasItsFigures() {
    assertTrue(page.contains("12 connections, 84.0 kB"), page);
    assertTrue(page.contains("3 connections, 120 kB; 4.71 kB of it without a name"), page);
    assertTrue(page.contains("17 packets; of 1 capture not said"), page);
    assertTrue(
        page.contains("5 packets counted though they are copies; 61 packets told apart"), page);
  }

  @Test
  void provenanceNamesProgramCommandAndChecksums() {
    assertTrue(page.contains("imon 1.2.3"), page);
    assertTrue(page.contains("imon analyze captures/office 1.pcap --html report.html"), page);
    assertTrue(page.contains("SHA-256 <code>9f86d081884c7d65"), page);
  }

  @Test
  void theStackedBarIsFull() {
    Matcher rects =
        Pattern.compile("<rect class=\"[a-z-]+\" x=\"([0-9.]+)\" width=\"([0-9.]+)\"")
            .matcher(page);
    BigDecimal end = BigDecimal.ZERO;
    while (rects.find()) {
      BigDecimal gap = new BigDecimal(rects.group(1)).subtract(end).abs();
      assertTrue(gap.compareTo(new BigDecimal("0.02")) <= 0, rects.group());
      end = new BigDecimal(rects.group(1)).add(new BigDecimal(rects.group(2)));
    }
    assertEquals(0, end.compareTo(BigDecimal.valueOf(100)));
  }

  @Test
  void everyColumnAndRowHeaderHasItsScope() {
    Matcher headers = Pattern.compile("<th\\b[^>]*>").matcher(page);
    int count = 0;
    while (headers.find()) {
      assertTrue(headers.group().matches("<th scope=\"(col|row)\".*"), headers.group());
      count++;
    }
    assertTrue(count > 50, "headers: " + count);
  }

  @Test
  void everyIdIsUniqueAndEveryReferenceHasItsTarget() {
    Matcher references = Pattern.compile("(?:href=\"#|aria-labelledby=\")([^\"]+)\"").matcher(page);
    int count = 0;
    while (references.find()) {
      String id = " id=\"" + references.group(1) + "\"";
      assertTrue(page.contains(id), id);
      assertEquals(page.indexOf(id), page.lastIndexOf(id), id);
      count++;
    }
    assertTrue(count > 10, "references: " + count);
  }

  @Test
  void guessesStandInATableByKindAndAge() {
    assertTrue(
        page.contains(
            "up to 1 h after the flow began</th><td>5</td><td>40.0 %</td><td>80.0 %</td>"),
        page);
    assertTrue(page.contains("<td>7</td><td>100.0 %</td><td>100.0 %</td>"), page);
  }

  @Test
  void whatNoFlowStandsForIsNoShare() {
    assertTrue(
        page.contains("<td>21</td><td>100.0 %</td><td>100.0 %</td><td class=\"wide\"></td>"), page);
  }

  @Test
  void boundsThatAreOneFigureAreShownAsOne() throws IOException {
    page = Rendering.HTML.of(ExampleReport.bounded(2_450_001, 2_450_301));
    String title = " title=\"at least 2,450,001 bytes, at most 2,450,301 bytes\">";
    assertTrue(page.contains("data-col=\"about\"" + title + "about 2.45 MB<"), page);
    assertTrue(page.contains(title + "at least and at most about 2.45 MB<"), page);
    assertTrue(page.contains("data-col=\"range\" hidden>"), page);
    assertFalse(page.contains(">exact<"), page);
  }

  @Test
  void boundsThatDifferAreTwoFiguresAndEqualOnesAreExact() throws IOException {
    page = Rendering.HTML.of(ExampleReport.bounded(2_450_001, 2_490_301));
    assertTrue(page.contains("data-col=\"range\">") && !page.contains(">about "), page);
    page = Rendering.HTML.of(ExampleReport.bounded(2_450_001, 2_450_001));
    assertTrue(page.contains(">exact<") && page.contains("; exact.</p>"), page);
    assertFalse(page.contains(">about "), page);
  }

  @Test
  void withoutGuessesThereIsNoSectionOfThem() throws IOException {
    assertFalse(Rendering.HTML.of(ExampleReport.empty()).contains("guesses-title"));
  }

  private static String hash(String text) throws GeneralSecurityException {
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(sum);
  }

  private String group(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }
}
