package imon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.dns.AnswerKind;
import imon.flow.row.RowType;
import imon.flow.row.Scope;
import imon.name.Evidence;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Captures give one store in any order: what is named when they come must be what naming all of
 * them together gives. The facts are made up: few names and servers, so that they meet often.
 */
@LongTest
class AnyOrderTest {
  private static final long SECOND = Facts.SECOND;
  private static final int CAPTURES = 7;
  private static final int ROWS = 28;

  /** Of these, and of the links, the capture had so many before it grew. */
  private static final int EARLY_ROWS = 15;

  private static final int LINKS = 3;
  private static final int EARLY_LINKS = 1;

  /** Added to its place: what a capture was before it grew has another fingerprint. */
  private static final int EARLY = 20;

  private static final List<String> HOSTS =
      List.of("a.one.com", "b.one.com", "a.two.net", "three.org", "public.four.org");
  private static final List<String> CLIENTS =
      List.of("10.0.0.1", "10.0.0.2", "fd00::1", "fd00::2", "224.0.0.251");
  private static final List<String> SERVERS =
      List.of("203.0.113.1", "203.0.113.2", "2001:db8::1", "2001:db8::2");

  @TempDir Path folder;

  /** The facts of one capture; the same for the same seed and place. */
  private static final class Made {
    private final Facts facts;
    private final Random random;
    private final long begin;
    private long packet;

    Made(Facts facts, long seed, int place, long step) {
      this.facts = facts;
      random = new Random(seed * 1000 + place);
      begin = Facts.LATER + place * step;
    }

    private <T> T any(List<T> values) {
      return values.get(random.nextInt(values.size()));
    }

    private long time() {
      return begin + random.nextInt(300) * (60 * SECOND);
    }

    void fill() throws StoreException {
      fill(LINKS, ROWS);
    }

    /** What it was before it grew. */
    void fillEarly() throws StoreException {
      fill(EARLY_LINKS, EARLY_ROWS);
    }

    private void fill(int links, int rows) throws StoreException {
      facts.given(any(SERVERS) + " given" + random.nextInt(3) + ".example.com");
      for (int i = 0; i < LINKS; i++) {
        Map<String, Object> link = Map.of("address", any(CLIENTS), "mac", 1 + random.nextInt(2));
        if (i < links) {
          facts.row(RowType.LINK, link);
        }
      }
      for (int i = 0; i < rows; i++) {
        packet += 10;
        if (random.nextInt(3) == 0) {
          answer();
        } else {
          flow();
        }
      }
      facts.end();
    }

    private void flow() {
      long time = time();
      boolean turned = random.nextInt(4) == 0;
      String client = CLIENTS.get(random.nextInt(4));
      String server = any(SERVERS);
      facts.row(
          RowType.FLOW,
          Map.ofEntries(
              Map.entry("packet", packet),
              Map.entry("start_time", time),
              Map.entry("end_time", time + random.nextInt(4) * (60 * SECOND)),
              Map.entry("protocol", random.nextInt(4) == 0 ? 17 : 6),
              Map.entry("client", turned ? server : client),
              Map.entry("client_port", turned ? 443 : 50_000 + random.nextInt(2)),
              Map.entry("server", turned ? client : server),
              Map.entry("server_port", turned ? 50_000 + random.nextInt(2) : 443),
              Map.entry("up_packets", 1),
              Map.entry("up_bytes", 60 + random.nextInt(1000)),
              Map.entry("opened", random.nextInt(6) == 0 ? 1 : 0),
              Map.entry("scope", any(List.of(Scope.INTERNET, Scope.LOCAL)).ordinal())));
      if (random.nextInt(3) == 0) {
        facts.evidence(packet, any(List.of(Evidence.TLS, Evidence.HTTP)), any(HOSTS), packet + 1);
      } else if (random.nextInt(4) == 0) {
        facts.evidence(packet, Evidence.CERTIFICATE, any(HOSTS), packet + 2);
      }
    }

    private void answer() {
      int kind = random.nextInt(12);
      String host = kind == 0 ? "public.four.org" : any(HOSTS);
      AnswerKind label = kind == 0 ? AnswerKind.ECH : kind == 1 ? AnswerKind.PTR : AnswerKind.A;
      facts.row(
          RowType.ANSWER,
          Map.of(
              "seen_packet", packet,
              "seen_time", time(),
              "client", any(CLIENTS),
              "name", host,
              "canonical", host,
              "address", any(SERVERS),
              "ttl", any(List.of(0, 60, 7200, 86_400, 30 * 86_400)),
              "kind", label.ordinal(),
              "asked", 1));
    }
  }

  /**
   * Takes in the captures of these places, some at once, and what the store then has. A negative
   * place stands for what that capture was before it grew.
   */
  private Map<String, List<String>> taken(long seed, long step, List<List<Integer>> groups)
      throws IOException {
    Path path = folder.resolve("imon.db");
    Files.deleteIfExists(path);
    try (Facts facts = new Facts()) {
      StoreFile store = new StoreFile(path);
      store.prepare(facts.staging);
      for (List<Integer> group : groups) {
        for (int place : group) {
          take(facts, seed, step, place);
        }
        store.keep(facts.staging);
        store.correlate(facts.staging);
      }
    }
    return StoreContents.of(path);
  }

  private static void take(Facts facts, long seed, long step, int place) throws StoreException {
    String source = Math.abs(place) == CAPTURES ? "other" : "";
    String early = facts.capture(source, Math.abs(place) + EARLY).fingerprint();
    if (place < 0) {
      new Made(facts, seed, -place, step).fillEarly();
      return;
    }
    facts.capture(source, place);
    new Made(facts, seed, place, step).fill();
    facts.staging.replaces(facts.number(), early);
  }

  /** The same places, some of them twice: what grows is there before. */
  private static List<Integer> growing(List<Integer> places, Random random) {
    List<Integer> all = new ArrayList<>(places);
    for (int place : places) {
      if (random.nextInt(2) == 0) {
        all.add(random.nextInt(all.indexOf(place) + 1), -place);
      }
    }
    return all;
  }

  private static List<List<Integer>> groups(List<Integer> places, Random random, int largest) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < places.size(); ) {
      int end = Math.min(places.size(), i + 1 + random.nextInt(largest));
      if (places.subList(i, end).stream().map(Math::abs).distinct().count() < end - i) {
        // A capture does not grow while it is taken in.
        end = i + 1;
      }
      groups.add(places.subList(i, end));
      i = end;
    }
    return groups;
  }

  private static List<String> without(List<String> rows, List<String> others) {
    List<String> left = new ArrayList<>(rows);
    others.forEach(left::remove);
    return left;
  }

  private static List<Arguments> steps() {
    List<Arguments> steps =
        List.of(
            Arguments.of(1, 3_000),
            Arguments.of(5, 200_000),
            Arguments.of(2, 18_000),
            Arguments.of(4, 86_400));
    return Boolean.getBoolean("samples.all") ? steps : steps.subList(0, 2);
  }

  /**
   * Captures that overlap, that follow each other, and that are a day or several apart; some grow.
   */
  @ParameterizedTest
  @MethodSource("steps")
  void anyOrderGivesTheSameStore(long seed, long seconds) throws IOException {
    long step = seconds * SECOND;
    List<Integer> places = new ArrayList<>(IntStream.rangeClosed(1, CAPTURES).boxed().toList());
    Map<String, List<String>> whole = taken(seed, step, List.of(List.copyOf(places)));
    assertTrue(whole.get("flows").size() > 100, "flows");
    Random random = new Random(seed);
    for (int largest : List.of(1, 3)) {
      Collections.shuffle(places, random);
      List<List<Integer>> groups = groups(growing(places, random), random, largest);
      Map<String, List<String>> some = taken(seed, step, groups);
      for (String view : new TreeMap<>(whole).keySet()) {
        List<String> missing = without(whole.get(view), some.get(view));
        List<String> surplus = without(some.get(view), whole.get(view));
        assertEquals(missing, surplus, () -> view + " of " + groups);
      }
    }
  }
}
