package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.BoundingBox;
import imon.samples.Tape;
import imon.testing.Chromium;
import imon.testing.Chromium.Opened;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands below the picture of the HTML report, in a real browser. */
@LongTest
class PagePictureTest {
  private static final long MINUTE = 60 * Tape.SECOND;

  @TempDir private static Path folder;
  private static Chromium chromium;

  @BeforeAll
  static void openBrowser() {
    chromium = new Chromium();
  }

  @AfterAll
  static void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  /** A page of two packets so far apart. */
  private static Opened pageOf(long minutes, String zone) throws IOException {
    Path capture = folder.resolve("apart.pcap");
    Path page = folder.resolve("page.html");
    Tape tape = new Tape().udp("10.0.0.1:50000", "203.0.113.1:4000", new byte[100]);
    tape.after(minutes * MINUTE).udp("10.0.0.1:50000", "203.0.113.1:4000", new byte[100]);
    Files.write(capture, tape.pcap());
    Program.run("analyze", capture, "--tz", zone, "--html", page).done();
    return chromium.open(page);
  }

  @SuppressWarnings("unchecked")
  private static List<String> labels(Opened opened) {
    return (List<String>)
        opened
            .page()
            .evaluate(
                "() => echarts.getInstanceByDom(document.getElementById('chart')).getModel()"
                    + ".getComponent('xAxis').axis.getViewLabels().map((l) => l.formattedLabel)");
  }

  @ParameterizedTest
  @CsvSource({
    "9, UTC, '\\d\\d:\\d\\d'",
    "55, UTC, '\\d\\d:[0-5][05]'",
    "700, Europe/Paris, '\\d\\d:00'",
    "700, Asia/Kathmandu, '03-0[23] \\d\\d:00'",
    "3000, America/New_York, '0[3-4]-\\d\\d (00|03|06|09|12|15|18|21):00'",
    "20000, UTC, '03-\\d\\d 00:00'",
    "800000, UTC, '202[67]-(01|04|07|10)-0[1-9]( 00:00)?'",
    "20000000, UTC, '20[2-6][05]-01-\\d\\d'",
  })
  void timesBelowThePictureAreRoundAndApart(long minutes, String zone, String expected)
      throws IOException {
    try (Opened opened = pageOf(minutes, zone)) {
      List<String> labels = labels(opened);
      assertTrue(labels.size() >= 2 && labels.size() <= 20, labels.toString());
      labels.forEach(label -> assertTrue(label.matches(expected), labels.toString()));
      opened.assertQuiet();
    }
  }

  @ParameterizedTest
  @CsvSource({"1200", "30000"})
  void whatIsZoomedToHasTimesOfItsOwn(long minutes) throws IOException {
    try (Opened opened = pageOf(minutes, "UTC")) {
      List<String> before = labels(opened);
      opened.page().locator("#chart").scrollIntoViewIfNeeded();
      BoundingBox chart = opened.page().locator("#chart").boundingBox();
      double height = chart.y + chart.height - 14;
      opened.page().mouse().move(chart.x + chart.width * 0.5, height);
      opened.page().mouse().down();
      opened.page().mouse().move(chart.x + chart.width * 0.55, height);
      opened.page().mouse().move(chart.x + chart.width * 0.6, height);
      opened.page().mouse().up();
      opened.page().waitForFunction("() => document.getElementById('said').textContent !== ''");
      List<String> after = labels(opened);
      assertTrue(after.size() >= 2, after.toString());
      assertNotEquals(before, after);
      opened.assertQuiet();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 2"})
  void ofOneStepThereIsNothingToSelect(long minutes, int sliders) throws IOException {
    try (Opened opened = pageOf(minutes, "UTC")) {
      Object found =
          opened
              .page()
              .evaluate(
                  "() => echarts.getInstanceByDom(document.getElementById('chart'))"
                      + ".getOption().dataZoom.length");
      assertEquals(sliders, found);
      assertEquals(sliders > 0, opened.text("#time .note").contains("Drag the handles"));
      opened.assertQuiet();
    }
  }
}
