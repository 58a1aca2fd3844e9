package imon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.Hex;
import imon.tls.ServerCertificate.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DtlsCertificateTest {
  private static final byte[] HELLO =
      record(1, Certificates.serverHello(Certificates.OLD_EXTENSIONS));
  private static final byte[] CHAIN = Certificates.chain(Certificates.WITH_ALTERNATIVES);

  private final DtlsCertificate reader = new DtlsCertificate(new NameTable());
  private DtlsCertificate.Flight flight = new DtlsCertificate.Flight();

  private Verdict read(byte[] datagram) {
    return reader.read(flight, datagram, 0, datagram.length);
  }

  private void assertNamed() {
    assertEquals(4, reader.certificate().nameCount());
    assertEquals("example.org", reader.certificate().name(0));
    assertTrue(reader.certificate().isWildcard(1));
  }

  @Test
  void aFlightInOneDatagramIsRead() {
    byte[] datagram = Hello.join(HELLO, record(2, CHAIN));
    assertTrue(DtlsCertificate.looksLikeServerFlight(datagram, 0, datagram.length));
    assertEquals(Verdict.NAMED, read(datagram));
    assertNamed();
  }

  @Test
  void fragmentsAndTheHelloMayComeInAnyOrder() {
    for (int seed = 0; seed < 50; seed++) {
      List<byte[]> datagrams = new ArrayList<>(List.of(HELLO));
      for (int at = 0; at < CHAIN.length - 4; at += 200) {
        datagrams.add(fragment(2, CHAIN, at, Math.min(200, CHAIN.length - 4 - at)));
      }
      Collections.shuffle(datagrams, new Random(seed));
      flight = new DtlsCertificate.Flight();
      List<Verdict> verdicts = datagrams.stream().map(this::read).toList();
      assertTrue(verdicts.contains(Verdict.NAMED), verdicts::toString);
      assertEquals(Verdict.NAMED, verdicts.get(verdicts.size() - 1));
      assertNamed();
    }
  }

  @Test
  void aCertificateInADirectionWithoutServerHelloMayBeTheClients() {
    byte[] datagram = record(1, CHAIN);
    assertTrue(DtlsCertificate.looksLikeServerFlight(datagram, 0, datagram.length));
    assertEquals(Verdict.INCOMPLETE, read(datagram));
  }

  @Test
  void aMissingFragmentLeavesItIncomplete() {
    read(HELLO);
    assertEquals(Verdict.INCOMPLETE, read(fragment(2, CHAIN, 0, 100)));
    assertEquals(Verdict.INCOMPLETE, read(fragment(2, CHAIN, 300, 200)));
  }

  @Test
  void aServerWithoutCertificateOrHostIsNameless() {
    read(HELLO);
    assertEquals(Verdict.NAMELESS, read(record(2, Certificates.message(11, new byte[3]))));
    assertEquals(Verdict.NAMELESS, read(record(3, Certificates.chain(Certificates.WITHOUT_HOST))));
  }

  @Test
  void aLeafLongerThanItsMessageIsMalformed() {
    read(HELLO);
    byte[] chain = CHAIN.clone();
    chain[7] = 1;
    assertEquals(Verdict.MALFORMED, read(record(2, chain)));
  }

  @Test
  void encryptedRecordsAndOtherMessagesAreNoFlight() {
    byte[] encrypted = record(2, CHAIN);
    encrypted[4] = 1;
    assertFalse(DtlsCertificate.looksLikeServerFlight(encrypted, 0, encrypted.length));
    byte[] verify = record(0, Certificates.message(3, new byte[35]));
    assertFalse(DtlsCertificate.looksLikeServerFlight(verify, 0, verify.length));
  }

  @Test
  void flippedBytesNeverThrow() {
    Random random = new Random(21);
    byte[] sound = Hello.join(HELLO, fragment(2, CHAIN, 0, 500), fragment(2, CHAIN, 450, 600));
    int other = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = sound.clone();
      for (int flips = random.nextInt(5); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      flight = i % 4 == 0 ? new DtlsCertificate.Flight() : flight;
      Verdict verdict = reader.read(flight, bytes, 0, random.nextInt(bytes.length + 1));
      other += verdict == Verdict.NAMED ? 0 : 1;
    }
    assertNotEquals(0, other);
  }

  private static byte[] record(int sequence, byte[] message) {
    return fragment(sequence, message, 0, message.length - 4);
  }

  /** One record with one fragment of a message that has TLS's header of four bytes. */
  private static byte[] fragment(int sequence, byte[] message, int offset, int length) {
    String headers =
        String.format(
            "16 fefd 0000 000000000000 %04x %02x %06x %04x %06x %06x",
            12 + length, message[0], message.length - 4, sequence, offset, length);
    int from = 4 + offset;
    return Hello.join(Hex.bytes(headers), Arrays.copyOfRange(message, from, from + length));
  }
}
