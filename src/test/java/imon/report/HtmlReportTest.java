package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
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
  void thePolicyHasTheHashOfTheStyle() throws GeneralSecurityException {
    String style = group("(?s)<style>(.*)</style>");
    byte[] sum =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(sum)
            + "'; base-uri 'none'; form-action 'none'",
        group("Content-Security-Policy\" content=\"([^\"]*)\""));
  }

  @Test
  void nothingIsLoadedAndNothingRuns() {
    String lower = page.toLowerCase(Locale.ROOT);
    for (String word :
        new String[] {
          "<script", "<link", "<img", "http:", "https:", "url(", "@import", " src=", " style=",
          " on"
        }) {
      String found = word.equals(" on") ? "<[^>]* on[a-z]+=" : Pattern.quote(word);
      assertFalse(Pattern.compile(found).matcher(lower).find(), word);
    }
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
  void withoutGuessesThereIsNoSectionOfThem() throws IOException {
    assertFalse(Rendering.HTML.of(ExampleReport.empty()).contains("guesses-title"));
  }

  private String group(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }
}
