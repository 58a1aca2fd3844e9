package imon.store;

import static imon.store.Facts.LATER;
import static imon.store.Facts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import imon.name.Evidence;
import imon.name.SiteNaming.Given;
import imon.store.ask.Period;
import imon.store.ask.Questions;
import imon.store.ask.Questions.Server;
import imon.store.ask.Selection;
import imon.testing.LongTest;
import imon.wire.AddressBlock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is summed up by hour, where hours leave something out or are cut. */
class HourSumsTest {
  private static final long HOUR = 3600 * SECOND;
  private static final long MINUTE = 60 * SECOND;

  /** The first moment of an hour well within the captures. */
  private static final long BEGIN = (LATER / HOUR - 10) * HOUR;

  private static final String CLIENT = "10.0.0.1";

  @TempDir Path folder;
  private Facts facts;
  private StoreFile store;
  private long packet;

  @BeforeEach
  void begin() throws StoreException {
    facts = new Facts().capture("");
    store = new StoreFile(folder.resolve("imon.db"));
    store.prepare(facts.staging);
  }

  @AfterEach
  void end() throws StoreException {
    facts.close();
  }

  private void flow(long time, String server, long bytes) {
    facts.flow(++packet, time, CLIENT, server, bytes);
  }

  private void keep() throws StoreException {
    facts.keepIn(store);
  }

  private static Selection within(long from, long to) {
    return Selection.all(false).in(new Period(from / MINUTE, to / MINUTE));
  }

  private void assertSameServers(Selection selection, int top) throws StoreException {
    List<Server> ofFlows =
        store.ask(facts.staging, db -> Questions.ofCaptures(db, selection).unresolved(top));
    assertEquals(
        ofFlows, store.read(db -> Questions.ofStore(db, selection).unresolved(top)), "top " + top);
  }

  /** More servers in each capture than are kept; one of them is large only in the sum. */
  @LongTest
  @Test
  void serversThatEveryCaptureLeavesOutAreStillCounted() throws StoreException {
    for (int night = 0; night < 3; night++) {
      long time = BEGIN + night * HOUR;
      for (int i = 0; i < 1100; i++) {
        flow(time + i * SECOND, "203.%d.%d.%d".formatted(night, i / 200, i % 200), 3000 + i);
      }
      flow(time, "198.51.100.1", 2900);
      flow(time, "198.51.100.2", night == 1 ? 2800 : 300_000);
      keep();
      facts.capture("");
    }
    for (int top : List.of(1, 2, 30, 1200, 4000)) {
      assertSameServers(Selection.all(false), top);
      assertSameServers(within(BEGIN + HOUR, BEGIN + 3 * HOUR), top);
      assertSameServers(within(BEGIN + 10 * MINUTE, BEGIN + 3 * HOUR), top);
      assertSameServers(
          new Selection(List.of(), false, Period.ALL, AddressBlock.parse(CLIENT), Given.NOTHING),
          top);
    }
  }

  /**
   * What two clients have of a server is little for each and in each capture, and most in the sum.
   */
  @LongTest
  @Test
  void aServerThatEveryCaptureLeavesOutIsCountedForABlockOfClients() throws StoreException {
    List<String> clients = List.of(CLIENT, "10.0.0.2");
    for (int night = 0; night < 3; night++) {
      long time = BEGIN + night * HOUR;
      for (int i = 0; i < 1400; i++) {
        String server = "203.%d.%d.%d".formatted(night, i / 200, i % 200);
        facts.flow(++packet, time + SECOND, clients.get(i % 2), server, 3000 + i);
      }
      for (String client : clients) {
        facts.flow(++packet, time, client, "198.51.100.1", 1500);
      }
      keep();
      facts.capture("");
    }
    Selection block =
        new Selection(
            List.of(), false, Period.ALL, AddressBlock.parse("10.0.0.0/24"), Given.NOTHING);
    assertSameServers(block, 1);
    assertSameServers(block, 30);
    assertEquals(
        "198.51.100.1", store.read(db -> Questions.ofStore(db, block).unresolved(1)).get(0).ip());
  }

  @LongTest
  @Test
  void aScanIsShownByAddressWhateverTheHoursKeep() throws StoreException {
    for (int i = 0; i < 1500; i++) {
      flow(BEGIN + i * SECOND, numbered(i), 60);
    }
    keep();
    assertSameServers(Selection.all(false), 5);
    assertEquals(
        "203.0.0.0",
        store.read(db -> Questions.ofStore(db, Selection.all(false)).unresolved(1)).get(0).ip());
    assertEquals(
        List.of("true"),
        inFile("SELECT count(*) BETWEEN 1024 AND 1024 + 128 FROM fact.hour_server"));
  }

  /** Names come to servers of one hour, and smaller ones of another take their places. */
  @LongTest
  @Test
  void theServersOfACaptureAreChosenAnewWhenALaterOneNamesSomeOfThem() throws StoreException {
    for (int i = 0; i < 1400; i++) {
      flow(BEGIN + 4 * SECOND * i, numbered(i), 3000 + i);
    }
    keep();
    facts.capture("");
    for (int i = 1300; i < 1400; i++) {
      facts.answer(i, BEGIN + 4 * SECOND * 1300 - SECOND, CLIENT, "www.example.com", numbered(i));
    }
    keep();
    assertEquals(List.of("1024"), inFile("SELECT count(*) FROM fact.hour_server"));
    assertEquals(
        List.of("3275"), inFile("SELECT bytes FROM fact.server_rest WHERE device IS NULL"));
    for (int top : List.of(1, 1024, 1300)) {
      assertSameServers(Selection.all(false), top);
      assertSameServers(within(BEGIN, BEGIN + HOUR), top);
    }
  }

  private static String numbered(int server) {
    return "203.0.%d.%d".formatted(server / 250, server % 250);
  }

  @Test
  void aFlowCountsItsBytesInTheirMinutesAndItselfInTheFirst() throws StoreException {
    facts.row(
        RowType.FLOW,
        Map.ofEntries(
            Map.entry("packet", 1),
            Map.entry("start_time", BEGIN + 59 * MINUTE),
            Map.entry("end_time", BEGIN + 61 * MINUTE),
            Map.entry("protocol", 6),
            Map.entry("client", CLIENT),
            Map.entry("client_port", 50_000),
            Map.entry("server", "203.0.113.1"),
            Map.entry("server_port", 443),
            Map.entry("up_packets", 6),
            Map.entry("up_bytes", 600),
            Map.entry("sliced", 1)));
    for (int i = 0; i < 3; i++) {
      facts.row(
          RowType.SLICE,
          Map.of(
              "packet",
              1,
              "minute",
              BEGIN / MINUTE + 59 + i,
              "forward_packets",
              1 + i,
              "forward_bytes",
              100 * (1 + i)));
    }
    facts.evidence(1, Evidence.TLS, "www.example.com", 1);
    keep();
    assertEquals(new Traffic(1, 1, 100, 0, 0), named(BEGIN, BEGIN + HOUR));
    assertEquals(new Traffic(0, 5, 500, 0, 0), named(BEGIN + HOUR, BEGIN + 2 * HOUR));
    assertEquals(new Traffic(0, 2, 200, 0, 0), named(BEGIN + HOUR, BEGIN + HOUR + MINUTE));
    assertEquals(new Traffic(1, 6, 600, 0, 0), named(BEGIN, BEGIN + 2 * HOUR));
  }

  private Traffic named(long from, long to) throws StoreException {
    return store.read(db -> Questions.ofStore(db, within(from, to)).ofAllSites());
  }

  @LongTest
  @Test
  void anotherCaptureOfTheNetworkMakesItsSumsAnew() throws StoreException {
    facts.flow(++packet, LATER, CLIENT, "203.0.113.1", 300);
    keep();
    facts.capture("").answer(1, LATER - SECOND, CLIENT, "www.example.com", "203.0.113.1");
    keep();
    long sites = store.read(db -> Questions.ofStore(db, Selection.all(false)).siteCount());
    assertEquals(1, sites);
    assertEquals(
        List.of("300"), inFile("SELECT sum(up_bytes + down_bytes) FROM fact.hour_traffic"));
  }

  @Test
  void whatAnEarlierRunLeftWithoutNamesGetsThemBeforeItIsRead() throws StoreException {
    flow(LATER, "203.0.113.1", 300);
    facts.evidence(packet, Evidence.TLS, "www.example.com", 1);
    facts.end();
    store.keep(facts.staging);
    assertEquals(List.of("false"), inFile("SELECT correlated FROM fact.capture", true));
    Traffic sites = store.read(db -> Questions.ofStore(db, Selection.all(false)).ofAllSites());
    assertEquals(300, sites.bytes());
    assertEquals(List.of("true"), inFile("SELECT correlated FROM fact.capture"));
  }

  @LongTest
  @Test
  void aBlockOfAddressesIsManyClients() throws StoreException {
    for (String client : List.of("10.0.0.1", "10.0.0.2", "10.0.1.1", "2001:db8::1")) {
      facts.flow(
          ++packet, LATER, client, client.contains(":") ? "2001:db8::2" : "203.0.113.1", 300);
    }
    keep();
    assertEquals(600, bytesOf("10.0.0.0/24"));
    assertEquals(900, bytesOf("10.0.0.0/8"));
    assertEquals(300, bytesOf("10.0.0.2"));
    assertEquals(300, bytesOf("2001:db8::/64"));
    assertEquals(0, bytesOf("2001:db8:1::/64"));
    assertEquals(0, bytesOf("10.0.0.3"));
  }

  private long bytesOf(String block) throws StoreException {
    Selection selection =
        new Selection(List.of(), false, Period.ALL, AddressBlock.parse(block), Given.NOTHING);
    return store.read(db -> Questions.ofStore(db, selection).ofAllUnresolved()).bytes();
  }

  private List<String> inFile(String sql) throws StoreException {
    return inFile(sql, false);
  }

  /**
   * The first column of an answer.
   *
   * @param asIs whether flows stay without names
   */
  private List<String> inFile(String sql, boolean asIs) throws StoreException {
    StoreFile.Asking<List<String>> asking = db -> db.query(row -> row.getString(1), sql);
    return asIs ? store.ask(facts.staging, asking) : store.read(asking);
  }
}
