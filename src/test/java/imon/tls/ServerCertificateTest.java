package imon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.Allocation;
import imon.testing.Hex;
import imon.tls.ServerCertificate.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificateTest {
  private static final byte[] HELLO = Certificates.serverHello(Certificates.OLD_EXTENSIONS);
  private static final byte[] DONE = Certificates.message(14, new byte[0]);
  private static final byte[] TYPICAL = flight(Certificates.WITH_ALTERNATIVES, 1 << 14);
  private static final List<String> NAMES =
      List.of("example.org", "*.example.org", "www.example.com", "*.cdn.example.net");

  private final ServerCertificate certificate = new ServerCertificate(new NameTable());

  @Test
  void theAlternativeNamesAreReadAndWildcardsKeptApart() {
    assertEquals(Verdict.NAMED, read(TYPICAL));
    assertEquals(NAMES, names());
    assertFalse(certificate.hasMoreNames());
    assertEquals(0, certificate.bytesNeeded());
  }

  @Test
  void withoutAlternativeNamesTheLastCommonNameThatIsAHostCounts() {
    assertEquals(Verdict.NAMED, read(flight(Certificates.WITH_COMMON_NAMES, 1 << 14)));
    assertEquals(List.of("mail.example.org"), names());
  }

  @Test
  void aCommonNameThatIsNoHostNamesNothing() {
    assertEquals(Verdict.NAMELESS, read(flight(Certificates.WITHOUT_HOST, 1 << 14)));
    assertEquals(List.of(), names());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 50, 111, 500})
  void messagesOverSeveralRecordsArePutTogether(int size) {
    byte[] records = flight(Certificates.WITH_ALTERNATIVES, size);
    assertEquals(Verdict.NAMED, read(records));
    assertEquals(NAMES, names());
  }

  /** Found by fuzzing: a sixth byte changed the verdict. */
  @Test
  void noServerBeginsWithALengthThatNoRecordHas() {
    for (String start : List.of("16 0300 0000", "16 0303 4801", "15 0303 0001", "15 0303 0003")) {
      assertEquals(Verdict.NOT_TLS, read(Hex.bytes(start)), start);
      assertEquals(Verdict.NOT_TLS, read(Hex.bytes(start + "fd ff00 0006 4a01")), start);
      assertEquals(Verdict.NOT_TLS, read(Hex.bytes(start + "01 ff00 0006 4a01")), start);
      assertEquals(Verdict.NOT_TLS, read(Hex.bytes(start + "02 ff00 0006 4a01")), start);
    }
  }

  @Test
  void everyPrefixIsIncompleteUntilTheNamesAreThere() {
    int needed = 0;
    boolean named = false;
    for (int length = 0; length <= TYPICAL.length; length++) {
      Verdict verdict = read(Arrays.copyOf(TYPICAL, length));
      assertEquals(verdict == Verdict.NAMED ? NAMES : List.of(), names(), "at " + length);
      assertFalse(named && verdict != Verdict.NAMED, "at " + length);
      named = verdict == Verdict.NAMED;
      if (!named) {
        assertEquals(Verdict.INCOMPLETE, verdict, "at " + length);
        assertTrue(certificate.bytesNeeded() > length, "at " + length);
        needed = certificate.bytesNeeded();
      }
    }
    int leafEnd = 5 + HELLO.length + 4 + 6 + Certificates.WITH_ALTERNATIVES.length;
    assertEquals(leafEnd, needed);
  }

  @Test
  void aHelloOfTls13IsNamelessAtOnce() {
    byte[] hello = Certificates.serverHello(Certificates.NEW_EXTENSIONS);
    assertEquals(Verdict.NAMELESS, read(Hello.records(hello, 1 << 14)));
    assertEquals(
        Verdict.NAMELESS, read(Hex.bytes("16 0301 0028 02 000024 7f17" + "00".repeat(34))));
  }

  @Test
  void aResumedSessionIsNameless() {
    byte[] hello = Hello.records(HELLO, 1 << 14);
    assertEquals(Verdict.NAMELESS, read(Hello.join(hello, Hex.bytes("14 0303 0001 01"))));
  }

  @Test
  void aServerWithoutCertificateIsNameless() {
    assertEquals(Verdict.NAMELESS, read(Hello.records(Hello.join(HELLO, DONE), 1 << 14)));
    byte[] empty = Certificates.message(11, new byte[3]);
    assertEquals(Verdict.NAMELESS, read(Hello.records(Hello.join(HELLO, empty), 1 << 14)));
  }

  @Test
  void aWarningBeforeTheHelloIsSteppedOver() {
    byte[] warned = Hello.join(Hex.bytes("15 0303 0002 0170"), TYPICAL);
    assertEquals(Verdict.NAMED, read(warned));
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("15 0303 0002 0228")), "a fatal one");
  }

  @Test
  void otherBytesAreNoTls() {
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("'HTTP/1.1 200 OK' 0d0a")));
    assertEquals(Verdict.NOT_TLS, read(Hello.record(Hello.sni("a.example"))), "a client's hello");
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("16 0305 0040 02 00003c")));
  }

  @Test
  void lengthsThatDoNotFitAreMalformed() {
    byte[] leaf = Certificates.WITH_ALTERNATIVES.clone();
    leaf[3]++;
    assertEquals(Verdict.MALFORMED, read(flight(leaf, 1 << 14)), "longer than its place");
    byte[] long24 = Certificates.message(11, Hex.bytes("000010 000020" + "00".repeat(13)));
    assertEquals(Verdict.MALFORMED, read(Hello.records(Hello.join(HELLO, long24), 1 << 14)));
    byte[] odd = Certificates.message(99, new byte[3]);
    assertEquals(Verdict.MALFORMED, read(Hello.records(Hello.join(HELLO, odd), 1 << 14)));
  }

  @Test
  void namesBeyondTheLimitAreCountedOut() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < ServerCertificate.MAX_NAMES + 1; i++) {
      names.append(String.format("82 0d 'h%03d.example' 2e61", i));
    }
    byte[] leaf = leafWith(Hex.bytes(names.toString().replace("0d 'h", "0e 'h")));
    assertEquals(Verdict.NAMED, read(flight(leaf, 1 << 14)));
    assertEquals(ServerCertificate.MAX_NAMES, certificate.nameCount());
    assertTrue(certificate.hasMoreNames());
    assertEquals("h000.example.a", certificate.name(0));
  }

  @Test
  void flippedBytesNeverThrow() {
    Random random = new Random(11);
    byte[] split = flight(Certificates.WITH_COMMON_NAMES, 90);
    int malformed = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = (i % 2 == 0 ? TYPICAL : split).clone();
      int flips = 1 + random.nextInt(6);
      for (int f = 0; f < flips; f++) {
        bytes[random.nextInt(700)] = (byte) random.nextInt(256);
      }
      Verdict verdict = certificate.read(bytes, 0, random.nextInt(bytes.length + 1));
      assertEquals(verdict == Verdict.NAMED, certificate.nameCount() > 0);
      assertEquals(verdict == Verdict.INCOMPLETE, certificate.bytesNeeded() > 0);
      malformed += verdict == Verdict.MALFORMED ? 1 : 0;
    }
    assertNotEquals(0, malformed);
  }

  @Test
  void readingKnownNamesAllocatesNothing() {
    long bytes = Allocation.of(20_000, () -> certificate.read(TYPICAL, 0, TYPICAL.length));
    assertEquals(NAMES.size(), certificate.nameCount());
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }

  private Verdict read(byte[] bytes) {
    return certificate.read(Hello.join(new byte[3], bytes), 3, 3 + bytes.length);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < certificate.nameCount(); i++) {
      names.add((certificate.isWildcard(i) ? "*." : "") + certificate.name(i));
    }
    return names;
  }

  private static byte[] flight(byte[] leaf, int recordSize) {
    return Hello.records(Hello.join(HELLO, Certificates.chain(leaf), DONE), recordSize);
  }

  /** A certificate with empty fields and a critical subjectAltName with these names. */
  private static byte[] leafWith(byte[] names) {
    byte[] oidAndFlag = Hex.bytes("0603 551d11 0101 ff");
    byte[] extension = element(0x30, oidAndFlag, element(0x04, element(0x30, names)));
    byte[] extensions = element(0xa3, element(0x30, extension));
    byte[] fields = Hex.bytes("a003 020102 020101 3000 3000 3000 3000 3000");
    return element(0x30, element(0x30, fields, extensions), Hex.bytes("3000 0300"));
  }

  private static byte[] element(int tag, byte[]... contents) {
    byte[] content = Hello.join(contents);
    return Hello.join(Hex.bytes(String.format("%02x 82 %04x", tag, content.length)), content);
  }
}
