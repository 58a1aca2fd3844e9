package imon.store;

import static imon.store.Facts.LATER;
import static imon.store.Facts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.dns.AnswerKind;
import imon.flow.row.RowType;
import imon.name.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names of addresses that no packet tells: hosts files and name resolution blocks. */
class GivenNamesTest {
  private static final String CLIENT = "10.0.0.1";
  private static final String SERVER = "203.0.113.1";
  private static final String SERVER6 = "2001:db8::1";
  private static final String EVIDENCE =
      "SELECT concat_ws(' ', kind, host, packet_number, seen_at IS NOT NULL,"
          + " capture_id IS NOT NULL, chosen)"
          + " FROM evidence ORDER BY chosen DESC, host";

  @AutoClose private static final Facts facts = Facts.open();

  @BeforeAll
  static void open() throws StoreException {
    Schema.createViews(facts.staging.database());
  }

  @BeforeEach
  void begin() throws StoreException {
    facts.anew();
  }

  private void assertNames(String... names) throws StoreException {
    facts.end();
    assertEquals(List.of(names), facts.names());
  }

  private static void know(String source, String... lines) throws StoreException {
    facts.staging.know(source, Facts.names(lines));
  }

  /** A reverse answer. */
  private static void reverse(long packet, long time, String name) {
    facts.row(
        RowType.ANSWER,
        Map.of(
            "seen_packet", packet,
            "seen_time", time,
            "client", CLIENT,
            "name", name,
            "address", SERVER,
            "kind", AnswerKind.PTR.ordinal()));
  }

  @Test
  void aHostsFileNamesFlowsToItsAddresses() throws StoreException {
    know("", SERVER + " www.example.com", SERVER6 + " six.example.com", CLIENT + " laptop");
    facts.flow(1, LATER, CLIENT, SERVER).flow(2, LATER, "fd00::1", SERVER6);
    facts.flow(3, LATER, CLIENT, "203.0.113.2").flow(4, LATER, SERVER, CLIENT);
    assertNames("1 1 ptr www.example.com", "1 2 ptr six.example.com", "1 4 ptr laptop");
  }

  @Test
  void aHostsFileIsAboutItsSourceAlone() throws StoreException {
    know("office", SERVER + " www.example.com");
    facts.flow(1, LATER, CLIENT, SERVER).end();
    facts.capture("office").flow(2, LATER, CLIENT, SERVER);
    assertNames("2 2 ptr www.example.com");
  }

  @Test
  void aBlockNamesFlowsInAllCapturesOfItsSource() throws StoreException {
    facts.flow(1, LATER, CLIENT, SERVER).end();
    facts.capture("").given(SERVER + " www.example.com").flow(2, LATER, CLIENT, SERVER).end();
    facts.capture("office").flow(3, LATER, CLIENT, SERVER);
    assertNames("1 1 ptr www.example.com", "2 2 ptr www.example.com");
  }

  @Test
  void everyOtherKindOfEvidenceIsStronger() throws StoreException {
    know("", SERVER + " www.example.com");
    facts.flow(1, LATER, CLIENT, SERVER).evidence(1, Evidence.HTTP, "shown.example.org", 2);
    facts.flow(3, LATER + SECOND, "10.0.0.2", SERVER);
    facts.answer(2, LATER, "10.0.0.3", "asked.example.net", SERVER);
    assertNames("1 1 http shown.example.org", "1 3 dns-other asked.example.net");
  }

  @Test
  void aReverseAnswerThatNobodyAskedForNamesNothing() throws StoreException {
    facts.flow(9, LATER, CLIENT, SERVER).querier(CLIENT);
    reverse(1, LATER, "spoofed.example.com");
    assertNames();
  }

  @Test
  void hostsFilesComeFirstThenBlocksThenTheLatestReverseAnswer() throws StoreException {
    facts.flow(9, LATER, CLIENT, SERVER);
    reverse(1, LATER, "early.example.com");
    reverse(2, LATER + SECOND, "late.example.com");
    assertNames("1 9 ptr late.example.com");
    facts.capture("").given(SERVER + " y-block.example.com", SERVER + " x-block.example.com");
    assertNames("1 9 ptr y-block.example.com");
    know("", SERVER + " z-hosts.example.com", SERVER + " late.example.com");
    facts.capture("");
    assertNames("1 9 ptr z-hosts.example.com");
    assertEquals(
        List.of(
            "ptr z-hosts.example.com false false true",
            "ptr early.example.com 1 true true false",
            "ptr late.example.com false false false",
            "ptr x-block.example.com false true false",
            "ptr y-block.example.com false true false"),
        facts.ask(EVIDENCE));
  }

  @Test
  void theOrderOfHostsFilesDecidesNothing() throws StoreException {
    List<String> names = new ArrayList<>();
    String[] one = {SERVER + " b.example.com", SERVER + " a.example.com"};
    String[] other = {SERVER + " c.example.com", SERVER + " b.example.com"};
    for (boolean swapped : new boolean[] {false, true}) {
      facts.anew();
      know("", swapped ? other : one);
      know("", swapped ? one : other);
      know("", one);
      facts.flow(1, LATER, CLIENT, SERVER).end();
      names.add(facts.names() + " " + facts.ask(EVIDENCE));
    }
    assertEquals(names.get(0), names.get(1));
    assertEquals("[1 1 ptr b.example.com]", facts.names().toString());
    assertEquals(3, facts.candidates().size());
  }

  @Test
  void ofVeryManyNamesSixteenAreCandidates() throws StoreException {
    String[] lines = new String[40];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = SERVER + " n%02d.example.com".formatted(39 - i);
    }
    facts.given(lines).flow(1, LATER, CLIENT, SERVER);
    assertNames("1 1 ptr n39.example.com");
    assertEquals(16, facts.candidates().size());
    assertEquals("1 n24.example.com", facts.candidates().get(0));
  }

  @Test
  void theViewOfAnswersShowsThemWithoutWhatTheyDoNotHave() throws StoreException {
    know("", SERVER + " www.example.com");
    know("office", SERVER + " www.example.com");
    facts.given(SERVER6 + " six.example.com").end();
    String capture = facts.fingerprint().substring(0, 16);
    assertEquals(
        List.of(
            "hosts " + SERVER + " www.example.com",
            "nrb " + SERVER6 + " six.example.com " + capture),
        facts.ask(
            "SELECT concat_ws(' ', kind, ip, name, capture_id, packet_number, seen_at, client_id,"
                + " client_ip, canonical_name, ttl) FROM answers ORDER BY kind"));
  }
}
