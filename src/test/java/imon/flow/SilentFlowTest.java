package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import imon.samples.Tape;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flows that leave the table while the capture goes on. */
class SilentFlowTest {
  /** Packets after which silence is looked for. */
  private static final int SPAN = 1 << 16;

  private static final String CLIENT = "10.0.0.1:50000";
  private static final String SERVER = "203.0.113.1:443";
  private static final byte[] TALK = {1, 2, 3};

  private final Tape tape = new Tape();

  /** Packets of one other flow, up to this number. */
  private void fillUpTo(int number) {
    while (tape.size() < number) {
      tape.udp("10.0.0.9:1", "203.0.113.9:9", TALK);
    }
  }

  private List<String> flowsOfClient(int workers) throws IOException {
    return Tracked.of(tape.pcap(), workers).rows(RowType.FLOW).stream()
        .filter(row -> "50000".equals(row.get("client_port")))
        .map(row -> row.get("packet") + " " + row.get("up_packets"))
        .toList();
  }

  @Test
  void timeThatReturnsFindsTheFlowGone() throws IOException {
    tape.udp(CLIENT, SERVER, TALK).after(200 * Tape.SECOND);
    fillUpTo(2 * SPAN);
    tape.after(-100 * Tape.SECOND).udp(CLIENT, SERVER, TALK);
    assertEquals(List.of("1 1", 2 * SPAN + 1 + " 1"), flowsOfClient(1));
    assertEquals(flowsOfClient(1), flowsOfClient(3));
  }

  @Test
  void aFlowWithinItsGapStays() throws IOException {
    tape.udp(CLIENT, SERVER, TALK).after(110 * Tape.SECOND);
    fillUpTo(2 * SPAN);
    tape.udp(CLIENT, SERVER, TALK);
    assertEquals(List.of("1 2"), flowsOfClient(1));
  }

  @Test
  void aFewPacketsWithAWrongTimeEndNoFlow() throws IOException {
    tape.udp(CLIENT, SERVER, TALK);
    fillUpTo(SPAN / 2);
    tape.after(1_000_000 * Tape.SECOND);
    fillUpTo(SPAN / 2 + 9);
    tape.after(-1_000_000 * Tape.SECOND);
    fillUpTo(SPAN + 9);
    tape.udp(CLIENT, SERVER, TALK);
    assertEquals(List.of("1 2"), flowsOfClient(1));
  }

  @Test
  void aFlowWaitsForFragmentsThatAreHeldBack() throws IOException {
    Tape first = new Tape().fragmentedUdp(CLIENT, SERVER, new byte[64], 40, 0).only(0);
    Tape second = new Tape().fragmentedUdp(CLIENT, SERVER, new byte[64], 40, 0).only(1);
    tape.udp(CLIENT, SERVER, TALK).append(second).after(200 * Tape.SECOND);
    fillUpTo(2 * SPAN);
    tape.append(first);
    assertEquals(List.of("1 3"), flowsOfClient(1));
  }

  @Test
  void aSmallFlowOfLongAgoGoesOnAsIfItHadNeverBeenShelved() throws IOException {
    tape.udp(CLIENT, SERVER, TALK).udp("[2001:db8::1]:50000", "[2001:db8::2]:443", TALK);
    fillUpTo(6 * SPAN);
    tape.udp(SERVER, CLIENT, TALK).udp(CLIENT, SERVER, TALK);
    tape.udp("[2001:db8::2]:443", "[2001:db8::1]:50000", TALK);
    assertEquals(List.of("1 2", "2 1"), flowsOfClient(1));
    assertEquals(flowsOfClient(1), flowsOfClient(3));
  }
}
