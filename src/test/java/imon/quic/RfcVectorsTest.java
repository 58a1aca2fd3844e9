package imon.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.name.NameTable;
import imon.testing.Hex;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples of RFC 9001 and RFC 9369, appendix A of each. */
class RfcVectorsTest {
  private static final byte[] ID = Hex.bytes("8394c8f03e515708");

  /** The same in both: CRYPTO with a ClientHello for example.com, followed by PADDING. */
  private static final byte[] FRAME =
      Hex.bytes(
          """
          060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e868
          04fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578
          616d706c652e636f6dff01000100000a00080006001d00170018001000070005
          04616c706e000500050100000000003300260024001d00209370b2c9caa47fba
          baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b000302030400
          0d0010000e0403050306030203080408050806002d00020101001c0002400100
          3900320408ffffffffffffffff05048000ffff07048000ffff08011001048000
          75300901100f088394c8f03e51570806048000ffff
          """);

  private final KeyDerivation derivation = new KeyDerivation();

  @Test
  void keysOfVersion1AreThoseOfTheRfc() {
    assertKeys(
        InitialSalt.VERSION_1,
        "1f369613dd76d5467730efcbe3b1a22d",
        "fa044b2f42a3fd3b46fb255c",
        "9f50449e04a0e810283a1e9933adedd2");
  }

  @Test
  void keysOfVersion2AreThoseOfTheRfc() {
    assertKeys(
        InitialSalt.VERSION_2,
        "8b1a0bc121284290a29e0971b5cd045d",
        "91f73e2351d8fa91660e909f",
        "45b95e15235d6f45a6b19cbcb0294ba9");
  }

  private void assertKeys(InitialSalt salt, String key, String iv, String header) {
    InitialKeys keys = derivation.derive(salt, ID);
    byte[] nonce = new byte[12];
    keys.nonce(0, nonce);
    HexFormat hex = HexFormat.of();
    assertEquals(key, hex.formatHex(keys.packetKey().getEncoded()));
    assertEquals(iv, hex.formatHex(nonce));
    assertEquals(header, hex.formatHex(keys.headerKey().getEncoded()));
  }

  /** The tag at the end vouches for the bytes between. */
  @Test
  void theClientsPacketOfVersion1IsWrittenAndReadAsInTheRfc() {
    assertPacket(
        InitialWriter.version1(ID),
        "c000000001088394c8f03e5157080000449e7b9aec34"
            + "d1b1c98dd7689fb8ec11d242b123dc9bd8bab936b47d92ec",
        "e221af44860018ab0856972e194cd934");
  }

  @Test
  void theClientsPacketOfVersion2IsWrittenAndReadAsInTheRfc() {
    assertPacket(
        InitialWriter.version2(ID),
        "d76b3343cf088394c8f03e5157080000449ea0c95e82ffe67b6abcdb4298b485"
            + "dd04de806071bf03dceebfa162e75d6c",
        "a18b2faa745b6fe189cf772a9f84cbfc");
  }

  private static void assertPacket(InitialWriter writer, String start, String tag) {
    byte[] packet = writer.withPacketNumberBytes(4).padded(1200, 2, FRAME);
    assertEquals(1200, packet.length);
    HexFormat hex = HexFormat.of();
    assertEquals(start, hex.formatHex(Arrays.copyOf(packet, start.length() / 2)));
    assertEquals(tag, hex.formatHex(packet, packet.length - 16, packet.length));
    QuicInitial reader = new QuicInitial(new NameTable());
    assertEquals(
        QuicInitial.Verdict.NAMED, reader.read(new QuicFlow(), packet, 0, packet.length, false));
    assertEquals("example.com", reader.serverName());
  }
}
