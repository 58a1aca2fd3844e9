package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sample capture against the truth beside it. Each is a source of its own in one store, so
 * that none lends the others its answers.
 */
class SampleTruthTest {
  private static final Path FOLDER = Program.SAMPLES;
  private static final String TRUTH = ".truth.json";

  @TempDir private static Path folder;
  private static Path store;
  private static final Map<String, Program> RUNS = new HashMap<>();

  @BeforeAll
  static void analyzeThemAll() throws IOException {
    store = folder.resolve("samples.db");
    for (String name : samples()) {
      RUNS.put(name, Program.run("analyze", "--db", store, "--source", name, capture(name)));
    }
  }

  static List<String> samples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(TRUTH))
          .map(file -> file.substring(0, file.length() - TRUTH.length()))
          .sorted()
          .toList();
    }
  }

  static List<String> samplesWith(String member) throws IOException {
    List<String> named = new ArrayList<>();
    for (String name : samples()) {
      if (truth(name).has(member)) {
        named.add(name);
      }
    }
    assertFalse(named.isEmpty(), member);
    return named;
  }

  static List<String> samplesWithFlows() throws IOException {
    return samplesWith("flows");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theExitCodeIsTheOneExpected(String name) throws IOException {
    RUNS.get(name).ended(truth(name).get("exit_code").asInt());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void packetsAndBytesAreTheOnesSent(String name) throws IOException {
    JsonNode sums =
        only("SELECT sum(packets)::BIGINT p, sum(wire_bytes)::BIGINT b FROM captures", name);
    assertEquals(truth(name).get("packets").asLong(), sums.get("p").asLong());
    assertEquals(truth(name).get("bytes").asLong(), sums.get("b").asLong());
  }

  @ParameterizedTest
  @MethodSource("samplesWithFlows")
  void timesAreThoseOfTheEarliestAndTheLatestPacket(String name) throws IOException {
    JsonNode capture = only("SELECT first_packet, last_packet FROM captures", name);
    for (String member : List.of("first_packet", "last_packet")) {
      assertEquals(
          Instant.parse(truth(name).get(member).asText()),
          Instant.parse(capture.get(member).asText()),
          member);
    }
  }

  @ParameterizedTest
  @MethodSource("samplesWithFlows")
  void everyPacketIsInTheClassItBelongsTo(String name) throws IOException {
    String sql =
        """
        SELECT class, sum(l.packets)::BIGINT AS packets, sum(l.bytes)::BIGINT AS bytes
        FROM ledger l JOIN captures USING (capture_id)
        """;
    assertEquals(texts(truth(name).get("ledger")), texts(rows(sql, name, "GROUP BY class")));
  }

  @ParameterizedTest
  @MethodSource("samplesWithFlows")
  void everyFlowIsNamedAndCountedAsMeant(String name) throws IOException {
    List<String> expected = texts(truth(name).get("flows"), "candidates");
    String sql =
        """
        SELECT protocol, client_ip, client_port, server_ip, server_port, host, site, evidence,
          scope, up_packets, up_bytes, down_packets, down_bytes
        FROM flows JOIN captures USING (capture_id)
        """;
    assertEquals(String.join("\n", expected), String.join("\n", texts(rows(sql, name, ""))));
  }

  @Test
  void candidatesAreAllSitesWithAValidAnswer() throws IOException {
    int stated = 0;
    for (String name : samplesWithFlows()) {
      for (JsonNode flow : truth(name).get("flows")) {
        if (flow.has("candidates")) {
          stated++;
          assertEquals(texts(flow.get("candidates")), candidates(name, flow), flow.toString());
        }
      }
    }
    assertTrue(stated > 0);
  }

  private static List<String> candidates(String name, JsonNode flow) {
    String sql =
        """
        SELECT DISTINCT e.site FROM evidence e JOIN flows f USING (flow_id)
        JOIN captures c ON c.capture_id = f.capture_id
        """;
    String which =
        "AND e.kind = 'dns' AND client_ip = '%s' AND client_port = %d"
            .formatted(flow.get("client_ip").asText(), flow.get("client_port").asInt());
    return rows(sql, name, which).stream().map(row -> row.get("site").toString()).sorted().toList();
  }

  @Test
  void lostPacketsAreThoseTheCaptureReports() throws IOException {
    for (String name : samplesWith("dropped")) {
      assertEquals(
          truth(name).get("dropped"), only("SELECT dropped FROM captures", name).get("dropped"));
    }
  }

  @Test
  void bytesLeftUnreadAreSaid() throws IOException {
    for (String name : samplesWith("unread_bytes")) {
      String unread = truth(name).get("unread_bytes").asLong() + " bytes left unread";
      JsonNode capture = only("SELECT status, message FROM captures", name);
      assertEquals("damaged", capture.get("status").asText());
      assertTrue(capture.get("message").asText().endsWith(unread), capture.toString());
      assertTrue(RUNS.get(name).err().contains(unread), RUNS.get(name).err());
    }
  }

  @Test
  void timesOutOfRangeAreCounted() throws IOException {
    for (String name : samplesWith("clamped_packets")) {
      String sql = "SELECT count AS packets FROM anomalies JOIN captures USING (capture_id)";
      JsonNode row = rows(sql, name, "AND kind = 'time-out-of-range'").get(0);
      assertEquals(truth(name).get("clamped_packets"), row.get("packets"));
    }
  }

  @Test
  void whatNamesMustNotBringIntoAPageIsNotThere() throws IOException {
    for (String name : samplesWith("never_in_html")) {
      Program page = Program.run("analyze", capture(name), "--top", 10_000, "--html", "-").done();
      for (JsonNode text : truth(name).get("never_in_html")) {
        assertFalse(page.out().contains(text.asText()), text.toString());
      }
    }
  }

  @Test
  void sitesOfBrowsingAreMetToTheByteByClientAndEvidence() throws IOException {
    String sql =
        """
        SELECT site, client_ip, evidence, sum(up_packets)::BIGINT AS up_packets,
          sum(up_bytes)::BIGINT AS up_bytes, sum(down_packets)::BIGINT AS down_packets,
          sum(down_bytes)::BIGINT AS down_bytes
        FROM flows JOIN captures USING (capture_id)
        """;
    String which = "AND scope = 'internet' GROUP BY site, client_ip, evidence";
    assertEquals(texts(truth("browsing").get("sites")), texts(rows(sql, "browsing", which)));
  }

  @Test
  void theReportOfBrowsingGivesEachSiteAndClientItsBytes() throws IOException {
    Map<String, Long> expected = new TreeMap<>();
    for (JsonNode row : truth("browsing").get("sites")) {
      long bytes = row.get("up_bytes").asLong() + row.get("down_bytes").asLong();
      if (!row.get("site").isNull()) {
        String site = row.get("site").asText();
        expected.merge(site, bytes, Long::sum);
        expected.merge(site + " " + device(row.get("client_ip").asText()), bytes, Long::sum);
      }
    }
    Map<String, Long> reported = new TreeMap<>();
    for (JsonNode site :
        Program.run("analyze", capture("browsing"), Analyzed.AS_JSON).json().get("sites")) {
      reported.put(site.get("site").asText(), site.get("bytes").asLong());
      for (JsonNode client : site.get("clients")) {
        String ip = client.get("ip").asText();
        reported.put(site.get("site").asText() + " " + ip, client.get("bytes").asLong());
      }
    }
    assertEquals(expected, reported);
  }

  /**
   * What inference would have said of the flows with a server name. Two sites of the sample share
   * an address, and twice the latest answer was for the other site.
   */
  @Test
  void guessesAboutBrowsingAreHeldAgainstProof() throws IOException {
    JsonNode guesses =
        Program.run("analyze", capture("browsing"), Analyzed.AS_JSON).json().get("guesses");
    assertEquals(18, guesses.get("proven_flows").asInt());
    assertEquals(
        List.of("dns 16 of 18", "sibling 9 of 10", "dns-other 2 of 3"),
        agreements(guesses.get("kinds")));
    assertEquals(guesses.get("kinds"), guesses.at("/captures/0/kinds"));
  }

  /** The latest answer was for the other site; the right one came again after the flow began. */
  @Test
  void onASharedAddressTheLatestAnswerCanBeWrong() throws IOException {
    JsonNode guesses =
        Program.run("analyze", capture("dns-shared-address"), Analyzed.AS_JSON)
            .json()
            .get("guesses");
    assertEquals(List.of("dns 0 of 1", "dns-other 1 of 1"), agreements(guesses.get("kinds")));
  }

  private static List<String> agreements(JsonNode kinds) {
    List<String> agreements = new ArrayList<>();
    for (JsonNode kind : kinds) {
      agreements.add(
          "%s %d of %d"
              .formatted(
                  kind.get("kind").asText(),
                  kind.get("same_site_flows").asLong(),
                  kind.get("flows").asLong()));
    }
    return agreements;
  }

  /** A device is shown by its IPv4 address; in the sample the last numbers are the same. */
  private static String device(String ip) {
    return ip.replace("2001:db8:10::", "192.168.1.");
  }

  private static JsonNode truth(String name) throws IOException {
    return Program.parse(Files.readString(FOLDER.resolve(name + TRUTH)));
  }

  private static Path capture(String name) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name + ".pcap"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Rows of one sample; {@code rest} goes on after the condition that chooses it. */
  private static List<JsonNode> rows(String sql, String name, String rest) {
    return Program.query(store, sql + " WHERE source = '" + name + "' " + rest);
  }

  private static JsonNode only(String sql, String name) {
    List<JsonNode> rows = rows(sql, name, "");
    assertEquals(1, rows.size());
    return rows.get(0);
  }

  /** Rows as sorted text, one each, without some members. */
  private static List<String> texts(Iterable<JsonNode> rows, String... without) {
    List<String> texts = new ArrayList<>();
    for (JsonNode row : rows) {
      JsonNode copy = row.deepCopy();
      if (copy instanceof ObjectNode members) {
        members.remove(List.of(without));
      }
      texts.add(copy.toString());
    }
    texts.sort(null);
    return texts;
  }
}
