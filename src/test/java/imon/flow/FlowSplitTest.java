package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.option.FactOptions;
import imon.flow.option.IdleTimeouts;
import imon.flow.option.LocalNetworks;
import imon.flow.row.RowType;
import imon.flow.row.UnflowedClass;
import imon.samples.Tape;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where one flow ends and the next between the same ends begins. */
class FlowSplitTest {
  private static final String CLIENT = "10.0.0.1:50000";
  private static final String SERVER = "203.0.113.1:443";
  private static final byte[] TALK = {1, 2, 3};

  private final Tape tape = new Tape();

  /** The numbers of the packets that begin flows. */
  private void assertFlowsBeginAt(String... packets) throws IOException {
    assertEquals(List.of(packets), Tracked.of(tape).of(RowType.FLOW, "packet"));
  }

  @Test
  void tcpMayBeSilentForExactly300Seconds() throws IOException {
    tape.data(CLIENT, SERVER, 5, TALK).after(300 * Tape.SECOND).data(CLIENT, SERVER, 8, TALK);
    assertFlowsBeginAt("1");
    tape.after(300 * Tape.SECOND + 1).data(SERVER, CLIENT, 5, TALK);
    assertFlowsBeginAt("1", "3");
  }

  @Test
  void aFirstRequestBehindTheEndOfAResponseBeginsAFlow() throws IOException {
    tape.data(SERVER, CLIENT, 5000, new byte[900]).data(CLIENT, SERVER, 70, new byte[0]);
    tape.data(CLIENT, SERVER, 70, Tape.request("next.example.com"));
    tape.data(SERVER, CLIENT, 5900, new byte[90]);
    tape.data(CLIENT, SERVER, 120, Tape.request("next.example.com"));
    assertFlowsBeginAt("1", "3");
  }

  @Test
  void whatIsNoFirstRequestBehindDataSplitsNothing() throws IOException {
    tape.data(SERVER, CLIENT, 5000, new byte[900]).data(CLIENT, SERVER, 70, TALK);
    tape.data(CLIENT, SERVER, 73, Tape.hello("next.example.com"));
    String other = "10.0.0.1:50001";
    tape.syn(other, SERVER, 69).data(SERVER, other, 5000, new byte[900]);
    tape.data(other, SERVER, 70, Tape.request("next.example.com"));
    assertFlowsBeginAt("1", "4");
  }

  @Test
  void aFirstRequestBehindDataOfEitherSideBeginsAFlow() throws IOException {
    tape.data(SERVER, CLIENT, 5000, new byte[900]).data(CLIENT, SERVER, 70, TALK);
    byte[] request = Tape.request("next.example.com");
    tape.data(CLIENT, SERVER, 73, request);
    tape.data(CLIENT, SERVER, 73L + request.length, Tape.request("other.example.com"));
    assertFlowsBeginAt("1", "3", "4");
  }

  @Test
  void packetsOfAnOlderConnectionBetweenSynAndAnswerSplitNothing() throws IOException {
    tape.syn(CLIENT, SERVER, 1000).data(SERVER, CLIENT, 5106, 800, new byte[0]);
    tape.fin(SERVER, CLIENT, 5106, 800).synAck(SERVER, CLIENT, 9000, 1001);
    tape.data(CLIENT, SERVER, 1001, TALK);
    assertFlowsBeginAt("1");
    tape.synAck(SERVER, CLIENT, 9500, 2001);
    assertFlowsBeginAt("1", "6");
  }

  @Test
  void udpMayBeSilentForExactly120Seconds() throws IOException {
    tape.udp(CLIENT, SERVER, TALK).after(120 * Tape.SECOND).udp(SERVER, CLIENT, TALK);
    assertFlowsBeginAt("1");
    tape.after(120 * Tape.SECOND + 1).udp(CLIENT, SERVER, TALK);
    assertFlowsBeginAt("1", "3");
  }

  @Test
  void icmpMayBeSilentForExactly120Seconds() throws IOException {
    tape.echo("10.0.0.1", "203.0.113.1", true, 1).after(120 * Tape.SECOND);
    tape.echo("203.0.113.1", "10.0.0.1", false, 1).after(120 * Tape.SECOND + 1);
    tape.echo("10.0.0.1", "203.0.113.1", true, 1);
    assertFlowsBeginAt("1", "3");
  }

  @Test
  void otherTimeoutsSplitAtTheirOwnLength() throws IOException {
    FactOptions options =
        new FactOptions(false, LocalNetworks.PRIVATE, new IdleTimeouts(7, 86_400));
    tape.data(CLIENT, SERVER, 5, TALK).udp(CLIENT, SERVER, TALK).after(7 * Tape.SECOND);
    tape.data(CLIENT, SERVER, 8, TALK).after(7 * Tape.SECOND + 1);
    tape.data(CLIENT, SERVER, 11, TALK).after(86_386 * Tape.SECOND - 1);
    tape.udp(SERVER, CLIENT, TALK).after(86_400 * Tape.SECOND + 1).udp(CLIENT, SERVER, TALK);
    for (int workers : new int[] {1, 3}) {
      Tracked tracked = Tracked.of(tape.pcap(), workers, options);
      assertEquals(List.of("1", "2", "4", "6"), tracked.of(RowType.FLOW, "packet"));
    }
  }

  @Test
  void theGapIsCountedFromTheLatestPacketNotThePreviousOne() throws IOException {
    tape.udp(CLIENT, SERVER, TALK).after(100 * Tape.SECOND).udp(CLIENT, SERVER, TALK);
    tape.after(-90 * Tape.SECOND).udp(CLIENT, SERVER, TALK);
    tape.after(190 * Tape.SECOND).udp(CLIENT, SERVER, TALK);
    assertFlowsBeginAt("1");
  }

  @Test
  void timeThatJumpsFarBackBeginsANewFlow() throws IOException {
    tape.udp(CLIENT, SERVER, TALK).after(-120 * Tape.SECOND).udp(CLIENT, SERVER, TALK);
    assertFlowsBeginAt("1");
    tape.after(-120 * Tape.SECOND - 1).udp(CLIENT, SERVER, TALK);
    assertFlowsBeginAt("1", "3");
  }

  @Test
  void timesOutOfOrderGiveTheEarliestAndTheLatest() throws IOException {
    tape.udp(CLIENT, SERVER, TALK).after(5).udp(CLIENT, SERVER, TALK);
    tape.after(-8).udp(SERVER, CLIENT, TALK);
    Tracked tracked = Tracked.of(tape);
    assertEquals(Tape.START - 3, tracked.ofOnlyFlow("start_time"));
    assertEquals(Tape.START + 5, tracked.ofOnlyFlow("end_time"));
  }

  @Test
  void aSynWithANewSequenceNumberBeginsANewFlow() throws IOException {
    tape.syn(CLIENT, SERVER, 100).synAck(SERVER, CLIENT, 900, 101);
    tape.syn(CLIENT, SERVER, 5000).synAck(SERVER, CLIENT, 7000, 5001);
    assertFlowsBeginAt("1", "3");
  }

  @Test
  void aSynSentAgainIsNoSplit() throws IOException {
    tape.syn(CLIENT, SERVER, 100).syn(CLIENT, SERVER, 100);
    tape.synAck(SERVER, CLIENT, 900, 101).synAck(SERVER, CLIENT, 900, 101);
    assertFlowsBeginAt("1");
  }

  @Test
  void aSynBehindItsOwnDataIsNoSplit() throws IOException {
    tape.data(CLIENT, SERVER, 101, TALK).syn(CLIENT, SERVER, 100);
    assertFlowsBeginAt("1");
  }

  @Test
  void aSynBehindLaterDataOfItsStreamIsNoSplitAlsoWhereNumbersWrap() throws IOException {
    tape.data(CLIENT, SERVER, 2000, TALK).syn(CLIENT, SERVER, 0xffff_ff00L);
    assertFlowsBeginAt("1");
  }

  @Test
  void aSynAheadOfTheDataBeforeItIsOfANewConnection() throws IOException {
    tape.data(CLIENT, SERVER, 101, TALK).syn(CLIENT, SERVER, 200_000);
    assertFlowsBeginAt("1", "2");
  }

  @Test
  void aSynAheadOfBareAcknowledgementsBeforeItIsOfANewConnection() throws IOException {
    tape.data(CLIENT, SERVER, 101, new byte[0]).syn(CLIENT, SERVER, 200_000);
    assertFlowsBeginAt("1", "2");
  }

  @Test
  void aSynFarBehindTheDataBeforeItIsOfANewConnection() throws IOException {
    tape.data(CLIENT, SERVER, 3_000_000, TALK).syn(CLIENT, SERVER, 100);
    assertFlowsBeginAt("1", "2");
  }

  @Test
  void aSynAckBeforeItsSynIsOfTheSameConnection() throws IOException {
    tape.synAck(SERVER, CLIENT, 900, 101).syn(CLIENT, SERVER, 100);
    assertFlowsBeginAt("1");
  }

  @Test
  void aSynAckThatAnswersAnUnseenNewSynBeginsANewFlow() throws IOException {
    tape.syn(CLIENT, SERVER, 100).synAck(SERVER, CLIENT, 900, 101);
    tape.synAck(SERVER, CLIENT, 70_000, 5001);
    assertFlowsBeginAt("1", "3");
  }

  @Test
  void theNewFlowDecidesItsOwnSidesAndCountsItsOwnPackets() throws IOException {
    tape.syn(CLIENT, SERVER, 100).data(CLIENT, SERVER, 101, TALK).syn(SERVER, CLIENT, 900);
    tape.after(301 * Tape.SECOND).syn(SERVER, CLIENT, 5000);
    assertEquals(
        List.of("1 10.0.0.1 2 1", "4 203.0.113.1 1 0"),
        Tracked.of(tape).of(RowType.FLOW, "packet", "client", "up_packets", "down_packets"));
  }

  @Test
  void echoIdentifiersAreKeptApartAndShowAsNoPorts() throws IOException {
    tape.echo("10.0.0.1", "203.0.113.1", true, 1).echo("10.0.0.1", "203.0.113.1", true, 2);
    tape.echo("203.0.113.1", "10.0.0.1", false, 2);
    tape.echo("fe80::1", "fe80::2", true, 1).echo("fe80::2", "fe80::1", false, 1);
    assertEquals(
        List.of("1 1 - - 1 0", "2 1 - - 1 1", "4 58 - - 1 1"),
        Tracked.of(tape)
            .of(
                RowType.FLOW,
                "packet",
                "protocol",
                "client_port",
                "server_port",
                "up_packets",
                "down_packets"));
  }

  @Test
  void packetsWithoutAnAddressPairAreCountedByMinute() throws IOException {
    tape.undecodable().undecodable().after(60 * Tape.SECOND).undecodable();
    long minute = Tape.START / (60 * Tape.SECOND);
    int undecodable = UnflowedClass.UNDECODABLE.code();
    assertEquals(
        List.of(minute + " " + undecodable + " 2 6", (minute + 1) + " " + undecodable + " 1 3"),
        Tracked.of(tape).of(RowType.UNFLOWED, "minute", "class", "packets", "bytes"));
  }
}
