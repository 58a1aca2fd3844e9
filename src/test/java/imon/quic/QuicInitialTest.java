package imon.quic;

import static imon.quic.InitialWriter.crypto;
import static imon.quic.InitialWriter.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.quic.QuicInitial.Verdict;
import imon.testing.Hex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuicInitialTest {
  private static final byte[] FIRST_ID = Hex.bytes("0102030405060708");
  private static final byte[] CLIENT_ID = Hex.bytes("c1c2c3c4c5");
  private static final byte[] SERVER_ID = Hex.bytes("515253545556575859");
  private static final byte[] PING = {1};
  private static final byte[] ACK = Hex.bytes("02 05 4010 02 00 01 02 00 00");
  private static final byte[] ACK_WITH_ECN = Hex.bytes("03 00 00 00 00 01 00 00");
  private static final byte[] CLOSE = Hex.bytes("1c 4128 00 05 'sorry'");

  private static final byte[] HELLO = Hellos.tls("www.example.org", 32);

  /** As large as with a post-quantum key share, the name behind it. */
  private static final byte[] LARGE_HELLO = Hellos.tls("www.example.org", 1216);

  private final QuicInitial reader = new QuicInitial(new NameTable());
  private final QuicFlow flow = new QuicFlow();

  private static InitialWriter client() {
    return InitialWriter.version1(FIRST_ID).from(CLIENT_ID);
  }

  private static byte[] whole(byte[] hello) {
    return crypto(hello, 0, hello.length);
  }

  private Verdict read(byte[] datagram) {
    return reader.read(flow, datagram, 0, datagram.length, false);
  }

  private void assertNamed(byte[] datagram) {
    assertEquals(Verdict.NAMED, read(datagram));
    assertEquals("www.example.org", reader.serverName());
    assertTrue(reader.isFromClient());
  }

  private static boolean looksLikeInitial(byte[] datagram) {
    return QuicInitial.looksLikeInitial(datagram, 0, datagram.length);
  }

  @Test
  void aHelloWithoutNameIsNameless() {
    assertEquals(Verdict.NAMELESS, read(client().padded(1200, 0, whole(Hellos.tlsWithoutName()))));
    assertNull(reader.serverName());
    assertTrue(reader.isFromClient());
  }

  @Test
  void framesThatAreNoCryptoAreSteppedOver() {
    assertNamed(
        client().padded(1200, 0, PING, ACK, new byte[7], ACK_WITH_ECN, CLOSE, whole(HELLO)));
  }

  @Test
  void nothingAfterAnUnknownFrameIsTrusted() {
    assertEquals(
        Verdict.INCOMPLETE, read(client().padded(1200, 0, new byte[] {0x30}, whole(HELLO))));
    assertTrue(reader.isFromClient());
  }

  @Test
  void aLargeHelloOverTwoPacketsIsReadInEitherOrder() {
    byte[] first = client().padded(1200, 0, crypto(LARGE_HELLO, 0, 1100));
    byte[] second = client().padded(1200, 1, crypto(LARGE_HELLO, 1100, LARGE_HELLO.length));
    assertEquals(Verdict.INCOMPLETE, read(first));
    assertNamed(second);
    QuicFlow reversed = new QuicFlow();
    assertEquals(Verdict.INCOMPLETE, reader.read(reversed, second, 0, second.length, false));
    assertTrue(reader.isFromClient());
    assertEquals(Verdict.NAMED, reader.read(reversed, first, 0, first.length, false));
  }

  @Test
  void aHelloInScrambledOverlappingPiecesIsPutTogether() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<byte[]> frames = scrambled(LARGE_HELLO, random);
      int half = frames.size() / 2;
      QuicFlow scattered = new QuicFlow();
      byte[] one = client().packet(0, frames.subList(0, half).toArray(new byte[0][]));
      byte[] two = client().packet(1, frames.subList(half, frames.size()).toArray(new byte[0][]));
      reader.read(scattered, one, 0, one.length, false);
      assertEquals(Verdict.NAMED, reader.read(scattered, two, 0, two.length, false));
      assertEquals("www.example.org", reader.serverName());
    }
  }

  /** Pieces of up to 200 bytes that begin up to 20 bytes before the last one ended, shuffled. */
  private static List<byte[]> scrambled(byte[] message, Random random) {
    List<byte[]> frames = new ArrayList<>();
    int end = 0;
    while (end < message.length) {
      int from = Math.max(0, end - random.nextInt(20));
      end = Math.min(message.length, end + 1 + random.nextInt(200));
      frames.add(join(crypto(message, from, end), random.nextBoolean() ? PING : new byte[3]));
    }
    Collections.shuffle(frames, random);
    return frames;
  }

  @Test
  void twoInitialsMayStandInOneDatagram() {
    byte[] first = client().packet(0, crypto(LARGE_HELLO, 0, 300));
    byte[] second = client().packet(1, crypto(LARGE_HELLO, 300, LARGE_HELLO.length));
    assertNamed(join(first, second));
  }

  @Test
  void packetsThatCannotBeOpenedAreSteppedOver() {
    byte[] sealed = new byte[60];
    byte[] early = InitialWriter.zeroRtt(FIRST_ID, CLIENT_ID, sealed);
    byte[] handshake = InitialWriter.handshake(FIRST_ID, CLIENT_ID, sealed);
    assertTrue(looksLikeInitial(early));
    assertFalse(looksLikeInitial(handshake));
    assertNamed(join(early, handshake, client().packet(0, whole(HELLO)), new byte[40]));
  }

  @Test
  void earlyDataInADatagramOfItsOwnComesBeforeTheName() {
    assertEquals(
        Verdict.INCOMPLETE, read(InitialWriter.zeroRtt(FIRST_ID, CLIENT_ID, new byte[900])));
    assertFalse(reader.isFromClient());
    assertNamed(client().padded(1200, 0, whole(HELLO)));
  }

  @Test
  void theServersAnswerNamesNothingAndCostsNoTry() {
    read(client().padded(1200, 0, crypto(HELLO, 0, 20)));
    byte[] answer =
        InitialWriter.server(FIRST_ID).to(CLIENT_ID).from(SERVER_ID).padded(1200, 0, ACK);
    for (int i = 0; i < 2 * QuicFlow.MAX_INITIALS; i++) {
      assertEquals(Verdict.INCOMPLETE, read(answer));
      assertFalse(reader.isFromClient());
    }
    assertFalse(flow.isSpent());
  }

  @Test
  void theFirstIdKeepsItsKeysWhenTheServerHasChosenAnother() {
    read(client().padded(1200, 0, crypto(LARGE_HELLO, 0, 1000)));
    assertNamed(
        client().to(SERVER_ID).padded(1200, 1, crypto(LARGE_HELLO, 1000, LARGE_HELLO.length)));
  }

  @Test
  void afterARetryTheKeysAreThoseOfTheServersId() {
    assertEquals(Verdict.INCOMPLETE, read(client().padded(1200, 0, crypto(LARGE_HELLO, 0, 1000))));
    byte[] retry =
        join(
            InitialWriter.longHeader(0xf0, 1, CLIENT_ID, SERVER_ID),
            Hellos.latin("a token and its sixteen bytes of tag"));
    assertFalse(looksLikeInitial(retry));
    assertEquals(Verdict.NOT_QUIC, read(retry));
    InitialWriter again =
        InitialWriter.version1(SERVER_ID).from(CLIENT_ID).withToken(Hellos.latin("a token"));
    byte[] other = Hellos.tls("www.example.org", 1100);
    assertEquals(Verdict.INCOMPLETE, read(again.padded(1200, 1, crypto(other, 0, 1000))));
    assertNamed(again.padded(1200, 2, crypto(other, 1000, other.length)));
  }

  @Test
  void aCutPacketIsReadAsFarAsItIsThereWhenItsCaptureWasCut() {
    byte[] datagram = client().padded(1200, 0, whole(HELLO));
    int limit = 60 + HELLO.length;
    assertEquals(Verdict.INCOMPLETE, reader.read(flow, datagram, 0, limit, false));
    assertFalse(reader.isFromClient());
    assertEquals(Verdict.NAMED, reader.read(flow, datagram, 0, limit, true));
    assertEquals("www.example.org", reader.serverName());
  }

  @Test
  void aCutPacketMayEndInsideItsTagOrInsideTheHello() {
    byte[] packet = client().packet(0, whole(HELLO));
    for (int limit = 0; limit < packet.length; limit++) {
      Verdict verdict = reader.read(new QuicFlow(), packet, 0, limit, true);
      boolean nameIsThere = limit >= packet.length - 16;
      assertEquals(nameIsThere, verdict == Verdict.NAMED, "limit " + limit);
    }
  }

  @Test
  void aCutPacketWithOtherKeysIsNoise() {
    for (int seed = 0; seed < 2000; seed++) {
      byte[] noise = new byte[300];
      new Random(seed).nextBytes(noise);
      byte[] datagram =
          join(
              InitialWriter.longHeader(0xc3, 1, FIRST_ID, CLIENT_ID),
              new byte[] {0, 0x44, (byte) 0xb0},
              noise);
      assertEquals(
          Verdict.INCOMPLETE, reader.read(new QuicFlow(), datagram, 0, datagram.length, true));
    }
  }

  @Test
  void aDamagedPacketIsNotBelievedAndHidesNoLaterOne() {
    byte[] damaged = client().padded(1200, 0, whole(Hellos.tls("www.example.net", 32)));
    damaged[700] ^= 1;
    assertEquals(Verdict.INCOMPLETE, read(damaged));
    assertFalse(reader.isFromClient());
    assertNamed(client().padded(1200, 1, whole(HELLO)));
  }

  @Test
  void aStreamThatIsNoClientHelloIsForgotten() {
    byte[] other = HELLO.clone();
    other[0] = 2;
    assertEquals(Verdict.INCOMPLETE, read(client().padded(1200, 0, whole(other))));
    assertNamed(client().padded(1200, 1, whole(HELLO)));
  }

  @Test
  void soManyInitialsAreTriedAndNoMore() {
    byte[] silent = client().padded(1200, 0, PING);
    for (int i = 0; i < QuicFlow.MAX_INITIALS; i++) {
      assertFalse(flow.isSpent());
      assertEquals(Verdict.INCOMPLETE, read(silent));
    }
    assertTrue(flow.isSpent());
    assertEquals(Verdict.INCOMPLETE, read(client().padded(1200, 0, whole(HELLO))));
    assertNull(reader.serverName());
  }

  @Test
  void ofAVersionThatOnlyProvokesNegotiationFewAreTried() {
    byte[] silent = client().padded(1200, 0, PING);
    ByteBuffer.wrap(silent).putInt(1, 0x1a2a3a4a);
    for (int i = 0; i < QuicFlow.MAX_VERSIONS / 4; i++) {
      assertFalse(flow.isSpent());
      assertEquals(Verdict.INCOMPLETE, read(silent));
    }
    assertTrue(flow.isSpent());
  }

  @Test
  void aFarOffsetHoldsNoMemory() {
    byte[] far = Arrays.copyOf(HELLO, 64 * 1024);
    for (int i = 0; i < QuicFlow.MAX_INITIALS; i++) {
      int from = 4096 * i + 4000;
      read(client().padded(1200, i, crypto(far, from, from + 10)));
    }
    assertTrue(flow.heldBytes() < 1024, () -> "holds " + flow.heldBytes());
  }
}
