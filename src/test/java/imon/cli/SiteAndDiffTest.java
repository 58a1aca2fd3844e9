package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sites used, and what changed, by the program as a whole. */
class SiteAndDiffTest {
  private static final List<String> JSON = List.of("--tz", "UTC", "--json", "-");
  private static final String HALF = "2026-03-02T08:05";

  @TempDir private static Path folder;
  private static Path store;
  private static Path other;

  @BeforeAll
  static void keepCaptures() {
    store = folder.resolve("imon.db");
    other = folder.resolve("other.db");
    FilledStore.make(store, Program.SAMPLES.resolve("browsing.pcap"));
    FilledStore.make(other, Program.SAMPLES.resolve("vlan.pcap"));
  }

  @LongTest
  @Test
  void aSiteIsTheSameInItsReportAndInThatOfAll() {
    JsonNode all = Program.run("report", "--db", store, JSON).done().json();
    for (JsonNode site : all.get("sites")) {
      JsonNode alone =
          Program.run("site", "--db", store, site.get("site").asText(), "--per", "minute", JSON)
              .done()
              .json()
              .at("/sites/0");
      // Servers of a site are a matter of the report on all.
      ((ObjectNode) site).remove("servers");
      site.fieldNames()
          .forEachRemaining(field -> assertEquals(site.get(field), alone.get(field), field));
      assertEquals(site.get("bytes").asLong(), sum(alone.get("spans"), "bytes"));
    }
  }

  @Test
  void listsOfASiteAreAsLongAsAsked() {
    JsonNode site =
        Program.run("site", "--db", store, "kestrelnews.com", "--top", "1", JSON)
            .done()
            .json()
            .at("/sites/0");
    assertEquals(1, site.get("hosts").size());
    assertEquals(1, site.get("clients").size());
  }

  @Test
  void aNameThatIsNotThereEndsWithThreeOrOne() {
    Program some = Program.run("site", "--db", store, "kestrelnews.com", "kestrelnews.co");
    some.ended(ExitCode.INCOMPLETE);
    assertEquals(
        List.of("imon: kestrelnews.co: no flow has this name; near: kestrelnews.com"),
        some.complaints().stream().map(line -> line.split(", ", -1)[0]).toList());
    assertTrue(some.out().contains("kestrelnews.com\nDAY "), some.out());
    Program none = Program.run("site", "--db", store, "kestrelnews.co").ended(ExitCode.FAILED);
    assertEquals("", none.out());
    assertEquals(1, none.complaints().size(), none.err());
  }

  @Test
  void aPeriodBeyondAllTimeSaysWhichEndIsWrong() {
    for (List<String> words : List.of(List.of("report"), List.of("site", "a"), List.of("diff"))) {
      String name = "imon " + words.get(0);
      Program early = Program.run(words, "--db", store, "--to", "1960-01-01").ended(ExitCode.USAGE);
      assertTrue(early.err().startsWith(name + ": --to 1960-01-01: no packet is"), early.err());
      Program late =
          Program.run(words, "--db", store, "--from", "9999-12-31").ended(ExitCode.USAGE);
      assertTrue(late.err().startsWith(name + ": --from 9999-12-31: no packet is"), late.err());
    }
  }

  @Test
  void allFormatsGoToAFolder() throws IOException {
    for (List<String> words :
        List.of(
            List.of("site", "kestrelnews.com"),
            List.of("diff", "--with-to", HALF),
            List.of("report"))) {
      Path reports = folder.resolve(words.get(0));
      Program.run(words, "--db", store, "-o", reports).done();
      for (String name : List.of("report.html", "report.csv", "report.json", "report.md")) {
        assertTrue(Files.size(reports.resolve(name)) > 100, words + " " + name);
      }
    }
  }

  @LongTest
  @Test
  void bothSidesOfADiffSumUp() {
    for (String by : List.of("site", "host", "client", "source")) {
      JsonNode diff =
          Program.run(
                  "diff",
                  "--db",
                  store,
                  "--by",
                  by,
                  "--top",
                  "3",
                  "--from",
                  HALF,
                  "--with-to",
                  HALF,
                  JSON)
              .done()
              .json();
      for (String side : List.of("before", "now")) {
        long rows = 0;
        for (JsonNode row : diff.get("rows")) {
          rows += row.at("/" + side + "/bytes").asLong();
        }
        long others = diff.at("/other/" + side + "/bytes").asLong();
        long rest = sum(diff.get("rest"), side + "_bytes");
        assertEquals(diff.at("/" + side + "/bytes").asLong(), rows + others + rest, by);
        assertTrue(rows > 0, by);
      }
    }
  }

  @Test
  void aDiffTellsWhatIsNewAndGone() {
    JsonNode diff =
        Program.run("diff", "--db", store, "--from", HALF, "--with-to", HALF, JSON).done().json();
    assertEquals("lanternreel.tv", diff.at("/rows/0/name").asText());
    assertEquals("shrunk", diff.at("/rows/0/status").asText());
    assertEquals(7, diff.at("/counts/gone").asInt());
    assertEquals(0, diff.at("/counts/new").asInt());
    JsonNode turned =
        Program.run("diff", "--db", store, "--to", HALF, "--with-from", HALF, JSON).done().json();
    assertEquals(7, turned.at("/counts/new").asInt());
    assertEquals(-diff.at("/rows/0/change").asLong(), turned.at("/rows/0/change").asLong());
  }

  @LongTest
  @Test
  void twoStoresAreComparedAndAStoreWithItselfIsTheSame() {
    JsonNode diff = Program.run("diff", "--db", store, "--with-db", other, JSON).done().json();
    assertEquals(other.toString(), diff.at("/before/store").asText());
    assertEquals(48, diff.at("/before/packets").asInt());
    assertEquals(6152, diff.at("/now/packets").asInt());
    JsonNode same = Program.run("diff", "--db", store, "--with-db", store, JSON).done().json();
    assertEquals(same.at("/counts/same").asInt(), same.get("rows").size());
    assertEquals(13, same.get("rows").size());
  }

  @Test
  void aDiffNeedsSomethingToCompareWith() {
    Program run = Program.run("diff", "--db", store).ended(ExitCode.USAGE);
    assertTrue(run.err().startsWith("imon diff: nothing to compare with: give "), run.err());
  }

  private static long sum(JsonNode rows, String field) {
    long sum = 0;
    for (JsonNode row : rows) {
      sum += row.get(field).asLong();
    }
    return sum;
  }
}
