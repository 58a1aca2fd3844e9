package imon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.Allocation;
import imon.testing.Hex;
import imon.tls.ClientHello.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DtlsHelloTest {
  private static final byte[] BODY = body("", Hello.GROUPS, Hello.sni("Dtls.example"), Hello.ALPN);
  private static final byte[] TYPICAL = fragment(0, BODY, 0, BODY.length);

  private final DtlsHello hello = new DtlsHello(new NameTable());

  @Test
  void theServerNameIsReadFromOneDatagram() {
    assertEquals(Verdict.NAMED, read(TYPICAL));
    assertEquals("dtls.example", hello.serverName());
    assertTrue(hello.isWhole());
    assertFalse(hello.hasEncryptedClientHello());
  }

  @ParameterizedTest
  @ValueSource(strings = {"feff", "fefd", "0100"})
  void everyVersionOfTheRecordWillDo(String version) {
    byte[] datagram = TYPICAL.clone();
    System.arraycopy(Hex.bytes(version), 0, datagram, 1, 2);
    assertEquals(Verdict.NAMED, read(datagram));
  }

  @Test
  void aCookieIsSteppedOver() {
    byte[] body = body("c0".repeat(32), Hello.sni("cookie.example"));
    assertEquals(Verdict.NAMED, read(fragment(1, body, 0, body.length)));
    assertEquals("cookie.example", hello.serverName());
  }

  @Test
  void aHelloWithoutServerNameIsNameless() {
    byte[] body = body("", Hello.GROUPS);
    assertEquals(Verdict.NAMELESS, read(fragment(0, body, 0, body.length)));
    assertNull(hello.serverName());
  }

  @Test
  void fragmentsInOneDatagramArePutTogether() {
    byte[] first = fragment(0, BODY, 0, 40);
    byte[] rest = fragment(0, BODY, 40, BODY.length - 40);
    assertEquals(Verdict.NAMED, read(Hello.join(first, rest)));
    assertEquals(Verdict.NAMED, read(Hello.join(rest, first)));
    assertEquals(Verdict.INCOMPLETE, read(first));
    assertEquals(Verdict.INCOMPLETE, read(rest));
  }

  @Test
  void fragmentsOverDatagramsMayComeInAnyOrderTwiceAndOverlapping() {
    Random random = new Random(12);
    for (int round = 0; round < 200; round++) {
      List<byte[]> datagrams = new ArrayList<>();
      for (int at = 0; at < BODY.length; at += 17) {
        int length = Math.min(BODY.length - at, 17 + random.nextInt(20));
        datagrams.add(fragment(3, BODY, at, length));
      }
      datagrams.add(datagrams.get(random.nextInt(datagrams.size())));
      Collections.shuffle(datagrams, random);
      DtlsFragments fragments = new DtlsFragments();
      Verdict verdict = Verdict.INCOMPLETE;
      for (byte[] datagram : datagrams) {
        verdict = hello.read(fragments, datagram, 0, datagram.length);
      }
      assertEquals(Verdict.NAMED, verdict);
      assertEquals("dtls.example", hello.serverName());
      assertTrue(hello.isWhole());
    }
  }

  @Test
  void theHelloAfterAVerifyRequestTakesThePlaceOfTheFirst() {
    DtlsFragments fragments = new DtlsFragments();
    byte[] cut = fragment(0, BODY, 0, 40);
    byte[] body = body("c0c0", Hello.sni("second.example"));
    byte[] second = fragment(1, body, 0, body.length);
    assertEquals(Verdict.INCOMPLETE, hello.read(fragments, cut, 0, cut.length));
    assertEquals(Verdict.NAMED, hello.read(fragments, second, 0, second.length));
    assertEquals("second.example", hello.serverName());
  }

  @Test
  void otherDatagramsAreNoHelloAndLeaveTheFragmentsAlone() {
    assertEquals(Verdict.NOT_TLS, read(new byte[0]));
    assertEquals(
        Verdict.NOT_TLS, read(Hex.bytes("16 feff 0001 000000000000 000c 01" + "00".repeat(11))));
    assertEquals(
        Verdict.NOT_TLS, read(Hex.bytes("16 feff 0000 000000000000 000c 02" + "00".repeat(11))));
    assertEquals(
        Verdict.NOT_TLS, read(Hex.bytes("17 feff 0000 000000000000 000c 01" + "00".repeat(11))));
    assertEquals(
        Verdict.NOT_TLS, read(Hex.bytes("16 0303 0000 000000000000 000c 01" + "00".repeat(11))));
    DtlsFragments fragments = new DtlsFragments();
    byte[] first = fragment(0, BODY, 0, 40);
    byte[] rest = fragment(0, BODY, 40, BODY.length - 40);
    hello.read(fragments, first, 0, first.length);
    assertEquals(Verdict.NOT_TLS, hello.read(fragments, new byte[20], 0, 20));
    assertEquals(Verdict.NAMED, hello.read(fragments, rest, 0, rest.length));
  }

  @Test
  void aFragmentBeyondItsMessageIsNoHello() {
    byte[] datagram = TYPICAL.clone();
    datagram[13 + 8]++;
    assertEquals(Verdict.NOT_TLS, read(datagram));
  }

  @Test
  void aDatagramCutAfterTheNameIsNamed() {
    for (int length = 0; length <= TYPICAL.length; length++) {
      Verdict verdict = read(Arrays.copyOf(TYPICAL, length));
      Verdict cut = length < 25 ? Verdict.NOT_TLS : Verdict.INCOMPLETE;
      assertEquals(hello.serverName() == null ? cut : Verdict.NAMED, verdict, "at " + length);
    }
    assertEquals("dtls.example", hello.serverName());
  }

  @Test
  void flippedBytesNeverThrow() {
    Random random = new Random(13);
    byte[] two = Hello.join(fragment(0, BODY, 50, BODY.length - 50), fragment(0, BODY, 0, 60));
    DtlsFragments fragments = new DtlsFragments();
    int malformed = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = (i % 2 == 0 ? TYPICAL : two).clone();
      int flips = 1 + random.nextInt(4);
      for (int f = 0; f < flips; f++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(bytes.length + 1);
      hello.read(fragments, bytes, 0, length);
      fragments = i % 8 == 0 ? new DtlsFragments() : fragments;
      Verdict verdict = hello.read(bytes, 0, length);
      assertEquals(verdict == Verdict.NAMED, hello.serverName() != null);
      malformed += verdict == Verdict.MALFORMED ? 1 : 0;
    }
    assertNotEquals(0, malformed);
  }

  @Test
  void readingAKnownNameAllocatesNothing() {
    long bytes = Allocation.of(100_000, () -> hello.read(TYPICAL, 0, TYPICAL.length));
    assertEquals("dtls.example", hello.serverName());
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }

  private Verdict read(byte[] datagram) {
    return hello.read(datagram, 0, datagram.length);
  }

  /** One record with one fragment. */
  private static byte[] fragment(int sequence, byte[] body, int offset, int length) {
    String headers =
        String.format(
            "16 fefd 0000 000000000000 %04x 01 %06x %04x %06x %06x",
            12 + length, body.length, sequence, offset, length);
    return Hello.join(Hex.bytes(headers), Arrays.copyOfRange(body, offset, offset + length));
  }

  private static byte[] body(String cookie, String... extensions) {
    byte[] extensionBytes = Hex.bytes(String.join("", extensions));
    String start =
        "fefd" + "00112233".repeat(8) + "00" + String.format("%02x", cookie.length() / 2);
    String lengths = "0004 c02b c02f 01 00" + String.format("%04x", extensionBytes.length);
    return Hello.join(Hex.bytes(start + cookie + lengths), extensionBytes);
  }
}
