package imon.cli;

import static imon.cli.SampleFiles.capture;
import static imon.cli.SampleFiles.truth;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --dedupe} on a capture with every packet twice, and on one where none is a copy. */
class DedupeOptionTest {
  private static final String CLASS = "duplicate";
  private static final List<String> FORMATS = List.of("json", "html", "csv", "md");

  @TempDir private static Path folder;
  private static JsonNode told;

  @BeforeAll
  static void analyzeTheMirroredCaptureInAllFormats() throws IOException {
    Program.run(
            "analyze",
            "--dedupe",
            "--tz=UTC",
            "--top=100000",
            "-o",
            folder,
            capture("mirror-twice"))
        .done();
    told = Program.parse(Files.readString(folder.resolve("report.json")));
  }

  @Test
  void theReportIsThatOfTheTrafficCapturedOnceButForTheCopies() throws IOException {
    JsonNode once = analyzed("mirror-once", "--dedupe");
    assertEquals(onlyOfFlows(once).toPrettyString(), onlyOfFlows(told).toPrettyString());
    assertTrue(once.at("/sites").size() > 3, once.toString());
  }

  @Test
  void theCopiesAreARowOfTheLedgerToTheByte() throws IOException {
    JsonNode copies = truth("mirror-twice").get("copies");
    ObjectNode row = copies.deepCopy();
    row.put("name", CLASS).put("group", CLASS);
    List<JsonNode> rows = told.get("ledger").findParents("name");
    assertEquals(List.of(row), rows.stream().filter(DedupeOptionTest::isOfCopies).toList());
    assertEquals(
        truth("mirror-twice").get("bytes").asLong(),
        rows.stream().mapToLong(r -> r.get("bytes").asLong()).sum());
  }

  @Test
  void everyFormatHasThem() throws IOException {
    for (String format : FORMATS) {
      assertTrue(Files.readString(folder.resolve("report." + format)).contains(CLASS), format);
    }
  }

  @Test
  void whatWasSentTwiceIsNoCopy() throws IOException {
    JsonNode plain = analyzed("retransmissions");
    JsonNode apart = analyzed("retransmissions", "--dedupe");
    assertEquals("dedupe", apart.at("/captures/0/options").asText());
    ((ObjectNode) apart.at("/captures/0")).put("options", "");
    assertEquals(plain.toPrettyString(), apart.toPrettyString());
    assertEquals("[]", plain.get("anomalies").toString());
  }

  private static JsonNode analyzed(String name, String... options) throws IOException {
    return Program.run("analyze", List.of(options), capture(name), Analyzed.AS_JSON).done().json();
  }

  private static boolean isOfCopies(JsonNode row) {
    return row.get("name").asText().equals(CLASS);
  }

  /** A report without what is said of the file, of its packets as a whole, and of copies. */
  private static JsonNode onlyOfFlows(JsonNode report) {
    ObjectNode rest = report.deepCopy();
    rest.remove(List.of("captures", "losses", "origin"));
    ((ObjectNode) rest.get("scope")).remove("to");
    ((ObjectNode) rest.get("totals")).remove(List.of("packets", "bytes"));
    removeIf(rest.get("ledger"), DedupeOptionTest::isOfCopies);
    JsonNode kinds = rest.at("/timeline/kinds");
    removeIf(rest.at("/timeline/cells"), cell -> isOfCopies(kinds.get(cell.get("kind").asInt())));
    removeIf(kinds, DedupeOptionTest::isOfCopies);
    return rest;
  }

  private static void removeIf(JsonNode rows, Predicate<JsonNode> unwanted) {
    for (Iterator<JsonNode> row = rows.iterator(); row.hasNext(); ) {
      if (unwanted.test(row.next())) {
        row.remove();
      }
    }
  }
}
