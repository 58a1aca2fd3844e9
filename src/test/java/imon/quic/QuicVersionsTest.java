package imon.quic;

import static imon.quic.InitialWriter.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.quic.QuicInitial.Verdict;
import imon.testing.Hex;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells versions apart, and QUIC from other bytes. */
class QuicVersionsTest {
  private static final byte[] FIRST_ID = Hex.bytes("0102030405060708");
  private static final byte[] CLIENT_ID = Hex.bytes("c1c2c3c4c5");
  private static final byte[] HELLO = Hellos.tls("www.example.org", 32);
  private static final byte[] FRAME = InitialWriter.crypto(HELLO, 0, HELLO.length);

  private final QuicInitial reader = new QuicInitial(new NameTable());
  private final QuicFlow flow = new QuicFlow();

  private static InitialWriter client() {
    return InitialWriter.version1(FIRST_ID).from(CLIENT_ID);
  }

  private Verdict read(byte[] datagram) {
    return reader.read(flow, datagram, 0, datagram.length, false);
  }

  private void assertNamed(byte[] datagram) {
    assertEquals(Verdict.NAMED, read(datagram));
    assertEquals("www.example.org", reader.serverName());
  }

  private static boolean looksLikeInitial(byte[] datagram) {
    return QuicInitial.looksLikeInitial(datagram, 0, datagram.length);
  }

  @ParameterizedTest
  @CsvSource({
    "ff000016, 7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a",
    "ff000017, c3eef712c72ebb5a11a7d2432bb46365bef9f502",
    "ff00001c, c3eef712c72ebb5a11a7d2432bb46365bef9f502",
    "ff00001d, afbfec289993d24c9e9786f19c6111e04390a899",
    "ff000020, afbfec289993d24c9e9786f19c6111e04390a899",
    "ff000021, 38762cf7f55934b34d179ae6a4c80cadccbb7f0a",
    "ff000022, 38762cf7f55934b34d179ae6a4c80cadccbb7f0a",
    "faceb001, 7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a",
    "faceb002, c3eef712c72ebb5a11a7d2432bb46365bef9f502",
    "faceb003, 38762cf7f55934b34d179ae6a4c80cadccbb7f0a",
    "faceb00e, c3eef712c72ebb5a11a7d2432bb46365bef9f502",
    "1a2a3a4a, 38762cf7f55934b34d179ae6a4c80cadccbb7f0a",
    "babababa, afbfec289993d24c9e9786f19c6111e04390a899"
  })
  void everyVersionHasItsSalt(String version, String salt) {
    InitialWriter writer =
        InitialWriter.of(Integer.parseUnsignedInt(version, 16), salt, FIRST_ID).from(CLIENT_ID);
    byte[] datagram = writer.padded(1200, 0, FRAME);
    assertTrue(looksLikeInitial(datagram));
    assertNamed(datagram);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000", "00000002", "ff000015", "ff000023", "faceb0ff", "51303938"})
  void otherVersionsAreNotQuic(String version) {
    InitialWriter writer =
        InitialWriter.of(
            Integer.parseUnsignedInt(version, 16),
            "38762cf7f55934b34d179ae6a4c80cadccbb7f0a",
            FIRST_ID);
    byte[] datagram = writer.padded(1200, 0, FRAME);
    assertFalse(looksLikeInitial(datagram));
    assertEquals(Verdict.NOT_QUIC, read(datagram));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aPacketNumberMayHaveOneToFourBytes(int bytes) {
    assertNamed(client().withPacketNumberBytes(bytes).padded(1200, 0x7f, FRAME));
  }

  @Test
  void afterVersionNegotiationTheOtherVersionIsRead() {
    String unknown = "000102030405060708090a0b0c0d0e0f10111213";
    assertEquals(
        Verdict.INCOMPLETE,
        read(
            InitialWriter.of(0x2a2a2a2a, unknown, FIRST_ID)
                .from(CLIENT_ID)
                .padded(1200, 0, FRAME)));
    byte[] negotiation =
        join(InitialWriter.longHeader(0xc0, 0, CLIENT_ID, FIRST_ID), Hex.bytes("6b3343cf"));
    assertFalse(looksLikeInitial(negotiation));
    assertEquals(Verdict.NOT_QUIC, read(negotiation));
    assertNamed(InitialWriter.version2(FIRST_ID).from(CLIENT_ID).padded(1200, 0, FRAME));
  }

  @Test
  void aClearedFixedBitChangesNothing() {
    byte[] datagram = client().withoutFixedBit().padded(1200, 0, FRAME);
    assertEquals(0x80, datagram[0] & 0xf0);
    assertTrue(looksLikeInitial(datagram));
    assertNamed(datagram);
  }

  @Test
  void otherBytesAreNotQuic() {
    for (String bytes : List.of("", "c0", "c000000001", "16 0303 0010", "4000000001 08", "80")) {
      byte[] datagram = Hex.bytes(bytes);
      assertFalse(looksLikeInitial(datagram));
      assertEquals(Verdict.NOT_QUIC, read(datagram));
    }
    byte[] longId = InitialWriter.longHeader(0xc0, 1, new byte[21], CLIENT_ID);
    assertFalse(looksLikeInitial(longId));
    assertEquals(Verdict.NOT_QUIC, read(longId));
  }
}
