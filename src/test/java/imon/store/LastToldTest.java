package imon.store;

import static imon.store.Facts.LATER;
import static imon.store.Facts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.Evidence;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which names count where a device is told very many for one address. */
class LastToldTest {
  private static final String CLIENT = "10.0.0.1";
  private static final String OTHER = "10.0.0.2";
  private static final String GROUP = "224.0.0.251";
  private static final String SERVER = "203.0.113.1";
  private static final long DAY = 86_400 * SECOND;
  private static final int YEAR = 365 * 86_400;

  @AutoClose private static final Facts facts = Facts.open();

  @TempDir Path folder;

  @BeforeEach
  void begin() throws StoreException {
    facts.anew().querier(CLIENT);
  }

  private static String name(int number) {
    return "n%04d.example.com".formatted(number);
  }

  private static void tell(int packet, long time, String client, int name, int ttl) {
    facts.answer(packet, time, client, name(name), SERVER, ttl);
  }

  /** The client is told these names, one a second, from the packet and second of this number on. */
  private static void tellInTurn(int first, IntStream names) {
    int[] told = names.toArray();
    for (int i = 0; i < told.length; i++) {
      tell(first + i, LATER + (first + i) * SECOND, CLIENT, told[i], 60);
    }
  }

  private static void flow(int second) {
    facts.flow(second, LATER + second * SECOND, CLIENT, SERVER);
  }

  private static List<String> candidates(int flow, IntStream names) {
    IntFunction<String> candidate = number -> flow + " " + name(number);
    return names.sorted().mapToObj(candidate).toList();
  }

  @Test
  void namesThatTakeTurnsAllCountWhileTheyHaveSeats() throws StoreException {
    IntStream rounds = IntStream.range(0, 5 * 64).map(i -> i % 64);
    tellInTurn(1, IntStream.concat(IntStream.of(64, 65), rounds));
    flow(1000);
    facts.end();
    assertEquals(List.of("1 1000 dns " + name(63)), facts.names());
    assertEquals(candidates(1000, IntStream.range(0, 64)), facts.candidates());
  }

  @Test
  void aNameThatIsToldAgainStaysHoweverOftenAnotherIs() throws StoreException {
    IntStream often = IntStream.range(0, 400).map(i -> 99);
    tellInTurn(1, Stream.of(IntStream.range(0, 80), often).flatMapToInt(names -> names));
    flow(1000);
    facts.end();
    assertEquals(List.of("1 1000 dns " + name(99)), facts.names());
    assertEquals(
        candidates(1000, IntStream.concat(IntStream.range(17, 80), IntStream.of(99))),
        facts.candidates());
  }

  @Test
  void eachFlowHasTheNamesToldLastBeforeIt() throws StoreException {
    tellInTurn(1, IntStream.range(0, 300));
    flow(130);
    tellInTurn(301, IntStream.range(10, 20));
    flow(311);
    facts.end();
    assertEquals(List.of("1 130 dns " + name(129), "1 311 dns " + name(19)), facts.names());
    Stream<String> early = candidates(130, IntStream.range(66, 130)).stream();
    Stream<String> late =
        candidates(311, IntStream.concat(IntStream.range(10, 20), IntStream.range(246, 300)))
            .stream();
    assertEquals(Stream.concat(early, late).toList(), facts.candidates());
  }

  @Test
  void ofNamesToldAtOneTimeThoseOfTheLastPacketsCount() throws StoreException {
    for (int i = 199; i >= 0; i--) {
      tell(i + 1, LATER + (i < 70 ? 0 : SECOND), CLIENT, i, 60);
    }
    flow(1000);
    facts.end();
    assertEquals(List.of("1 1000 dns " + name(199)), facts.names());
    assertEquals(candidates(1000, IntStream.range(136, 200)), facts.candidates());
  }

  @Test
  void whatIsToldInTheFlowsMomentButAfterItTakesNoSeatFromIt() throws StoreException {
    tellInTurn(1, IntStream.range(0, 64));
    flow(100);
    tell(101, LATER + 100 * SECOND, CLIENT, 64, 60);
    facts.end();
    facts.names();
    assertEquals(candidates(100, IntStream.range(0, 64)), facts.candidates());
  }

  @Test
  void anotherDevicesNamesTakeNoSeat() throws StoreException {
    for (int i = 0; i < 200; i++) {
      tell(i + 1, LATER + i * SECOND, OTHER, i, 60);
    }
    tellInTurn(201, IntStream.range(300, 303));
    flow(1000);
    facts.end();
    facts.names();
    assertEquals(candidates(1000, IntStream.range(300, 303)), facts.candidates());
  }

  @Test
  void whatAGroupWasToldTakesSeatsOfAllWhoHeardIt() throws StoreException {
    tellInTurn(1, IntStream.range(0, 10));
    for (int i = 100; i < 160; i++) {
      tell(i, LATER + i * SECOND, GROUP, i, 60);
    }
    flow(1000);
    facts.end();
    facts.names();
    assertEquals(
        candidates(1000, IntStream.concat(IntStream.range(6, 10), IntStream.range(100, 160))),
        facts.candidates());
  }

  /** An answer whose time has run out is a guess only of a name that would still count. */
  @Test
  void namesThatLostTheirSeatsAreNoGuess() throws StoreException {
    tell(1, LATER, CLIENT, 999, 0);
    for (int i = 2; i < 65; i++) {
      tell(i, LATER + i * SECOND, CLIENT, i, YEAR);
    }
    flow(4000);
    tell(4001, LATER + 4001 * SECOND, CLIENT, 65, YEAR);
    flow(8000);
    for (int flow : List.of(4000, 8000)) {
      facts.evidence(flow, Evidence.TLS, "www.example.org", flow + 1);
    }
    facts.end().names();
    assertEquals(
        List.of("4000 dns " + name(64), "4000 dns-other " + name(999), "8000 dns " + name(65)),
        facts.ask(
            """
            SELECT concat_ws(' ', g.packet, k.label, h.name)
            FROM fact.guess g
            JOIN fact.evidence_kind k USING (kind)
            JOIN fact.host h USING (host)
            WHERE k.label IN ('dns', 'dns-other') ORDER BY ALL
            """));
  }

  @Test
  void thousandsOfNamesAndFlowsAreNoProduct() throws StoreException {
    tellInTurn(1, IntStream.range(0, 3000));
    int flows = 2000;
    for (int i = 0; i < flows; i++) {
      flow(3001 + i);
    }
    facts.end();
    assertEquals(flows, facts.names().size());
    assertTrue(facts.candidates().size() <= LastTold.NAMES * flows);
  }

  /** Tellings and flows of ten days, of other moments and names in each capture. */
  private static void fill(Facts facts, int place) throws StoreException {
    facts.capture("", place).querier(CLIENT);
    Random random = new Random(place);
    for (int packet = 1; packet < 300; packet++) {
      long time =
          LATER + random.nextLong(10 * DAY) / (DAY / 8) * (DAY / 8) + random.nextInt(40) * SECOND;
      if (random.nextInt(4) == 0) {
        facts.flow(packet, time, random.nextInt(3) == 0 ? OTHER : CLIENT, SERVER);
        if (random.nextInt(3) == 0) {
          facts.evidence(packet, Evidence.TLS, name(random.nextInt(100)), packet + 1);
        }
      } else {
        String client = List.of(CLIENT, CLIENT, OTHER, GROUP).get(random.nextInt(4));
        int ttl = List.of(0, 7200, 2 * 86_400, YEAR).get(random.nextInt(4));
        facts.answer(packet, time, client, name(random.nextInt(100)), SERVER, ttl);
      }
    }
    facts.end();
  }

  private Map<String, List<String>> taken(List<List<Integer>> groups) throws IOException {
    Path path = folder.resolve(groups + ".db");
    try (Facts made = new Facts()) {
      StoreFile store = new StoreFile(path);
      store.prepare(made.staging);
      for (List<Integer> group : groups) {
        for (int place : group) {
          fill(made, place);
        }
        store.keep(made.staging);
        store.correlate(made.staging);
      }
    }
    return StoreContents.of(path);
  }

  @LongTest
  @Test
  void anyOrderOfCapturesGivesTheSameNames() throws IOException {
    assertEquals(
        taken(List.of(List.of(1, 2, 3))), taken(List.of(List.of(3), List.of(1), List.of(2))));
  }
}
