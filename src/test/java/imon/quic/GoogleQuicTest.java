package imon.quic;

import static imon.quic.InitialWriter.join;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.quic.QuicInitial.Verdict;
import imon.testing.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleQuicTest {
  private static final String ID = "0102030405060708";
  private static final String MESSAGE_HASH = "aa".repeat(12);
  private static final byte[] HELLO = Hellos.google("www.example.org", 900);

  private final QuicInitial reader = new QuicInitial(new NameTable());
  private final QuicFlow flow = new QuicFlow();

  private Verdict read(byte[] datagram) {
    return reader.read(flow, datagram, 0, datagram.length, false);
  }

  private void assertNamed(byte[] datagram) {
    assertTrue(QuicInitial.looksLikeInitial(datagram, 0, datagram.length));
    assertEquals(Verdict.NAMED, read(datagram));
    assertEquals("www.example.org", reader.serverName());
    assertTrue(reader.isFromClient());
  }

  /** A stream frame on stream 1 with a length; before Q034 private flags stand in front. */
  private static byte[] clear(String flags, String version, String packetNumber, String before) {
    String header = flags + ID + "'" + version + "'" + packetNumber + MESSAGE_HASH + before;
    return join(Hex.bytes(header + "a0 01"), length(HELLO), HELLO, new byte[60]);
  }

  private static byte[] length(byte[] bytes) {
    return new byte[] {(byte) (bytes.length >>> 8), (byte) bytes.length};
  }

  @ParameterizedTest
  @CsvSource({"0d, Q024, 01, 00", "0d, Q025, 01, 00", "09, Q033, 01, 00", "09, Q035, 01, ''"})
  void clearHellosBehindThePublicHeaderAreRead(
      String flags, String version, String packetNumber, String before) {
    assertNamed(clear(flags, version, packetNumber, before));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Q039", "Q043"})
  void widePacketNumbersAreSteppedOver(String version) {
    assertNamed(clear("39", version, "000000000001", ""));
  }

  @ParameterizedTest
  @CsvSource({"ff, Q044", "c3, Q046", "c3, Q048"})
  void clearHellosBehindALongHeaderAreRead(String first, String version) {
    String header = first + "'" + version + "' 50" + ID + "00000001" + MESSAGE_HASH;
    assertNamed(join(Hex.bytes(header + "a0 01"), length(HELLO), HELLO));
  }

  @Test
  void theWordAloneIsNoHello() {
    byte[] word = Hex.bytes("09" + ID + "'Q043' 01" + MESSAGE_HASH + "'CHLO is a word'");
    assertEquals(Verdict.INCOMPLETE, read(word));
    assertFalse(reader.isFromClient());
    assertNamed(join(word, HELLO));
  }

  @Test
  void aHelloWithoutNameIsNameless() {
    byte[] nameless = clear("09", "Q043", "01", "");
    int sni = new String(nameless, ISO_8859_1).indexOf("SNI\0");
    nameless[sni] = 'Z';
    assertEquals(Verdict.NAMELESS, read(nameless));
    assertTrue(reader.isFromClient());
  }

  @Test
  void aHelloWhoseNameWasCutOffIsIncomplete() {
    byte[] datagram = clear("09", "Q043", "01", "");
    assertEquals(Verdict.INCOMPLETE, reader.read(flow, datagram, 0, 600, true));
    assertTrue(reader.isFromClient());
  }

  @Test
  void packetsWithoutVersionOrOfAResetAreNotGoogles() {
    for (String flags : new String[] {"08", "0a", "0b", "01"}) {
      byte[] datagram = clear(flags, "Q043", "01", "");
      assertFalse(QuicInitial.looksLikeInitial(datagram, 0, datagram.length));
      assertEquals(Verdict.NOT_QUIC, read(datagram));
    }
  }

  @Test
  void aProtectedHelloOverTwoPacketsIsPutTogether() {
    InitialWriter client =
        InitialWriter.of(0x51303530, "504574efd066fe2f9d945cfcdbd3a7f0d3b56b45", Hex.bytes(ID));
    assertEquals(Verdict.INCOMPLETE, read(client.padded(1200, 1, googleCrypto(HELLO, 0, 500))));
    assertNamed(client.padded(1200, 2, new byte[] {7}, googleCrypto(HELLO, 500, HELLO.length)));
  }

  @ParameterizedTest
  @CsvSource({
    "54303530, 7ff579e5acd072915580304c43a2367c60488310",
    "54303531, 7a4edef4e7ccee5fa4506c19124fc8ccda6e033d"
  })
  void tlsInGooglesFramesIsRead(String version, String salt) {
    InitialWriter client =
        InitialWriter.of(Integer.parseUnsignedInt(version, 16), salt, Hex.bytes(ID));
    byte[] hello = Hellos.tls("www.example.org", 32);
    assertNamed(client.padded(1200, 1, googleCrypto(hello, 0, hello.length)));
  }

  /** The frame of RFC 9000 under Google's number. */
  private static byte[] googleCrypto(byte[] message, int from, int to) {
    byte[] frame = InitialWriter.crypto(message, from, to);
    frame[0] = 8;
    return frame;
  }
}
