package imon.store;

import static imon.store.Facts.LATER;
import static imon.store.Facts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.dns.AnswerKind;
import imon.flow.row.RowType;
import imon.name.Evidence;
import imon.store.ask.Agreement;
import imon.store.ask.Agreement.Age;
import imon.store.ask.Agreement.Tally;
import imon.store.ask.Questions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What inference would have said of flows that proof names. */
class AgreementTest {
  private static final String CLIENT = "10.0.0.1";
  private static final String OTHER = "10.0.0.2";
  private static final String SERVER = "203.0.113.1";
  private static final String HOST = "www.example.com";
  private static final long HOUR = 3600 * SECOND;

  /** How long an answer of {@link Facts} counts for dns: its 60 s and an hour. */
  private static final long LIFETIME = 60 * SECOND + HOUR;

  @AutoClose private static final Facts facts = Facts.open();
  private long packets;

  @BeforeEach
  void begin() throws StoreException {
    facts.anew().querier(CLIENT);
  }

  /** A flow of 300 bytes that its own packets name. */
  private long proven(long time, String client, String host) {
    facts.flow(++packets, time, client, SERVER);
    facts.evidence(packets, Evidence.TLS, host, packets);
    return packets;
  }

  private void told(long time, String client, String name) {
    facts.answer(++packets, time, client, name, SERVER);
  }

  private Questions ask() throws StoreException {
    facts.end();
    return facts.questions(false);
  }

  /** Kind, age, flows, those of the same site, those with a host, those of the same host. */
  private void assertAgreements(String... expected) throws StoreException {
    assertEquals(List.of(expected), ask().agreements().stream().map(AgreementTest::words).toList());
  }

  private static String words(Agreement a) {
    Tally tally = a.tally();
    assertEquals(300 * tally.flows(), tally.bytes());
    assertEquals(300 * tally.sameSiteFlows(), tally.sameSiteBytes());
    return "%s %s %d %d %d %d"
        .formatted(
            a.kind(),
            a.age(),
            tally.flows(),
            tally.sameSiteFlows(),
            tally.hostFlows(),
            tally.sameHostFlows());
  }

  @Test
  void anAnswerForTheProvenHostAgrees() throws StoreException {
    told(LATER, CLIENT, HOST);
    proven(LATER + SECOND, CLIENT, HOST);
    assertAgreements("dns TTL 1 1 1 1");
  }

  @Test
  void anotherHostOfTheSiteAgreesOnTheSiteOnly() throws StoreException {
    told(LATER, CLIENT, "cdn.example.com");
    proven(LATER + SECOND, CLIENT, HOST);
    assertAgreements("dns TTL 1 1 1 0");
  }

  @Test
  void anAnswerForAnotherSiteDisagrees() throws StoreException {
    told(LATER, CLIENT, "www.example.org");
    proven(LATER + SECOND, CLIENT, HOST);
    assertAgreements("dns TTL 1 0 1 0");
  }

  @Test
  void ofSeveralAnswersTheLatestIsTheGuess() throws StoreException {
    told(LATER, CLIENT, HOST);
    told(LATER + SECOND, CLIENT, "www.example.org");
    proven(LATER + 2 * SECOND, CLIENT, HOST);
    assertAgreements("dns TTL 1 0 1 0");
  }

  @Test
  void atTheSameTimeThePacketDecidesThenTheName() throws StoreException {
    facts.answer(1, LATER, CLIENT, "www.example.org", SERVER);
    facts.answer(2, LATER, CLIENT, HOST, SERVER).answer(2, LATER, CLIENT, "zzz.example", SERVER);
    packets = 2;
    proven(LATER + SECOND, CLIENT, HOST);
    assertAgreements("dns TTL 1 1 1 1");
  }

  @Test
  void theAgeOfAnAnswerIsCountedFromItToTheFlow() throws StoreException {
    told(LATER, CLIENT, HOST);
    for (long age :
        new long[] {
          60 * SECOND, 60 * SECOND + 1, LIFETIME, LIFETIME + 1, 24 * HOUR, 24 * HOUR + 1, 168 * HOUR
        }) {
      proven(LATER + age, CLIENT, HOST);
    }
    proven(LATER + 168 * HOUR + 1, CLIENT, HOST);
    proven(LATER - 1, CLIENT, HOST);
    proven(LATER - HOUR, CLIENT, HOST);
    proven(LATER - HOUR - 1, CLIENT, HOST);
    facts.end();
    assertEquals(
        List.of(
            "dns TTL 1 1 1 1",
            "dns HOUR 2 2 2 2",
            "dns-other DAY 2 2 2 2",
            "dns-other WEEK 2 2 2 2",
            "dns-other AFTER 2 2 2 2"),
        facts.questions(false).agreements().stream()
            .filter(a -> !a.kind().equals("sibling"))
            .map(AgreementTest::words)
            .toList());
  }

  @Test
  void dnsOtherIsAskedAsIfTheAnswersOfDnsWereNotThere() throws StoreException {
    told(LATER - 2 * HOUR, CLIENT, "www.example.org");
    told(LATER, CLIENT, HOST);
    proven(LATER + SECOND, CLIENT, HOST);
    assertAgreements("dns TTL 1 1 1 1", "dns-other DAY 1 0 1 0");
  }

  @Test
  void anOlderAnswerForTheSameNameIsThereForDnsOther() throws StoreException {
    told(LATER - 2 * HOUR, CLIENT, HOST);
    told(LATER, CLIENT, HOST);
    proven(LATER + SECOND, CLIENT, HOST);
    assertAgreements("dns TTL 1 1 1 1", "dns-other DAY 1 1 1 1");
  }

  @Test
  void theClientsLaterAnswerBeatsAnotherClientsEarlierOne() throws StoreException {
    told(LATER, OTHER, "www.example.org");
    proven(LATER + SECOND, CLIENT, HOST);
    told(LATER + 2 * SECOND, CLIENT, HOST);
    assertAgreements("dns-other AFTER 1 1 1 1");
  }

  @Test
  void anotherClientsAnswerIsFoundBehindTheClientsOwn() throws StoreException {
    told(LATER, OTHER, "www.example.org");
    told(LATER + SECOND, CLIENT, HOST);
    told(LATER + 2 * SECOND, CLIENT, HOST);
    proven(LATER + 70 * SECOND, CLIENT, HOST);
    assertAgreements("dns HOUR 1 1 1 1", "dns-other HOUR 1 0 1 0");
  }

  @Test
  void theLatestOfTheOtherClientsIsTheGuess() throws StoreException {
    told(LATER - 23 * HOUR, "10.0.0.3", "www.example.org");
    told(LATER, OTHER, HOST);
    proven(LATER + SECOND, CLIENT, HOST);
    assertAgreements("dns-other TTL 1 1 1 1");
  }

  @Test
  void anotherClientsAnswerIsNoGuessAfterADay() throws StoreException {
    told(LATER, OTHER, HOST);
    proven(LATER + 24 * HOUR + 1, CLIENT, HOST);
    assertAgreements();
  }

  @Test
  void aSiblingIsJudgedByTheOtherFlowsOnly() throws StoreException {
    proven(LATER, CLIENT, HOST);
    assertAgreements();
  }

  @Test
  void siblingsOfTheSameSiteAgree() throws StoreException {
    proven(LATER, CLIENT, HOST);
    proven(LATER + SECOND, CLIENT, "cdn.example.com");
    assertAgreements("sibling null 2 2 2 0");
  }

  @Test
  void theOnlyFlowOfAnotherSiteIsGuessedWrong() throws StoreException {
    proven(LATER, CLIENT, HOST);
    proven(LATER + SECOND, CLIENT, HOST);
    proven(LATER + 2 * SECOND, CLIENT, "www.example.org");
    assertAgreements("sibling null 1 0 1 0");
  }

  @Test
  void aPartThatContinuesAFlowIsNoSiblingOfIt() throws StoreException {
    part(LATER);
    facts.evidence(packets, Evidence.TLS, HOST, packets);
    part(LATER + 400 * SECOND);
    facts.end();
    assertEquals(List.of("1 1 tls " + HOST, "1 2 continued " + HOST), facts.names());
    Questions questions = facts.questions(false);
    assertEquals(List.of(), questions.agreements());
    assertEquals(1, questions.provenFlowCount());
  }

  @Test
  void aPartThatContinuesAFlowStillNamesItsSiblings() throws StoreException {
    part(LATER);
    facts.evidence(packets, Evidence.TLS, HOST, packets);
    part(LATER + 400 * SECOND);
    facts.flow(++packets, LATER + 401 * SECOND, CLIENT, SERVER).end();
    assertEquals(
        List.of("1 1 tls " + HOST, "1 2 continued " + HOST, "1 3 sibling " + HOST), facts.names());
  }

  /** A flow of the same five-tuple as every other part. */
  private void part(long time) {
    facts.row(
        RowType.FLOW,
        Map.ofEntries(
            Map.entry("packet", ++packets),
            Map.entry("start_time", time),
            Map.entry("end_time", time + SECOND),
            Map.entry("protocol", 6),
            Map.entry("client", CLIENT),
            Map.entry("client_port", 50_000),
            Map.entry("server", SERVER),
            Map.entry("server_port", 443),
            Map.entry("up_bytes", 300)));
  }

  @Test
  void aCertificateOfOneSiteNamesASiteWithoutHost() throws StoreException {
    facts.evidence(proven(LATER, CLIENT, HOST), Evidence.CERTIFICATE, "*.example.com", 5);
    assertAgreements("certificate null 1 1 0 0");
  }

  @Test
  void aCertificateNarrowsTheGuessOfDns() throws StoreException {
    told(LATER, CLIENT, HOST);
    told(LATER + SECOND, CLIENT, "www.example.org");
    long flow = proven(LATER + 2 * SECOND, CLIENT, HOST);
    facts.evidence(flow, Evidence.CERTIFICATE, "*.example.com", 5);
    facts.evidence(flow, Evidence.CERTIFICATE, "*.example.net", 5);
    assertAgreements("dns TTL 1 1 1 1");
  }

  @Test
  void aReverseAnswerIsHeldAgainstProof() throws StoreException {
    facts.row(
        RowType.ANSWER,
        Map.of(
            "seen_packet",
            1,
            "seen_time",
            LATER,
            "client",
            CLIENT,
            "name",
            "host1.isp.example",
            "address",
            SERVER,
            "kind",
            AnswerKind.PTR.ordinal(),
            "asked",
            1));
    packets = 1;
    proven(LATER, CLIENT, HOST);
    assertAgreements("ptr null 1 0 1 0");
  }

  @Test
  void aFlowWithoutProofIsNotJudged() throws StoreException {
    told(LATER, CLIENT, HOST);
    facts.flow(++packets, LATER + SECOND, CLIENT, SERVER);
    assertAgreements();
  }

  @Test
  void theOuterNameOfAnEncryptedHelloIsNoProof() throws StoreException {
    told(LATER, CLIENT, HOST);
    proven(LATER + SECOND, CLIENT, "cloudflare-ech.com");
    assertAgreements();
  }

  @Test
  void localFlowsAreNotJudgedBesideTheInternet() throws StoreException {
    facts.answer(++packets, LATER, CLIENT, "nas.local", OTHER);
    facts.flow(++packets, LATER + SECOND, CLIENT, OTHER);
    facts.evidence(packets, Evidence.HTTP, "nas.local", packets);
    proven(LATER, CLIENT, HOST);
    assertAgreements();
  }

  @Test
  void everyCaptureHasItsOwnRows() throws StoreException {
    told(LATER, CLIENT, HOST);
    proven(LATER + SECOND, CLIENT, HOST);
    String first = facts.end().fingerprint().substring(0, 16);
    facts.capture("");
    packets = 0;
    proven(LATER + 90 * SECOND, CLIENT, "www.example.org");
    String second = facts.fingerprint().substring(0, 16);
    assertEquals(
        List.of(
            new Agreement(first, "dns", Age.TTL, new Tally(1, 300, 1, 300, 1, 1)),
            new Agreement(first, "sibling", null, new Tally(1, 300, 0, 0, 1, 0)),
            new Agreement(second, "dns", Age.HOUR, new Tally(1, 300, 0, 0, 1, 0)),
            new Agreement(second, "sibling", null, new Tally(1, 300, 0, 0, 1, 0))),
        ask().agreements());
  }

  @Test
  void anAnswerThatIsGoodForeverOverflowsNothing() throws StoreException {
    facts.row(
        RowType.ANSWER,
        Map.of(
            "seen_packet",
            1,
            "seen_time",
            7_258_118_399L * SECOND,
            "client",
            CLIENT,
            "name",
            HOST,
            "canonical",
            HOST,
            "address",
            SERVER,
            "ttl",
            Integer.MAX_VALUE,
            "asked",
            1));
    packets = 1;
    proven(7_258_118_399L * SECOND, CLIENT, HOST);
    assertAgreements("dns TTL 1 1 1 1");
  }

  @Test
  void anAnswerOlderThanAWeekDoesNotHideAnotherClients() throws StoreException {
    told(LATER - 169 * HOUR, CLIENT, "www.example.org");
    told(LATER, OTHER, HOST);
    facts.flow(++packets, LATER + SECOND, CLIENT, SERVER).end();
    assertEquals(List.of("1 3 dns-other " + HOST), facts.names());
  }

  @Test
  void talliesAddByField() {
    assertEquals(
        new Tally(11, 22, 33, 44, 55, 66),
        new Tally(1, 2, 3, 4, 5, 6).plus(new Tally(10, 20, 30, 40, 50, 60)));
  }
}
