package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import imon.testing.Chromium;
import imon.testing.Chromium.Opened;
import imon.testing.LongTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTML report in a real browser, held against what the store says. */
class PageInBrowserTest {
  private static final String DAY = "2026-03-02T";

  @TempDir private static Path folder;
  private static Path store;
  private static Path report;
  private static Chromium chromium;

  @BeforeAll
  static void makeReport() {
    chromium = new Chromium();
    store = folder.resolve("browsing.db");
    report = folder.resolve("report.html");
    FilledStore.make(store, Program.SAMPLES.resolve("browsing.pcap"));
    Program.run("report", "--db", store, "--tz", "UTC", "--html", report).done();
  }

  @AfterAll
  static void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void nothingIsAskedOfANetworkAndNothingFails() {
    try (Opened opened = chromium.open(report)) {
      assertTrue(opened.page().locator("#chart canvas").isVisible());
      assertFalse(opened.page().locator(".drawing").isVisible());
      select(opened, "client", 0);
      opened.page().locator("#site-table summary").first().click();
      opened.assertQuiet();
    }
  }

  @LongTest
  @Test
  void theCellsSumUpToTheWholeReport() {
    try (Opened opened = chromium.open(report)) {
      Map<String, Long> before = siteBytes(opened);
      String exact = opened.text("[data-col=all-exact]");
      select(opened, "client", 0);
      assertFalse(exact.equals(opened.text("[data-col=all-exact]")));
      opened.page().locator("#selection button").click();
      opened.page().waitForFunction("() => !document.documentElement.matches('.selected')");
      assertTrue(opened.text("#said").startsWith("Whole report: "), opened.text("#said"));
      assertEquals(before, siteBytes(opened));
      assertEquals(exact, opened.text("[data-col=all-exact]"));
    }
  }

  @LongTest
  @ParameterizedTest
  @CsvSource({"0, 10", "2, 5"})
  void aSelectedTimeHasWhatAReportOfThatPeriodHas(int from, int to) {
    try (Opened opened = chromium.open(report)) {
      select(opened, "evidence", "proven");
      select(opened, "from", from);
      select(opened, "to", to);
      select(opened, "evidence", "");
      JsonNode expected =
          stored("--from", DAY + "08:0" + from, "--to", DAY + (to == 10 ? "08:10" : "08:0" + to));
      if (from > 0 || to < 10) {
        assertShows(expected, opened);
      }
      assertEquals(siteBytes(expected), siteBytes(opened));
    }
  }

  @LongTest
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aSelectedClientHasWhatAReportOfItHas(int client) {
    try (Opened opened = chromium.open(report)) {
      String address =
          opened.page().locator("select[name=client] option").nth(client + 1).textContent();
      select(opened, "client", client);
      JsonNode expected = stored("--client", address);
      assertShows(expected, opened);
      assertTrue(opened.text("#said").contains(address), opened.text("#said"));
    }
  }

  @LongTest
  @Test
  void aClientInATimeHasWhatAReportOfBothHas() {
    try (Opened opened = chromium.open(report)) {
      String address = opened.page().locator("select[name=client] option").nth(1).textContent();
      select(opened, "client", 0);
      select(opened, "from", 3);
      select(opened, "to", 7);
      assertShows(
          stored("--client", address, "--from", DAY + "08:03", "--to", DAY + "08:07"), opened);
    }
  }

  @LongTest
  @ParameterizedTest
  @ValueSource(strings = {"tls", "dns", "local"})
  void aSelectedKindOfEvidenceHasWhatSqlSays(String kind) {
    String where =
        kind.equals("local") ? "scope = 'local'" : "scope = 'internet' AND evidence = '%s'";
    String sql =
        "SELECT coalesce(sum(up_bytes + down_bytes), 0)::BIGINT AS bytes FROM traffic WHERE "
            + where.formatted(kind);
    long expected = Program.query(store, sql).get(0).get("bytes").asLong();
    try (Opened opened = chromium.open(report)) {
      if (expected > 0) {
        select(opened, "evidence", kind);
        assertEquals(expected, number(opened.text("[data-col=all-exact]")));
        assertEquals(
            expected,
            kind.equals("local")
                ? exact(opened, "[data-rest=local] [data-col=bytes]")
                : siteBytes(opened).values().stream().mapToLong(Long::longValue).sum());
      }
    }
  }

  @Test
  void aTimeIsSelectedOnThePicture() {
    try (Opened opened = chromium.open(report)) {
      opened
          .page()
          .evaluate(
              "() => echarts.getInstanceByDom(document.getElementById('chart'))"
                  + ".dispatchAction({type: 'dataZoom', startValue: 2, endValue: 4})");
      opened.page().waitForFunction("() => document.getElementById('said').textContent !== ''");
      assertShows(stored("--from", DAY + "08:02", "--to", DAY + "08:05"), opened);
      opened.assertQuiet();
    }
  }

  /** By the mouse, in the lower half of the strip, at whose upper edge a selection is moved. */
  @LongTest
  @ParameterizedTest
  @ValueSource(ints = {8, 14, 20, 26})
  void aDragAcrossTheStripBelowThePictureSelectsATime(int pixelsAboveItsFoot) {
    try (Opened opened = chromium.open(report)) {
      opened.page().locator("#chart").scrollIntoViewIfNeeded();
      BoundingBox chart = opened.page().locator("#chart").boundingBox();
      double step = (chart.width - 66 - 14) / 10;
      double left = chart.x + 66;
      double height = chart.y + chart.height - pixelsAboveItsFoot;
      opened.page().mouse().move(left + 2.5 * step, height);
      opened.page().mouse().down();
      opened.page().mouse().move(left + 3.5 * step, height);
      opened.page().mouse().move(left + 4.5 * step, height);
      opened.page().mouse().up();
      opened.page().waitForFunction("() => document.getElementById('said').textContent !== ''");
      assertTrue(
          opened.text("#said").startsWith(DAY.replace("T", " ") + "08:02 to "),
          opened.text("#said"));
      opened.assertQuiet();
    }
  }

  @LongTest
  @ParameterizedTest
  @CsvSource({
    "2450001, 2450301, about 2.45 MB",
    "2450001, 2450001, ",
    "2450001, 2490301, ",
    "7, 8, ",
  })
  void scriptsShowBoundsThatAreOneFigureAsOne(int least, int most, String expected) {
    try (Opened opened = chromium.open(report)) {
      Object text =
          opened
              .page()
              .evaluate(
                  "([least, most]) => imon.figures({binary: false}).about(least, most)?.text",
                  List.of(least, most));
      assertEquals(expected, text);
    }
  }

  @Test
  void tablesAreSortedByAClickOnAHeading() {
    try (Opened opened = chromium.open(report)) {
      Locator headings = opened.page().locator("#site-table thead button");
      headings.nth(0).click();
      List<String> names = siteNames(opened);
      List<String> sorted = new ArrayList<>(names);
      Collections.sort(sorted);
      assertEquals(sorted, names);
      headings.nth(4).click();
      List<Long> up = exacts(opened, "#site-table tbody [data-col=up]");
      List<Long> descending = new ArrayList<>(up);
      descending.sort(Collections.reverseOrder());
      assertEquals(descending, up);
      assertEquals(
          "descending", opened.page().locator("#site-table th").nth(4).getAttribute("aria-sort"));
    }
  }

  @Test
  void aSearchFindsSitesByTheirHostsToo() {
    try (Opened opened = chromium.open(report)) {
      opened.page().locator("input[type=search]").fill("kestrel");
      assertEquals(List.of("kestrelnews.com"), visibleSites(opened));
      assertTrue(opened.text("#found").startsWith("1 of "), opened.text("#found"));
      opened.page().locator("input[type=search]").fill("no such site");
      assertEquals(List.of(), visibleSites(opened));
    }
  }

  @Test
  void aSelectionIsSortedAndSearchedAsItIsShown() {
    try (Opened opened = chromium.open(report)) {
      select(opened, "client", 1);
      List<Long> total =
          exacts(opened, "#site-table tbody:not([hidden]) > tr > td [data-col=bytes]");
      List<Long> descending = new ArrayList<>(total);
      descending.sort(Collections.reverseOrder());
      assertEquals(descending, total);
      int shown = visibleSites(opened).size();
      assertTrue(shown < siteNames(opened).size());
      opened.page().locator("input[type=search]").fill(visibleSites(opened).get(0));
      assertEquals("1 of " + shown, opened.text("#found"));
      String client = opened.page().locator("select[name=client] option").nth(1).textContent();
      opened.page().locator("input[type=search]").fill(client);
      assertEquals("0 of " + shown, opened.text("#found"));
    }
  }

  @Test
  void addressesAreSortedByTheirNumbers() {
    try (Opened opened = chromium.open(report)) {
      opened.page().locator("#clients thead button").first().click();
      assertEquals(
          List.of("192.168.1.20", "192.168.1.30", "192.168.1.40"),
          opened.page().locator("#clients tbody th bdi:first-child").allTextContents());
    }
  }

  @Test
  void anHourThatComesTwiceIsToldByItsOffset() {
    try (Opened opened = chromium.open(report)) {
      assertEquals(
          List.of("2026-11-01 00:45", "2026-11-01 01:15 -04:00", "2026-11-01 01:15 -05:00"),
          opened
              .page()
              .evaluate(
                  "() => [-30, 0, 60].map(imon.figures({start: 29891835, width: 1, binary: false,"
                      + " offsets: [[29890000, -240], [29891880, -300]]}).time)"));
    }
  }

  @LongTest
  @Test
  void sumsByAClientAreHiddenWhileOneIsSelected(@TempDir Path own) {
    Path page = own.resolve("by-client.html");
    Program.run("report", "--db", store, "--by", "client", "--html", page).done();
    try (Opened opened = chromium.open(page)) {
      assertTrue(opened.page().locator("#groups table").first().isVisible());
      select(opened, "client", 0);
      assertFalse(opened.page().locator("#groups table").first().isVisible());
      assertTrue(opened.text("#groups .part-only").contains("whole report only"));
      opened.assertQuiet();
    }
  }

  @Test
  void aSiteExpandsToHostsServersClientsAndEvidence() {
    try (Opened opened = chromium.open(report)) {
      Locator site = opened.page().locator("tbody[data-site='0']");
      site.locator("summary").click();
      assertEquals(
          List.of("Hosts", "Clients", "Servers", "Evidence"),
          site.locator(".parts thead th.name").allTextContents());
      List<String> servers =
          Program.query(
                  store,
                  "SELECT DISTINCT server_ip FROM flows WHERE site = '%s' ORDER BY 1"
                      .formatted(siteNames(opened).get(0)))
              .stream()
              .map(row -> row.get("server_ip").asText())
              .toList();
      String shown = site.locator(".parts table").nth(2).textContent();
      assertTrue(servers.stream().allMatch(shown::contains), shown);
      assertFalse(servers.isEmpty());
    }
  }

  @Test
  void withoutScriptEverythingButTheSelectionIsThere() {
    try (Opened opened = chromium.openWithoutScript(report)) {
      assertEquals(stored().get("sites").size(), visibleSites(opened).size());
      assertTrue(opened.page().locator(".drawing svg").isVisible());
      assertTrue(opened.page().locator("#unresolved table").first().isVisible());
      assertFalse(opened.page().locator("#selection").isVisible());
      assertFalse(opened.page().locator(".search").isVisible());
      assertFalse(opened.page().locator("#chart").isVisible());
    }
  }

  @LongTest
  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void anAccessibilityCheckerFindsNothingSerious(ColorScheme colours) {
    try (Opened opened = chromium.open(report, colours)) {
      opened.page().locator("#site-table summary").first().click();
      select(opened, "from", 1);
      List<String> found =
          new AxeBuilder(opened.page())
              .analyze().getViolations().stream()
                  .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                  .map(rule -> rule.getId() + " " + rule.getNodes())
                  .toList();
      assertEquals(List.of(), found);
    }
  }

  @Test
  void aHostileCaptureIsInert() {
    Path page = folder.resolve("hostile.html");
    Program.run("analyze", Program.SAMPLES.resolve("hostile-names.pcap"), "--html", page).done();
    try (Opened opened = chromium.open(page)) {
      opened.page().evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
      select(opened, "from", 0);
      assertTrue(opened.page().locator("img, iframe, h1 + h1").count() == 0);
      assertEquals(0, opened.page().locator("main script").count());
      opened.assertQuiet();
    }
  }

  private static JsonNode stored(String... options) {
    return Program.run("report", "--db", store, "--tz", "UTC", List.of(options), "--json", "-")
        .done()
        .json();
  }

  private static void select(Opened opened, String name, Object value) {
    opened.page().locator("select[name=" + name + "]").selectOption(String.valueOf(value));
  }

  /** The figures, sites, rests and clients of a report are those of the selection. */
  private static void assertShows(JsonNode expected, Opened opened) {
    JsonNode totals = expected.get("totals");
    assertEquals(totals.get("bytes").asLong(), number(opened.text("[data-col=all-exact]")));
    assertEquals(totals.get("packets").asLong(), number(opened.text("[data-col=all-packets]")));
    assertEquals(
        totals.get("connections").asLong(), number(opened.text("[data-col=all-connections]")));
    assertEquals(totals.get("sites").asLong(), number(opened.text("[data-col=all-sites]")));
    assertEquals(totals.get("clients").asLong(), number(opened.text("[data-col=all-clients]")));
    assertEquals(siteBytes(expected), siteBytes(opened));
    for (JsonNode site : expected.get("sites")) {
      assertSite(site, opened);
    }
    for (JsonNode client : expected.get("clients")) {
      Locator row =
          opened
              .page()
              .locator("#clients tr:has(bdi:text-is('%s'))".formatted(client.get("ip").asText()));
      assertEquals(
          client.get("bytes").asLong(),
          Long.parseLong(row.locator("[data-col=bytes]").getAttribute("value")));
    }
  }

  private static void assertSite(JsonNode site, Opened opened) {
    Locator row =
        opened
            .page()
            .locator(
                "tbody[data-site]:has(th.name > bdi:text-is('%s'))"
                    .formatted(site.get("site").asText()));
    assertEquals(
        site.get("connections").asLong(),
        number(row.locator("[data-col=connections]").textContent()));
    for (String direction : List.of("up", "down")) {
      assertEquals(
          site.get(direction + "_bytes").asLong(),
          Long.parseLong(row.locator("[data-col=" + direction + "]").getAttribute("value")));
    }
    assertEquals(
        site.get("proven_bytes").asLong(),
        Long.parseLong(row.locator("[data-col=proven]").getAttribute("value")));
    assertEquals(
        site.get("possible_bytes").asLong(),
        number(row.locator("[data-col=possible]").getAttribute("title")));
  }

  private static Map<String, Long> siteBytes(JsonNode report) {
    Map<String, Long> bytes = new TreeMap<>();
    report
        .get("sites")
        .forEach(row -> bytes.put(row.get("site").asText(), row.get("bytes").asLong()));
    return bytes;
  }

  private static Map<String, Long> siteBytes(Opened opened) {
    List<String> names = visibleSites(opened);
    List<Long> bytes = exacts(opened, "tbody[data-site]:visible [data-col=bytes]");
    Map<String, Long> sums = new TreeMap<>();
    IntStream.range(0, names.size()).forEach(i -> sums.put(names.get(i), bytes.get(i)));
    return sums;
  }

  private static List<String> siteNames(Opened opened) {
    return opened.page().locator("tbody[data-site] > tr > th.name > bdi").allTextContents();
  }

  private static List<String> visibleSites(Opened opened) {
    return opened.page().locator("tbody[data-site] > tr > th.name > bdi:visible").allTextContents();
  }

  private static long exact(Opened opened, String css) {
    return exacts(opened, css).get(0);
  }

  private static List<Long> exacts(Opened opened, String css) {
    return opened.page().locator(css).all().stream()
        .map(cell -> Long.parseLong(cell.getAttribute("value")))
        .toList();
  }

  private static long number(String text) {
    return Long.parseLong(text.replaceAll("[^0-9]", ""));
  }
}
