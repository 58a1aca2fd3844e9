package imon.flow;

import static imon.flow.HttpTape.get;
import static imon.flow.HttpTape.ok;
import static imon.flow.HttpTape.packets;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.row.RowType;
import imon.flow.row.Scope;
import imon.pcap.Anomaly;
import imon.samples.Tape;
import imon.tls.Certificates;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection to a proxy that begins with a CONNECT goes on with. */
class ConnectRunsTest {
  private static final String GRANTED = "HTTP/1.1 200 Connection established\r\n\r\n";
  private static final String HELLO = new String(Tape.hello("secure.example"), ISO_8859_1);

  private HttpTape http = HttpTape.open();

  private static String connect(String host) {
    return "CONNECT %1$s:443 HTTP/1.1\r\nHost: %1$s:443\r\n\r\n".formatted(host);
  }

  private static String refused(int status) {
    return ok(300).replace("200 OK", status + " No");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 407, 502, 302})
  void whatIsAskedAfterARefusalIsARunOfItsOwn(int status) throws IOException {
    http.up(connect("a")).down(refused(status));
    http.up(get("b")).down(ok(900)).up(get("c")).down(ok(90)).close();
    http.assertRuns(
        0, 0, http.run("a", packets(1, 5)), http.run("b", 6, 7), http.run("c", packets(8, 12)));
  }

  @Test
  void anotherConnectAfterARefusalHasItsOwnTunnel() throws IOException {
    http.up(connect("a")).down(refused(403)).up(connect("b")).down(GRANTED);
    http.up(HELLO).down(new String(Certificates.oldFlight(), ISO_8859_1)).close();
    http.assertRuns(
        0,
        0,
        http.run("a", packets(1, 5)),
        http.run("b,secure.example,*.example.org,*.example.com,*.example.net", packets(6, 12)));
  }

  @Test
  void aConnectThatIsRepeatedWithCredentialsIsOneRunWithItsTunnel() throws IOException {
    http.up(connect("a")).down(refused(407));
    http.up(connect("a").replace("\r\n\r\n", "\r\nProxy-Authorization: Basic eA==\r\n\r\n"));
    http.down(GRANTED).up(HELLO).close();
    http.assertRuns(0, 0, http.run("a,secure.example", packets(1, 11)));
  }

  @Test
  void bothPartsOfAConnectionWithARefusalAreInternetTraffic() throws IOException {
    http = HttpTape.openAtHome();
    http.up(connect("a")).down(refused(403)).up(get("b")).down(ok(5));
    String internet = String.valueOf(Scope.INTERNET.ordinal());
    assertEquals(List.of(internet, internet), Tracked.of(http.tape()).of(RowType.FLOW, "scope"));
  }

  @Test
  void aTunnelToAnAddressIsOfNoHostThatWasAskedForBeforeOrAfter() throws IOException {
    String address = "CONNECT 203.0.113.9:443 HTTP/1.1\r\n\r\n";
    http.up(connect("a")).down(refused(403)).up(address).down(refused(403));
    http.up(get("b")).down(ok(5)).up(address).down(GRANTED).up("SSH-2.0-OpenSSH_9.6\r\n");
    http.assertRuns(
        0,
        0,
        http.run("a", packets(1, 5)),
        http.run("", 6, 7),
        http.run("b", 8, 9),
        http.run("", packets(10, 12)));
    Tracked tracked = Tracked.of(http.tape());
    assertEquals(List.of("1", "0", "0", "0"), tracked.of(RowType.FLOW, "opened"));
    assertEquals(List.of("6 1", "10 1"), tracked.of(RowType.UNTOLD, "packet", "apart"));
  }

  @Test
  void aTunnelMayGoOnBehindItsAnswerThatCameBeforeTheConnect() throws IOException {
    String flight = new String(Certificates.oldFlight(), ISO_8859_1);
    http.up(get("a")).down(ok(5));
    http.down(GRANTED + flight.substring(0, 300)).up(connect("b")).down(flight.substring(300));
    assertEquals(
        List.of("a", "b", "*.example.org", "*.example.com", "*.example.net"),
        Tracked.of(http.tape()).of(RowType.EVIDENCE, "host"));
  }

  @Test
  void anAnswerThatWasNotCapturedLeavesATunnel() throws IOException {
    http.up(connect("a")).lostDown(GRANTED.length()).up(HELLO).close();
    http.assertRuns(0, 0, http.run("a,secure.example", packets(1, 8)));
  }

  @Test
  void anAnswerThatIsNoHttpLeavesATunnel() throws IOException {
    http.up(connect("a")).down("+OK\r\n").up(HELLO).close();
    http.assertRuns(0, 0, http.run("a,secure.example", packets(1, 9)));
  }

  @Test
  void whatFollowsAConnectAtOnceBeginsItsTunnel() throws IOException {
    http.up(connect("a") + HELLO).down(GRANTED).close();
    http.assertRuns(0, 0, http.run("a,secure.example", packets(1, 8)));
  }

  @Test
  void whatFollowsALaterConnectAtOnceBeginsItsTunnel() throws IOException {
    http.up(connect("a")).down(refused(407)).up(connect("b") + HELLO).down(GRANTED).close();
    assertEquals("secure.example", last(Tracked.of(http.tape()).of(RowType.EVIDENCE, "host")));
    assertEquals(2, Tracked.of(http.tape()).of(RowType.FLOW, "packet").size());
  }

  private static String last(List<String> hosts) {
    return hosts.get(hosts.size() - 1);
  }

  @Test
  void connectsThatNobodyAnswersAreNotReadForEver() throws IOException {
    for (int i = 0; i < 100; i++) {
      http.up(connect("a" + i));
    }
    Tracked tracked = Tracked.of(http.tape());
    int read = tracked.of(RowType.EVIDENCE, "host").size();
    assertTrue(read > 2 && read < 15, read + " read");
    assertEquals(List.of("102"), tracked.of(RowType.FLOW, "up_packets"));
  }

  @Test
  void aConnectInPiecesIsFollowedByItsTunnel() throws IOException {
    String connect = connect("a");
    for (int cut = 1; cut < connect.length(); cut++) {
      http = HttpTape.open();
      http.up(connect.substring(0, cut)).up(connect.substring(cut)).down(GRANTED).up(HELLO);
      http.assertRuns(0, 0, http.run("a,secure.example", packets(1, 7)));
      http = HttpTape.open();
      http.up(connect.substring(0, cut)).up(connect.substring(cut)).down(refused(407));
      http.up(connect("b")).down(GRANTED).up(HELLO);
      http.assertRuns(
          0, 0, http.run("a", packets(1, 6)), http.run("b,secure.example", packets(7, 9)));
    }
  }

  @Test
  void aConnectWhoseAnswerIsLongInComingIsFollowedByItsTunnel() throws IOException {
    http.up(connect("a"));
    for (int i = 0; i <= Runs.IDLE_LIMIT; i++) {
      http.tape().undecodable();
    }
    http.down(GRANTED).up(HELLO);
    Tracked tracked = Tracked.of(http.tape());
    assertEquals(List.of("a", "secure.example"), tracked.of(RowType.EVIDENCE, "host"));
    assertEquals(0, tracked.anomalies().count(Anomaly.HTTP_BORDERS_LOST));
  }
}
