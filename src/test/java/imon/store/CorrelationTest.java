package imon.store;

import static imon.store.Facts.LATER;
import static imon.store.Facts.SECOND;
import static imon.store.Facts.START;
import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which answers name which flows. */
class CorrelationTest {
  private static final String CLIENT = "10.0.0.1";
  private static final String OTHER = "10.0.0.2";
  private static final String SERVER = "203.0.113.1";
  private static final String NAME = "www.example.com";

  /** How long an answer of {@link Facts} counts: its 60 s and an hour. */
  private static final long LIFETIME = 3660 * SECOND;

  @AutoClose private static final Facts facts = Facts.open();

  @BeforeEach
  void begin() throws StoreException {
    facts.anew().querier(CLIENT);
  }

  private void assertNames(String... names) throws StoreException {
    facts.end();
    assertEquals(List.of(names), facts.names());
  }

  @Test
  void theClientsOwnAnswerNamesItsFlow() throws StoreException {
    facts.answer(1, LATER, CLIENT, NAME, SERVER).flow(2, LATER + SECOND, CLIENT, SERVER);
    assertNames("1 2 dns " + NAME);
  }

  @Test
  void ipv6AnswersNameFlowsToo() throws StoreException {
    facts.answer(1, LATER, "fd00::1", NAME, "2001:db8::1");
    facts.flow(2, LATER, "fd00::1", "2001:db8::1").flow(3, LATER, "fd00::1", "2001:db8::2");
    assertNames("1 2 dns " + NAME);
  }

  /** The client of the last address connects to what the first one was told. */
  private void assertKind(String kind, String... addresses) throws StoreException {
    facts.anew();
    for (String address : addresses) {
      facts.querier(address).row(RowType.LINK, Map.of("address", address, "mac", 2L));
    }
    facts.answer(1, LATER, addresses[0], NAME, SERVER);
    facts.flow(2, LATER, addresses[addresses.length - 1], SERVER);
    assertNames("1 2 " + kind + " " + NAME);
  }

  @Test
  void onePublicAddressOfEachKindIsADeviceAndMoreAreARouter() throws StoreException {
    String four = "198.51.100.7";
    String six = "2001:db8:1::7";
    assertKind("dns", four, six);
    assertKind("dns", four, "fe80::7", six);
    assertKind("dns-other", four, "198.51.100.8");
    assertKind("dns-other", four, "10.0.0.7");
    assertKind("dns-other", four, "10.0.0.7", six);
    assertKind("dns-other", four, "2001:db8:2::7", six);
  }

  @Test
  void theLatestAnswerBeforeTheFlowNamesIt() throws StoreException {
    facts.answer(1, LATER, CLIENT, "old.example.com", SERVER);
    facts.answer(2, LATER + SECOND, CLIENT, NAME, SERVER);
    facts.answer(4, LATER + 3 * SECOND, CLIENT, "new.example.com", SERVER);
    facts.flow(3, LATER + 2 * SECOND, CLIENT, SERVER);
    assertNames("1 3 dns " + NAME);
  }

  @Test
  void anAnswerCountsUpToItsTtlAndOneHourExactly() throws StoreException {
    facts.answer(1, LATER, CLIENT, NAME, SERVER);
    facts.flow(2, LATER + LIFETIME, CLIENT, SERVER);
    facts.flow(3, LATER + LIFETIME + 1, CLIENT, SERVER);
    assertNames("1 2 dns " + NAME, "1 3 dns-other " + NAME);
  }

  @Test
  void anAnswerRepeatedRenewsTheTime() throws StoreException {
    facts.answer(1, LATER, CLIENT, NAME, SERVER);
    facts.answer(2, LATER + LIFETIME, CLIENT, NAME, SERVER);
    facts.flow(3, LATER + 2 * LIFETIME, CLIENT, SERVER);
    assertNames("1 3 dns " + NAME);
  }

  @Test
  void anAnswerUpToAnHourAfterTheFlowBeganIsAnotherAnswer() throws StoreException {
    facts.answer(3, LATER + 3600 * SECOND, CLIENT, NAME, SERVER);
    facts.flow(1, LATER, CLIENT, SERVER).flow(2, LATER - 1, CLIENT, SERVER);
    assertNames("1 1 dns-other " + NAME);
  }

  @Test
  void anotherClientsAnswerOfTheLastDayIsAnotherAnswer() throws StoreException {
    facts.answer(1, LATER, OTHER, NAME, SERVER).flow(2, LATER + 86_400 * SECOND, CLIENT, SERVER);
    facts.flow(3, LATER + 86_400 * SECOND + 1, CLIENT, SERVER);
    assertNames("1 2 dns-other " + NAME);
  }

  @Test
  void anAnswerForAnotherAddressDoesNotCount() throws StoreException {
    facts.answer(1, LATER, CLIENT, NAME, "203.0.113.2").flow(2, LATER, CLIENT, SERVER);
    assertNames();
  }

  @Test
  void anotherSourcesAnswerDoesNotCount() throws StoreException {
    facts.answer(1, LATER, CLIENT, NAME, SERVER).end();
    facts.capture("office").flow(2, LATER + SECOND, CLIENT, SERVER);
    assertNames();
  }

  @Test
  void anotherCapturesAnswerOfTheSameSourceCounts() throws StoreException {
    facts.flow(2, LATER + SECOND, CLIENT, SERVER).end();
    facts.capture("").answer(1, LATER, CLIENT, NAME, SERVER);
    assertNames("1 2 dns " + NAME);
  }

  @Test
  void anAnswerNobodyAskedForDoesNotCountWhereTheClientsQueriesAreSeen() throws StoreException {
    facts.answer(1, LATER, CLIENT, NAME, SERVER, false).flow(2, LATER, CLIENT, SERVER);
    assertNames();
  }

  @Test
  void anAnswerNobodyAskedForCountsWhereNoQueryOfTheClientIsSeen() throws StoreException {
    facts.answer(1, LATER, OTHER, NAME, SERVER, false).flow(2, LATER, OTHER, SERVER);
    assertNames("1 2 dns " + NAME);
  }

  @Test
  void queriesSeenInAnotherCaptureDoNotCastDoubt() throws StoreException {
    facts.end();
    facts.capture("").answer(1, LATER, CLIENT, NAME, SERVER, false).flow(2, LATER, CLIENT, SERVER);
    assertNames("2 2 dns " + NAME);
  }

  @Test
  void anAnswerNobodyAskedForCountsInTheFirstTenSecondsOfItsCapture() throws StoreException {
    facts.answer(1, START + 10 * SECOND - 1, CLIENT, NAME, SERVER, false);
    facts.answer(2, START + 10 * SECOND + 1, CLIENT, "late.example.com", SERVER, false);
    facts.flow(3, START + 20 * SECOND, CLIENT, SERVER);
    assertNames("1 3 dns " + NAME);
  }

  @Test
  void aFlowWithoutAnyAnswerHasNoName() throws StoreException {
    facts.flow(1, LATER, CLIENT, SERVER);
    assertNames();
  }

  @Test
  void correlatingAgainChangesNothing() throws StoreException {
    facts.answer(1, LATER, CLIENT, NAME, SERVER).answer(2, LATER, CLIENT, "b.example.com", SERVER);
    facts.flow(3, LATER, CLIENT, SERVER).end();
    List<String> names = facts.names();
    List<String> candidates = facts.candidates();
    assertEquals(names, facts.names());
    assertEquals(candidates, facts.candidates());
    assertEquals(2, candidates.size());
  }

  @Test
  void theLargestTtlOverflowsNothing() throws StoreException {
    facts.row(
        RowType.ANSWER,
        Map.of(
            "seen_packet", 1L,
            "seen_time", LATER,
            "client", CLIENT,
            "name", NAME,
            "canonical", NAME,
            "address", SERVER,
            "ttl", Integer.MAX_VALUE,
            "asked", 1));
    facts.flow(2, LATER + 60 * 365 * 86_400 * SECOND, CLIENT, SERVER);
    assertNames("1 2 dns " + NAME);
  }
}
