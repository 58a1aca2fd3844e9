package imon.flow;

import static imon.samples.Certificates.forNames;
import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import imon.name.Evidence;
import imon.samples.Tape;
import imon.testing.Hex;
import imon.tls.Certificates;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names found at the start of TCP streams, however their segments come. */
class StreamNamingTest {
  private static final String CLIENT = "10.0.0.1:50000";
  private static final String SERVER = "203.0.113.1:443";
  private static final String HOST = "www.example.com";
  private static final byte[] HELLO = Tape.hello(HOST);
  private static final int WRAPPING = 0xffff_fe00;

  private final Tape tape = new Tape();
  private final List<Segment> segments = new ArrayList<>();

  /** Data at a place in the stream. */
  private static final class Segment {
    private final int at;
    private final byte[] data;

    Segment(int at, byte[] data) {
      this.at = at;
      this.data = data;
    }
  }

  private void cut(byte[] message, int... ends) {
    int from = 0;
    for (int end : ends) {
      segments.add(new Segment(from, Arrays.copyOfRange(message, from, end)));
      from = end;
    }
  }

  private void send(int initial, int... order) {
    for (int index : order) {
      send(initial, segments.get(index));
    }
  }

  private void send(int initial, Segment segment) {
    long sequence = (initial + 1 + segment.at) & 0xffff_ffffL;
    tape.data(CLIENT, SERVER, sequence, segment.data);
  }

  private void assertEvidence(String... evidence) throws IOException {
    assertEquals(List.of(evidence), Tracked.of(tape).of(RowType.EVIDENCE, "kind", "host"));
  }

  private static String tls(String host) {
    return Evidence.TLS.code() + " " + host;
  }

  private static String http(String host) {
    return Evidence.HTTP.code() + " " + host;
  }

  @Test
  void aHelloInOneSegmentNamesItsFlow() throws IOException {
    tape.udp(CLIENT, "203.0.113.1:9", new byte[1]).syn(CLIENT, SERVER, 7).after(5);
    tape.data(CLIENT, SERVER, 8, HELLO);
    assertEquals(
        List.of("2 " + tls(HOST) + " 3 " + (Tape.START + 5)),
        Tracked.of(tape)
            .of(RowType.EVIDENCE, "packet", "kind", "host", "seen_packet", "seen_time"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"in order", "swapped"})
  void thePortOfDnsHidesNoHello(String order) throws IOException {
    String server = "203.0.113.1:53";
    byte[] request =
        ("GET / HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    int port = 50_000;
    for (byte[] start : List.of(HELLO, request)) {
      String client = "10.0.0.1:" + port++;
      byte[] first = Arrays.copyOf(start, 20);
      byte[] rest = Arrays.copyOfRange(start, 20, start.length);
      tape.syn(client, server, 7);
      if (order.equals("swapped")) {
        tape.data(client, server, 28, rest).data(client, server, 8, first);
      } else {
        tape.data(client, server, 8, first).data(client, server, 28, rest);
      }
    }
    assertEvidence(tls(HOST), http(HOST));
  }

  @Test
  void segmentsInOrderNeedNoSyn() throws IOException {
    cut(HELLO, 600, 1300, HELLO.length);
    send(7, 0, 1, 2);
    assertEvidence(tls(HOST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 0 2", "2 0 1", "1 2 0", "2 1 0", "0 2 1"})
  void segmentsInAnyOrderNeedNoSyn(String order) throws IOException {
    cut(HELLO, 600, 1300, HELLO.length);
    send(7, Stream.of(order.split(" ", -1)).mapToInt(Integer::parseInt).toArray());
    assertEvidence(tls(HOST));
    assertEquals(List.of("3"), Tracked.of(tape).of(RowType.EVIDENCE, "seen_packet"));
  }

  @Test
  void aRequestWhoseSegmentsAreSwappedNeedsNoSyn() throws IOException {
    byte[] request = Tape.request(HOST);
    cut(request, 10, request.length);
    send(WRAPPING, 1, 0);
    assertEvidence(http(HOST));
  }

  @Test
  void aSegmentThatIsNoNeighbourOfTheStartNamesNothing() throws IOException {
    cut(HELLO, 600, HELLO.length);
    tape.data(CLIENT, SERVER, 5000, segments.get(1).data);
    send(7, 0);
    assertEvidence();
  }

  @ParameterizedTest
  @CsvSource({"1023, 1", "1024, 0"})
  void swappedSegmentsWithoutSynMayBe1024PacketsApart(int between, int names) throws IOException {
    cut(HELLO, 600, HELLO.length);
    send(7, 1);
    for (int i = 0; i < between; i++) {
      tape.echo("10.0.0.9", "10.0.0.8", true, 1);
    }
    send(7, 0);
    assertEquals(names, Tracked.of(tape).rows(RowType.EVIDENCE).size());
  }

  @Test
  void aHelloInRecordsOfOneByteIsFoundOverManySegments() throws IOException {
    byte[] records = Tape.helloInRecords(HOST, 1);
    int[] ends = IntStream.iterate(1400, end -> end < records.length, end -> end + 1400).toArray();
    int[] all = Arrays.copyOf(ends, ends.length + 1);
    all[ends.length] = records.length;
    cut(records, all);
    tape.syn(CLIENT, SERVER, 7);
    send(7, IntStream.rangeClosed(1, all.length).map(i -> all.length - i).toArray());
    assertEvidence(tls(HOST));
  }

  @Test
  void theEvidenceIsSeenInTheSegmentThatCompletesTheHello() throws IOException {
    cut(HELLO, 600, 1300, HELLO.length);
    tape.syn(CLIENT, SERVER, 7);
    send(7, 2, 0, 0, 1, 2);
    assertEquals(List.of("5"), Tracked.of(tape).of(RowType.EVIDENCE, "seen_packet"));
  }

  @Test
  void aMissingFirstSegmentLeavesTheFlowWithoutAName() throws IOException {
    cut(HELLO, 600, 1300, HELLO.length);
    tape.syn(CLIENT, SERVER, 7);
    send(7, 1, 2);
    assertEvidence();
  }

  @Test
  void aMissingMiddleSegmentLeavesTheFlowWithoutAName() throws IOException {
    cut(HELLO, 600, 1300, HELLO.length);
    tape.syn(CLIENT, SERVER, 7);
    send(7, 0, 2);
    assertEvidence();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, -1, WRAPPING, Integer.MAX_VALUE - 300})
  void aHelloIsFoundInAnyOrderOfSegmentsAndCopies(int initial) throws IOException {
    for (int seed = 0; seed < 25; seed++) {
      Random random = new Random(seed);
      segments.clear();
      Tape shuffled = new Tape();
      cut(HELLO, randomEnds(random));
      List<Segment> order = new ArrayList<>(segments);
      order.addAll(segments.subList(0, random.nextInt(segments.size())));
      Collections.shuffle(order, random);
      shuffled.syn(CLIENT, SERVER, initial & 0xffff_ffffL);
      for (Segment segment : order) {
        long sequence = (initial + 1 + segment.at) & 0xffff_ffffL;
        shuffled.data(CLIENT, SERVER, sequence, segment.data);
      }
      assertEquals(
          List.of(tls(HOST)),
          Tracked.of(shuffled).of(RowType.EVIDENCE, "kind", "host"),
          "seed " + seed);
    }
  }

  private static int[] randomEnds(Random random) {
    int count = 1 + random.nextInt(8);
    int[] ends = random.ints(count, 1, HELLO.length).sorted().distinct().toArray();
    int[] all = Arrays.copyOf(ends, ends.length + 1);
    all[ends.length] = HELLO.length;
    return all;
  }

  @Test
  void overlappingSegmentsThatDisagreeAreReadAsTheyCameFirst() throws IOException {
    tape.syn(CLIENT, SERVER, 7);
    segments.add(new Segment(0, Arrays.copyOf(HELLO, 700)));
    byte[] forged = Tape.hello("www.forgery.com");
    segments.add(new Segment(300, Arrays.copyOfRange(forged, 300, 600)));
    segments.add(new Segment(700, Arrays.copyOfRange(HELLO, 700, HELLO.length)));
    send(7, 0, 1, 2);
    assertEvidence(tls(HOST));
  }

  @Test
  void streamsThatAreMixedWithEachOtherAreKeptApart() throws IOException {
    byte[] other = Tape.hello("www.example.org");
    tape.syn(CLIENT, SERVER, 7).syn("10.0.0.1:50001", SERVER, 7);
    tape.data(CLIENT, SERVER, 8, Arrays.copyOf(HELLO, 700));
    tape.data("10.0.0.1:50001", SERVER, 8, Arrays.copyOf(other, 600));
    tape.data("10.0.0.1:50001", SERVER, 608, Arrays.copyOfRange(other, 600, other.length));
    tape.data(CLIENT, SERVER, 708, Arrays.copyOfRange(HELLO, 700, HELLO.length));
    assertEvidence(tls(HOST), tls("www.example.org"));
  }

  @Test
  void aHelloAfterOtherTalkIsFound() throws IOException {
    tape.syn(CLIENT, SERVER, 7).data(CLIENT, SERVER, 8, new byte[] {'S', 'T', 'L', 'S', '\n'});
    tape.data(CLIENT, SERVER, 13, HELLO);
    assertEvidence(tls(HOST));
  }

  /** The client says one after the other, the server what begins with an exclamation mark. */
  private void talk(String... words) {
    tape.syn(CLIENT, SERVER, 7);
    int[] sent = {8, 100};
    for (String word : words) {
      boolean answer = word.startsWith("!");
      byte[] said = word.substring(answer ? 1 : 0).getBytes(StandardCharsets.ISO_8859_1);
      int side = answer ? 1 : 0;
      tape.data(answer ? SERVER : CLIENT, answer ? CLIENT : SERVER, sent[side], said);
      sent[side] += said.length;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO client.example.net\r\n",
        "!220 mail.example.net ESMTP\r\n",
        "!SSH-2.0-OpenSSH_9.6\r\n",
        "!+OK POP3 ready\r\n",
        "!* OK IMAP4 ready\r\n",
        "!220 FTP server ready\r\n",
        "!RFB 003.008\n",
        "\23BitTorrent protocol",
        "\20\14\0\4MQTT\4\2\0\74"
      })
  void aRequestThatAnotherServiceCarriesNamesNothing(String service) throws IOException {
    talk(
        service,
        "GET / HTTP/1.1\r\nHost: quoted.example.org\r\n\r\n",
        "!GET / HTTP/1.1\r\nHost: quoted.example.org\r\n\r\n",
        "CONNECT quoted.example.org:443 HTTP/1.1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\1\1\4\0\0\0\1\u0082",
        "\5\1\0\5\1\0\3\22quoted.example.org\1\u00bb",
        "GET / HT",
        "TP/1.1\r\nHost: quoted.example.org\r\n\r\n",
        new String(HELLO, StandardCharsets.ISO_8859_1));
    assertEvidence(tls(HOST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"!RTSP/1.0 200 OK\r\n\r\n", "!HTTP/1.1 200 OK\r\n\r\n", "?"})
  void aRequestBehindOtherTalkIsRead(String other) throws IOException {
    talk(other, new String(Tape.request(HOST), StandardCharsets.ISO_8859_1));
    assertEvidence(http(HOST));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 90, 400})
  void aHelloInAPacketOfSqlServerIsFound(int ofSecond) throws IOException {
    byte[] prelogin = Hex.bytes("12 01 0014 0000 00 00 00 0006 0006 ff 0f0007d0 0000");
    byte[] header = Hex.bytes("12 01 0000 0000 00 00");
    header[2] = (byte) ((header.length + HELLO.length) >> 8);
    header[3] = (byte) (header.length + HELLO.length);
    byte[] hello = ByteBuffer.allocate(header.length + HELLO.length).put(header).put(HELLO).array();
    tape.syn(CLIENT, SERVER, 7).data(CLIENT, SERVER, 8, prelogin);
    long first = 8L + prelogin.length;
    int cut = hello.length - ofSecond;
    tape.data(CLIENT, SERVER, first + cut, Arrays.copyOfRange(hello, cut, hello.length));
    tape.data(CLIENT, SERVER, first, Arrays.copyOf(hello, cut));
    assertEvidence(tls(HOST));
  }

  @Test
  void aNewConnectionBetweenTheSameEndsHasItsOwnName() throws IOException {
    tape.syn(CLIENT, SERVER, 7).data(CLIENT, SERVER, 8, HELLO);
    tape.syn(CLIENT, SERVER, 90_000);
    tape.data(CLIENT, SERVER, 90_001, Tape.hello("www.example.org"));
    assertEquals(
        List.of("1 " + HOST, "3 www.example.org"),
        Tracked.of(tape).of(RowType.EVIDENCE, "packet", "host"));
  }

  @Test
  void anHttpRequestIsFoundOverSegmentsOutOfOrder() throws IOException {
    byte[] request = Tape.request(HOST);
    cut(request, 10, 50, request.length);
    tape.syn(CLIENT, SERVER, 7);
    send(7, 2, 1, 0);
    assertEvidence(http(HOST));
  }

  @Test
  void everyRequestOfAConnectionIsRead() throws IOException {
    byte[] first = Tape.request(HOST);
    byte[] second = Tape.request("www.example.org");
    tape.syn(CLIENT, SERVER, 7).data(CLIENT, SERVER, 8, first);
    tape.data(SERVER, CLIENT, 100, new byte[500]);
    tape.data(CLIENT, SERVER, 8L + first.length, second);
    assertEvidence(http(HOST), http("www.example.org"));
  }

  @Test
  void theCertificateIsReadThoughTheHelloHadAName() throws IOException {
    byte[] flight = Certificates.oldFlight();
    tape.syn(CLIENT, SERVER, 7).data(CLIENT, SERVER, 8, HELLO);
    tape.data(SERVER, CLIENT, 100, Arrays.copyOf(flight, 300));
    tape.data(SERVER, CLIENT, 400, Arrays.copyOfRange(flight, 300, flight.length));
    assertEvidence(
        tls(HOST),
        certificate("*.example.org"),
        certificate("*.example.com"),
        certificate("*.example.net"));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, ''",
    "localhost localhost.localdomain, ''",
    "*.com, ''",
    "*.co.uk co.uk *.localhost, ''",
    "localhost www.example.org, www.example.org",
    "*.com *.example.org localhost, *.example.org",
    "example.org localhost www.example.org, *.example.org"
  })
  void aNameOfACertificateThatIsOfNoSiteIsNoEvidence(String names, String host) throws IOException {
    byte[] leaf = forNames(new Random(1), names.split(" ", -1));
    tape.syn(CLIENT, SERVER, 7).data(SERVER, CLIENT, 100, Certificates.oldFlight(leaf));
    assertEvidence(host.isEmpty() ? new String[0] : new String[] {certificate(host)});
  }

  private static String certificate(String host) {
    return Evidence.CERTIFICATE.code() + " " + host;
  }

  @Test
  void anEncryptedCertificateIsNotWaitedFor() throws IOException {
    tape.syn(CLIENT, SERVER, 7).data(CLIENT, SERVER, 8, HELLO);
    byte[] flight = Certificates.newFlight();
    tape.data(SERVER, CLIENT, 100, flight);
    tape.data(SERVER, CLIENT, 100L + flight.length, Certificates.oldFlight());
    assertEvidence(tls(HOST));
  }

  @Test
  void afterAHelloWithANameOnlyTheFirstWordsOfTheServerAreRead() throws IOException {
    tape.syn(CLIENT, SERVER, 7).data(CLIENT, SERVER, 8, HELLO);
    tape.data(SERVER, CLIENT, 100, new byte[] {'4', '0', '0', '\n'});
    tape.data(SERVER, CLIENT, 104, Certificates.oldFlight());
    assertEvidence(tls(HOST));
  }

  @Test
  void whatTheServerSaysAfterAHelloWithANameShowsNoService() throws IOException {
    tape.syn(CLIENT, SERVER, 7).data(CLIENT, SERVER, 8, HELLO);
    tape.data(SERVER, CLIENT, 100, "SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII));
    List<String> services = Tracked.of(tape).of(RowType.FLOW, "service");
    assertEquals(
        Tracked.of(new Tape().syn(CLIENT, SERVER, 7)).of(RowType.FLOW, "service"), services);
  }

  @Test
  void aStreamThatNamesNothingHasNoEvidence() throws IOException {
    tape.syn(CLIENT, SERVER, 7);
    for (int i = 0; i < 40; i++) {
      tape.data(CLIENT, SERVER, 8 + i * 100L, new byte[100]);
    }
    assertEvidence();
  }
}
