package imon.cli;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.ExpectedHosts.Expected;
import imon.cli.ExpectedHosts.Verdict;
import imon.testing.RealCaptures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All real captures in one run that keeps them, and that run's report. */
class RealCapturesReportTest {
  /**
   * The one capture where impossible original lengths make a difference: one record says 524501
   * bytes were on the wire, which no link carries, and holds 197.
   */
  private static final RealCaptures.Totals IMPOSSIBLE_LENGTH =
      new RealCaptures.Totals("fuzz-2021-10-13.pcap", 1, 197);

  @TempDir private static Path folder;
  private static Path store;
  private static Program run;

  @BeforeAll
  static void analyzeThemAll() {
    Path captures = RealCaptures.folder();
    store = folder.resolve("real.db");
    run = Program.run("analyze", captures, "--db", store, Analyzed.AS_JSON).done();
  }

  @Test
  void everyCaptureHasTheTotalsThatAnotherProgramCounted() throws IOException {
    assertEquals(
        expectedTotals(), totals("SELECT path, packets, wire_bytes AS bytes FROM captures"));
  }

  @Test
  void theLedgerOfEveryCaptureSumsUpToItsTotals() throws IOException {
    assertEquals(
        expectedTotals(),
        totals(
            """
            SELECT path, sum(l.packets)::BIGINT AS packets, sum(l.bytes)::BIGINT AS bytes
            FROM ledger l JOIN captures USING (capture_id) GROUP BY path
            """));
  }

  @Test
  void theMinutesOfFlowsSumUpToTheFlows() {
    assertEquals(
        query(
            """
            SELECT flow_id, up_packets, up_bytes, down_packets, down_bytes FROM flows
            ORDER BY flow_id
            """),
        query(
            """
            SELECT flow_id, sum(up_packets)::BIGINT AS up_packets,
              sum(up_bytes)::BIGINT AS up_bytes, sum(down_packets)::BIGINT AS down_packets,
              sum(down_bytes)::BIGINT AS down_bytes
            FROM traffic GROUP BY flow_id ORDER BY flow_id
            """));
  }

  @Test
  void theReportSumsUpToItsCaptures() throws IOException {
    JsonNode report = run.json();
    long packets = expectedTotals().stream().mapToLong(RealCaptures.Totals::packets).sum();
    long bytes = expectedTotals().stream().mapToLong(RealCaptures.Totals::wireBytes).sum();
    assertEquals(packets, report.at("/totals/packets").asLong());
    assertEquals(bytes, report.at("/totals/bytes").asLong());
    assertEquals(packets, sum(report, "ledger", "packets"));
    assertEquals(bytes, sum(report, "ledger", "bytes"));
    assertEquals(packets, sum(report, "captures", "packets"));
    assertEquals(bytes, sum(report, "captures", "wire_bytes"));
  }

  @Test
  void sitesAndUnresolvedServersSumUpToTheirClasses() {
    JsonNode report = run.json();
    assertEquals(bytesOfGroups(report, "proven", "inferred"), sum(report, "sites", "bytes"));
    assertEquals(bytesOfGroups(report, "unresolved"), sum(report, "unresolved", "bytes"));
  }

  @Test
  void noHostNameFromProofIsWrong() throws IOException {
    assertEquals(List.of(), with(Verdict.WRONG, ExpectedHosts.read()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"both", "ndpi", "tshark"})
  void everyHostNameThatOtherProgramsFoundIsFound(String who) throws IOException {
    assertFalse(foundBy(who).isEmpty());
    assertEquals(List.of(), with(Verdict.MISSING, foundBy(who)));
  }

  private static List<Expected> foundBy(String program) throws IOException {
    return ExpectedHosts.read().stream().filter(e -> e.foundBy().equals(program)).toList();
  }

  @Test
  void oneWorkerAndTheCapturesShuffledGiveTheSameBytes() throws Exception {
    assertEquals(run.out(), Analyzed.json(Analyzed.shuffled(1, RealCaptures.folder()), 1, null));
  }

  @Test
  void sevenWorkersAndTheCapturesShuffledOtherwiseGiveTheSameBytes() throws Exception {
    assertEquals(run.out(), Analyzed.json(Analyzed.shuffled(2, RealCaptures.folder()), 7, null));
  }

  private static List<JsonNode> query(String sql) {
    return Program.query(store, sql);
  }

  private static List<Expected> with(Verdict verdict, List<Expected> expected) {
    Map<ExpectedHosts.Flow, Set<String>> named =
        ExpectedHosts.named(
            query(
                """
                SELECT parse_filename(path) AS capture, protocol, client_ip, client_port,
                  server_ip, server_port, host
                FROM flows JOIN captures USING (capture_id)
                WHERE evidence IN ('tls', 'quic', 'http', 'proxy') AND host IS NOT NULL
                """));
    return expected.stream().filter(e -> e.verdict(named) == verdict).toList();
  }

  private static Set<RealCaptures.Totals> expectedTotals() throws IOException {
    return RealCaptures.totals().stream()
        .map(t -> t.capture().equals(IMPOSSIBLE_LENGTH.capture()) ? IMPOSSIBLE_LENGTH : t)
        .collect(toSet());
  }

  private static Set<RealCaptures.Totals> totals(String sql) {
    return query(sql).stream().map(RealCapturesReportTest::totals).collect(toSet());
  }

  private static RealCaptures.Totals totals(JsonNode row) {
    Path file = Path.of(row.get("path").asText()).getFileName();
    return new RealCaptures.Totals(
        file.toString(), row.get("packets").asLong(), row.get("bytes").asLong());
  }

  private static long sum(JsonNode report, String rows, String member) {
    long sum = 0;
    for (JsonNode row : report.get(rows)) {
      sum += row.get(member).asLong();
    }
    return sum;
  }

  private static long bytesOfGroups(JsonNode report, String... groups) {
    long sum = 0;
    for (JsonNode row : report.get("ledger")) {
      sum += List.of(groups).contains(row.get("group").asText()) ? row.get("bytes").asLong() : 0;
    }
    return sum;
  }
}
