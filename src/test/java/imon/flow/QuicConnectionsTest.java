package imon.flow;

import static imon.quic.InitialWriter.crypto;
import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.option.FactOptions;
import imon.flow.row.RowType;
import imon.quic.InitialWriter;
import imon.samples.Tape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** QUIC connections that follow each other between the same two ports. */
class QuicConnectionsTest {
  private static final String CLIENT = "10.0.0.1:50000";
  private static final String SERVER = "203.0.113.1:443";
  private static final String FIRST = "www.example.com";
  private static final String SECOND = "www.example.org";
  private static final int FULL = 1200;
  private static final byte[] FIRST_ID = id("first id");
  private static final byte[] SECOND_ID = id("other id");
  private static final byte[] SERVER_ID = id("server's");
  private static final byte[] CLIENT_ID = id("mine");
  private static final byte[] ACK = {2, 0, 0, 0, 0};
  private static final byte[] SEALED = id("@ a packet with a short header");

  private final Tape tape = new Tape();

  private static byte[] id(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The message alone, without the header of its record. */
  private static byte[] message(String host) {
    byte[] record = Tape.hello(host);
    return Arrays.copyOfRange(record, 5, record.length);
  }

  private static InitialWriter to(byte[] firstId) {
    return InitialWriter.version1(firstId).from(CLIENT_ID);
  }

  /** A ClientHello of two packets. */
  private void hello(byte[] firstId, String host) {
    byte[] hello = message(host);
    tape.udp(CLIENT, SERVER, to(firstId).padded(FULL, 0, crypto(hello, 0, 900)));
    tape.udp(CLIENT, SERVER, to(firstId).padded(FULL, 1, crypto(hello, 900, hello.length)));
  }

  private void answer(byte[] firstId, byte[] serverId) {
    InitialWriter server = InitialWriter.server(firstId).to(CLIENT_ID).from(serverId);
    tape.udp(SERVER, CLIENT, server.padded(FULL, 0, ACK)).udp(SERVER, CLIENT, SEALED);
  }

  private void assertFlows(String... firstPacketsAndHosts) throws IOException {
    for (int workers : new int[] {1, 3}) {
      Tracked tracked = Tracked.of(tape.pcap(), workers, FactOptions.DEFAULT);
      assertEquals(
          List.of(firstPacketsAndHosts),
          tracked.of(RowType.FLOW, "packet", "client", "up_packets", "down_packets"));
    }
  }

  private void assertNames(String... packetsAndHosts) throws IOException {
    assertEquals(
        List.of(packetsAndHosts),
        Tracked.of(tape).of(RowType.EVIDENCE, "packet", "host", "seen_packet"));
  }

  @Test
  void aHelloForAnotherHostBeginsAFlowWithTheDatagramThatCompletesIt() throws IOException {
    hello(FIRST_ID, FIRST);
    answer(FIRST_ID, SERVER_ID);
    hello(SECOND_ID, SECOND);
    answer(SECOND_ID, id("another server id"));
    assertFlows("1 10.0.0.1 3 2", "6 10.0.0.1 1 2");
    assertNames("1 " + FIRST + " 2", "6 " + SECOND + " 6");
  }

  @Test
  void eachOfSeveralConnectionsIsAFlow() throws IOException {
    hello(FIRST_ID, FIRST);
    hello(SECOND_ID, SECOND);
    hello(id("third id"), FIRST);
    assertNames("1 " + FIRST + " 2", "4 " + SECOND + " 4", "6 " + FIRST + " 6");
  }

  @Test
  void aHelloWithoutANameIsOfAnotherHost() throws IOException {
    hello(FIRST_ID, FIRST);
    byte[] hello = message("10.9.8.7");
    tape.udp(CLIENT, SERVER, to(SECOND_ID).padded(FULL, 0, crypto(hello, 0, 900)));
    tape.udp(CLIENT, SERVER, to(SECOND_ID).padded(FULL, 1, crypto(hello, 900, hello.length)));
    assertFlows("1 10.0.0.1 3 0", "4 10.0.0.1 1 0");
    assertNames("1 " + FIRST + " 2");
  }

  @Test
  void whatTheSameConnectionSendsAgainOrBehindARetrySplitsNothing() throws IOException {
    hello(FIRST_ID, FIRST);
    hello(FIRST_ID, FIRST);
    tape.udp(
        SERVER,
        CLIENT,
        InitialWriter.join(InitialWriter.longHeader(0xf0, 1, CLIENT_ID, SERVER_ID), new byte[30]));
    hello(SERVER_ID, FIRST);
    answer(SERVER_ID, id("another server id"));
    tape.udp(CLIENT, SERVER, to(SERVER_ID).to(id("another server id")).padded(FULL, 3, ACK));
    tape.udp(CLIENT, SERVER, InitialWriter.zeroRtt(SERVER_ID, CLIENT_ID, new byte[600]));
    assertFlows("1 10.0.0.1 8 3");
    assertNames("1 " + FIRST + " 2");
  }

  @Test
  void anotherConnectionToTheSameHostStaysInTheFlow() throws IOException {
    hello(FIRST_ID, FIRST);
    answer(FIRST_ID, SERVER_ID);
    hello(SECOND_ID, FIRST);
    assertFlows("1 10.0.0.1 4 2");
  }

  @Test
  void whatTheServerSendsOrNobodyCanOpenSplitsNothing() throws IOException {
    hello(FIRST_ID, FIRST);
    byte[] hello = message(SECOND);
    tape.udp(SERVER, CLIENT, to(SECOND_ID).padded(FULL, 0, crypto(hello, 0, 900)));
    tape.udp(SERVER, CLIENT, to(SECOND_ID).padded(FULL, 1, crypto(hello, 900, hello.length)));
    byte[] forged = to(SECOND_ID).padded(FULL, 0, crypto(hello, 0, 900));
    forged[forged.length - 1]++;
    for (int i = 0; i < 20; i++) {
      tape.udp(CLIENT, SERVER, forged);
    }
    assertFlows("1 10.0.0.1 22 2");
  }
}
