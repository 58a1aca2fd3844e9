package imon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import imon.flow.row.Rows;
import imon.name.Evidence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowLoaderTest {
  private Facts facts;

  @BeforeEach
  void begin() throws StoreException {
    facts = new Facts().capture("");
  }

  @AfterEach
  void end() throws StoreException {
    facts.close();
  }

  @Test
  void everyColumnOfAFlowArrivesInItsPlace() throws StoreException {
    facts.row(
        RowType.FLOW,
        Map.ofEntries(
            Map.entry("packet", 1L << 40),
            Map.entry("start_time", Long.MAX_VALUE - 1),
            Map.entry("end_time", Long.MAX_VALUE),
            Map.entry("protocol", 255),
            Map.entry("client", "255.255.255.255"),
            Map.entry("client_port", 65_535),
            Map.entry("server", "2001:db8::1"),
            Map.entry("server_port", Rows.NONE),
            Map.entry("up_packets", 2),
            Map.entry("up_bytes", 1L << 60),
            Map.entry("down_packets", 3),
            Map.entry("down_bytes", 4),
            Map.entry("reversed", 1),
            Map.entry("scope", 2)));
    facts.end();
    assertEquals(
        List.of(
            "1 1099511627776 9223372036854775806 9223372036854775807 255 4294967295 65535"
                + " 2001:db8::1 none 2 1152921504606846976 3 4 true false 2"),
        facts.ask(
            """
            SELECT concat_ws(' ', capture, packet, start_time, end_time, protocol, client,
              client_port, ip, coalesce(server_port::VARCHAR, 'none'), up_packets, up_bytes,
              down_packets, down_bytes, reversed, sliced, scope)
            FROM fact.flow JOIN fact.address6 ON address = server
            """));
  }

  @Test
  void everyOtherTypeOfRowArrives() throws StoreException {
    facts.row(
        RowType.SLICE,
        Map.of("packet", 1, "minute", 2, "forward_packets", 3, "backward_bytes", 1L << 50));
    facts.evidence(1, Evidence.TLS, "www.example.com", 5).querier("fd00::1");
    facts.row(RowType.UNFLOWED, Map.of("minute", 7, "class", 1, "packets", 8, "bytes", 9));
    facts.answer(3, 4, "10.0.0.1", "a.example.com", "203.0.113.1").end();
    assertEquals(
        List.of("1 1 2 3 0 0 1125899906842624"),
        facts.ask(
            "SELECT concat_ws(' ', capture, packet, minute, forward_packets, forward_bytes,"
                + " backward_packets, backward_bytes) FROM fact.slice"));
    assertEquals(
        List.of("1 1 1 www.example.com 5"),
        facts.ask(
            "SELECT concat_ws(' ', capture, packet, kind, name, seen_packet)"
                + " FROM fact.evidence JOIN fact.host USING (host)"));
    assertEquals(
        List.of("fd00::1"),
        facts.ask("SELECT ip FROM fact.querier JOIN fact.address6 ON address = client"));
    assertEquals(
        List.of("1 7 1 8 9"),
        facts.ask(
            "SELECT concat_ws(' ', capture, minute, class, packets, bytes) FROM fact.unflowed"));
    assertEquals(
        List.of("3 4 167772161 a.example.com 3405803777 60 0 true"),
        facts.ask(
            "SELECT concat_ws(' ', seen_packet, seen_time, client, h.name, address, ttl, kind,"
                + " asked) FROM fact.answer a JOIN fact.host h ON h.host = a.name"));
  }

  @Test
  void moreRowsThanOneBatchAndManyChunksAllArriveOnce() throws StoreException {
    int count = 70_001;
    for (int i = 1; i <= count; i++) {
      facts.row(
          RowType.UNFLOWED, Map.of("minute", i, "class", 1, "packets", i * 3L, "bytes", i * 1000L));
    }
    facts.end();
    assertEquals(
        List.of(count + " " + count + " " + count),
        facts.ask(
            "SELECT concat_ws(' ', count(*), count(DISTINCT minute), max(minute))"
                + " FROM fact.unflowed WHERE packets = minute * 3 AND bytes = minute * 1000"));
  }

  @Test
  void aChunkThatIsJustFullArrivesWhole() throws StoreException {
    for (int count : new int[] {2047, 2048, 2049, 4096}) {
      facts.capture("");
      for (int i = 0; i < count; i++) {
        facts.querier("10.0." + i / 256 + "." + i % 256);
      }
      facts.end();
      assertEquals(
          List.of(String.valueOf(count)),
          facts.ask(
              "SELECT count(DISTINCT client) FROM fact.querier WHERE capture = " + facts.number()));
    }
  }

  @Test
  void manyNamesDoNotWaitForTheEndOfTheCapture() throws StoreException {
    int names = 60_000;
    for (int i = 0; i < names; i++) {
      facts.evidence(i, Evidence.TLS, "h" + i + ".example.com", i);
    }
    assertEquals(List.of("true"), facts.ask("SELECT count(*) >= 16384 FROM fact.host"));
    facts.end();
    assertEquals(
        List.of(names + " " + names),
        facts.ask("SELECT concat_ws(' ', count(*), count(DISTINCT name)) FROM fact.host"));
  }

  @Test
  void namesAreSharedByCapturesAndWrittenOnce() throws StoreException {
    facts.evidence(1, Evidence.TLS, "www.example.com", 1).end();
    facts.capture("").evidence(1, Evidence.TLS, "www.example.com", 1).end();
    assertEquals(List.of("1"), facts.ask("SELECT count(*) FROM fact.host"));
    assertEquals(List.of("1"), facts.ask("SELECT count(DISTINCT host) FROM fact.evidence"));
  }

  @Test
  void aDiscardedCaptureIsGoneAndTheOtherStays() throws StoreException {
    facts.flow(1, 2, "10.0.0.1", "203.0.113.1").end();
    int first = facts.number();
    facts.capture("").flow(1, 2, "10.0.0.1", "203.0.113.1").querier("10.0.0.1").end();
    facts.staging.discard(first);
    assertEquals(List.of("2"), facts.ask("SELECT capture FROM fact.flow"));
    assertEquals(List.of("2"), facts.ask("SELECT capture FROM fact.capture"));
  }
}
