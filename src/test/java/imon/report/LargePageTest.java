package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.report.Report.EvidenceRow;
import imon.report.Report.HostRow;
import imon.report.Report.SiteRow;
import imon.report.Report.Totals;
import imon.report.html.HtmlReport;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import imon.store.Traffic;
import imon.store.ask.page.Timeline;
import imon.store.ask.page.Timeline.Cell;
import imon.store.ask.page.Timeline.Kind;
import imon.testing.Chromium;
import imon.testing.Chromium.Opened;
import imon.testing.LongTest;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 100,000 sites in 30 days, all of them asked for, with the chart library inlined. */
@LongTest
class LargePageTest {
  private static final int SITES = 100_000;
  private static final int HOURS = 30 * 24;

  /** Pixels of the picture in the colours of some series. */
  private static final String PIXELS =
      """
      (names) => {
        const data = JSON.parse(document.getElementById("traffic").textContent);
        const style = getComputedStyle(document.documentElement);
        const colours = names.map((name) => {
          const rest = data.series.indexOf(name) - data.chartSites;
          const hex = style.getPropertyValue(`--series-rest-${rest}`).trim();
          return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join();
        });
        const canvas = document.querySelector("#chart canvas");
        const copy = Object.assign(document.createElement("canvas"),
          { width: canvas.width, height: Math.floor(canvas.height * 0.8) });
        const context = copy.getContext("2d", { willReadFrequently: true });
        context.drawImage(canvas, 0, 0);
        const { data: pixels } = context.getImageData(0, 0, copy.width, copy.height);
        let count = 0;
        for (let i = 0; i < pixels.length; i += 4) {
          count += colours.includes([...pixels.subarray(i, i + 3)].join()) ? 1 : 0;
        }
        return count;
      }
      """;

  @TempDir private static Path folder;
  private static Path page;

  @BeforeAll
  static void write() throws IOException {
    page = folder.resolve("large.html");
    try (Writer out = Files.newBufferedWriter(page)) {
      new HtmlReport(Sizes.SI, PageTemplates.BUILT_IN).write(report(), out);
    }
  }

  @Test
  void itIsAsSmallAsMailTakesAndSaysWhatIsLeftOut() throws IOException {
    assertTrue(Files.size(page) <= HtmlReport.MOST_BYTES, "bytes: " + Files.size(page));
    String text = Files.readString(page);
    assertTrue(text.matches("(?s).*The largest [0-9,]+ of 100,000\\..*"), "sites left out");
    assertTrue(text.contains("A selection is as exact as 1 hour, the 100 largest sites"), "exact");
  }

  @Test
  void aBrowserOpensItAndSelectsWithinIt() {
    try (Chromium chromium = new Chromium();
        Opened opened = chromium.open(page)) {
      assertEquals(0, pixels(opened, "unresolved", "local", "other traffic"));
      assertTrue(pixels(opened, "other sites") > 0, "what is there has its colour");
      opened.page().locator("select[name=from]").selectOption("719");
      assertEquals("at least 13", opened.text("[data-col=all-sites]"));
      opened.assertQuiet();
    }
  }

  private static int pixels(Opened opened, String... series) {
    return ((Number) opened.page().evaluate(PIXELS, List.of(series))).intValue();
  }

  private static Report report() {
    Report full = ExampleReport.full();
    List<SiteRow> sites = IntStream.range(0, SITES).mapToObj(LargePageTest::site).toList();
    Details details = full.details();
    return new Report(
        full.scope(),
        full.captures(),
        full.unread(),
        new Totals(84_211, 61_312_455, 412, SITES, 3),
        full.ledger(),
        sites,
        null,
        null,
        full.unresolved(),
        full.otherUnresolved(),
        full.clients(),
        full.guesses(),
        full.anomalies(),
        new Details(timeline(), Map.of(), details.blindSpots(), details.origin()));
  }

  private static SiteRow site(int number) {
    Traffic traffic = new Traffic(3, 40, 4_000, 50, 9_000_000_000L / (number + 1));
    String name = "site-" + number + ".example";
    return new SiteRow(
        name,
        traffic,
        traffic.bytes(),
        traffic.bytes(),
        List.of(new EvidenceRow("tls", traffic)),
        IntStream.range(0, 10).mapToObj(i -> new HostRow("h" + i + "." + name, traffic)).toList(),
        List.of());
  }

  /** As many cells as there may be; the last hour has 13: 12 sites of its own and one of others. */
  private static Timeline timeline() {
    List<Cell> cells =
        IntStream.range(0, Timeline.MOST_CELLS)
            .mapToObj(
                i -> {
                  int step = i * HOURS / Timeline.MOST_CELLS;
                  int site = i % 14 == 13 ? 100 : i % 100;
                  return new Cell(step, i % 3, site, 0, 1, new Traffic(1, 9, 700, 9, 91_000 + i));
                })
            .toList();
    return new Timeline(
        29_709_060,
        60,
        HOURS,
        null,
        IntStream.range(0, 100).mapToObj(i -> "site-" + i + ".example").toList(),
        List.of("192.0.2.10", "192.0.2.11", "192.0.2.12"),
        List.of(new Kind("tls", "tls", true, true)),
        cells,
        List.of());
  }
}
