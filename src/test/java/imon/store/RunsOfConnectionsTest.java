package imon.store;

import static imon.store.Facts.LATER;
import static imon.store.Facts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import imon.name.Evidence;
import imon.store.ask.Questions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of requests of one HTTP connection are flows of their own and one connection. */
class RunsOfConnectionsTest {
  private static final String CLIENT = "10.0.0.1";
  private static final String PROXY = "203.0.113.1";
  private static final String A = "www.example.com";
  private static final String B = "www.example.org";
  private static final String OF_A = "other.example.com";

  @AutoClose private static final Facts facts = Facts.open();

  @BeforeEach
  void begin() throws StoreException {
    facts.anew();
  }

  /** A row of the only connection, of 300 bytes, so many seconds after its first one. */
  private Facts part(long packet, long seconds, boolean opened) {
    return facts.row(
        RowType.FLOW,
        Map.ofEntries(
            Map.entry("packet", packet),
            Map.entry("start_time", LATER + seconds * SECOND),
            Map.entry("end_time", LATER + (seconds + 1) * SECOND),
            Map.entry("protocol", 6),
            Map.entry("client", CLIENT),
            Map.entry("client_port", 50_000),
            Map.entry("server", PROXY),
            Map.entry("server_port", 3128),
            Map.entry("up_packets", 1),
            Map.entry("up_bytes", 100),
            Map.entry("down_packets", 1),
            Map.entry("down_bytes", 200),
            Map.entry("opened", opened ? 1 : 0)));
  }

  private Facts run(long packet, long seconds, boolean opened, String host) {
    return part(packet, seconds, opened).evidence(packet, Evidence.HTTP, host, packet);
  }

  /** Another connection of the client to the proxy, without a name. */
  private void another() {
    facts.row(
        RowType.FLOW,
        Map.of(
            "packet",
            30L,
            "start_time",
            LATER + 50 * SECOND,
            "end_time",
            LATER + 51 * SECOND,
            "protocol",
            6,
            "client",
            CLIENT,
            "client_port",
            50_001,
            "server",
            PROXY,
            "server_port",
            3128,
            "opened",
            1));
  }

  private Questions asked() throws StoreException {
    return facts.questions(false);
  }

  private static List<String> connections(Questions questions) throws StoreException {
    return questions.sites(10).stream()
        .map(site -> site.name() + " " + site.traffic().connections())
        .toList();
  }

  @Test
  void runsAreOneConnectionAndOneForEachOfTheirSites() throws StoreException {
    run(1, 0, true, A);
    run(4, 10, false, B);
    run(7, 20, false, A);
    run(9, 30, false, OF_A);
    facts.end();
    Questions questions = asked();
    assertEquals(1, questions.connectionCount());
    assertEquals(List.of("example.com 1", "example.org 1"), connections(questions));
    assertEquals(1, questions.clients(1).get(0).traffic().connections());
  }

  @Test
  void runsAreNamedEachByItself() throws StoreException {
    run(1, 0, true, A);
    run(4, 10, false, B);
    facts.end();
    assertEquals(List.of("1 1 http " + A, "1 4 http " + B), facts.names());
  }

  @Test
  void aPartAfterContinuesTheLastRunAndOneBeforeTheFirst() throws StoreException {
    part(1, 0, true).end();
    facts.capture("");
    run(1, 10, false, A);
    run(4, 20, false, B);
    facts.end();
    facts.capture("");
    part(1, 30, false).end();
    assertEquals(
        List.of("1 1 continued " + A, "2 1 http " + A, "2 4 http " + B, "3 1 continued " + B),
        facts.names());
    Questions questions = asked();
    assertEquals(1, questions.connectionCount());
    assertEquals(List.of("example.com 1", "example.org 1"), connections(questions));
  }

  /** The requests of a part are for an address, or its first one was lost behind its SYN. */
  private void untold(long packet, boolean apart) {
    facts.row(RowType.UNTOLD, Map.of("packet", packet, "apart", apart ? 1 : 0));
  }

  private static List<String> continued() throws StoreException {
    return facts.names().stream().filter(name -> name.contains("continued")).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPartWhoseFirstRequestWasLostIsOfAHostThatAllOthersAreFor(boolean inOneFile)
      throws StoreException {
    part(1, 0, true);
    untold(1, false);
    if (!inOneFile) {
      facts.end();
      facts.capture("");
    }
    run(4, 10, false, A);
    run(7, 20, false, B);
    facts.end();
    assertEquals(List.of(), continued());
    begin();
    part(1, 0, true);
    untold(1, false);
    run(4, 10, false, A);
    run(7, 20, false, A);
    facts.end();
    assertEquals(List.of("1 1 continued " + A, "1 4 http " + A, "1 7 http " + A), facts.names());
  }

  @Test
  void aPartThatIsApartTakesNoNameAndLetsNonePass() throws StoreException {
    run(1, 0, true, A);
    part(4, 10, false);
    untold(4, true);
    facts.end();
    facts.capture("");
    part(1, 20, false);
    run(4, 30, false, A);
    facts.end();
    assertEquals(List.of(), continued());
    assertEquals(1, asked().connectionCount());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void beforeAPartThatIsApartNobodyKnowsWhoWasAsked(boolean opened) throws StoreException {
    part(1, 0, opened).end();
    facts.capture("");
    part(1, 10, false);
    untold(1, true);
    run(4, 20, false, A);
    facts.end();
    assertEquals(List.of(), continued());
  }

  @Test
  void aTunnelThatIsApartIsNamedByWhatWentThroughItAndSoIsItsRest() throws StoreException {
    run(1, 0, true, A);
    part(4, 10, false).evidence(4, Evidence.TLS, B, 5);
    untold(4, true);
    facts.end();
    facts.capture("");
    part(1, 20, false).end();
    assertEquals(List.of("1 1 http " + A, "1 4 tls " + B, "2 1 continued " + B), facts.names());
  }

  @Test
  void runsThatDisagreeLeaveOtherConnectionsOfTheClientAlone() throws StoreException {
    run(1, 0, true, A);
    run(4, 10, false, B);
    facts.flow(20, LATER + 40 * SECOND, CLIENT, PROXY);
    another();
    facts.end();
    assertEquals(List.of("1 1 http " + A, "1 4 http " + B), facts.names());
    assertEquals(3, asked().connectionCount());
  }

  @Test
  void runsThatAgreeNameTheirSiblings() throws StoreException {
    run(1, 0, true, A);
    run(4, 10, false, OF_A);
    another();
    facts.end();
    assertEquals(List.of("1 1 http " + A, "1 4 http " + OF_A, "1 30 sibling " + A), facts.names());
  }

  @Test
  void twoConnectionsBetweenTheSameEndsAreTwo() throws StoreException {
    run(1, 0, true, A);
    run(4, 10, false, B);
    run(7, 20, true, A);
    run(9, 30, false, B);
    facts.end();
    Questions questions = asked();
    assertEquals(2, questions.connectionCount());
    assertEquals(List.of("example.com 2", "example.org 2"), connections(questions));
  }
}
