package imon.flow;

import static imon.flow.HttpTape.CLIENT;
import static imon.flow.HttpTape.PROXY;
import static imon.flow.HttpTape.get;
import static imon.flow.HttpTape.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.row.RowType;
import imon.name.Evidence;
import imon.pcap.Anomaly;
import imon.samples.Tape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which run of requests to one host each packet of an HTTP connection belongs to. */
class HttpRunsTest {
  private static final int RUNS_LIMIT = 1024;

  /** The packets of the handshake. */
  private static final int OPEN = 3;

  private HttpTape http = HttpTape.open();

  /** First packet, host and counts of each row of flows. */
  private void assertRuns(String... runs) throws IOException {
    Tracked tracked = Tracked.of(http.tape());
    List<String> rows =
        tracked.rows(RowType.FLOW).stream()
            .map(row -> row.get("packet") + " " + hosts(tracked, row) + " " + counts(row))
            .toList();
    assertEquals(String.join("\n", runs), String.join("\n", rows));
  }

  private static String hosts(Tracked tracked, Map<String, String> flow) {
    return String.join(
        ",",
        tracked.rows(RowType.EVIDENCE).stream()
            .filter(row -> row.get("packet").equals(flow.get("packet")))
            .map(row -> row.get("host"))
            .toList());
  }

  private static String counts(Map<String, String> row) {
    return "%s:%s %s:%s"
        .formatted(
            row.get("up_packets"),
            row.get("up_bytes"),
            row.get("down_packets"),
            row.get("down_bytes"));
  }

  /** A run of these packets. */
  private String run(String host, int... packets) {
    return packets[0] + " " + host + " " + http.counts(packets);
  }

  /** A run of the packets from one to another, both of it. */
  private String run(String host, IntStream packets) {
    return run(host, packets.toArray());
  }

  private static IntStream packets(int first, int last) {
    return IntStream.rangeClosed(first, last);
  }

  private void assertAnomalies(int lost, int limit) throws IOException {
    Tracked tracked = Tracked.of(http.tape());
    assertEquals(lost, tracked.anomalies().count(Anomaly.HTTP_BORDERS_LOST));
    assertEquals(limit, tracked.anomalies().count(Anomaly.HTTP_RUNS_LIMIT));
  }

  @Test
  void aRequestToAnotherHostBeginsARun() throws IOException {
    http.up(get("a")).bare(false).down(ok(100)).bare(true);
    http.up(get("b")).bare(false).down(ok(200)).bare(true);
    http.up(get("a")).bare(false).down(ok(300)).bare(true).close();
    assertRuns(run("a", packets(1, 7)), run("b", packets(8, 11)), run("a", packets(12, 18)));
    assertAnomalies(0, 0);
  }

  @Test
  void requestsToTheSameHostAreOneRunAndItsEvidenceIsWrittenOnce() throws IOException {
    for (String host : List.of("a", "A.", "a:80")) {
      http.up(get(host)).down(ok(100));
    }
    assertRuns(run("a", packets(1, 9)));
  }

  @Test
  void aRunHasItsOwnTimesMinutesSidesAndEvidenceAndNoSyn() throws IOException {
    http.up(get("a")).down(ok(1));
    http.tape().after(90 * Tape.SECOND);
    http.up(get("b")).tape().after(60 * Tape.SECOND);
    http.down(ok(1));
    Tracked tracked = Tracked.of(http.tape());
    assertEquals(
        List.of(
            "1 %d %d 1 0".formatted(Tape.START, Tape.START),
            "6 %d %d 0 1".formatted(Tape.START + 90 * Tape.SECOND, Tape.START + 150 * Tape.SECOND)),
        tracked.of(RowType.FLOW, "packet", "start_time", "end_time", "opened", "sliced"));
    assertEquals(
        List.of("10.0.0.1 50000 203.0.113.1 3128", "10.0.0.1 50000 203.0.113.1 3128"),
        tracked.of(RowType.FLOW, "client", "client_port", "server", "server_port"));
    long minute = Tape.START / (60 * Tape.SECOND);
    assertEquals(
        List.of("6 " + (minute + 1) + " 1 0", "6 " + (minute + 2) + " 0 1"),
        tracked.of(RowType.SLICE, "packet", "minute", "forward_packets", "backward_packets"));
    assertEquals(
        List.of("1 a 4 " + Tape.START, "6 b 6 " + (Tape.START + 90 * Tape.SECOND)),
        tracked.of(RowType.EVIDENCE, "packet", "host", "seen_packet", "seen_time"));
  }

  @Test
  void pipelinedRequestsGetTheirOwnResponses() throws IOException {
    http.up(get("a")).up(get("b")).up(get("c"));
    http.down(ok(10)).bare(true).down(ok(2000)).bare(true).down(ok(30)).bare(true).close();
    assertRuns(run("a", 1, 2, 3, 4, 7, 8), run("b", 5, 9, 10), run("c", 6, 11, 12, 13, 14, 15));
  }

  @Test
  void aRunThatBeginsWithinAPacketHasThePacketsAfterIt() throws IOException {
    http.up(get("a") + get("b")).down(ok(10)).down(ok(20)).bare(true).close();
    assertRuns(run("a", packets(1, 5)), run("b", packets(6, 10)));
    assertEquals(List.of("4", "4"), Tracked.of(http.tape()).of(RowType.EVIDENCE, "seen_packet"));
  }

  @Test
  void aRunThatBeginsNoPacketIsItsNeighbours() throws IOException {
    http.up(get("a") + get("b") + get("c")).down(ok(10) + ok(20) + ok(30)).bare(true).close();
    http.up(get("c"));
    assertRuns(run("a", packets(1, 5)), run("c", packets(6, 10)));
  }

  @Test
  void repeatedSegmentsAreNotReadTwice() throws IOException {
    http.up(get("a"), 0).up(get("a")).down(ok(5), 0).down(ok(5));
    http.up(get("b"), 0).up(get("b")).down(ok(5), 0).down(ok(5), 0).down(ok(5));
    assertRuns(run("a", packets(1, 7)), run("b", packets(8, 12)));
    http.up(get("b"), -get("b").length()).down(ok(5), -ok(5).length());
    assertRuns(run("a", packets(1, 7)), run("b", packets(8, 14)));
  }

  @Test
  void aSegmentThatRepeatsTheEndOfARunBelongsToIt() throws IOException {
    http.up(get("a")).down(ok(5));
    http.up(get("a") + get("b"), -get("a").length()).lostUp(get("b").length());
    http.down(ok(6));
    assertRuns(run("a", packets(1, 6)), run("b", packets(7, 7)));
  }

  @Test
  void requestsOutOfOrderAreReadWhenTheirTurnComes() throws IOException {
    int gap = get("b").length();
    http.up(get("a")).down(ok(5));
    http.up(get("c"), gap).up(get("b")).lostUp(get("c").length());
    http.down(ok(6)).down(ok(7));
    assertRuns(run("a", packets(1, 6)), run("b", 7, 8), run("c", 9));
    assertAnomalies(0, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0xffff_ffffL, 0xffff_ffc0L, 0x7fff_ffe0L})
  void sequenceNumbersMayWrap(long initial) throws IOException {
    http = HttpTape.open(initial, initial);
    http.up(get("a")).down(ok(50)).up(get("b")).down(ok(60)).up(get("c")).down(ok(70)).close();
    assertRuns(run("a", packets(1, 5)), run("b", 6, 7), run("c", packets(8, 12)));
  }

  @Test
  void aResponseThatPassesBeforeItsRequestWaitsForIt() throws IOException {
    http.up(get("a")).down(ok(5)).down(ok(6)).up(get("b")).bare(false).down(ok(7), 0);
    assertRuns(run("a", packets(1, 6)), run("b", packets(7, 9)));
    assertAnomalies(0, 0);
  }

  @Test
  void aHeaderInPiecesIsReadAsSoonAsItsHostIsKnown() throws IOException {
    String request = get("b");
    http.up(get("a")).down(ok(5));
    http.up(request.substring(0, 25)).up(request.substring(25)).down(ok(5));
    assertRuns(run("a", packets(1, 5)), run("b", packets(6, 8)));
  }

  @Test
  void lostBytesOfABodyDoNoHarm() throws IOException {
    http.up(get("a")).down(ok(3_000_000_00).substring(0, 500)).lostDown(100_000);
    http.down("x".repeat(1000)).lostDown(ok(3_000_000_00).length() - 101_500);
    http.up(get("b")).down(ok(7));
    assertRuns(run("a", packets(1, 6)), run("b", 7, 8));
    assertAnomalies(0, 0);
  }

  @Test
  void aLostHeaderGivesTheRestToTheRunThatWasLast() throws IOException {
    http.up(get("a")).down(ok(5)).up(get("b")).lostDown(10);
    for (int i = 0; i < 20; i++) {
      http.down(ok(7));
    }
    http.up(get("c")).down(ok(8)).close();
    assertRuns(
        run("a", IntStream.concat(packets(1, 5), packets(7, 23))),
        run("b", IntStream.concat(IntStream.of(6), packets(24, 31))));
    assertAnomalies(1, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0016\u0003\u0001", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n"})
  void whatIsNoHttpGivesTheRestToTheRunThatWasLast(String junk) throws IOException {
    http.up(get("a")).down(ok(5)).up(get("b")).down(ok(5)).up(junk).up(get("c")).down(ok(6));
    assertRuns(run("a", packets(1, 5)), run("b", packets(6, 10)));
    assertAnomalies(1, 0);
  }

  @Test
  void aRequestWithoutAHostStaysInItsRun() throws IOException {
    http.up(get("a")).down(ok(5)).up("GET / HTTP/1.0\r\n\r\n").down(ok(6));
    http.up(get("[2001:db8::1]")).down(ok(7));
    assertRuns(run("a", packets(1, 9)));
  }

  @Test
  void aRunWithoutAHostTakesTheFirstOne() throws IOException {
    http.up("GET / HTTP/1.0\r\n\r\n").down(ok(6)).up(get("a")).down(ok(5));
    http.up(get("b")).down(ok(7));
    assertRuns(run("a", packets(1, 7)), run("b", 8, 9));
  }

  @Test
  void someResponsesEndWithTheirHeaders() throws IOException {
    http.up(get("a").replace("GET", "HEAD")).down("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
    http.up(get("b")).down("HTTP/1.1 204 None\r\n\r\n").up(get("c"));
    http.down("HTTP/1.1 100 Continue\r\n\r\n").down("HTTP/1.1 304 Same\r\n\r\n");
    http.up(get("d")).down("HTTP/1.0 200 OK\r\n\r\n").down(ok(3)).close();
    assertRuns(
        run("a", packets(1, 5)), run("b", 6, 7), run("c", 8, 9, 10), run("d", packets(11, 16)));
    assertAnomalies(0, 0);
  }

  @Test
  void chunksAreSteppedOver() throws IOException {
    http.up(get("a") + get("b"));
    http.down("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nHTTP/1.1 ");
    http.down("2").lostDown(3).down("xyz\r\n0").down("\r\n\r\n").down(ok(2));
    assertRuns(run("a", packets(1, 8)), run("b", 9));
    assertAnomalies(0, 0);
  }

  @Test
  void anUpgradeEndsTheFollowing() throws IOException {
    http.up(get("a")).down(ok(5)).up(get("b")).down("HTTP/1.1 101 Switching\r\n\r\n");
    http.up(get("c")).down(ok(6)).close();
    assertRuns(run("a", packets(1, 5)), run("b", packets(6, 12)));
    assertAnomalies(0, 0);
  }

  @Test
  void theTunnelOfAConnectIsARunThatMayNameItself() throws IOException {
    byte[] hello = Tape.hello("secure.example");
    http.up(get("a")).down(ok(5));
    http.up("CONNECT b:443 HTTP/1.1\r\n\r\n").down("HTTP/1.1 200 OK\r\n\r\n");
    http.up(new String(hello, StandardCharsets.ISO_8859_1)).close();
    assertRuns(run("a", packets(1, 5)), run("b,secure.example", packets(6, 11)));
    assertEquals(
        List.of(
            "1 " + Evidence.HTTP.code(), "6 " + Evidence.PROXY.code(), "6 " + Evidence.TLS.code()),
        Tracked.of(http.tape()).of(RowType.EVIDENCE, "packet", "kind"));
  }

  @Test
  void requestsInsideATunnelAndBehindAProxyHeaderAreFollowed() throws IOException {
    http.up("CONNECT proxy.example:80 HTTP/1.1\r\n\r\n").down("HTTP/1.1 200 OK\r\n\r\n");
    http.up("PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n" + get("a")).down(ok(5));
    http.up(get("b")).down(ok(6));
    assertRuns(run("proxy.example,a", packets(1, 7)), run("b", 8, 9));
  }

  @Test
  void aConnectionJoinedMidwayIsFollowedFromItsFirstRequestOn() throws IOException {
    http.up(get("old")).down(ok(5)).bare(true).up(get("a")).down(ok(5)).up(get("b")).down(ok(6));
    http.tape().only(4, 5, 6, 7, 8, 9);
    assertRuns(run("a", packets(1, 4)), run("b", 5, 6));
  }

  @Test
  void oneDirectionAloneIsEnough() throws IOException {
    http.up(get("a")).down(ok(5)).bare(true).up(get("b")).down(ok(6)).bare(true);
    http.tape().only(0, 2, 3, 5, 6, 8);
    assertRuns(run("a", 1, 2, 3, 4, 6), run("b", 5));
  }

  @Test
  void theGapThatSplitsAFlowIsCountedFromTheLatestPacketOfAnyRun() throws IOException {
    http.up(get("a")).up(get("b")).down(ok(9000).substring(0, 500));
    for (int i = 0; i < 3; i++) {
      http.tape().after(200 * Tape.SECOND);
      http.down("x".repeat(100));
    }
    assertRuns(run("a", 1, 2, 3, 4, 6, 7, 8, 9), run("b", 5));
    http.tape().after(301 * Tape.SECOND);
    http.up(get("b"));
    assertEquals(List.of("1", "5", "10"), Tracked.of(http.tape()).of(RowType.FLOW, "packet"));
  }

  @Test
  void aNewSynEndsAllRuns() throws IOException {
    http.up(get("a")).down(ok(5)).up(get("b")).tape().syn(CLIENT, PROXY, 90_000);
    http.tape().data(CLIENT, PROXY, 90_001, get("c").getBytes(StandardCharsets.US_ASCII));
    assertRuns(run("a", packets(1, 5)), run("b", 6), run("c", 7, 8));
    assertEquals(List.of("1", "0", "1"), Tracked.of(http.tape()).of(RowType.FLOW, "opened"));
  }

  @Test
  void beyondTheLimitTheLastRunHasTheRest() throws IOException {
    String[] runs = new String[RUNS_LIMIT];
    for (int i = 0; i < RUNS_LIMIT + 5; i++) {
      http.up(get("h" + i)).down(ok(1));
    }
    int last = OPEN + 2 * RUNS_LIMIT - 1;
    for (int i = 0; i < RUNS_LIMIT; i++) {
      int first = OPEN + 1 + 2 * i;
      int from = i == 0 ? 1 : first;
      int to = first == last ? http.tape().size() : first + 1;
      runs[i] = run("h" + i, packets(from, to));
    }
    assertRuns(runs);
    assertAnomalies(0, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 20, (1 << 20) + 1})
  void aConnectionMayBeSilentForALimitedNumberOfPackets(int others) throws IOException {
    http.up(get("a")).down(ok(5));
    for (int i = 1; i < others; i++) {
      http.tape().undecodable();
    }
    http.up(get("b")).down(ok(6));
    boolean kept = others <= Runs.IDLE_LIMIT;
    assertEquals(kept ? 2 : 1, Tracked.of(http.tape()).of(RowType.FLOW, "packet").size());
    assertAnomalies(kept ? 0 : 1, 0);
  }

  @Test
  void whateverPassesEveryPacketIsInOneRunForAnyNumberOfWorkers() throws IOException {
    long flows = 0;
    for (int seed = 0; seed < 60; seed++) {
      http = HttpTape.open(seed * 77_777_777L & 0xffff_ffffL, seed);
      disturb(new Random(seed));
      byte[] capture = http.tape().pcap();
      Tracked tracked = Tracked.of(capture, 1);
      String all = http.counts(packets(1, http.tape().size()).toArray());
      assertEquals(all, sum(tracked), "seed " + seed);
      assertEquals(tracked.facts(), Tracked.of(capture, 3).facts(), "seed " + seed);
      flows += tracked.rows(RowType.FLOW).size();
    }
    assertTrue(flows > 300, flows + " flows");
  }

  private static String sum(Tracked tracked) {
    long[] sums = new long[4];
    for (Map<String, String> row : tracked.rows(RowType.FLOW)) {
      sums[0] += Long.parseLong(row.get("up_packets"));
      sums[1] += Long.parseLong(row.get("up_bytes"));
      sums[2] += Long.parseLong(row.get("down_packets"));
      sums[3] += Long.parseLong(row.get("down_bytes"));
    }
    return "%d:%d %d:%d".formatted(sums[0], sums[1], sums[2], sums[3]);
  }

  /** Requests and responses, now and then repeated, swapped, missing, or silent for a while. */
  private void disturb(Random random) {
    for (int i = 0; i < 40; i++) {
      String host = "h" + random.nextInt(4);
      String request = get(host).repeat(1 + random.nextInt(2));
      http.up(request, random.nextInt(20) == 0 ? 3 : 0).lostUp(request.length());
      String response = ok(random.nextInt(3000));
      int half = response.length() / 2;
      http.down(response.substring(half), half).down(response.substring(0, half), 0);
      http.lostDown(response.length()).bare(random.nextBoolean());
      if (request.length() > get(host).length()) {
        http.down(ok(7));
      }
      http.tape().after(random.nextInt(10) == 0 ? 45 * Tape.SECOND : 1);
    }
    http.close();
  }
}
