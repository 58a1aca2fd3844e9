package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import imon.testing.Chromium;
import imon.testing.Chromium.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Unicode forms of names, which are told beside the names, to people only. */
class UnicodeInReportsTest {
  private static final String NAME = "xn--bcher-kva.example";
  private static final String FORM = "b\u00fccher.example";

  @TempDir private static Path folder;
  private static Path made;

  @BeforeAll
  static void make() throws IOException {
    Path json = folder.resolve("report.json");
    Program.run("analyze", Program.SAMPLES.resolve("browsing.pcap"), "--json", json).done();
    Files.writeString(json, Files.readString(json).replace("tidepost.org", NAME));
    made = folder.resolve("made");
    Program.run("report", "--from-json", json, "-o", made).done();
  }

  private static String report(String format) throws IOException {
    return Files.readString(made.resolve("report." + format));
  }

  @Test
  void markdownHasThem() throws IOException {
    List<String> rows = report("md").lines().filter(line -> line.contains(NAME)).toList();
    assertEquals(List.of("| `" + NAME + "` (" + FORM + ")"), heads(rows));
  }

  private static List<String> heads(List<String> rows) {
    return rows.stream().map(row -> row.substring(0, row.indexOf(" |"))).toList();
  }

  @Test
  void whatProgramsReadHasNone() throws IOException {
    for (String format : List.of("json", "csv")) {
      assertFalse(report(format).contains("\u00fc"), format);
    }
  }

  @Test
  void aReaderOfThePageFindsThem() {
    try (Chromium chromium = new Chromium();
        Opened opened = chromium.open(made.resolve("report.html"))) {
      opened.page().locator("input[type=search]").fill(FORM);
      assertEquals(
          List.of(NAME + " " + FORM),
          opened
              .page()
              .locator("#site-table tbody:visible > tr:first-child > th")
              .allTextContents());
      opened.assertQuiet();
    }
  }
}
