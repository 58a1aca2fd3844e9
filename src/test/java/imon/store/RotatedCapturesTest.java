package imon.store;

import static imon.store.Facts.LATER;
import static imon.store.Facts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import imon.flow.option.FactOptions;
import imon.flow.option.IdleTimeouts;
import imon.flow.option.LocalNetworks;
import imon.flow.row.RowType;
import imon.flow.row.Scope;
import imon.name.Evidence;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one file of a rotation says of the flows of another, whichever the store has first. */
class RotatedCapturesTest {
  private static final String CLIENT = "10.0.0.1";
  private static final String SERVER = "203.0.113.1";
  private static final String HOST = "www.example.com";
  private static final String NAMES =
      "SELECT concat_ws(' ', host, evidence) FROM flows ORDER BY start_time";

  /** How long an answer of these facts names flows: its TTL of 60 s, and one hour. */
  private static final long VALID = 3660 * SECOND;

  @TempDir Path folder;
  private Path path;
  private StoreFile store;
  @AutoClose private static final Facts facts = Facts.open();

  @BeforeEach
  void begin() throws StoreException {
    path = folder.resolve("imon.db");
    store = new StoreFile(path);
    facts.anew();
  }

  private void keep() throws StoreException {
    keepWithoutNames();
    store.correlate(facts.staging);
  }

  private void keepWithoutNames() throws StoreException {
    facts.end();
    store.keep(facts.staging);
  }

  private List<String> inFile(String sql) throws StoreException {
    return store.ask(facts.staging, db -> db.query(row -> row.getString(1), sql));
  }

  @LongTest
  @Test
  void aFlowOfTonightIsNamedByTheLookupOfLastNightWithinItsTimeAndAnHour() throws IOException {
    for (List<Integer> order : List.of(List.of(0, 1), List.of(1, 0))) {
      Files.deleteIfExists(path);
      for (int night : order) {
        facts.capture("", night);
        if (night == 0) {
          facts.answer(1, LATER, CLIENT, HOST, SERVER);
        } else {
          facts.flow(2, LATER + VALID, CLIENT, SERVER).flow(3, LATER + VALID + 1, CLIENT, SERVER);
        }
        keep();
      }
      assertEquals(List.of(HOST + " dns", HOST + " dns-other"), inFile(NAMES), order::toString);
    }
  }

  @LongTest
  @Test
  void aConnectionOverThreeFilesKeepsItsProofInAnyOrderOfFiles() throws IOException {
    for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(2, 0, 1), List.of(2, 1, 0))) {
      Files.deleteIfExists(path);
      for (int part : order) {
        facts.capture("", part).flow(60_000, LATER + 200 * SECOND * part, CLIENT, SERVER);
        if (part == 0) {
          facts.evidence(60_000, Evidence.TLS, HOST, 60_001);
        }
        keep();
      }
      assertEquals(
          List.of(HOST + " tls", HOST + " continued", HOST + " continued"),
          inFile(NAMES),
          order::toString);
    }
  }

  @LongTest
  @Test
  void aDirectionOfAnotherFileIsOfNoHostWhereSeveralWereAsked() throws IOException {
    for (List<Integer> order : List.of(List.of(0, 1), List.of(1, 0))) {
      for (String second : List.of("other.example", HOST)) {
        Files.deleteIfExists(path);
        for (int direction : order) {
          facts.capture("", direction);
          if (direction == 0) {
            part(60_000, LATER, SECOND);
            part(60_010, LATER + 5 * SECOND, SECOND);
            facts.evidence(60_000, Evidence.HTTP, HOST, 60_001);
            facts.evidence(60_010, Evidence.HTTP, second, 60_010);
          } else {
            part(60_000, LATER + 1, 6 * SECOND);
            part(60_020, LATER + 6 * SECOND + 2, SECOND);
          }
          keep();
        }
        String beside = second.equals(HOST) ? HOST + " continued" : " none";
        assertEquals(
            List.of(HOST + " http", beside, second + " http", second + " continued"),
            inFile(NAMES.replace("concat_ws(' ', host", "concat_ws(' ', coalesce(host, '')")),
            order + second);
      }
    }
  }

  @Test
  void whatComesBeforeTheFirstRequestIsOfItsHostOnlyIfNoOtherFollows() throws IOException {
    for (String second : List.of("other.example", HOST)) {
      Files.deleteIfExists(path);
      facts.capture("", 0);
      part(60_000, LATER, SECOND);
      part(60_010, LATER + 2 * SECOND, SECOND);
      part(60_020, LATER + 4 * SECOND, SECOND);
      facts.evidence(60_010, Evidence.HTTP, HOST, 60_010);
      facts.evidence(60_020, Evidence.HTTP, second, 60_020);
      keep();
      String first = second.equals(HOST) ? HOST + " continued" : "none";
      assertEquals(List.of(first, HOST + " http", second + " http"), inFile(NAMES), second);
    }
  }

  @LongTest
  @Test
  void whatGoesOnBehindAProxyIsInternetTrafficInEveryFile() throws IOException {
    for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(2, 1, 0), List.of(1, 0, 2))) {
      Files.deleteIfExists(path);
      for (int part : order) {
        facts.capture("", part);
        part(60_000, LATER + 100 * SECOND * part, SECOND, part == 1 ? Scope.INTERNET : Scope.LOCAL);
        if (part == 1) {
          facts.evidence(60_000, Evidence.PROXY, HOST, 60_001);
        }
        keep();
      }
      assertEquals(
          List.of("local", "internet", "internet"),
          inFile("SELECT scope FROM flows ORDER BY start_time"),
          order::toString);
      assertEquals(
          List.of("internet", "internet", "local"),
          inFile(
              "SELECT label FROM fact.hour_traffic JOIN fact.scope USING (scope) ORDER BY label"),
          order::toString);
    }
  }

  /**
   * The first asks a proxy, the second is a connection of its own, which the third goes on from.
   */
  @LongTest
  @Test
  void whatGoesOnFromAnotherConnectionIsNotBehindTheProxy() throws IOException {
    for (List<Integer> order : List.of(List.of(0, 2, 1), List.of(0, 1, 2))) {
      Files.deleteIfExists(path);
      for (int place : order) {
        facts.capture("", place);
        connection(
            60_000,
            LATER + 100 * SECOND * place,
            SECOND,
            Map.of(
                "opened",
                place == 2 ? 0 : 1,
                "scope",
                (place == 0 ? Scope.INTERNET : Scope.LOCAL).ordinal()));
        keep();
      }
      assertEquals(
          List.of("internet", "local", "local"),
          inFile("SELECT scope FROM flows ORDER BY start_time"),
          order::toString);
      assertEquals(
          List.of("internet", "local", "local"),
          inFile(
              "SELECT label FROM fact.hour_traffic JOIN fact.scope USING (scope) ORDER BY label"),
          order::toString);
    }
  }

  /** More addresses than a device has make a router of it, which then was told nothing. */
  @LongTest
  @Test
  void whatADeviceWasToldIsForgottenWhenItTurnsOutToBeARouter() throws IOException {
    String other = "10.0.0.2";
    int early = 5;
    toldToADeviceOfAddresses(early, CLIENT, other);
    keep();
    facts.capture("", 1).flow(3, LATER + 30 * 3600 * SECOND, other, SERVER);
    facts.row(RowType.LINK, Map.of("address", other, "mac", 1L));
    keep();
    assertEquals(List.of(HOST + " dns"), inFile(NAMES));
    facts.capture("", early);
    String fingerprint = facts.fingerprint();
    String[] many =
        IntStream.rangeClosed(1, 17).mapToObj(i -> "10.0.0." + i).toArray(String[]::new);
    toldToADeviceOfAddresses(0, many);
    facts.staging.replaces(facts.number(), fingerprint);
    keep();
    assertEquals(List.of("none"), inFile(NAMES));
  }

  /** A capture in which one link-layer address has these addresses, of which one asked. */
  private static void toldToADeviceOfAddresses(int place, String... addresses) {
    facts.capture("", place).answer(1, LATER, CLIENT, HOST, SERVER, 30 * 3600);
    for (String address : addresses) {
      facts.row(RowType.LINK, Map.of("address", address, "mac", 1L));
    }
  }

  /** A part of one connection that lasts so long. */
  private static void part(long packet, long time, long length) {
    part(packet, time, length, Scope.INTERNET);
  }

  private static void part(long packet, long time, long length, Scope scope) {
    connection(packet, time, length, Map.of("scope", scope.ordinal()));
  }

  private static void connection(long packet, long time, long length, Map<String, Object> more) {
    Map<String, Object> cells = new HashMap<>(more);
    cells.putAll(
        Map.of(
            "packet",
            packet,
            "start_time",
            time,
            "end_time",
            time + length,
            "protocol",
            6,
            "client",
            CLIENT,
            "client_port",
            50_000,
            "server",
            SERVER,
            "server_port",
            443,
            "up_packets",
            1));
    facts.row(RowType.FLOW, cells);
  }

  /**
   * A flow that begins with a SYN, or with the answer to one; it was answered, or the capture ended
   * before that.
   */
  private static void opened(long packet, long time, boolean asks, int answers) {
    connection(
        packet,
        time,
        0,
        Map.of(
            "down_packets",
            answers,
            "reversed",
            asks ? 0 : 1,
            "opened",
            1,
            "scope",
            Scope.INTERNET.ordinal()));
  }

  /** Two captures with a flow each, of the same ends; the later one, a second apart, has proof. */
  private List<String> twoCaptures(List<Integer> order, int answers, boolean asks, long gap)
      throws IOException {
    Files.deleteIfExists(path);
    for (int part : order) {
      facts.capture("", part);
      if (part == 0) {
        opened(60_000, LATER, true, answers);
      } else {
        opened(60_000, LATER + gap, asks, 1);
        facts.evidence(60_000, Evidence.TLS, HOST, 60_001);
      }
      keep();
    }
    return inFile(NAMES);
  }

  @LongTest
  @Test
  void aRotationBetweenASynAndItsAnswerCutsNoConnection() throws IOException {
    for (List<Integer> order : List.of(List.of(0, 1), List.of(1, 0))) {
      assertEquals(
          List.of(HOST + " continued", HOST + " tls"),
          twoCaptures(order, 0, false, SECOND),
          order::toString);
    }
  }

  @LongTest
  @Test
  void aNewSynOrALateAnswerOrOneTooManyBeginsAnotherConnection() throws IOException {
    List<Integer> order = List.of(0, 1);
    List<String> apart = List.of(HOST + " sibling", HOST + " tls");
    assertEquals(apart, twoCaptures(order, 0, true, SECOND), "SYN");
    assertEquals(apart, twoCaptures(order, 0, false, 301 * SECOND), "late");
    assertEquals(apart, twoCaptures(order, 1, false, SECOND), "answered before");
  }

  @Test
  void withinOneCaptureTheDecoderTellsSynsApart() throws IOException {
    facts.capture("", 0);
    opened(60_000, LATER, true, 0);
    opened(60_001, LATER + SECOND, false, 1);
    facts.evidence(60_001, Evidence.TLS, HOST, 60_001);
    keep();
    assertEquals(List.of(HOST + " sibling", HOST + " tls"), inFile(NAMES));
  }

  /** Two parts 11 s apart, the first with proof; each taken in with its own timeout. */
  private List<String> partsWithTimeouts(int first, int second) throws IOException {
    Files.deleteIfExists(path);
    facts.options(timeout(first)).capture("", 0).flow(60_000, LATER, CLIENT, SERVER);
    facts.evidence(60_000, Evidence.TLS, HOST, 60_001);
    keep();
    facts.options(timeout(second)).capture("", 1).flow(60_000, LATER + 12 * SECOND, CLIENT, SERVER);
    keep();
    facts.options(FactOptions.DEFAULT);
    return inFile(NAMES);
  }

  private static FactOptions timeout(int seconds) {
    return new FactOptions(false, LocalNetworks.PRIVATE, new IdleTimeouts(seconds, 120));
  }

  /** Of the same ends, ten seconds long. */
  private static void datagrams(long packet, long time) {
    facts.row(
        RowType.FLOW,
        Map.of(
            "packet",
            packet,
            "start_time",
            time,
            "end_time",
            time + 10 * SECOND,
            "protocol",
            17,
            "client",
            CLIENT,
            "client_port",
            50_000,
            "server",
            SERVER,
            "server_port",
            443,
            "up_packets",
            1,
            "up_bytes",
            300));
  }

  @LongTest
  @Test
  void datagramFlowsOfOneCaptureAreNoPartsInWhateverCompany() throws IOException {
    for (List<Integer> order : List.of(List.of(0), List.of(0, 1), List.of(1, 0))) {
      Files.deleteIfExists(path);
      for (int file : order) {
        facts.capture("", file);
        if (file == 0) {
          // As when a clock was set back in between.
          datagrams(60_000, LATER);
          datagrams(60_001, LATER - 5 * SECOND);
          facts.evidence(60_000, Evidence.QUIC, HOST, 60_000);
        }
        keep();
      }
      assertEquals(List.of(HOST + " sibling", HOST + " quic"), inFile(NAMES), order::toString);
    }
  }

  @LongTest
  @Test
  void partsAreOneConnectionWithinTheShorterTimeoutOfTheirFiles() throws IOException {
    List<String> one = List.of(HOST + " tls", HOST + " continued");
    List<String> two = List.of(HOST + " tls", HOST + " sibling");
    assertEquals(one, partsWithTimeouts(11, 11));
    assertEquals(two, partsWithTimeouts(10, 10));
    assertEquals(two, partsWithTimeouts(10, 300));
    assertEquals(two, partsWithTimeouts(300, 10));
    assertEquals(one, partsWithTimeouts(11, 300));
  }

  @Test
  void whatWasLeftWithoutNamesGetsThemWithTheNextCapture() throws IOException {
    facts.answer(1, LATER, CLIENT, HOST, SERVER).flow(2, LATER, CLIENT, SERVER);
    keepWithoutNames();
    assertEquals(List.of("pending"), inFile("SELECT status FROM captures"));
    facts.capture("").flow(3, LATER + SECOND, CLIENT, SERVER);
    keep();
    assertEquals(List.of("ok", "ok"), inFile("SELECT status FROM captures"));
    assertEquals(List.of(HOST + " dns", HOST + " dns"), inFile(NAMES));
  }

  @Test
  void whatWasLeftReachesOlderFlowsWhenTheNextCaptureIsOfAnotherNetwork() throws IOException {
    leaveAnAnswerWithoutEffect();
    facts.capture("elsewhere").flow(5, LATER + 2 * SECOND, CLIENT, SERVER);
    keep();
    assertEquals(List.of("ok", "ok", "ok"), inFile("SELECT status FROM captures"));
    assertEquals(List.of(HOST + " dns", "none"), inFile(NAMES));
  }

  @Test
  void whatWasLeftIsFinishedAlsoWhenTheNextCaptureIsKnown() throws IOException {
    leaveAnAnswerWithoutEffect();
    facts.capture("", 1).flow(2, LATER + SECOND, CLIENT, SERVER).end();
    assertFalse(store.keep(facts.staging).isEmpty());
    store.correlate(facts.staging);
    assertEquals(List.of("ok", "ok"), inFile("SELECT status FROM captures"));
    assertEquals(List.of(HOST + " dns"), inFile(NAMES));
  }

  /** A flow that had no name, and a capture with one for it, of which that was not said. */
  private void leaveAnAnswerWithoutEffect() throws StoreException {
    facts.capture("", 1).flow(2, LATER + SECOND, CLIENT, SERVER);
    keep();
    facts.capture("", 2).answer(4, LATER, CLIENT, HOST, SERVER);
    keepWithoutNames();
    assertEquals(List.of("none"), inFile(NAMES));
  }
}
