package imon.flow;

import static imon.flow.HttpTape.CLIENT;
import static imon.flow.HttpTape.PROXY;
import static imon.flow.HttpTape.get;
import static imon.flow.HttpTape.ok;
import static imon.flow.HttpTape.packets;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import imon.flow.row.Scope;
import imon.name.Evidence;
import imon.pcap.Anomaly;
import imon.samples.Tape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which run of requests to one host each packet of an HTTP connection belongs to. */
class HttpRunsTest {
  private final HttpTape http = HttpTape.open();

  @Test
  void aRequestToAnotherHostBeginsARun() throws IOException {
    http.up(get("a")).bare(false).down(ok(100)).bare(true);
    http.up(get("b")).bare(false).down(ok(200)).bare(true);
    http.up(get("a")).bare(false).down(ok(300)).bare(true).close();
    http.assertRuns(
        0,
        0,
        http.run("a", packets(1, 7)),
        http.run("b", packets(8, 11)),
        http.run("a", packets(12, 18)));
  }

  @Test
  void requestsToTheSameHostAreOneRunAndItsEvidenceIsWrittenOnce() throws IOException {
    for (String host : List.of("a", "A.", "a:80")) {
      http.up(get(host)).down(ok(100));
    }
    http.assertRuns(0, 0, http.run("a", packets(1, 9)));
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
  void whatALocalProxyIsAskedForIsInternetTrafficFromThatRunOn() throws IOException {
    String own = "GET /status HTTP/1.1\r\nHost: proxy\r\n\r\n";
    String device = "GET http://10.0.0.2/device.xml HTTP/1.1\r\n\r\n";
    List<String> requests = List.of(own, device, get("a"), get("b"), own);
    HttpTape inTurn = HttpTape.openAtHome();
    requests.forEach(request -> inTurn.up(request).down(ok(5)));
    HttpTape atOnce = HttpTape.openAtHome();
    requests.forEach(atOnce::up);
    requests.forEach(request -> atOnce.down(ok(5)));
    for (HttpTape tape : List.of(inTurn, atOnce)) {
      Tracked tracked = Tracked.of(tape.tape());
      assertEquals(
          List.of("proxy", "a", "b", "proxy"), tracked.of(RowType.EVIDENCE, "host"), "hosts");
      assertEquals(
          scopes(Scope.LOCAL, Scope.LOCAL, Scope.INTERNET, Scope.INTERNET, Scope.INTERNET),
          tracked.of(RowType.FLOW, "scope"));
    }
  }

  @Test
  void aRequestToTheSameHostButThroughAProxyMakesItsRunInternetTraffic() throws IOException {
    HttpTape tape = HttpTape.openAtHome();
    tape.up("GET / HTTP/1.1\r\nHost: a\r\n\r\n").down(ok(5)).up(get("a")).down(ok(5));
    assertEquals(scopes(Scope.INTERNET), Tracked.of(tape.tape()).of(RowType.FLOW, "scope"));
  }

  private static List<String> scopes(Scope... scopes) {
    return Stream.of(scopes).map(scope -> String.valueOf(scope.ordinal())).toList();
  }

  @Test
  void pipelinedRequestsGetTheirOwnResponses() throws IOException {
    http.up(get("a")).up(get("b")).up(get("c"));
    http.down(ok(10)).bare(true).down(ok(2000)).bare(true).down(ok(30)).bare(true).close();
    http.assertRuns(
        0,
        0,
        http.run("a", 1, 2, 3, 4, 7, 8),
        http.run("b", 5, 9, 10),
        http.run("c", 6, 11, 12, 13, 14, 15));
  }

  @Test
  void aRunThatBeginsWithinAPacketHasThePacketsAfterIt() throws IOException {
    http.up(get("a") + get("b")).down(ok(10)).down(ok(20)).bare(true).close();
    http.assertRuns(0, 0, http.run("a", packets(1, 5)), http.run("b", packets(6, 10)));
    assertEquals(List.of("4", "4"), Tracked.of(http.tape()).of(RowType.EVIDENCE, "seen_packet"));
  }

  @Test
  void aRunThatBeginsNoPacketIsItsNeighbours() throws IOException {
    http.up(get("a") + get("b") + get("c")).down(ok(10) + ok(20) + ok(30)).bare(true).close();
    http.up(get("c"));
    http.assertRuns(0, 0, http.run("a", packets(1, 5)), http.run("c", packets(6, 10)));
  }

  @Test
  void aRequestWithoutAHostStaysInItsRun() throws IOException {
    http.up(get("a")).down(ok(5)).up("GET / HTTP/1.0\r\n\r\n").down(ok(6));
    http.assertRuns(0, 0, http.run("a", packets(1, 7)));
  }

  @Test
  void requestsForAnAddressAreOfNoHostThatOthersAreFor() throws IOException {
    String plain = "GET / HTTP/1.1\r\nHost: 203.0.113.7\r\n\r\n";
    http.up(get("a")).down(ok(5)).up(get("[2001:db8::1]")).down(ok(6)).up(plain).down(ok(7));
    http.up(get("a")).down(ok(8)).up(get("b")).down(ok(9));
    http.assertRuns(
        0,
        0,
        http.run("a", packets(1, 5)),
        http.run("", packets(6, 9)),
        http.run("a", 10, 11),
        http.run("b", 12, 13));
    Tracked tracked = Tracked.of(http.tape());
    assertEquals(List.of("1", "0", "0", "0"), tracked.of(RowType.FLOW, "opened"));
    assertEquals(List.of("6 1"), tracked.of(RowType.UNTOLD, "packet", "apart"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.7", "??"})
  void aCaptureThatBeginsWithRequestsForNoHostGoesOnFromNoOther(String target) throws IOException {
    http.up("GET / HTTP/1.1\r\nHost: " + target + "\r\n\r\n").down(ok(6)).up(get("a")).down(ok(5));
    http.tape().only(3, 4, 5, 6);
    Tracked tracked = Tracked.of(http.tape());
    assertEquals(List.of("1", "3"), tracked.of(RowType.FLOW, "packet"));
    assertEquals(List.of("1 1"), tracked.of(RowType.UNTOLD, "packet", "apart"));
  }

  /**
   * TCP Fast Open (RFC 7413): the request is in the SYN, before the server said where it begins.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRequestInASynIsAnsweredLikeAnother(boolean synAck) throws IOException {
    Tape tape = new Tape();
    byte[] request = get("a").getBytes(ISO_8859_1);
    long next = 1001L + request.length;
    tape.syn(CLIENT, PROXY, 1000, request);
    if (synAck) {
      tape.synAck(PROXY, CLIENT, 5000, next);
    }
    long answered = 5001L;
    for (String host : List.of("b", "c")) {
      byte[] answer = ok(5).getBytes(ISO_8859_1);
      byte[] asked = get(host).getBytes(ISO_8859_1);
      tape.data(PROXY, CLIENT, answered, next, answer);
      answered += answer.length;
      tape.data(CLIENT, PROXY, next, answered, asked);
      next += asked.length;
    }
    tape.data(PROXY, CLIENT, answered, next, ok(6).getBytes(ISO_8859_1));
    int first = synAck ? 3 : 2;
    Tracked tracked = Tracked.of(tape);
    assertEquals(
        List.of("1 a", (first + 1) + " b", (first + 3) + " c"),
        tracked.of(RowType.EVIDENCE, "packet", "host"));
    assertEquals(List.of(synAck ? "2" : "1", "1", "1"), tracked.of(RowType.FLOW, "down_packets"));
    assertEquals(0, tracked.anomalies().count(Anomaly.HTTP_BORDERS_LOST));
  }

  @Test
  void aRunWithoutAHostTakesTheFirstOne() throws IOException {
    http.up("GET / HTTP/1.0\r\n\r\n").down(ok(6)).up(get("a")).down(ok(5));
    http.up(get("b")).down(ok(7));
    http.assertRuns(0, 0, http.run("a", packets(1, 7)), http.run("b", 8, 9));
  }

  @Test
  void someResponsesEndWithTheirHeaders() throws IOException {
    http.up(get("a").replace("GET", "HEAD")).down("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
    http.up(get("b")).down("HTTP/1.1 204 None\r\n\r\n").up(get("c"));
    http.down("HTTP/1.1 100 Continue\r\n\r\n").down("HTTP/1.1 304 Same\r\n\r\n");
    http.up(get("d")).down("HTTP/1.0 200 OK\r\n\r\n").down(ok(3)).close();
    http.assertRuns(
        0,
        0,
        http.run("a", packets(1, 5)),
        http.run("b", 6, 7),
        http.run("c", 8, 9, 10),
        http.run("d", packets(11, 16)));
  }

  @Test
  void chunksAreSteppedOver() throws IOException {
    http.up(get("a") + get("b"));
    http.down("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nHTTP/1.1 ");
    http.down("2").lostDown(3).down("xyz\r\n0").down("\r\n\r\n").down(ok(2));
    http.assertRuns(0, 0, http.run("a", packets(1, 8)), http.run("b", 9));
  }

  @Test
  void anUpgradeEndsTheFollowing() throws IOException {
    http.up(get("a")).down(ok(5)).up(get("b")).down("HTTP/1.1 101 Switching\r\n\r\n");
    http.up(get("c")).down(ok(6)).close();
    http.assertRuns(0, 0, http.run("a", packets(1, 5)), http.run("b", packets(6, 12)));
  }

  @Test
  void theTunnelOfAConnectIsARunThatMayNameItself() throws IOException {
    byte[] hello = Tape.hello("secure.example");
    http.up(get("a")).down(ok(5));
    http.up("CONNECT b:443 HTTP/1.1\r\n\r\n").down("HTTP/1.1 200 OK\r\n\r\n");
    http.up(new String(hello, StandardCharsets.ISO_8859_1)).close();
    http.assertRuns(
        0, 0, http.run("a", packets(1, 5)), http.run("b,secure.example", packets(6, 11)));
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
    http.assertRuns(0, 0, http.run("proxy.example,a", packets(1, 7)), http.run("b", 8, 9));
  }

  @Test
  void theGapThatSplitsAFlowIsCountedFromTheLatestPacketOfAnyRun() throws IOException {
    http.up(get("a")).up(get("b")).down(ok(9000).substring(0, 500));
    for (int i = 0; i < 3; i++) {
      http.tape().after(200 * Tape.SECOND);
      http.down("x".repeat(100));
    }
    http.assertRuns(0, 0, http.run("a", 1, 2, 3, 4, 6, 7, 8, 9), http.run("b", 5));
    http.tape().after(301 * Tape.SECOND);
    http.up(get("b"));
    assertEquals(List.of("1", "5", "10"), Tracked.of(http.tape()).of(RowType.FLOW, "packet"));
  }

  @Test
  void aNewSynEndsAllRuns() throws IOException {
    http.up(get("a")).down(ok(5)).up(get("b")).tape().syn(CLIENT, PROXY, 90_000);
    http.tape().data(CLIENT, PROXY, 90_001, get("c").getBytes(StandardCharsets.US_ASCII));
    http.assertRuns(0, 0, http.run("a", packets(1, 5)), http.run("b", 6), http.run("c", 7, 8));
    assertEquals(List.of("1", "0", "1"), Tracked.of(http.tape()).of(RowType.FLOW, "opened"));
  }
}
