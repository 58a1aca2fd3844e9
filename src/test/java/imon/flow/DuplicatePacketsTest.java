package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.option.FactOptions;
import imon.flow.option.IdleTimeouts;
import imon.flow.option.LocalNetworks;
import imon.flow.recent.PacketCopies;
import imon.flow.row.RowType;
import imon.flow.row.UnflowedClass;
import imon.pcap.Anomaly;
import imon.samples.CapturedPackets;
import imon.samples.Tape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which packets are copies of others, and which are only alike. */
class DuplicatePacketsTest {
  private static final FactOptions DEDUPE =
      new FactOptions(true, LocalNetworks.PRIVATE, IdleTimeouts.DEFAULT);
  private static final String CLIENT = "10.0.0.1:50000";
  private static final String SERVER = "203.0.113.1:443";
  private static final String CLIENT_V6 = "[2001:db8::1]:50000";
  private static final String SERVER_V6 = "[2001:db8::2]:443";
  private static final byte[] SHORT = new byte[40];
  private static final byte[] LONG = new byte[600];
  private static final long SOON = 20_000;
  private static final long LESS_THAN_SOON = 200_000;
  private static final int ETHERNET = 14;
  private static final String[] WHAT_A_FLOW_IS = {
    "start_time",
    "protocol",
    "client",
    "client_port",
    "server",
    "server_port",
    "up_packets",
    "up_bytes",
    "down_packets",
    "down_bytes",
    "scope"
  };

  private final Tape tape = new Tape();

  /** How many copies there are, as one worker and three find without and with the option. */
  private void assertCopies(int expected) throws IOException {
    for (int workers : new int[] {1, 3}) {
      Tracked plain = Tracked.of(tape.pcap(), workers, FactOptions.DEFAULT);
      assertEquals(expected, plain.anomalies().count(Anomaly.DUPLICATE_PACKET));
      assertEquals(List.of(), plain.of(RowType.UNFLOWED, "class"));
      Tracked apart = Tracked.of(tape.pcap(), workers, DEDUPE);
      assertEquals(0, apart.anomalies().count(Anomaly.DUPLICATE_PACKET));
      assertEquals(expected, unflowed(apart));
    }
  }

  private static long unflowed(Tracked tracked) {
    String duplicate = String.valueOf(UnflowedClass.DUPLICATE.code());
    return tracked.rows(RowType.UNFLOWED).stream()
        .filter(row -> duplicate.equals(row.get("class")))
        .mapToLong(row -> Long.parseLong(row.get("packets")))
        .sum();
  }

  private static byte[] same(byte[] packet) {
    return packet;
  }

  /** A raw IP packet behind one more router; nobody compares the checksum. */
  private static byte[] routed(byte[] packet) {
    byte[] copy = packet.clone();
    copy[(copy[0] & 0xf0) == 0x40 ? 8 : 7]--;
    return copy;
  }

  private static byte[] unidentified(byte[] packet) {
    byte[] copy = packet.clone();
    copy[4] = 0;
    copy[5] = 0;
    return copy;
  }

  /** The same in an Ethernet frame. */
  private static byte[] routedFrame(byte[] frame) {
    byte[] copy = frame.clone();
    if (copy.length > ETHERNET + 20 && copy[12] == 8 && copy[13] == 0) {
      copy[ETHERNET + 8]--;
    } else if (copy.length > ETHERNET + 40 && copy[12] == (byte) 0x86) {
      copy[ETHERNET + 7]--;
    }
    return copy;
  }

  @Test
  void aCopyCountsInItsFlowUnlessItIsToldApart() throws IOException {
    tape.udp(CLIENT, SERVER, SHORT).mirrored(SOON, DuplicatePacketsTest::same);
    Tracked plain = Tracked.of(tape);
    assertEquals(2, plain.ofOnlyFlow("up_packets"));
    assertEquals(2, plain.anomalies().firstPacketNumber(Anomaly.DUPLICATE_PACKET));
    Tracked apart = Tracked.of(tape.pcap(), 1, DEDUPE);
    assertEquals(1, apart.ofOnlyFlow("up_packets"));
    assertEquals(68, apart.ofOnlyFlow("up_bytes"));
    assertEquals(List.of("4 1 68"), apart.of(RowType.UNFLOWED, "class", "packets", "bytes"));
  }

  @Test
  void aRetransmissionIsNoCopyHoweverSoonItComes() throws IOException {
    tape.data(CLIENT, SERVER, 5, LONG).after(SOON).data(CLIENT, SERVER, 5, LONG);
    tape.data(SERVER, CLIENT, 5, SHORT).data(SERVER, CLIENT, 5, SHORT);
    tape.udp(CLIENT, SERVER, SHORT).udp(CLIENT, SERVER, SHORT);
    assertCopies(0);
  }

  @Test
  void aCopyComesWithinFiveMilliseconds() throws IOException {
    tape.data(CLIENT, SERVER, 5, SHORT).udp(CLIENT, SERVER, SHORT);
    tape.mirrored(PacketCopies.WINDOW, DuplicatePacketsTest::same);
    assertCopies(2);
    Tape late = new Tape().data(CLIENT, SERVER, 5, SHORT);
    late.mirrored(PacketCopies.WINDOW + 1, DuplicatePacketsTest::same);
    assertEquals(0, Tracked.of(late).anomalies().count(Anomaly.DUPLICATE_PACKET));
  }

  @Test
  void aCopyMayHaveAnEarlierTime() throws IOException {
    tape.udp(CLIENT, SERVER, SHORT).mirrored(-SOON, DuplicatePacketsTest::same);
    assertCopies(1);
  }

  @Test
  void aCopyComesWithin256Packets() throws IOException {
    for (int between : new int[] {PacketCopies.DISTANCE - 1, PacketCopies.DISTANCE}) {
      Tape one = new Tape().udp(CLIENT, SERVER, SHORT);
      Tape copy = new Tape().append(one).mirrored(SOON, DuplicatePacketsTest::same).only(1);
      for (int i = 0; i < between; i++) {
        one.udp("10.0.0.2:" + (1000 + i), "203.0.113." + i % 250 + ":53", SHORT);
      }
      byte[] capture = one.append(copy).pcap();
      for (int workers : new int[] {1, 4}) {
        assertEquals(
            between < PacketCopies.DISTANCE ? 1 : 0,
            unflowed(Tracked.of(capture, workers, DEDUPE)),
            between + " packets between");
      }
    }
  }

  @Test
  void aRouterBetweenChangesTheHopLimitOnly() throws IOException {
    tape.data(CLIENT, SERVER, 5, SHORT).udp(CLIENT_V6, SERVER_V6, SHORT);
    tape.echo("10.0.0.1", "203.0.113.1", true, 7).mirrored(SOON, DuplicatePacketsTest::routed);
    assertCopies(3);
  }

  @Test
  void ofThreeTwoAreCopies() throws IOException {
    tape.udp(CLIENT, SERVER, SHORT).mirrored(SOON, DuplicatePacketsTest::same);
    tape.append(new Tape().append(tape).only(1));
    assertCopies(2);
  }

  @Test
  void withoutIdentificationShortPacketsMayBeAlike() throws IOException {
    tape.data(CLIENT, SERVER, 5, new byte[0]).udp(CLIENT, SERVER, SHORT);
    tape.changed(DuplicatePacketsTest::unidentified);
    tape.data(CLIENT_V6, SERVER_V6, 5, new byte[0]).udp(CLIENT_V6, SERVER_V6, SHORT);
    tape.mirrored(1, DuplicatePacketsTest::same);
    assertCopies(0);
  }

  @Test
  void withoutIdentificationLongPacketsAreCopiesWhenTheyComeAtOnce() throws IOException {
    tape.data(CLIENT, SERVER, 5, LONG).udp(CLIENT, SERVER, LONG);
    tape.changed(DuplicatePacketsTest::unidentified);
    tape.data(CLIENT_V6, SERVER_V6, 5, LONG).udp(CLIENT_V6, SERVER_V6, LONG);
    Tape later = new Tape().append(tape).mirrored(LESS_THAN_SOON, DuplicatePacketsTest::same);
    assertEquals(0, Tracked.of(later).anomalies().count(Anomaly.DUPLICATE_PACKET));
    tape.mirrored(SOON, DuplicatePacketsTest::same);
    assertCopies(4);
  }

  @Test
  void fragmentsAreToldApartOneByOne() throws IOException {
    tape.fragmentedUdp(CLIENT, SERVER, LONG, 208, 1).mirrored(SOON, DuplicatePacketsTest::same);
    assertCopies(3);
    assertEquals(3, Tracked.of(tape.pcap(), 1, DEDUPE).ofOnlyFlow("up_packets"));
  }

  @Test
  void whatWasCutBeforeItsPortsIsNotJudged() throws IOException {
    tape.udp(CLIENT, SERVER, SHORT).changed(packet -> Arrays.copyOf(packet, 24));
    tape.mirrored(SOON, DuplicatePacketsTest::same);
    assertCopies(0);
  }

  @Test
  void aMirroredCaptureToldApartHasTheFlowsOfOneThatIsNot() throws IOException {
    CapturedPackets once = CapturedPackets.of(Path.of("sample-captures", "browsing.pcap"));
    UnaryOperator<byte[]> routed = DuplicatePacketsTest::routedFrame;
    byte[] twice = once.mirrored(SOON, routed).file();
    Tracked alone = Tracked.of(once.file(), 1, DEDUPE);
    Tracked told = Tracked.of(twice, 1, DEDUPE);
    assertEquals(0, unflowed(alone));
    assertTrue(unflowed(told) > 5_000, "copies: " + unflowed(told));
    assertEquals(
        alone.of(RowType.FLOW, WHAT_A_FLOW_IS).stream().sorted().toList(),
        told.of(RowType.FLOW, WHAT_A_FLOW_IS).stream().sorted().toList());
    assertEquals(told.facts(), Tracked.of(twice, 3, DEDUPE).facts());
  }

  @Test
  void oneWorkerFindsWhatSeveralFind() throws IOException {
    for (String name : List.of("browsing.pcap", "fragments.pcap", "nested.pcap")) {
      byte[] twice =
          CapturedPackets.of(Path.of("sample-captures", name)).mirrored(SOON, p -> p).file();
      List<Long> counts =
          Stream.of(1, 2, 5).map(workers -> copies(twice, workers)).distinct().toList();
      assertEquals(1, counts.size(), name);
      assertTrue(counts.get(0) > 0, name);
    }
  }

  private static long copies(byte[] capture, int workers) {
    try {
      return Tracked.of(capture, workers, FactOptions.DEFAULT)
          .anomalies()
          .count(Anomaly.DUPLICATE_PACKET);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
