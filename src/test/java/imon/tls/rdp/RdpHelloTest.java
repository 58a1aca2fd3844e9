package imon.tls.rdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.samples.Tape;
import imon.testing.Hex;
import imon.tls.ClientHello.Verdict;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RdpHelloTest {
  private static final String HOST = "www.example.com";
  private static final byte[] HELLO = Tape.hello(HOST);
  private static final String SYN = "ffffffff 0040 %s 01020304 %s";

  private final RdpHello reader = new RdpHello(new NameTable());
  private final RdpFlow flow = new RdpFlow(true);

  private Verdict read(byte[] datagram) {
    return reader.read(flow, datagram, 0, datagram.length);
  }

  private static byte[] padded(String fields, int bytes) {
    return Arrays.copyOf(Hex.bytes(fields), bytes);
  }

  private static boolean isSyn(String flags, String units, int bytes) {
    return RdpDatagram.isSyn(padded(SYN.formatted(flags, units), bytes), 0, bytes);
  }

  /** A source packet of version 1 with an acknowledgement vector of so many elements. */
  private static byte[] version1(int sequence, int elements, byte[] data) {
    int padding = -(2 + elements) & 3;
    String header =
        String.format("01020304 0040 000c %04x", elements)
            + "00".repeat(elements + padding)
            + String.format("%08x %08x", sequence + 5, sequence);
    return Hex.bytes(header + HexFormat.of().formatHex(data));
  }

  /** A packet of version 3, what {@code flags} announce given as hex. */
  private static byte[] version3(
      int flags, String announced, String vector, byte[] data, int channel) {
    String header = String.format("e0 %02x %02x", flags & 0xff, 0xc0 | flags >> 8) + announced;
    String rest = "0700" + vector + String.format("%02x %02x", channel & 0xff, channel >> 8);
    byte[] packet = Hex.bytes(header + rest + HexFormat.of().formatHex(data));
    byte first = packet[0];
    packet[0] = packet[7];
    packet[7] = first;
    return packet;
  }

  private void assertNamed(byte[] datagram) {
    assertEquals(Verdict.NAMED, read(datagram));
    assertEquals(HOST, reader.serverName());
  }

  @Test
  void aSynIsKnownByItsFlagsItsUnitsAndItsPadding() {
    assertTrue(isSyn("0001", "04d0 04d0", 1232));
    assertTrue(isSyn("1a01", "04d0 046c", 1132));
    assertFalse(isSyn("0005", "04d0 04d0", 1232));
    assertFalse(isSyn("0008", "04d0 04d0", 1232));
    assertFalse(isSyn("0001", "04d1 04d0", 1232));
    assertFalse(isSyn("0001", "04d0 046b", 1131));
    assertFalse(isSyn("0001", "04d0 04d0", 1231));
    byte[] seen = padded(SYN.formatted("0001", "04d0 04d0"), 1232);
    seen[0] = 0;
    assertFalse(RdpDatagram.isSyn(seen, 0, seen.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 6})
  void aHelloOfVersion1IsReadBehindAnyVector(int elements) {
    assertNamed(version1(-1, elements, HELLO));
  }

  @Test
  void acknowledgedAcknowledgementsAreSteppedOver() {
    byte[] data =
        Hex.bytes(
            "01020304 0040 010c 0000 0000 99999999 00000001 00000001"
                + HexFormat.of().formatHex(HELLO));
    assertNamed(data);
  }

  @Test
  void aHelloOverPacketsOfVersion1IsPutTogether() {
    assertEquals(Verdict.INCOMPLETE, read(version1(-1, 0, Arrays.copyOf(HELLO, 1200))));
    byte[] rest = Arrays.copyOfRange(HELLO, 1200, HELLO.length);
    assertEquals(Verdict.INCOMPLETE, read(version1(1, 0, new byte[20])));
    assertNamed(version1(0, 0, rest));
  }

  @Test
  void aHelloOverPacketsOfVersion3IsPutTogether() {
    byte[] start = Arrays.copyOf(HELLO, 1200);
    byte[] rest = Arrays.copyOfRange(HELLO, 1200, HELLO.length);
    assertEquals(Verdict.INCOMPLETE, read(version3(0x004, "", "", start, 0xffff)));
    assertNamed(version3(0x114, "01f401 6400", "", rest, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "005 | 0000 000000 00 00",
        "005 | 0000 000000 00 02 1111",
        "045 | 0000 000000 00 00 2a",
        "104 | 01f401",
        "014 | 6400"
      })
  void whatVersion3PutsBeforeTheDataIsSteppedOver(String header) {
    String[] parts = header.split("\\|", -1);
    int flags = Integer.parseInt(parts[0].trim(), 16);
    assertNamed(version3(flags, parts[1], "", HELLO, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0100 00", "0100 02 aaaa", "0100 81 11223344 aa"})
  void vectorsOfVersion3StandBehindTheSequence(String vector) {
    assertNamed(version3(0x00c, "", vector, HELLO, 1));
  }

  @Test
  void otherPacketsAreNoHello() {
    assertEquals(Verdict.NOT_TLS, read(new byte[0]));
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("0014c064006500f0" + "00".repeat(900))));
    assertEquals(Verdict.NOT_TLS, read(version1(0, 0, new byte[40])));
    byte[] coded = version1(0, 0, HELLO);
    coded[7] |= 0x10;
    assertEquals(Verdict.NOT_TLS, read(coded));
  }

  /** Found by fuzzing. */
  @Test
  void whatIsNoHelloHasNoNameFromTheFlowBefore() {
    assertNamed(version1(-1, 0, HELLO));
    byte[] noHello = new byte[0];
    assertEquals(Verdict.NOT_TLS, reader.read(new RdpFlow(true), noHello, 0, noHello.length));
    assertNull(reader.serverName());
  }

  @Test
  void flippedBytesNeverThrow() {
    Random random = new Random(22);
    byte[][] sound = {version1(3, 5, HELLO), version3(0x15d & ~8, "0".repeat(26), "", HELLO, 1)};
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = sound[i % 2].clone();
      bytes[random.nextInt(40)] = (byte) random.nextInt(256);
      RdpFlow fresh = new RdpFlow(true);
      Verdict verdict = reader.read(fresh, bytes, 0, random.nextInt(bytes.length + 1));
      refused += verdict == Verdict.NOT_TLS ? 1 : 0;
    }
    assertNotEquals(0, refused);
  }
}
