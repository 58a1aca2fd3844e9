package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imon.cli.output.ExitCode;
import imon.testing.Environment;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code analyze --filter}. */
class FilterOptionTest {
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");
  private static final Path WLAN = Program.SAMPLES.resolve("wlan.pcap");
  private static final String TLS_ONLY = "tcp port 443";

  /** What tells of a file, or of numbers of packets in it, rather than of the packets. */
  private static final List<String> OF_THE_FILE =
      List.of(
          "captures", "anomalies", "ledger", "totals", "scope", "guesses", "timeline", "losses");

  /** By words of command lines, each given once. */
  private static final Map<List<Object>, JsonNode> REPORTS = new HashMap<>();

  @TempDir Path folder;

  private static JsonNode report(Object... args) {
    return REPORTS.computeIfAbsent(List.of(args), FilterOptionTest::made).deepCopy();
  }

  private static JsonNode made(List<Object> args) {
    return Program.run("analyze", args, Analyzed.AS_JSON).done().json();
  }

  /** Of all samples, of which one has unread bytes. */
  private static JsonNode ofSamples(Object... args) {
    return REPORTS.computeIfAbsent(
        List.of(args),
        words ->
            Program.run("analyze", Program.SAMPLES, words, Analyzed.AS_JSON)
                .ended(ExitCode.INCOMPLETE)
                .json());
  }

  /** Packets and bytes by class of the ledger. */
  private static Map<String, String> ledger(JsonNode report) {
    Map<String, String> ledger = new TreeMap<>();
    for (JsonNode row : report.get("ledger")) {
      ledger.put(row.get("name").asText(), row.get("packets") + " " + row.get("bytes"));
    }
    return ledger;
  }

  private static long sum(JsonNode rows, String column) {
    long sum = 0;
    for (JsonNode row : rows) {
      sum += row.get(column).asLong();
    }
    return sum;
  }

  @LongTest
  @ParameterizedTest
  @ValueSource(strings = {TLS_ONLY, "udp", "not ip", "greater 1000", "ip6 and not tcp", "less 1"})
  void theLedgerSumsUpToTheFiles(String filter) {
    JsonNode report = ofSamples("--filter", filter, "--workers", 3);
    JsonNode captures = report.get("captures");
    assertEquals(sum(captures, "packets"), sum(report.get("ledger"), "packets"));
    assertEquals(sum(captures, "wire_bytes"), sum(report.get("ledger"), "bytes"));
    assertTrue(ledger(report).containsKey("filtered"));
  }

  @LongTest
  @ParameterizedTest
  @ValueSource(strings = {TLS_ONLY, "udp or arp"})
  void theNumberOfWorkersMakesNoDifference(String filter) {
    assertEquals(
        ofSamples("--filter", filter, "--workers", 1),
        ofSamples("--filter", filter, "--workers", 3));
  }

  @Test
  void aFilterThatAcceptsAllChangesNothing() {
    JsonNode filtered = ofSamples("--filter", "greater 0").deepCopy();
    JsonNode plain = ofSamples();
    for (JsonNode capture : filtered.get("captures")) {
      assertEquals("filter (greater 0)", capture.get("options").asText());
      ((ObjectNode) capture).put("options", "");
    }
    assertEquals(plain, filtered);
  }

  @Test
  void aFilterThatRejectsAllLeavesOneClass() {
    JsonNode report = report(BROWSING, "--filter", "less 1");
    assertEquals(Map.of("filtered", "6152 5864096"), ledger(report));
    assertEquals(0, report.at("/totals/connections").asInt());
    assertEquals(0, report.get("sites").size());
  }

  @LongTest
  @ParameterizedTest
  @CsvSource({
    "browsing.pcap, tcp port 443",
    "browsing.pcap, udp port 53",
    "services.pcap, portrange 1-1023",
    "sll2.pcap, tcp",
    "vlan.pcap, vlan and tcp",
    "snap-length.pcap, tcp[tcpflags] & tcp-syn = 0"
  })
  void theReportIsThatOfWhatTcpdumpLetsThrough(String sample, String filter) throws Exception {
    Path original = Program.SAMPLES.resolve(sample);
    Path accepted = folder.resolve("accepted.pcap");
    Process tcpdump = tcpdump("-r", original.toString(), "-w", accepted.toString(), filter);
    assertEquals(0, tcpdump.waitFor());
    ObjectNode filtered = (ObjectNode) report(original, "--filter", filter);
    ObjectNode expected = (ObjectNode) report(accepted);
    Map<String, String> classes = ledger(filtered);
    classes.remove("filtered");
    assertEquals(ledger(expected), classes);
    filtered.remove(OF_THE_FILE);
    expected.remove(OF_THE_FILE);
    assertEquals(expected, filtered);
  }

  private static Process tcpdump(String... args) {
    List<String> command = new ArrayList<>(List.of("tcpdump"));
    command.addAll(List.of(args));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      Environment.requireOrSkip(false, "tcpdump (Debian package tcpdump)");
      throw new AssertionError(e);
    }
  }

  @Test
  void standardInputIsFilteredToo() throws IOException {
    Program piped =
        Program.runWithInput(
                Files.readAllBytes(BROWSING),
                "analyze",
                "-",
                "--filter",
                TLS_ONLY,
                Analyzed.AS_JSON)
            .done();
    assertEquals(ledger(report(BROWSING, "--filter", TLS_ONLY)), ledger(piped.json()));
  }

  @Test
  void aStoreKeepsTheFilterAndTheClass() {
    Path store = folder.resolve("nights.db");
    Program.run("analyze", "--no-report", "--db", store, "--filter", TLS_ONLY, BROWSING).done();
    assertEquals(
        "filter (tcp port 443)",
        Program.query(store, "SELECT options FROM captures").get(0).get("options").asText());
    JsonNode sums =
        Program.query(
                store,
                """
                SELECT (SELECT sum(bytes) FROM ledger)::BIGINT AS ledger,
                  (SELECT sum(bytes) FROM ledger WHERE class = 'filtered')::BIGINT AS filtered,
                  (SELECT sum(wire_bytes) FROM captures)::BIGINT AS captures,
                  (SELECT count(*) FROM answers) AS answers
                """)
            .get(0);
    assertEquals(sums.get("captures"), sums.get("ledger"));
    assertTrue(sums.get("filtered").asLong() > 0);
    assertEquals(0, sums.get("answers").asLong());
    JsonNode report = Program.run("report", "--db", store, Analyzed.AS_JSON).done().json();
    assertEquals(ledger(report(BROWSING, "--filter", TLS_ONLY)), ledger(report));
  }

  @LongTest
  @Test
  void everyFormatSaysWhichFilterWasApplied() throws IOException {
    String said = "filter (tcp port 443)";
    assertTrue(inAllFormats("--filter", TLS_ONLY).stream().allMatch(text -> text.contains(said)));
    assertTrue(inAllFormats().stream().noneMatch(text -> text.contains("filter (")));
    Program table = Program.run("analyze", BROWSING, "--filter", TLS_ONLY).done();
    assertTrue(table.out().contains("1 capture taken in with " + said), table.out());
  }

  private List<String> inAllFormats(String... options) throws IOException {
    List<Object> words = new ArrayList<>(List.of("analyze", BROWSING, List.of(options)));
    List<String> texts = new ArrayList<>();
    for (String format : List.of("html", "csv", "json", "markdown")) {
      words.addAll(List.of("--" + format, folder.resolve(format)));
    }
    Program.run(words.toArray()).done();
    for (String format : List.of("html", "csv", "json", "markdown")) {
      texts.add(Files.readString(folder.resolve(format)));
    }
    return texts;
  }

  @Test
  void aPseudonymousReportDoesNotTellWhatTheFilterNames() {
    String filter = "host 192.168.7.99 or tcp";
    Program run =
        Program.run("analyze", BROWSING, "--filter", filter, "--anonymize", Analyzed.AS_JSON);
    assertFalse(run.done().out().contains("192.168.7.99"));
    assertEquals("filter (hidden)", run.json().at("/captures/0/options").asText());
  }

  @Test
  void aWrongExpressionIsWrongUsageBeforeAnythingIsRead() {
    Path missing = folder.resolve("missing.pcap");
    Program run = Program.run("analyze", missing, "--filter", "tcp prot 443").ended(2);
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().startsWith("imon analyze: --filter 'tcp prot 443': "), run.err());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aCaptureThatTheFilterHasNoMeaningForIsNamedAndTheRestGoesOn(int workers) {
    Program run =
        Program.run(
            "analyze",
            BROWSING,
            WLAN,
            "--workers",
            workers,
            "--filter",
            "wlan type mgt or wlan type data",
            Analyzed.AS_JSON);
    assertEquals(1, run.ended(3).complaints().size(), run.err());
    assertTrue(
        run.err().startsWith("imon: " + BROWSING + ": --filter 'wlan type mgt or wlan type data'"),
        run.err());
    assertTrue(run.err().contains("link type EN10MB"), run.err());
    assertEquals(1, run.json().get("captures").size());
    assertEquals(WLAN.toString(), run.json().at("/captures/0/path").asText());
  }

  @Test
  void everyLinkTypeOfACaptureHasItsProgram() {
    Path several = Program.SAMPLES.resolve("interfaces.pcapng");
    JsonNode plain = report(several);
    JsonNode ipOnly = report(several, "--filter", "ip or ip6");
    assertTrue(plain.at("/captures/0/link_types").asText().contains(" "));
    assertEquals(plain.get("sites"), ipOnly.get("sites"));
  }
}
