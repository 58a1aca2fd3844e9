package imon.flow;

import static imon.flow.HttpTape.get;
import static imon.flow.HttpTape.ok;
import static imon.flow.HttpTape.packets;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.row.RowType;
import imon.name.Evidence;
import imon.pcap.Anomaly;
import imon.samples.Tape;
import imon.tls.Certificates;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose SYN was seen, and whose first bytes were received without being captured. */
class StreamGapTest {
  private static final String HOST = "www.example.com";
  private static final String HELLO = new String(Tape.hello(HOST), ISO_8859_1);
  private static final String PROXY_HEADER = "PROXY TCP4 10.0.0.1 203.0.113.1 50000 443\r\n";
  private static final int OPEN = 3;

  private HttpTape http = HttpTape.open();

  private void assertNamed(int lost, String... evidence) throws IOException {
    Tracked tracked = Tracked.of(http.tape());
    assertEquals(List.of(evidence), tracked.of(RowType.EVIDENCE, "kind", "host", "seen_packet"));
    assertEquals(lost, tracked.anomalies().count(Anomaly.STREAM_START_LOST));
  }

  private static String tls(int packet) {
    return Evidence.TLS.code() + " " + HOST + " " + packet;
  }

  private void assertRuns(int lost, String... runs) throws IOException {
    http.assertRuns(0, 0, runs);
    assertEquals(lost, Tracked.of(http.tape()).anomalies().count(Anomaly.STREAM_START_LOST));
  }

  @Test
  void theFirstRequestBehindALostOneBeginsAFlow() throws IOException {
    http.lostUp(get("a").length()).down(ok(5)).bare(true).up(get("b")).down(ok(6));
    http.up(get("c")).down(ok(7)).close();
    assertRuns(
        1,
        http.run("", packets(1, 5)),
        http.run("b", packets(6, 7)),
        http.run("c", packets(8, 12)));
    assertUntold("1 0");
  }

  private void assertUntold(String... flows) throws IOException {
    Tracked tracked = Tracked.of(http.tape());
    assertEquals(List.of(flows), tracked.of(RowType.UNTOLD, "packet", "apart"));
  }

  @Test
  void requestsBehindALostUploadAreReadAsSoonAsOneBegins() throws IOException {
    http.lostUp(1000).bare(false).up("x".repeat(100)).up("x".repeat(50)).down(ok(5));
    http.up(get("b").substring(0, 9)).up(get("b").substring(9)).down(ok(6));
    assertRuns(1, http.run("", packets(1, 7)), http.run("b", packets(8, 10)));
  }

  @Test
  void aHelloBehindALostHeaderOfAProxyIsRead() throws IOException {
    http.lostUp(PROXY_HEADER.length()).up(HELLO).bare(false);
    assertNamed(1, tls(OPEN + 2));
  }

  @Test
  void aHelloBehindLostTalkIsRead() throws IOException {
    http.down("220 ready\r\n").lostUp(6).down("250 ok\r\n").up("STARTTLS\r\n").down("220 go\r\n");
    http.up(HELLO);
    assertNamed(1, tls(http.tape().size()));
  }

  @Test
  void aHelloInSegmentsBehindAGapIsPutTogether() throws IOException {
    int half = HELLO.length() / 2;
    http.lostUp(PROXY_HEADER.length()).up(HELLO.substring(half), half);
    http.up(HELLO.substring(0, half)).lostUp(half).bare(false);
    assertNamed(1, tls(OPEN + 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30})
  void aGapThatIsNotAcknowledgedIsWaitedFor(int acknowledged) throws IOException {
    int cut = 31;
    http.up(HELLO.substring(cut), cut).lostUp(acknowledged).bare(false).lostUp(-acknowledged);
    http.up(HELLO.substring(0, cut));
    assertNamed(0, tls(OPEN + 3));
  }

  @Test
  void aSegmentThatComesAfterItsAcknowledgmentIsStillTheFirst() throws IOException {
    http.lostUp(get("a").length()).down(ok(5)).lostUp(-get("a").length()).up(get("a"));
    http.down(ok(6));
    assertRuns(0, http.run("a", packets(1, 6)));
  }

  @Test
  void aRequestBehindALostRequestAndItsAnswerIsRead() throws IOException {
    http.lostUp(get("a").length()).lostDown(ok(5).length()).up(get("b")).down(ok(6));
    http.up(get("c")).down(ok(7));
    assertRuns(1, http.run("b", packets(1, 5)), http.run("c", packets(6, 7)));
  }

  /** What comes next may be an answer to the lost request, then one to this, and so on. */
  @ParameterizedTest
  @CsvSource({"true, 0", "false, 0", "true, 12", "false, 12"})
  void nothingIsOfAHostThatWasAskedBeforeTheServerSaidAnything(boolean acknowledged, int cut)
      throws IOException {
    http.lostUp(get("a").length());
    if (acknowledged) {
      http.bare(false);
    }
    if (cut == 0) {
      http.up(get("b"), 0).down(ok(5)).lostUp(get("b").length());
    } else {
      http.up(get("b").substring(0, cut)).down(ok(5)).up(get("b").substring(cut));
    }
    http.down(ok(6)).up(get("c")).down(ok(7));
    int all = http.tape().size();
    http.assertRuns(1, 0, http.run("", packets(1, all)));
    assertNamed(1);
    assertUntold("1 1");
  }

  @Test
  void whereTheServersSynIsLostTooItsFirstWordsAreNoAnswer() throws IOException {
    http.lostUp(get("a").length()).up(get("b")).down(ok(5)).down(ok(6)).up(get("c"));
    http.tape().only(0, 3, 4, 5, 6);
    http.assertRuns(1, 0, http.run("", packets(1, 5)));
  }

  /** Such as somebody's recorded requests, which are downloaded. */
  @Test
  void aResponseThatReadsLikeARequestBeginsNoFlow() throws IOException {
    http.lostUp(get("a").length()).lostDown(ok(5).length()).up(get("b"));
    String body = get("elsewhere.example.com");
    http.down("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n").down(body);
    http.bare(true);
    assertRuns(1, http.run("b", packets(1, 7)));
  }

  @Test
  void whatReadsLikeARequestBehindLostTalkOfTheServerIsNone() throws IOException {
    http.lostDown(30).up("hello").down(get("elsewhere.example.com"));
    http.assertRuns(1, 0, http.run("", packets(1, 5)));
  }

  @Test
  void aConnectionWithoutDataBeforeAnotherOfTheSamePortsLostNone() throws IOException {
    http.close().bare(false);
    http.tape().syn(HttpTape.CLIENT, HttpTape.PROXY, 90_000);
    http.tape().data(HttpTape.CLIENT, HttpTape.PROXY, 90_001, 1, HELLO.getBytes(ISO_8859_1));
    Tracked tracked = Tracked.of(http.tape());
    assertEquals(2, tracked.rows(RowType.FLOW).size());
    assertEquals(0, tracked.anomalies().count(Anomaly.STREAM_START_LOST));
  }

  @Test
  void behindAFirstSegmentThatCameLateNothingIsApart() throws IOException {
    http.lostUp(5).bare(false).lostUp(-5).up("hello").down("welcome").up(get("a")).down(ok(5));
    assertRuns(0, http.run("a", packets(1, 8)));
    assertUntold();
  }

  @Test
  void aRequestInsideAProxysTunnelBeginsNoFlow() throws IOException {
    http.lostUp(3).down("\5\0").up("\5\1\0\3\5h.com\0\120").down("\5\0\0\1\0\0\0\0\0\0");
    http.up("GET / HTTP/1.1\r\nHost: h.com\r\n\r\n");
    assertEquals(List.of("1"), Tracked.of(http.tape()).of(RowType.FLOW, "packet"));
  }

  @Test
  void theServersFirstWordsMayBeLost() throws IOException {
    http.lostDown(30).up("STARTTLS\r\n").down("220 go\r\n").up(HELLO);
    http.down(new String(Certificates.oldFlight(), ISO_8859_1));
    List<String> kinds = Tracked.of(http.tape()).of(RowType.EVIDENCE, "kind");
    assertTrue(kinds.contains(String.valueOf(Evidence.CERTIFICATE.code())), kinds::toString);
  }

  @ParameterizedTest
  @CsvSource({"1048576, 1", "1048577, 0"})
  void anAcknowledgmentFarFromTheSynIsOfAnOlderConnection(int far, int names) throws IOException {
    http.lostUp(far).bare(false).up(HELLO);
    assertNamed(1, names == 0 ? new String[0] : new String[] {tls(OPEN + 2)});
  }

  @Test
  void theEndOfAConnectionWithoutDataIsNoGap() throws IOException {
    http.close();
    assertNamed(0);
  }

  @Test
  void whatIsCapturedInOneDirectionOnlyIsNoGap() throws IOException {
    http.up(get("a")).down(ok(5)).up(get("b")).down(ok(6));
    http.tape().only(1, 4, 6);
    assertNamed(0);
  }

  @Test
  void whateverIsLostEveryPacketIsInOneRunForAnyNumberOfWorkers() throws IOException {
    long flows = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      http = HttpTape.open(seed * 77_777_777L & 0xffff_ffffL, seed);
      for (int i = 0; i < 6; i++) {
        http.up(get("h" + random.nextInt(3))).down(ok(random.nextInt(900)));
        http.bare(random.nextBoolean());
      }
      int size = http.tape().size();
      http.tape()
          .only(IntStream.range(0, size).filter(i -> i < 1 || random.nextInt(3) > 0).toArray());
      byte[] capture = http.tape().pcap();
      Tracked tracked = Tracked.of(capture, 1);
      assertEquals(http.tape().size(), counted(tracked), "seed " + seed);
      assertEquals(tracked.facts(), Tracked.of(capture, 3).facts(), "seed " + seed);
      flows += tracked.rows(RowType.FLOW).size();
    }
    assertTrue(flows > 400, flows + " flows");
  }

  private static long counted(Tracked tracked) {
    return tracked.rows(RowType.FLOW).stream()
        .mapToLong(
            row -> Long.parseLong(row.get("up_packets")) + Long.parseLong(row.get("down_packets")))
        .sum();
  }
}
