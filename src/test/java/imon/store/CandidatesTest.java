package imon.store;

import static imon.store.Facts.LATER;
import static imon.store.Facts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.name.Evidence;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of several names a flow has. */
class CandidatesTest {
  private static final String CLIENT = "10.0.0.1";
  private static final String SERVER = "203.0.113.1";

  @AutoClose private static final Facts facts = Facts.open();

  @BeforeAll
  static void open() throws StoreException {
    Schema.createViews(facts.staging.database());
  }

  @BeforeEach
  void begin() throws StoreException {
    facts.anew().querier(CLIENT);
  }

  private void assertName(String name) throws StoreException {
    facts.end();
    assertEquals(List.of("1 9 " + name), facts.names());
  }

  private Facts told(long packet, long time, String name) {
    return facts.answer(packet, time, CLIENT, name, SERVER);
  }

  private Facts flow() {
    return facts.flow(9, LATER + 9 * SECOND, CLIENT, SERVER);
  }

  @Test
  void everyNameThatCountsIsACandidateOnce() throws StoreException {
    told(1, LATER, "a.example.com").answer(2, LATER, CLIENT, "b.example.org", SERVER);
    told(3, LATER + SECOND, "a.example.com");
    told(4, LATER - 4000 * SECOND, "expired.example.net");
    flow();
    assertName("dns a.example.com");
    assertEquals(
        List.of("9 a.example.com", "9 b.example.org", "9 expired.example.net"), facts.candidates());
  }

  @Test
  void atTheSameTimeTheHigherPacketNumberIsTheLatest() throws StoreException {
    told(1, LATER, "a.example.com").answer(2, LATER, CLIENT, "b.example.com", SERVER);
    flow();
    assertName("dns b.example.com");
  }

  @Test
  void anAnswerOfTheFlowsTimeAndAHigherNumberCameAfterIt() throws StoreException {
    long time = LATER + 9 * SECOND;
    told(1, time, "before.example.com").answer(12, time, CLIENT, "after.example.com", SERVER);
    flow();
    assertName("dns before.example.com");
  }

  @Test
  void beforeSuchAnAnswerTheOlderOneOfItsNameCounts() throws StoreException {
    told(1, LATER, "a.example.com").answer(12, LATER + 9 * SECOND, CLIENT, "a.example.com", SERVER);
    flow();
    assertName("dns a.example.com");
  }

  @Test
  void onlySuchAnAnswerIsOneThatCameLater() throws StoreException {
    told(12, LATER + 9 * SECOND, "after.example.com");
    flow();
    assertName("dns-other after.example.com");
  }

  @Test
  void inTheSamePacketTheFirstNameByAlphabetWins() throws StoreException {
    told(1, LATER, "b.example.com").answer(1, LATER, CLIENT, "a.example.com", SERVER);
    flow();
    assertName("dns a.example.com");
  }

  @Test
  void proofBeatsTheLatestAnswer() throws StoreException {
    told(1, LATER, "dns.example.com");
    flow().evidence(9, Evidence.HTTP, "http.example.com", 12);
    assertName("http http.example.com");
    assertEquals(List.of("9 dns.example.com"), facts.candidates());
  }

  @Test
  void tlsBeatsHttpThatCameBefore() throws StoreException {
    flow().evidence(9, Evidence.HTTP, "http.example.com", 10);
    facts.evidence(9, Evidence.TLS, "tls.example.com", 11);
    assertName("tls tls.example.com");
  }

  @Test
  void withinAKindOfProofTheFirstPacketWins() throws StoreException {
    flow().evidence(9, Evidence.HTTP, "a.example.com", 12);
    facts.evidence(9, Evidence.HTTP, "b.example.com", 11);
    assertName("http b.example.com");
  }

  @Test
  void theViewOfEvidenceShowsAllAndMarksTheChosenOne() throws StoreException {
    told(1, LATER, "a.example.com").answer(2, LATER + SECOND, CLIENT, "b.example.org", SERVER);
    flow().flow(10, LATER + 9 * SECOND, CLIENT, SERVER);
    facts
        .evidence(10, Evidence.TLS, "c.example.net", 11)
        .evidence(10, Evidence.TLS, "c.example.net", 12);
    facts.end().names();
    String id = facts.fingerprint().substring(0, 16);
    assertEquals(
        List.of(
            id + "-10 dns a.example.com example.com 1 false",
            id + "-10 dns b.example.org example.org 2 false",
            id + "-10 tls c.example.net example.net 11 true",
            id + "-9 dns a.example.com example.com 1 false",
            id + "-9 dns b.example.org example.org 2 true",
            id + "-9 sibling c.example.net example.net 11 false"),
        facts.ask(
            "SELECT concat_ws(' ', flow_id, kind, host, site, packet_number, chosen)"
                + " FROM evidence ORDER BY flow_id, kind, host"));
  }

  @Test
  void theViewOfFlowsShowsNameEvidenceAndNone() throws StoreException {
    told(1, LATER, "www.example.com");
    flow().flow(10, LATER, CLIENT, "203.0.113.2").flow(11, LATER, "10.0.0.2", CLIENT);
    facts.end().names();
    assertEquals(
        List.of(
            "10 tcp none 203.0.113.2 internet https",
            "11 tcp none 10.0.0.1 local https",
            "9 tcp www.example.com example.com dns 203.0.113.1 internet https"),
        facts.ask(
            "SELECT concat_ws(' ', split_part(flow_id, '-', 2), protocol, host, site, evidence,"
                + " server_ip, scope, service) FROM flows ORDER BY split_part(flow_id, '-', 2)"));
  }
}
