package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.option.FactOptions;
import imon.flow.option.IdleTimeouts;
import imon.flow.option.LocalNetworks;
import imon.flow.row.RowType;
import imon.flow.row.Scope;
import imon.samples.Tape;
import imon.testing.Hex;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who the client of a flow is: the rules in their order. */
class ClientSideTest {
  private static final byte[] TALK = {1, 2, 3};
  private static final byte[] NOTHING = {};
  private static final long TO_ALL = 0xffff_ffff_ffffL;

  private final Tape tape = new Tape();

  /** Client and server of the only flow. */
  private void assertSides(String client, String server) throws IOException {
    List<String> sides =
        Tracked.of(tape).of(RowType.FLOW, "client", "client_port", "server", "server_port");
    assertEquals(List.of(client + " " + server), sides);
  }

  @Test
  void theOnlySideInANetworkThatIsGivenAsLocalIsTheClient() throws IOException {
    tape.data("203.0.113.1:50000", "198.51.100.1:50001", 5, TALK);
    assertSides("203.0.113.1 50000", "198.51.100.1 50001");
    LocalNetworks local = LocalNetworks.with(List.of(FactOptions.block("198.51.100.0/24")));
    FactOptions options = new FactOptions(false, local, IdleTimeouts.DEFAULT);
    Tracked tracked = Tracked.of(tape.pcap(), 1, options);
    assertEquals(List.of("198.51.100.1"), tracked.of(RowType.FLOW, "client"));
  }

  @Test
  void theSenderOfTheSynIsTheClientWhateverPortsAndPlacesSay() throws IOException {
    tape.data("10.0.0.1:50000", "203.0.113.1:443", 5, TALK);
    tape.syn("203.0.113.1:443", "10.0.0.1:50000", 100);
    assertSides("203.0.113.1 443", "10.0.0.1 50000");
  }

  @Test
  void theReceiverOfTheSynAckIsTheClientWhenTheSynIsMissing() throws IOException {
    tape.synAck("10.0.0.1:50000", "203.0.113.1:443", 100, 7);
    assertSides("203.0.113.1 443", "10.0.0.1 50000");
  }

  @Test
  void theFirstSynCountsWhenBothSidesSendOne() throws IOException {
    tape.syn("10.0.0.1:50000", "10.0.0.2:50001", 100);
    tape.syn("10.0.0.2:50001", "10.0.0.1:50000", 900);
    assertSides("10.0.0.1 50000", "10.0.0.2 50001");
  }

  @Test
  void theSynBeatsARequestThatCameBefore() throws IOException {
    tape.data("10.0.0.2:50001", "10.0.0.1:50000", 5, Tape.request("www.example.com"));
    tape.syn("10.0.0.1:50000", "10.0.0.2:50001", 100);
    assertSides("10.0.0.1 50000", "10.0.0.2 50001");
  }

  @Test
  void theSenderOfAnHttpRequestIsTheClientWhateverThePortsSay() throws IOException {
    tape.data("203.0.113.1:50000", "10.0.0.1:50001", 5, TALK);
    tape.data("10.0.0.1:80", "203.0.113.2:50001", 5, Tape.request("www.example.com"));
    tape.only(1);
    assertSides("10.0.0.1 80", "203.0.113.2 50001");
  }

  @Test
  void theSenderOfAClientHelloIsTheClient() throws IOException {
    tape.data("203.0.113.1:443", "10.0.0.1:50000", 5, TALK);
    tape.data("203.0.113.1:443", "10.0.0.1:50000", 8, Tape.hello("www.example.com"));
    assertSides("203.0.113.1 443", "10.0.0.1 50000");
  }

  @Test
  void theSenderOfADnsQueryIsTheClient() throws IOException {
    tape.udp("10.0.0.53:53", "10.0.0.1:53", Tape.answer(1, "www.example.com", 60, "203.0.113.1"));
    tape.udp("10.0.0.1:53", "10.0.0.53:53", Tape.query(2, "www.example.com"));
    assertSides("10.0.0.1 53", "10.0.0.53 53");
  }

  @Test
  void theSenderOfADnsQueryOverTcpIsTheClient() throws IOException {
    tape.data("10.0.0.53:53", "10.0.0.1:53", 5, NOTHING);
    tape.data("10.0.0.1:53", "10.0.0.53:53", 5, Tape.framed(Tape.query(2, "www.example.com")));
    assertSides("10.0.0.1 53", "10.0.0.53 53");
  }

  @Test
  void theSenderOfAnEchoRequestIsTheClient() throws IOException {
    tape.echo("10.0.0.1", "203.0.113.1", false, 9).echo("203.0.113.1", "10.0.0.1", true, 9);
    assertSides("203.0.113.1 -", "10.0.0.1 -");
  }

  @Test
  void theFirstRequestCountsWhenBothSidesSendOne() throws IOException {
    tape.echo("203.0.113.1", "10.0.0.1", true, 9).echo("10.0.0.1", "203.0.113.1", true, 9);
    assertSides("203.0.113.1 -", "10.0.0.1 -");
  }

  @Test
  void whoIsNotAtTheOnlyServicePortIsTheClient() throws IOException {
    tape.data("203.0.113.1:443", "10.0.0.1:50000", 5, TALK);
    assertSides("10.0.0.1 50000", "203.0.113.1 443");
  }

  @Test
  void aPortOfTheServiceTableAbove1023IsAServicePort() throws IOException {
    tape.data("10.0.0.1:8080", "203.0.113.1:50000", 5, TALK);
    assertSides("203.0.113.1 50000", "10.0.0.1 8080");
  }

  @Test
  void aServiceOfTcpIsNoneOfUdp() throws IOException {
    tape.udp("10.0.0.1:8080", "203.0.113.1:50000", TALK);
    assertSides("10.0.0.1 8080", "203.0.113.1 50000");
  }

  @Test
  void betweenTwoServicePortsTheOnlyLocalSideIsTheClient() throws IOException {
    tape.udp("203.0.113.1:123", "10.0.0.1:123", TALK);
    assertSides("10.0.0.1 123", "203.0.113.1 123");
  }

  @Test
  void betweenTwoOtherPortsTheOnlyLocalSideIsTheClient() throws IOException {
    tape.udp("[2001:db8::1]:40000", "[fd00::1]:50000", TALK);
    assertSides("fd00::1 50000", "2001:db8::1 40000");
  }

  @Test
  void withoutPortsTheOnlyLocalSideIsTheClient() throws IOException {
    tape.echo("203.0.113.1", "10.0.0.1", false, 9);
    assertSides("10.0.0.1 -", "203.0.113.1 -");
  }

  @Test
  void betweenTwoLocalSidesTheSenderOfTheFirstPacketIsTheClient() throws IOException {
    tape.udp("10.0.0.2:50000", "10.0.0.1:40000", TALK);
    tape.udp("10.0.0.1:40000", "10.0.0.2:50000", TALK);
    assertSides("10.0.0.2 50000", "10.0.0.1 40000");
  }

  @Test
  void betweenTwoSidesBeyondTheSenderOfTheFirstPacketIsTheClient() throws IOException {
    tape.udp("203.0.113.2:50000", "203.0.113.1:40000", TALK);
    tape.udp("203.0.113.1:40000", "203.0.113.2:50000", TALK);
    assertSides("203.0.113.2 50000", "203.0.113.1 40000");
  }

  @Test
  void upIsFromClientToServerAlsoWhenTheServerSentFirst() throws IOException {
    tape.udp("203.0.113.1:443", "10.0.0.1:50000", new byte[72]);
    tape.udp("203.0.113.1:443", "10.0.0.1:50000", new byte[72]);
    tape.udp("10.0.0.1:50000", "203.0.113.1:443", new byte[22]);
    assertEquals(
        List.of("1 50 2 200 1"),
        Tracked.of(tape)
            .of(RowType.FLOW, "up_packets", "up_bytes", "down_packets", "down_bytes", "reversed"));
  }

  @Test
  void aCaptureOfOneDirectionHasNothingInTheOther() throws IOException {
    tape.data("203.0.113.1:443", "10.0.0.1:50000", 5, TALK);
    tape.data("203.0.113.1:443", "10.0.0.1:50000", 8, TALK);
    assertSides("10.0.0.1 50000", "203.0.113.1 443");
    assertEquals(
        List.of("0 0 2 86"),
        Tracked.of(tape).of(RowType.FLOW, "up_packets", "up_bytes", "down_packets", "down_bytes"));
  }

  /** Between two ports that tell nothing, in a network whose sides are all local or none. */
  private void assertAnswererIsServer(String port, String answer) throws IOException {
    Tape alone = new Tape();
    alone.udp("10.0.0.1:" + port, "10.0.0.2:" + port, Hex.bytes(answer));
    assertEquals(List.of("10.0.0.2"), Tracked.of(alone).of(RowType.FLOW, "client"), answer);
  }

  @Test
  void whoIsAnsweredIsTheClientThoughTheQuestionIsNotInTheCapture() throws IOException {
    assertAnswererIsServer("53", "0001 8180 0001 0000 0000 0000 03777777 00 0001 0001");
    assertAnswererIsServer("123", "24 02 03 e8" + "00".repeat(44));
    assertAnswererIsServer("137", "0001 8500 0000 0001 0000 0000");
    assertAnswererIsServer("67", "02 01 06 00");
    assertAnswererIsServer("547", "07 000001");
    assertAnswererIsServer("500", "11".repeat(16) + "21 20 22 20 00000000 0000001c");
    assertAnswererIsServer("4500", "00000000" + "11".repeat(16) + "21 20 23 20 00000001 0000001c");
    assertAnswererIsServer("5060", "'SIP/2.0 200 OK'");
  }

  @Test
  void aStatusLineOfSipIsAnAnswerOnAnyPorts() throws IOException {
    tape.udp("10.0.0.1:40000", "10.0.0.2:40001", Hex.bytes("'SIP/2.0 100 Trying'"));
    assertSides("10.0.0.2 40001", "10.0.0.1 40000");
  }

  /** Its bytes may look like IKE of a responder, but for the four bytes of 0 before that. */
  @Test
  void whatIsEncryptedBehindNatTellsNothing() throws IOException {
    String esp = "c0ffee01" + "11".repeat(16) + "21 20 23 20 00000001 0000001c";
    tape.udp("10.0.0.1:4500", "10.0.0.2:4500", Hex.bytes(esp));
    assertSides("10.0.0.1 4500", "10.0.0.2 4500");
  }

  @Test
  void whoAsksIsTheClientThoughTheAnswerCameFirst() throws IOException {
    tape.udp("10.0.0.2:123", "10.0.0.1:123", Hex.bytes("23 00 06 ec" + "00".repeat(44)));
    assertSides("10.0.0.2 123", "10.0.0.1 123");
  }

  @Test
  void aServerThatAnswersADhcpClientIsNone() throws IOException {
    tape.udp("10.0.0.1:67", "10.0.0.7:68", Hex.bytes("02 01 06 00"));
    assertSides("10.0.0.7 68", "10.0.0.1 67");
  }

  @Test
  void aGroupIsNobodysClient() throws IOException {
    tape.udp("10.0.0.1:67", "255.255.255.255:68", Hex.bytes("02 01 06 00"));
    assertSides("10.0.0.1 67", "255.255.255.255 68");
  }

  @Test
  void whoIsSentTheStartOfAServersStreamIsTheClient() throws IOException {
    byte[] response = Hex.bytes("'HTTP/1.1 200 OK' 0d0a 0d0a");
    tape.data("10.0.0.1:40000", "10.0.0.2:40001", 5, response);
    assertSides("10.0.0.2 40001", "10.0.0.1 40000");
  }

  @Test
  void whoIsSentAnEchoReplyIsTheClient() throws IOException {
    tape.echo("10.0.0.1", "10.0.0.2", false, 9);
    assertSides("10.0.0.2 -", "10.0.0.1 -");
  }

  /** What is sent to the broadcast address of a subnet, by its frame's address. */
  @Test
  void whatIsSentToAllOnTheLinkAndHasNoAnswerIsMulticast() throws IOException {
    tape.udp("10.0.0.1:138", "10.0.0.255:138", TALK).udp("10.0.0.1:138", "10.0.0.255:138", TALK);
    assertScope(Scope.MULTICAST, tape, TO_ALL);
    assertScope(Scope.LOCAL, tape, 0x0200_5e10_0001L);
    Tape answered = new Tape().udp("10.0.0.1:50000", "10.0.0.9:40000", TALK);
    answered.udp("10.0.0.9:40000", "10.0.0.1:50000", TALK);
    assertScope(Scope.LOCAL, answered, TO_ALL);
    assertScope(Scope.LOCAL, new Tape().syn("10.0.0.1:50000", "10.0.0.9:40000", 5), TO_ALL);
  }

  private static void assertScope(Scope scope, Tape tape, long mac) throws IOException {
    String expected = String.valueOf(scope.ordinal());
    Tracked tracked = Tracked.of(tape.inFramesTo(mac), 1, FactOptions.DEFAULT);
    assertEquals(List.of(expected), tracked.of(RowType.FLOW, "scope"));
  }
}
