package imon.store;

import static imon.store.Facts.LATER;
import static imon.store.Facts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.row.RowType;
import imon.flow.row.Rows;
import imon.flow.row.UnflowedClass;
import imon.name.Evidence;
import imon.store.ask.Questions;
import imon.store.ask.Questions.LedgerClass;
import imon.store.ask.Questions.Part;
import imon.store.ask.Questions.Server;
import imon.store.ask.Questions.Site;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private static final String CLIENT = "10.0.0.1";
  private static final String OTHER = "10.0.0.2";
  private static final String SHARED = "203.0.113.9";

  @AutoClose private static final Facts facts = Facts.open();
  private long packets;

  @BeforeEach
  void begin() throws StoreException {
    facts.anew();
  }

  private void proven(String client, String host, long bytes) {
    facts.flow(++packets, LATER, client, "203.0.113.1", bytes);
    facts.evidence(packets, Evidence.TLS, host, packets);
  }

  private Questions ask(boolean localSites) throws StoreException {
    facts.end();
    return facts.questions(localSites);
  }

  private static List<String> names(List<Site> sites) {
    return sites.stream().map(s -> s.name() + " " + s.traffic().bytes()).toList();
  }

  /** Traffic of connections that each have one packet and a third of the bytes up. */
  private static Traffic traffic(long connections, long bytes) {
    return new Traffic(connections, connections, bytes / 3, connections, bytes - bytes / 3);
  }

  @Test
  void sitesAreTheLargestFirstThenByNameAndCutToTheTop() throws StoreException {
    proven(CLIENT, "www.small.example", 30);
    proven(CLIENT, "b.equal.example", 300);
    proven(CLIENT, "a.large.example", 600);
    proven(CLIENT, "b.large.example", 600);
    proven(CLIENT, "www.abc.example", 300);
    Questions questions = ask(false);
    assertEquals(
        List.of("large.example 1200", "abc.example 300", "equal.example 300"),
        names(questions.sites(3)));
    assertEquals(4, questions.siteCount());
    assertEquals(traffic(5, 1830), questions.ofAllSites());
    assertEquals(4, questions.sites(100).size());
  }

  @Test
  void aSiteHasItsEvidenceHostsAndClients() throws StoreException {
    proven(CLIENT, "a.example.com", 600);
    proven(OTHER, "b.example.com", 900);
    facts.flow(++packets, LATER, CLIENT, "203.0.113.2", 300);
    facts.evidence(packets, Evidence.HTTP, "a.example.com", packets);
    Site site = ask(false).sites(1).get(0);
    assertEquals(traffic(3, 1800), site.traffic());
    assertEquals(
        List.of(new Part("tls", traffic(2, 1500)), new Part("http", traffic(1, 300))),
        site.evidence());
    assertEquals(
        List.of(
            new Part("a.example.com", traffic(2, 900)), new Part("b.example.com", traffic(1, 900))),
        site.hosts());
    assertEquals(
        List.of(new Part(CLIENT, traffic(2, 900)), new Part(OTHER, traffic(1, 900))),
        site.clients());
  }

  @Test
  void provenAndPossibleBytesSpanWhatASiteCanHaveUsed() throws StoreException {
    facts.answer(1, LATER, CLIENT, "www.one.example", SHARED);
    facts.answer(2, LATER + SECOND, CLIENT, "www.two.example", SHARED);
    packets = 2;
    facts.flow(++packets, LATER + 2 * SECOND, CLIENT, SHARED, 300);
    proven(CLIENT, "one.example", 1200);
    facts.flow(++packets, LATER + 2 * SECOND, CLIENT, SHARED, 600);
    facts.evidence(packets, Evidence.TLS, "two.example", packets);
    List<Site> sites = ask(false).sites(10);
    assertEquals(
        List.of("one.example 1200 1200 1500", "two.example 900 600 900"),
        sites.stream()
            .map(
                s ->
                    s.name()
                        + " "
                        + s.traffic().bytes()
                        + " "
                        + s.provenBytes()
                        + " "
                        + s.possibleBytes())
            .toList());
  }

  @Test
  void unresolvedFlowsAreShownByServer() throws StoreException {
    facts.flow(1, LATER, CLIENT, "203.0.113.1", 300).flow(2, LATER, OTHER, "203.0.113.1", 300);
    facts.flow(3, LATER, "2001:db8::1", "2001:db8::2", 900).flow(4, LATER, CLIENT, OTHER, 3000);
    facts.row(
        RowType.FLOW,
        Map.of(
            "packet",
            5,
            "client",
            CLIENT,
            "server",
            SHARED,
            "protocol",
            200,
            "client_port",
            Rows.NONE,
            "server_port",
            Rows.NONE,
            "up_bytes",
            30));
    Questions questions = ask(false);
    assertEquals(
        List.of(
            new Server("2001:db8::2", 443, "tcp", "https", traffic(1, 900)),
            new Server("203.0.113.1", 443, "tcp", "https", traffic(2, 600)),
            new Server(SHARED, null, "200", null, new Traffic(1, 0, 30, 0, 0))),
        questions.unresolved(10));
    assertEquals(2, questions.unresolved(2).size());
    assertEquals(1530, questions.ofAllUnresolved().bytes());
  }

  @Test
  void aDeviceIsShownByItsLowestAddressWhicheverWasSeenFirst() throws StoreException {
    List<String> addresses = List.of("2001:db8:1::2", "2001:db8:1::1", "2001:db8:1::3");
    for (String address : addresses) {
      facts.row(RowType.LINK, Map.of("address", address, "mac", 2L));
      facts.flow(++packets, LATER, address, "2001:db8::80", 300);
    }
    assertEquals(
        List.of(new Questions.Client("2001:db8:1::1", null, traffic(3, 900))),
        ask(false).clients(10));
  }

  @Test
  void localTrafficIsNoSiteBesideTheInternet() throws StoreException {
    proven(CLIENT, "www.example.com", 300);
    facts.flow(++packets, LATER, CLIENT, OTHER, 600);
    facts.evidence(packets, Evidence.HTTP, "printer.local", packets);
    Questions questions = ask(false);
    assertFalse(questions.hasLocalSites());
    assertEquals(List.of("example.com 300"), names(questions.sites(10)));
    assertEquals(
        List.of(new Questions.Client(CLIENT, null, traffic(1, 300))), questions.clients(10));
  }

  @Test
  void localSitesStandBesideTheOthersWhenAskedFor() throws StoreException {
    proven(CLIENT, "www.example.com", 300);
    facts.flow(++packets, LATER, OTHER, CLIENT, 600);
    facts.evidence(packets, Evidence.HTTP, "printer.local", packets);
    Questions questions = ask(true);
    assertTrue(questions.hasLocalSites());
    assertEquals(List.of("printer.local 600", "example.com 300"), names(questions.sites(10)));
    assertEquals(2, questions.clientCount());
  }

  @Test
  void localSitesStandAloneWhenNothingIsInternet() throws StoreException {
    facts.flow(1, LATER, OTHER, CLIENT, 600).evidence(1, Evidence.HTTP, "printer.local", 1);
    facts.flow(2, LATER, CLIENT, "224.0.0.251", 90);
    Questions questions = ask(false);
    assertTrue(questions.hasLocalSites());
    assertEquals(List.of("printer.local 600"), names(questions.sites(10)));
  }

  @Test
  void theLedgerHasEveryByteOnceWithTheStrongestEvidenceFirst() throws StoreException {
    facts.answer(1, LATER, CLIENT, "www.example.com", SHARED);
    packets = 1;
    facts.flow(++packets, LATER, CLIENT, SHARED, 30);
    proven(CLIENT, "www.example.com", 300);
    facts.flow(++packets, LATER, CLIENT, "203.0.113.5", 60);
    facts.flow(++packets, LATER, CLIENT, OTHER, 90).flow(++packets, LATER, CLIENT, "ff02::1", 120);
    unflowed(UnflowedClass.UNDECODABLE, 7).unflowed(UnflowedClass.NON_IP, 8);
    assertEquals(
        List.of(
            new LedgerClass("tls", true, 2, 300),
            new LedgerClass("dns", false, 2, 30),
            new LedgerClass("none", null, 2, 60),
            new LedgerClass("local", null, 2, 90),
            new LedgerClass("multicast", null, 2, 120),
            new LedgerClass("non-ip", null, 1, 8),
            new LedgerClass("undecodable", null, 1, 7)),
        ask(false).ledger());
  }

  private QuestionsTest unflowed(UnflowedClass unflowed, long bytes) {
    facts.row(RowType.UNFLOWED, Map.of("class", unflowed.code(), "packets", 1, "bytes", bytes));
    return this;
  }

  @Test
  void anEmptyCaptureHasEmptyAnswers() throws StoreException {
    Questions questions = ask(false);
    assertEquals(1, questions.captures().size());
    assertEquals(List.of(), questions.sites(10));
    assertEquals(List.of(), questions.ledger());
    assertEquals(List.of(), questions.unresolved(10));
    assertEquals(Traffic.NONE, questions.ofAllSites());
    assertEquals(Traffic.NONE, questions.ofAllUnresolved());
    assertEquals(0, questions.connectionCount());
  }

  @Test
  void sumsBeyondFourGigabytesAreExact() throws StoreException {
    proven(CLIENT, "www.example.com", 9_000_000_000_000_000L);
    proven(CLIENT, "www.example.com", 3);
    assertEquals(9_000_000_000_000_003L, ask(false).ofAllSites().bytes());
  }

  @Test
  void trafficAddsAndSubtractsByField() {
    Traffic one = new Traffic(1, 2, 3, 4, 5);
    Traffic two = new Traffic(10, 20, 30, 40, 50);
    assertEquals(new Traffic(11, 22, 33, 44, 55), one.plus(two));
    assertEquals(one, one.plus(two).minus(two));
    assertEquals(6, one.packets());
    assertEquals(8, one.bytes());
  }
}
