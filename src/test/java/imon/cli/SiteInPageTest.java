package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import imon.testing.Chromium;
import imon.testing.Chromium.Opened;
import imon.testing.LongTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands below a site while a part of the report is selected, held against SQL. */
class SiteInPageTest {
  private static final String PERIOD =
      "minute >= TIMESTAMP '2026-03-02 08:02:00' AND minute < TIMESTAMP '2026-03-02 08:06:00'";
  private static final List<String> PERIOD_OPTIONS =
      List.of("--from", "2026-03-02T08:02", "--to", "2026-03-02T08:06");

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

  @LongTest
  @Test
  void clientsAndEvidenceOfASelectedTimeAreThoseOfSql() {
    try (Opened opened = chromium.open(report)) {
      selectPeriod(opened);
      assertSites(opened, PERIOD);
      opened.assertQuiet();
    }
  }

  @LongTest
  @Test
  void theyFollowAClientAndAKindOfEvidence() {
    try (Opened opened = chromium.open(report)) {
      String client = opened.page().locator("select[name=client] option").nth(2).textContent();
      select(opened, "client", "1");
      String ofClient =
          "client_id = (SELECT client_id FROM clients WHERE ip = '%s')".formatted(client);
      assertSites(opened, ofClient);
      select(opened, "evidence", "dns");
      assertSites(opened, ofClient + " AND evidence = 'dns'");
      selectPeriod(opened);
      assertSites(opened, ofClient + " AND evidence = 'dns' AND " + PERIOD);
      opened.assertQuiet();
    }
  }

  @LongTest
  @Test
  void theirBoundsAreThoseOfAReportOfThatTimeOrHidden() {
    try (Opened opened = chromium.open(report)) {
      selectPeriod(opened);
      JsonNode sites =
          Program.run("report", "--db", store, "--tz", "UTC", PERIOD_OPTIONS, "--json", "-")
              .done()
              .json()
              .get("sites");
      for (JsonNode site : sites) {
        List<Long> expected = new ArrayList<>();
        expected.add(site.get("down_bytes").asLong());
        expected.add(site.get("up_bytes").asLong());
        long least = site.get("proven_bytes").asLong();
        long most = site.get("possible_bytes").asLong();
        if (least != most) {
          expected.addAll(List.of(least, most));
        }
        Locator line = part(opened, site.get("site").asText()).locator("p.range").first();
        assertEquals(expected, figures(line.locator("data")));
        assertEquals(least == most, line.textContent().endsWith("; exact."));
      }
      select(opened, "evidence", "dns");
      Locator first = opened.page().locator("tbody[data-site]:visible").first();
      assertEquals(2, first.locator(".part p.range data").count());
      assertFalse(first.locator("[data-col=range]").isVisible());
      assertEquals("", first.locator("[data-col=exact]").textContent());
    }
  }

  @LongTest
  @Test
  void whatCannotFollowIsHiddenUntilTheWholeReportIsBack() {
    try (Opened opened = chromium.open(report)) {
      Locator site = opened.page().locator("tbody[data-site='0']");
      String before = site.innerHTML();
      site.locator("summary").click();
      String shown = site.innerText();
      assertTrue(shown.contains("Hosts") && shown.contains("Servers"), shown);
      Locator captures = opened.page().getByText("in 1 capture");
      assertTrue(captures.isVisible());
      select(opened, "client", "0");
      assertEquals(
          List.of("Clients", "Evidence"),
          site.locator(".parts:visible thead th.name").allTextContents());
      assertFalse(opened.page().locator("#unresolved table:visible").first().isVisible());
      assertFalse(captures.isVisible());
      Locator hint = site.locator(".part .note");
      assertTrue(hint.textContent().startsWith("Hosts and servers are known for the whole report"));
      hint.locator("button").press("Enter");
      assertEquals(shown, site.innerText());
      assertEquals(before, site.innerHTML().replace("<details open=\"\">", "<details>"));
      assertTrue(opened.page().locator("#unresolved .part-only").isHidden());
      assertTrue((Boolean) site.locator("summary").evaluate("e => e === document.activeElement"));
    }
  }

  @LongTest
  @Test
  void theUnresolvedServersComeBackByTheKeyboard() {
    try (Opened opened = chromium.open(report)) {
      select(opened, "from", "2");
      Locator section = opened.page().locator("#unresolved");
      assertFalse(section.locator(".scroll").isVisible());
      assertFalse(section.locator(".sums").isVisible());
      section.locator("button:visible").press("Enter");
      assertTrue(section.locator(".scroll").isVisible());
      assertTrue(
          (Boolean) section.locator(".scroll").evaluate("e => e === document.activeElement"));
      assertTrue(opened.text("#said").startsWith("Whole report: "), opened.text("#said"));
    }
  }

  @Test
  void headingsBelowASiteDoNotSortTheSites() {
    try (Opened opened = chromium.open(report)) {
      assertEquals(0, opened.page().locator(".parts thead button").count());
      assertEquals(7, opened.page().locator("#site-table > thead button").count());
    }
  }

  /** Every site with traffic of the selection, and what it is made of. */
  private static void assertSites(Opened opened, String where) {
    Map<String, Map<String, List<Long>>> clients = asked("client", where);
    Map<String, Map<String, List<Long>>> kinds = asked("evidence", where);
    assertFalse(clients.isEmpty());
    List<String> names =
        opened.page().locator("tbody[data-site] > tr > th.name > bdi:visible").allTextContents();
    assertEquals(List.copyOf(clients.keySet()), names.stream().sorted().toList());
    for (String site : names) {
      Locator tables = part(opened, site).locator("table");
      assertEquals(clients.get(site), rows(tables.nth(0)), site);
      assertEquals(kinds.get(site), rows(tables.nth(1)), site);
    }
  }

  /** Down, up and total of each site's parts, as the store has them. */
  private static Map<String, Map<String, List<Long>>> asked(String what, String where) {
    String name =
        what.equals("client")
            ? "(SELECT min(c.ip) FROM clients c WHERE c.client_id = t.client_id)"
            : "evidence";
    Map<String, Map<String, List<Long>>> sites = new TreeMap<>();
    Program.query(
            store,
            """
            SELECT site, %s AS part, sum(down_bytes)::BIGINT AS down, sum(up_bytes)::BIGINT AS up
            FROM traffic t WHERE scope = 'internet' AND site IS NOT NULL AND %s GROUP BY ALL
            """
                .formatted(name, where))
        .forEach(
            row ->
                sites
                    .computeIfAbsent(row.get("site").asText(), site -> new TreeMap<>())
                    .put(row.get("part").asText(), figures(row)));
    return sites;
  }

  private static List<Long> figures(JsonNode row) {
    long down = row.get("down").asLong();
    long up = row.get("up").asLong();
    return List.of(down, up, down + up);
  }

  private static Map<String, List<Long>> rows(Locator table) {
    Map<String, List<Long>> rows = new TreeMap<>();
    for (Locator row : table.locator("tbody tr").all()) {
      String name = row.locator("th").textContent().replaceAll(" (proof|inference)$", "");
      rows.put(name, figures(row.locator("data")));
    }
    return rows;
  }

  private static List<Long> figures(Locator data) {
    return data.all().stream().map(each -> Long.parseLong(each.getAttribute("value"))).toList();
  }

  /** What stands below a site, which is opened for it. */
  private static Locator part(Opened opened, String site) {
    Locator body =
        opened.page().locator("tbody[data-site]:has(th.name > bdi:text-is('%s'))".formatted(site));
    if (body.locator("details[open]").count() == 0) {
      body.locator("summary").click();
    }
    body.locator(".part").waitFor();
    return body.locator(".part");
  }

  private static void selectPeriod(Opened opened) {
    select(opened, "from", "2");
    select(opened, "to", "6");
  }

  private static void select(Opened opened, String name, String value) {
    opened.page().locator("select[name=" + name + "]").selectOption(value);
  }
}
