package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import imon.samples.Tape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose flow a fragment belongs to. */
class FragmentsTest {
  private static final String CLIENT = "10.0.0.1:50000";
  private static final String SERVER = "203.0.113.1:4000";
  private static final byte[] DATAGRAM = new byte[92];

  private final Tape tape = new Tape();

  private void assertFlows(String... flows) throws IOException {
    List<String> found =
        Tracked.of(tape).of(RowType.FLOW, "client_port", "server_port", "up_packets", "up_bytes");
    assertEquals(List.of(flows), found.stream().sorted().toList());
  }

  @Test
  void fragmentsInOrderAreOneFlow() throws IOException {
    tape.fragmentedUdp(CLIENT, SERVER, DATAGRAM, 40, 1);
    assertFlows("50000 4000 3 160");
  }

  @Test
  void laterFragmentsWaitForTheFirst() throws IOException {
    tape.fragmentedUdp(CLIENT, SERVER, DATAGRAM, 40, 1).only(2, 1, 0);
    assertFlows("50000 4000 3 160");
    assertEquals(Tape.START, Tracked.of(tape).ofOnlyFlow("start_time"));
    assertEquals(Tape.START + 2, Tracked.of(tape).ofOnlyFlow("end_time"));
  }

  @Test
  void fragmentsOfIpv6AreOneFlowInAnyOrder() throws IOException {
    tape.fragmentedUdp("[fd00::1]:50000", "[2001:db8::1]:4000", DATAGRAM, 40, 1).only(1, 0, 2);
    assertFlows("50000 4000 3 244");
  }

  @Test
  void fragmentsWithoutTheirFirstAreAFlowWithoutPorts() throws IOException {
    tape.fragmentedUdp(CLIENT, SERVER, DATAGRAM, 40, 1).only(1, 2);
    assertFlows("- - 2 100");
  }

  @Test
  void datagramsBetweenTheSameAddressesAreToldApartByTheirIdentification() throws IOException {
    tape.fragmentedUdp(CLIENT, SERVER, DATAGRAM, 56, 1);
    tape.fragmentedUdp("10.0.0.1:50001", SERVER, DATAGRAM, 56, 1);
    tape.only(1, 0, 2, 3);
    assertFlows("50000 4000 2 140", "50001 4000 2 140");
  }

  @ParameterizedTest
  @CsvSource({"0 1 2 3 4 5, 312, 0", "0 4 2 5 1 3, 312, 0", "2 3 4 5 0 1, 224, 88"})
  void fragmentsThatATunnelCutAgainGoWhereTheirDatagramGoes(String order, int ported, int portless)
      throws IOException {
    tape.fragmentsInFragmentedTunnel(
        "192.0.2.1:0", "192.0.2.2:0", CLIENT, SERVER, new byte[112], 40, 40);
    assertEquals(6, tape.size());
    tape.only(Arrays.stream(order.split(" ")).mapToInt(Integer::parseInt).toArray());
    if (portless == 0) {
      assertFlows("50000 4000 6 " + ported);
    } else {
      assertFlows("- - 2 " + portless, "50000 4000 4 " + ported);
    }
  }

  @Test
  void fragmentsOfBothDirectionsAreCountedByDirection() throws IOException {
    tape.fragmentedUdp(CLIENT, SERVER, DATAGRAM, 56, 1);
    tape.fragmentedUdp(SERVER, CLIENT, new byte[100], 56, 1);
    Tracked tracked = Tracked.of(tape);
    assertEquals(140, tracked.ofOnlyFlow("up_bytes"));
    assertEquals(148, tracked.ofOnlyFlow("down_bytes"));
  }

  @ParameterizedTest
  @CsvSource({"0 1, 0, 1", "1 0, 0, 1", "0 1, 1, 2", "1 0, 1, 2"})
  void aFragmentMayBe60SecondsFromItsFirst(String order, long more, int flows) throws IOException {
    tape.fragmentedUdp(CLIENT, SERVER, DATAGRAM, 56, 60 * Tape.SECOND + more);
    boolean inOrder = order.equals("0 1");
    tape.only(inOrder ? 0 : 1, inOrder ? 1 : 0);
    assertEquals(flows, Tracked.of(tape).rows(RowType.FLOW).size());
  }

  @Test
  void aFragmentThatIsLeftOverHoldsNothingBack() throws IOException {
    tape.fragmentedUdp(CLIENT, SERVER, DATAGRAM, 40, 1).only(2);
    tape.udp(CLIENT, SERVER, DATAGRAM);
    assertFlows("- - 1 40", "50000 4000 1 120");
  }
}
