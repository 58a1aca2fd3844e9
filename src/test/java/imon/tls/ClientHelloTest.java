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
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloTest {
  private static final byte[] TYPICAL =
      Hello.record(
          Hello.GREASE, Hello.sni("www.Example.com"), Hello.GROUPS, Hello.ALPN, Hello.GREASE);

  private final ClientHello hello = new ClientHello(new NameTable());

  @Test
  void theServerNameIsReadInItsNormalForm() {
    assertEquals(Verdict.NAMED, read(TYPICAL));
    assertEquals("www.example.com", hello.serverName());
    assertTrue(hello.isWhole());
    assertFalse(hello.hasEncryptedClientHello());
    assertEquals(0, hello.bytesNeeded());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void anyRecordVersionOfSsl3AndTlsWillDo(int minor) {
    byte[] record = TYPICAL.clone();
    record[2] = (byte) minor;
    assertEquals(Verdict.NAMED, read(record));
  }

  @Test
  void otherBytesAreNoTls() {
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("'GET / HTTP/1.1' 0d0a")));
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("16 0305 0040 01 00003c 0303")));
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("16 0203 0040 01 00003c 0303")));
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("17 0303 0040 01 00003c 0303")));
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("16 0301 0000 01 00003c 0303")), "empty record");
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("16 0301 4001 01 00003c 0303")), "too long");
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("16 0303 0040 02 00003c 0303")), "ServerHello");
  }

  @Test
  void everyPrefixIsIncompleteUntilTheNameIsThere() {
    int nameEnd = indexAfter(TYPICAL, "www.Example.com");
    for (int length = 0; length <= TYPICAL.length; length++) {
      Verdict verdict = read(Arrays.copyOf(TYPICAL, length));
      assertEquals(length < nameEnd ? Verdict.INCOMPLETE : Verdict.NAMED, verdict, "at " + length);
      assertEquals(length < nameEnd ? null : "www.example.com", hello.serverName());
      assertEquals(length == TYPICAL.length, hello.isWhole());
    }
  }

  @Test
  void theBytesNeededAreToldAsSoonAsTheyAreKnown() {
    read(Arrays.copyOf(TYPICAL, 4));
    assertEquals(9, hello.bytesNeeded());
    read(Arrays.copyOf(TYPICAL, 9));
    assertEquals(TYPICAL.length, hello.bytesNeeded());
    byte[] message = Hello.message(Hello.sni("a.example"));
    read(Arrays.copyOf(Hello.records(message, 40), 45));
    assertEquals(5 + 5 + message.length, hello.bytesNeeded(), "one more record at least");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 17, 64, 100})
  void aMessageOverSeveralRecordsIsPutTogether(int size) {
    byte[] message = Hello.message(Hello.GREASE, Hello.sni("www.example.com"), Hello.ALPN);
    byte[] records = Hello.records(message, size);
    for (int length = 1; length < records.length; length++) {
      Verdict verdict = read(Arrays.copyOf(records, length));
      if (verdict == Verdict.INCOMPLETE) {
        assertTrue(hello.bytesNeeded() > length, "at " + length);
        assertTrue(hello.bytesNeeded() <= records.length, "at " + length);
      } else {
        assertEquals(Verdict.NAMED, verdict, "at " + length);
        assertEquals("www.example.com", hello.serverName());
      }
    }
    assertEquals(Verdict.NAMED, read(records));
    assertTrue(hello.isWhole());
  }

  @Test
  void anotherRecordInTheMiddleBreaksTheMessage() {
    byte[] message = Hello.message(Hello.sni("www.example.com"));
    byte[] first = Hello.records(Arrays.copyOf(message, 30), 30);
    assertEquals(Verdict.MALFORMED, read(Hello.join(first, Hex.bytes("15 0301 0002 0228"))));
    assertEquals(Verdict.MALFORMED, read(Hello.join(first, Hex.bytes("16 0301 0000"))));
  }

  @Test
  void aNameBeforeTheBreakIsKept() {
    byte[] message = Hello.message(Hello.sni("www.example.com"), Hello.ALPN);
    byte[] first = Hello.records(Arrays.copyOf(message, message.length - 4), 1 << 14);
    assertEquals(Verdict.NAMED, read(Hello.join(first, Hex.bytes("15 0301 0002 0228"))));
    assertFalse(hello.isWhole());
  }

  @Test
  void aHelloWithoutServerNameIsNameless() {
    assertEquals(Verdict.NAMELESS, read(Hello.record(Hello.GROUPS, Hello.ALPN)));
    assertEquals(Verdict.NAMELESS, read(Hello.record()), "no extension");
    assertEquals(Verdict.NAMELESS, read(Hello.record("0000 0000")), "the server's empty form");
    assertNull(hello.serverName());
  }

  @Test
  void aHelloThatEndsBeforeTheExtensionsIsNameless() {
    String body = "0300" + "00".repeat(32) + "00 0002 000a 01 00";
    byte[] record = Hex.bytes("16 0300 002d 01 000029" + body);
    assertEquals(Verdict.NAMELESS, read(record));
    assertTrue(hello.isWhole());
  }

  @Test
  void aServerNameThatIsNoHostIsNameless() {
    assertEquals(Verdict.NAMELESS, read(Hello.record(Hello.sni("192.0.2.1"))));
    assertEquals(Verdict.NAMELESS, read(Hello.record(Hello.sni("a b"))));
    assertEquals(Verdict.NAMELESS, read(Hello.record(Hello.sni(""))));
  }

  @Test
  void theFirstHostNameOfTheListCounts() {
    String list = "0000 001b 0019 01 0003 'xyz' 00 0007 'a.b.org' 00 0006 'c.test'";
    assertEquals(Verdict.NAMED, read(Hello.record(list)));
    assertEquals("a.b.org", hello.serverName());
  }

  @Test
  void ofTwoServerNameExtensionsTheFirstCounts() {
    read(Hello.record(Hello.sni("first.example"), Hello.sni("second.example")));
    assertEquals("first.example", hello.serverName());
  }

  @Test
  void theEncryptedClientHelloExtensionIsSeenBeforeAndAfterTheName() {
    read(Hello.record(Hello.ECH, Hello.sni("public.example")));
    assertTrue(hello.hasEncryptedClientHello());
    read(Hello.record(Hello.sni("public.example"), Hello.ECH));
    assertTrue(hello.hasEncryptedClientHello());
    assertEquals("public.example", hello.serverName());
    read(TYPICAL);
    assertFalse(hello.hasEncryptedClientHello());
  }

  @Test
  void lengthsThatDoNotFitAreMalformed() {
    assertEquals(Verdict.MALFORMED, read(Hello.record("0000 0014 0030 00 000f 'www.example.com'")));
    assertEquals(Verdict.MALFORMED, read(Hello.record("0000 0014 0012 00 0010 'www.example.com'")));
    assertEquals(Verdict.MALFORMED, read(Hello.record("0000 0015 0012 00 000f 'www.example.com'")));
    assertEquals(Verdict.MALFORMED, read(Hello.record("000a 00")));
    String longSession = "0303" + "00".repeat(32) + "21";
    assertEquals(Verdict.MALFORMED, read(Hex.bytes("16 0301 0040 01 00003c" + longSession)));
    assertEquals(Verdict.MALFORMED, read(Hex.bytes("16 0301 0040 01 00003c 0403")), "version");
    assertEquals(Verdict.MALFORMED, read(Hex.bytes("16 0301 0006 01 000002 0303")), "too short");
  }

  @Test
  void aNameBeforeAMalformedExtensionIsKept() {
    assertEquals(Verdict.NAMED, read(Hello.record(Hello.sni("www.example.com"), "000a ffff 00")));
  }

  @Test
  void aMessageAboveTheLimitIsMalformed() {
    assertEquals(Verdict.MALFORMED, read(Hex.bytes("16 0301 4000 01 010001 0303")));
    assertEquals(Verdict.INCOMPLETE, read(Hex.bytes("16 0301 4000 01 010000 0303")));
    assertEquals(2 * 5 + 4 + 65536, hello.bytesNeeded());
  }

  @Test
  void aMessageOfTheGreatestLengthIsRead() {
    String padding = "0015 f000" + "00".repeat(0xf000);
    byte[] message = Hello.message(padding, Hello.sni("www.example.com"));
    assertEquals(Verdict.NAMED, read(Hello.records(message, 1 << 14)));
    assertEquals("www.example.com", hello.serverName());
  }

  @Test
  void anSsl2CompatibleHelloIsNameless() {
    byte[] whole = Hex.bytes("802e 01 0301 0015 0000 0010" + "00".repeat(37));
    assertEquals(Verdict.NAMELESS, read(whole));
    assertEquals(Verdict.INCOMPLETE, read(Arrays.copyOf(whole, 10)));
    assertEquals(11, hello.bytesNeeded());
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("802f 01 0301 0015 0000 0010 00")));
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("802e 02 0301 0015 0000 0010 00")));
    assertEquals(Verdict.NOT_TLS, read(Hex.bytes("802e 01 0003 0015 0000 0010 00")));
  }

  @Test
  void aMessageWithoutRecordIsReadToo() {
    byte[] message = Hello.message(Hello.sni("quic.example"), Hello.ECH);
    assertEquals(Verdict.NAMED, hello.readMessage(message, 0, message.length));
    assertEquals("quic.example", hello.serverName());
    assertEquals(Verdict.INCOMPLETE, hello.readMessage(message, 0, 20));
    assertEquals(message.length, hello.bytesNeeded());
    assertEquals(Verdict.INCOMPLETE, hello.readMessage(message, 0, 3));
    assertEquals(4, hello.bytesNeeded());
    assertEquals(Verdict.NOT_TLS, hello.readMessage(Hex.bytes("02 000000"), 0, 4));
  }

  @Test
  void thePrecheckHoldsForEveryPrefixAndRefusesTheRest() {
    for (int length = 0; length <= TYPICAL.length; length++) {
      assertTrue(ClientHello.looksLikeClientHello(TYPICAL, 0, length));
    }
    assertFalse(ClientHello.looksLikeClientHello(Hex.bytes("17"), 0, 1));
    assertFalse(ClientHello.looksLikeClientHello(Hex.bytes("16 02"), 0, 2));
    assertFalse(ClientHello.looksLikeClientHello(Hex.bytes("16 0301 0040 02"), 0, 6));
  }

  @Test
  void onlyTheBytesBetweenOffsetAndLimitCount() {
    byte[] buffer = Hello.join(new byte[7], TYPICAL, TYPICAL);
    assertEquals(Verdict.NAMED, hello.read(buffer, 7, 7 + TYPICAL.length));
    assertEquals(Verdict.INCOMPLETE, hello.read(buffer, 7, 7 + 60));
  }

  @Test
  void flippedBytesNeverThrow() {
    Random random = new Random(9);
    byte[] split = Hello.records(Hello.message(Hello.sni("www.example.com"), Hello.ECH), 33);
    int changed = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = (i % 2 == 0 ? TYPICAL : split).clone();
      int flips = 1 + random.nextInt(4);
      for (int f = 0; f < flips; f++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Verdict verdict = hello.read(bytes, 0, random.nextInt(bytes.length + 1));
      assertEquals(verdict == Verdict.NAMED, hello.serverName() != null);
      assertEquals(verdict == Verdict.INCOMPLETE, hello.bytesNeeded() > 0);
      changed += verdict == Verdict.MALFORMED ? 1 : 0;
    }
    assertNotEquals(0, changed);
  }

  @Test
  void readingAKnownNameAllocatesNothing() {
    byte[] split = Hello.records(Hello.message(Hello.sni("www.example.com")), 50);
    long bytes =
        Allocation.of(
            100_000,
            () -> {
              hello.read(TYPICAL, 0, TYPICAL.length);
              hello.read(split, 0, split.length);
            });
    assertEquals("www.example.com", hello.serverName());
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }

  private Verdict read(byte[] bytes) {
    return hello.read(bytes, 0, bytes.length);
  }

  private static int indexAfter(byte[] bytes, String text) {
    byte[] wanted = Hex.bytes("'" + text + "'");
    int at = 0;
    while (!Arrays.equals(wanted, Arrays.copyOfRange(bytes, at, at + wanted.length))) {
      at++;
    }
    return at + wanted.length;
  }
}
