package imon.cli;

import static imon.cli.SampleFiles.capture;
import static imon.cli.SampleFiles.truth;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imon.analysis.ManySources;
import imon.cli.output.ExitCode;
import imon.pcap.CaptureFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sample capture against the truth beside it. Each is a source of its own in one store, so
 * that none lends the others its answers; only those that say so are of one.
 */
class SampleTruthTest {
  @TempDir private static Path folder;
  private static Path store;

  /** Runs of samples that do not end as others do. */
  private static final Map<String, Program> RUNS = new HashMap<>();

  /** Rows by query and capture: each query is asked once. */
  private static final Map<String, Map<String, List<JsonNode>>> ROWS = new HashMap<>();

  private static Program browsing;

  @BeforeAll
  static void analyzeThemAll() throws Exception {
    store = folder.resolve("samples.db");
    Map<Path, String> sources = new LinkedHashMap<>();
    for (String name : SampleFiles.names()) {
      sources.put(capture(name), source(name));
    }
    List<String> paths = sources.keySet().stream().map(Path::toString).toList();
    CaptureFiles files = CaptureFiles.find(paths);
    assertEquals(paths.size(), files.inputs().size() + files.problems().size());
    assertEquals(
        List.of(), ManySources.keep(files.inputs(), input -> sources.get(input.path()), store));
    browsing = Program.run("analyze", capture("browsing"), Analyzed.AS_JSON).done();
  }

  private static String source(String name) throws IOException {
    return truth(name).path("source").asText(name);
  }

  static List<String> samplesWith(String member) throws IOException {
    List<String> named = new ArrayList<>();
    for (String name : SampleFiles.names()) {
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

  /** All at once: a single one with something wrong would be seen. */
  @Test
  void samplesWithNothingWrongEndWithZero() throws IOException {
    List<Path> captures = new ArrayList<>();
    for (String name : SampleFiles.names()) {
      if (exitCode(name) == ExitCode.DONE) {
        captures.add(capture(name));
      }
    }
    Program.run("analyze", captures).done();
  }

  static List<String> samplesWithSomethingWrong() throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : SampleFiles.names()) {
      if (exitCode(name) != ExitCode.DONE) {
        names.add(name);
      }
    }
    return names;
  }

  private static int exitCode(String name) throws IOException {
    return truth(name).get("exit_code").asInt();
  }

  @ParameterizedTest
  @MethodSource("samplesWithSomethingWrong")
  void theExitCodeIsTheOneExpected(String name) throws IOException {
    run(name).ended(exitCode(name));
  }

  private static Program run(String name) throws IOException {
    Path capture = capture(name);
    return RUNS.computeIfAbsent(name, n -> Program.run("analyze", capture));
  }

  @ParameterizedTest
  @MethodSource("imon.cli.SampleFiles#names")
  void packetsAndBytesAreTheOnesSent(String name) throws IOException {
    long packets = 0;
    long bytes = 0;
    for (JsonNode capture : rows("FROM captures", name)) {
      packets += capture.get("packets").asLong();
      bytes += capture.get("wire_bytes").asLong();
    }
    assertEquals(truth(name).get("packets").asLong(), packets);
    assertEquals(truth(name).get("bytes").asLong(), bytes);
  }

  @ParameterizedTest
  @MethodSource("samplesWithFlows")
  void timesAreThoseOfTheEarliestAndTheLatestPacket(String name) throws IOException {
    JsonNode capture = onlyCapture(name);
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
        SELECT path, class, sum(l.packets)::BIGINT AS packets, sum(l.bytes)::BIGINT AS bytes
        FROM ledger l JOIN captures USING (capture_id) GROUP BY path, class
        """;
    assertEquals(texts(truth(name).get("ledger")), texts(rows(sql, name), "path"));
  }

  @ParameterizedTest
  @MethodSource("samplesWithFlows")
  void everyFlowIsNamedAndCountedAsMeant(String name) throws IOException {
    List<String> expected = texts(truth(name).get("flows"), "candidates", "service");
    String sql =
        """
        SELECT path, protocol, client_ip, client_port, server_ip, server_port, host, site,
          evidence, scope, up_packets, up_bytes, down_packets, down_bytes
        FROM flows JOIN captures USING (capture_id)
        """;
    List<String> found = texts(rows(sql, name), "path");
    assertEquals(String.join("\n", expected), String.join("\n", found));
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

  private static List<String> candidates(String name, JsonNode flow) throws IOException {
    String sql =
        """
        SELECT DISTINCT path, client_ip, client_port, e.site FROM evidence e
        JOIN flows f USING (flow_id) JOIN captures c ON c.capture_id = f.capture_id
        WHERE e.kind = 'dns'
        """;
    return rows(sql, name).stream()
        .filter(row -> isOfClient(row, flow))
        .map(row -> row.get("site").toString())
        .sorted()
        .toList();
  }

  private static boolean isOfClient(JsonNode row, JsonNode flow) {
    return row.get("client_ip").equals(flow.get("client_ip"))
        && row.get("client_port").equals(flow.get("client_port"));
  }

  @Test
  void servicesAreThoseThatContentsShow() throws IOException {
    int stated = 0;
    for (String name : samplesWithFlows()) {
      for (JsonNode flow : truth(name).get("flows")) {
        if (flow.has("service")) {
          stated++;
          assertEquals(List.of(flow.get("service")), services(name, flow), flow.toString());
        }
      }
    }
    assertTrue(stated > 15);
  }

  private static List<JsonNode> services(String name, JsonNode flow) throws IOException {
    String sql =
        """
        SELECT path, client_ip, client_port, service
        FROM flows JOIN captures USING (capture_id)
        """;
    return rows(sql, name).stream()
        .filter(row -> isOfClient(row, flow))
        .map(row -> row.get("service"))
        .toList();
  }

  @Test
  void clientsAreCalledWhatTheyCallThemselves() throws IOException {
    for (String name : samplesWith("clients")) {
      String sql = "SELECT ip, name, mac, seen_by FROM clients WHERE source = '" + name + "'";
      assertEquals(texts(truth(name).get("clients")), texts(Program.query(store, sql)), name);
    }
  }

  @Test
  void lostPacketsAreThoseTheCaptureReports() throws IOException {
    for (String name : samplesWith("dropped")) {
      assertEquals(truth(name).get("dropped"), onlyCapture(name).get("dropped"));
    }
  }

  @Test
  void bytesLeftUnreadAreSaid() throws IOException {
    for (String name : samplesWith("unread_bytes")) {
      String unread = truth(name).get("unread_bytes").asLong() + " bytes left unread";
      JsonNode capture = onlyCapture(name);
      assertEquals("damaged", capture.get("status").asText());
      assertTrue(capture.get("message").asText().endsWith(unread), capture.toString());
      assertTrue(run(name).err().contains(unread), run(name).err());
    }
  }

  @Test
  void copiesAreCounted() throws IOException {
    String sql =
        """
        SELECT path, sum(count) FILTER (kind = 'duplicate-packet')::BIGINT AS copies
        FROM captures LEFT JOIN anomalies USING (capture_id) GROUP BY path
        """;
    for (String name : samplesWith("copies")) {
      long copies = rows(sql, name).get(0).path("copies").asLong(0);
      assertEquals(truth(name).at("/copies/packets").asLong(), copies, name);
    }
  }

  @Test
  void timesOutOfRangeAreCounted() throws IOException {
    for (String name : samplesWith("clamped_packets")) {
      String sql =
          """
          SELECT path, count AS packets FROM anomalies JOIN captures USING (capture_id)
          WHERE kind = 'time-out-of-range'
          """;
      assertEquals(truth(name).get("clamped_packets"), rows(sql, name).get(0).get("packets"), name);
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
        SELECT path, site, client_ip, evidence, sum(up_packets)::BIGINT AS up_packets,
          sum(up_bytes)::BIGINT AS up_bytes, sum(down_packets)::BIGINT AS down_packets,
          sum(down_bytes)::BIGINT AS down_bytes
        FROM flows JOIN captures USING (capture_id)
        WHERE scope = 'internet' GROUP BY path, site, client_ip, evidence
        """;
    assertEquals(texts(truth("browsing").get("sites")), texts(rows(sql, "browsing"), "path"));
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
    for (JsonNode site : browsing.json().get("sites")) {
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
    JsonNode guesses = browsing.json().get("guesses");
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

  /** The rows of one sample in what a query says, which has the path, about all of them. */
  private static List<JsonNode> rows(String sql, String name) throws IOException {
    Map<String, List<JsonNode>> byPath =
        ROWS.computeIfAbsent(
            sql,
            asked ->
                Program.query(store, asked).stream()
                    .collect(Collectors.groupingBy(row -> row.get("path").asText())));
    return byPath.getOrDefault(capture(name).toString(), List.of());
  }

  private static JsonNode onlyCapture(String name) throws IOException {
    List<JsonNode> captures = rows("FROM captures", name);
    assertEquals(1, captures.size(), name);
    return captures.get(0);
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
