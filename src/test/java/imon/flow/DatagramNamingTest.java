package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import imon.name.Evidence;
import imon.samples.Tape;
import imon.testing.Hex;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names found in the first datagrams of a flow, inside RDP's transport. */
class DatagramNamingTest {
  private static final String CLIENT = "10.0.0.1:50000";
  private static final String SERVER = "203.0.113.1:3389";
  private static final String HOST = "www.example.com";
  private static final byte[] SYN =
      Arrays.copyOf(Hex.bytes("ffffffff 0040 1a01 01020304 04d0 04d0"), 1232);

  private final Tape tape = new Tape();

  private void assertEvidence(String... evidence) throws IOException {
    assertEquals(
        List.of(evidence), Tracked.of(tape).of(RowType.EVIDENCE, "kind", "host", "seen_packet"));
  }

  private static byte[] source(int sequence, byte[] data) {
    String header = "01020304 0040 000c 0000 0000" + String.format("%08x", sequence).repeat(2);
    return Hex.bytes(header + HexFormat.of().formatHex(data));
  }

  /** The hello of a datagram: a record of DTLS around the message of TLS, versions exchanged. */
  private static byte[] dtlsHello() {
    byte[] body = Arrays.copyOfRange(Tape.hello(HOST), 9, Tape.hello(HOST).length);
    byte[] start = Arrays.copyOf(body, 2 + 32 + 1 + 32);
    start[0] = (byte) 0xfe;
    start[1] = (byte) 0xfd;
    String rest = HexFormat.of().formatHex(Arrays.copyOfRange(body, start.length, body.length));
    String message = HexFormat.of().formatHex(start) + "00" + rest;
    int length = message.length() / 2;
    return Hex.bytes(
        String.format(
                "16 fefd 0000 000000000000 %04x 01 %06x 0000 000000 %06x",
                length + 12, length, length)
            + message);
  }

  @Test
  void aHelloInAReliableConnectionOfRdpNamesItsFlow() throws IOException {
    byte[] hello = Tape.hello(HOST);
    tape.udp(CLIENT, SERVER, SYN);
    tape.udp(CLIENT, SERVER, source(9, Arrays.copyOf(hello, 1200)));
    tape.udp(CLIENT, SERVER, source(10, Arrays.copyOfRange(hello, 1200, hello.length)));
    assertEvidence(Evidence.TLS.code() + " " + HOST + " 3");
  }

  @Test
  void aHelloOfRdpMayComeInFragments() throws IOException {
    byte[] hello = Tape.hello(HOST);
    tape.udp(CLIENT, SERVER, SYN);
    tape.fragmentedUdp(CLIENT, SERVER, source(9, Arrays.copyOf(hello, 1200)), 800, 1);
    tape.udp(CLIENT, SERVER, source(10, Arrays.copyOfRange(hello, 1200, hello.length)));
    assertEvidence(Evidence.TLS.code() + " " + HOST + " 4");
  }

  @Test
  void aHelloInALossyConnectionOfRdpNamesItsFlow() throws IOException {
    tape.udp(CLIENT, SERVER, SYN).udp(CLIENT, SERVER, source(9, dtlsHello()));
    assertEvidence(Evidence.TLS.code() + " " + HOST + " 2");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:5353, 203.0.113.1:443",
    "10.0.0.1:5355, 203.0.113.1:443",
    "10.0.0.1:50000, 203.0.113.1:53"
  })
  void portsOfDnsHideNoHello(String client, String server) throws IOException {
    tape.udp(client, server, dtlsHello());
    assertEvidence(Evidence.TLS.code() + " " + HOST + " 1");
    assertEquals(
        List.of(client.replaceFirst(":.*", "")),
        Tracked.of(tape).of(RowType.FLOW, "client"),
        "who says hello is the client");
  }

  @Test
  void withoutItsSynNothingIsTakenForRdp() throws IOException {
    tape.udp(CLIENT, SERVER, source(9, dtlsHello()));
    assertEvidence();
  }

  @Test
  void theServersPacketsOfRdpNameNothing() throws IOException {
    tape.udp(CLIENT, SERVER, SYN).udp(SERVER, CLIENT, source(9, Tape.hello(HOST)));
    assertEvidence();
  }
}
