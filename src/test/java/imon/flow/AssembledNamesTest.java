package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.row.RowType;
import imon.name.Evidence;
import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.quic.InitialWriter;
import imon.samples.Tape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in datagrams and segments that came in fragments. */
class AssembledNamesTest {
  private static final String CLIENT = "10.0.0.1:50000";
  private static final String RESOLVER = "10.0.0.53:53";
  private static final String CLIENT_6 = "[fd00::1]:50000";
  private static final String RESOLVER_6 = "[fd00::53]:53";
  private static final String SERVER = "203.0.113.1:443";
  private static final String HOST = "www.example.com";
  private static final byte[] HELLO = Tape.hello(HOST);
  private static final int ADDRESSES = 60;
  private static final int ID = 77;

  private Tape tape = new Tape();

  private static byte[] answer() {
    String[] addresses =
        IntStream.range(1, ADDRESSES + 1).mapToObj(i -> "203.0.113." + i).toArray(String[]::new);
    return Tape.answer(7, HOST, 60, addresses);
  }

  /** A QUIC Initial with a hello of some 1,800 bytes, in one datagram. */
  private static byte[] initial() {
    byte[] message = Arrays.copyOfRange(HELLO, 5, HELLO.length);
    byte[] crypto = InitialWriter.crypto(message, 0, message.length);
    return InitialWriter.version1(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}).padded(2000, 1, crypto);
  }

  private List<String> evidence() throws IOException {
    return Tracked.of(tape).of(RowType.EVIDENCE, "kind", "host", "seen_packet");
  }

  private static String seen(Evidence kind, int packet) {
    return kind.code() + " " + HOST + " " + packet;
  }

  private void assertAnswered() throws IOException {
    List<String> addresses = Tracked.of(tape).of(RowType.ANSWER, "address");
    assertEquals(ADDRESSES, addresses.size());
    assertEquals(ADDRESSES, addresses.stream().distinct().count());
  }

  private static int[] shuffled(int count, Random random) {
    List<Integer> places = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(places, random);
    return places.stream().mapToInt(i -> i).toArray();
  }

  @ParameterizedTest
  @CsvSource({"504, 2, 4", "504, 2, 6", "256, 4, 4", "256, 4, 6"})
  void everyAnswerIsReadOnceInAnyOrderOfFragments(int size, int fragments, int version)
      throws IOException {
    for (int seed = 0; seed < 25; seed++) {
      tape = new Tape();
      String resolver = version == 4 ? RESOLVER : RESOLVER_6;
      tape.fragmentedUdp(resolver, version == 4 ? CLIENT : CLIENT_6, answer(), size, 1);
      assertEquals(fragments, tape.size());
      tape.only(shuffled(fragments, new Random(seed)));
      assertAnswered();
    }
  }

  @Test
  void anAnswerIsSeenInTheFragmentThatHasItsRecordOrCompletesIt() throws IOException {
    tape.fragmentedUdp(RESOLVER, CLIENT, answer(), 504, 1);
    List<String> packets = Tracked.of(tape).of(RowType.ANSWER, "seen_packet");
    assertEquals(List.of("1", "2"), packets.stream().distinct().toList());
    tape.only(1, 0);
    packets = Tracked.of(tape).of(RowType.ANSWER, "seen_packet");
    assertEquals(List.of("2"), packets.stream().distinct().toList());
  }

  @Test
  void anAnswerInFragmentsWasAskedForLikeAnother() throws IOException {
    tape.udp(CLIENT, RESOLVER, Tape.query(7, HOST));
    tape.fragmentedUdp(RESOLVER, CLIENT, answer(), 504, 1).only(0, 2, 1);
    assertEquals(
        List.of("1"), Tracked.of(tape).of(RowType.ANSWER, "asked").stream().distinct().toList());
  }

  @Test
  void withoutTheOtherFragmentsTheFirstIsReadAsFarAsItGoes() throws IOException {
    tape.fragmentedUdp(RESOLVER, CLIENT, answer(), 256, 1).only(0, 1, 3);
    Tracked tracked = Tracked.of(tape);
    assertTrue(tracked.rows(RowType.ANSWER).size() < ADDRESSES);
    assertTrue(tracked.rows(RowType.ANSWER).size() > 0);
    assertEquals(1, tracked.anomalies().count(Anomaly.DATAGRAM_INCOMPLETE));
    assertEquals(1, tracked.anomalies().firstPacketNumber(Anomaly.DATAGRAM_INCOMPLETE));
  }

  @Test
  void aDatagramThatCameTwiceIsReadAsOftenAsOneThatWasNotFragmented() throws IOException {
    tape.fragmentedUdp(RESOLVER, CLIENT, answer(), 504, 1).only(0, 0, 1, 1);
    int addresses = Tracked.of(tape).rows(RowType.ANSWER).size();
    assertTrue(addresses < 2 * ADDRESSES, addresses + " addresses");
    AnomalyCounts anomalies = Tracked.of(tape).anomalies();
    assertEquals(2, anomalies.total());
    assertEquals(2, anomalies.count(Anomaly.DUPLICATE_PACKET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 1", "1 0"})
  void anInitialInFragmentsNamesItsFlow(String order) throws IOException {
    boolean inOrder = order.equals("0 1");
    tape.fragmentedUdp(CLIENT, SERVER, initial(), 1008, 1).only(inOrder ? 0 : 1, inOrder ? 1 : 0);
    assertEquals(List.of(seen(Evidence.QUIC, 2)), evidence());
    assertEquals(2, Tracked.of(tape).ofOnlyFlow("up_packets"));
  }

  @Test
  void aSegmentInFragmentsNamesItsFlowInAnyOrder() throws IOException {
    for (int seed = 0; seed < 25; seed++) {
      tape = new Tape().fragmentedData(CLIENT, SERVER, 8, HELLO, 400);
      int count = tape.size();
      tape.only(shuffled(count, new Random(seed)));
      assertEquals(List.of(seen(Evidence.TLS, count)), evidence(), "seed " + seed);
    }
  }

  @Test
  void aHeaderOverTwoFragmentsIsReadWhenItIsWhole() throws IOException {
    tape.fragmentedData(CLIENT, SERVER, 8, Tape.request(HOST), 8);
    int last = tape.size();
    assertEquals(List.of(seen(Evidence.HTTP, last)), evidence());
  }

  @Test
  void aRequestThatIsWholeInTheFirstFragmentIsReadOnce() throws IOException {
    byte[] request = Arrays.copyOf(Tape.request(HOST), 1200);
    tape.fragmentedData(CLIENT, SERVER, 8, request, 800);
    assertEquals(List.of(seen(Evidence.HTTP, 1)), evidence());
  }

  @Test
  void segmentsInFragmentsAndWholeOnesAreOneStream() throws IOException {
    tape.syn(CLIENT, SERVER, 7);
    tape.fragmentedData(CLIENT, SERVER, 8, Arrays.copyOf(HELLO, 900), 400);
    tape.data(CLIENT, SERVER, 908, Arrays.copyOfRange(HELLO, 900, HELLO.length));
    tape.only(0, 3, 4, 2, 1);
    assertEquals(List.of(seen(Evidence.TLS, 5)), evidence());
  }

  @Test
  void fragmentsOfATunnelPacketAreReadAsWhatItCarries() throws IOException {
    tape.fragmentedTunnel("192.0.2.1", "192.0.2.2", RESOLVER, CLIENT, answer(), 400);
    assertAnswered();
  }

  /** A tunnel's identification comes again before all fragments of the packet before are there. */
  @Test
  void fragmentsOfTunnelPacketsForOthersAreNotTakenIn() throws IOException {
    String other = "10.0.0.2:50000";
    tape.fragmentedTunnel("192.0.2.1", "192.0.2.2", RESOLVER, other, answer(), 400).only(0);
    tape.append(
        new Tape().fragmentedTunnel("192.0.2.1", "192.0.2.2", RESOLVER, CLIENT, answer(), 400));
    List<String> told = Tracked.of(tape).of(RowType.ANSWER, "client");
    assertEquals(ADDRESSES, Collections.frequency(told, "10.0.0.1"));
  }

  @Test
  void anOverlapThatSaysTheSameDoesNoHarmToIpv4() throws IOException {
    overlap(CLIENT, RESOLVER, answer());
    assertAnswered();
  }

  @Test
  void anyOverlapSpoilsADatagramOfIpv6() throws IOException {
    overlap(CLIENT_6, RESOLVER_6, answer());
    Tracked tracked = Tracked.of(tape);
    assertTrue(tracked.rows(RowType.ANSWER).size() < ADDRESSES);
    assertEquals(1, tracked.anomalies().count(Anomaly.DATAGRAM_GIVEN_UP));
  }

  @Test
  void aFragmentOfIpv6ThatComesTwiceDoesNoHarm() throws IOException {
    tape.fragmentedUdp(RESOLVER_6, CLIENT_6, answer(), 256, 1).only(3, 1, 1, 0, 3, 2);
    assertAnswered();
  }

  /** The middle fragment begins eight bytes early. */
  private void overlap(String client, String resolver, byte[] data) {
    byte[] all = Tape.datagram(resolver, client, data);
    tape.fragment(resolver, client, ID, 0, true, Arrays.copyOf(all, 400));
    tape.fragment(resolver, client, ID, 392, true, Arrays.copyOfRange(all, 392, 600));
    tape.fragment(resolver, client, ID, 600, false, Arrays.copyOfRange(all, 600, all.length));
  }

  @Test
  void fragmentsThatDisagreeNameNothing() throws IOException {
    byte[] all = Tape.datagram(CLIENT, SERVER, initial());
    byte[] forged = Arrays.copyOfRange(all, 800, 1600);
    forged[7] ^= 1;
    tape.fragment(CLIENT, SERVER, ID, 800, true, forged);
    tape.fragment(CLIENT, SERVER, ID, 1600, false, Arrays.copyOfRange(all, 1600, all.length));
    tape.fragment(CLIENT, SERVER, ID, 0, true, Arrays.copyOf(all, 808));
    assertEquals(List.of(), evidence());
    assertEquals(1, Tracked.of(tape).anomalies().count(Anomaly.DATAGRAM_GIVEN_UP));
  }

  @Test
  void aFloodOfFragmentsIsForgottenAndWhatFollowsIsRead() throws IOException {
    for (int i = 0; i < 6000; i++) {
      tape.fragment(CLIENT, SERVER, i, 1480, true, new byte[8]);
    }
    tape.fragmentedUdp(RESOLVER, CLIENT, answer(), 504, 1);
    assertAnswered();
    assertEquals(6000, Tracked.of(tape).anomalies().count(Anomaly.DATAGRAM_INCOMPLETE));
  }

  @ParameterizedTest
  @CsvSource({"4095, 60", "4096, 0"})
  void fragmentsMayBe4096PacketsApart(int between, int addresses) throws IOException {
    byte[] all = Tape.datagram(RESOLVER, CLIENT, answer());
    tape.fragment(RESOLVER, CLIENT, ID, 400, false, Arrays.copyOfRange(all, 400, all.length));
    for (int i = 0; i < between; i++) {
      tape.echo("10.0.0.9", "10.0.0.8", true, 1);
    }
    tape.fragment(RESOLVER, CLIENT, ID, 0, true, Arrays.copyOf(all, 400));
    int found = Tracked.of(tape).rows(RowType.ANSWER).size();
    assertEquals(addresses > 0, found == ADDRESSES, found + " addresses");
  }

  @Test
  void whatWasNamedIsNotPutTogether() throws IOException {
    tape.syn(CLIENT, SERVER, 7).data(CLIENT, SERVER, 8, HELLO);
    tape.fragmentedData(CLIENT, SERVER, 8 + HELLO.length, new byte[900], 400).only(0, 1, 2, 3);
    assertEquals(List.of(seen(Evidence.TLS, 2)), evidence());
    assertEquals(0, Tracked.of(tape).anomalies().total());
  }
}
