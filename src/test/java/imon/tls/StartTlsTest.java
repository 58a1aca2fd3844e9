package imon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import imon.testing.Hex;
import imon.tls.StartTls.Protocol;
import imon.tls.StartTls.Verdict;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartTlsTest {
  private static final byte[] HELLO = Hello.record(Hello.sni("www.example.com"));
  private static final String LDAP = "77 18 80 16 '1.3.6.1.4.1.1466.20037'";
  private static final String XMPP = "'<starttls xmlns=\"urn:ietf:params:xml:ns:xmpp-tls\"'";

  private final StartTls startTls = new StartTls();

  static Stream<Arguments> talks() {
    return Stream.of(
        Arguments.of(Protocol.SMTP, "'EHLO me.example' 0d0a 'STARTTLS' 0d0a"),
        Arguments.of(Protocol.SMTP, "'ehlo [192.0.2.1]' 0d0a 'starttls' 0d0a"),
        Arguments.of(Protocol.IMAP, "'a001 CAPABILITY' 0d0a 'a002 STARTTLS' 0d0a"),
        Arguments.of(Protocol.IMAP, "'1 starttls' 0d0a"),
        Arguments.of(Protocol.POP3, "'CAPA' 0d0a 'STLS' 0d0a"),
        Arguments.of(Protocol.POP3, "'STLS' 0a"),
        Arguments.of(Protocol.FTP, "'AUTH TLS' 0d0a"),
        Arguments.of(Protocol.FTP, "'FEAT' 0d0a 'AUTH SSL' 0d0a"),
        Arguments.of(Protocol.LINES, "'CAPABILITIES' 0d0a 'STARTTLS' 0d0a"),
        Arguments.of(Protocol.LDAP, "30 1d 020101" + LDAP),
        Arguments.of(Protocol.LDAP, "30 84 0000001d 020101" + LDAP),
        Arguments.of(
            Protocol.XMPP, "'<?xml version=\"1.0\"?><stream:stream to=\"x\">'" + XMPP + "'/>'"),
        Arguments.of(Protocol.XMPP, "'<stream:stream to=\"x\">'" + XMPP + "'></starttls>'"),
        Arguments.of(Protocol.POSTGRESQL, "00000008 04d2162f"),
        Arguments.of(Protocol.POSTGRESQL, "00000008 04d21630 00000008 04d2162f"),
        Arguments.of(Protocol.MYSQL, "200000 01 05aebf19 00000001 21" + "00".repeat(23)),
        Arguments.of(Protocol.TDS, "12 01 0082 0000 00 00"),
        Arguments.of(Protocol.RDP, "0300 0013 0e e0 0000 0000 00 01 00 0800 03000000"),
        Arguments.of(
            Protocol.RDP,
            "0300 0025 20 e0 0000 0000 00 'Cookie: a=user' 0d0a 0d0a 01 00 0800 01000000"));
  }

  @ParameterizedTest
  @MethodSource("talks")
  void theHelloAfterTheTalkIsFound(Protocol protocol, String talk) {
    byte[] bytes = Hex.bytes(talk);
    assertEquals(Verdict.HELLO, read(Hello.join(bytes, HELLO)));
    assertEquals(bytes.length, startTls.helloOffset());
    assertEquals(protocol, startTls.protocol());
  }

  @ParameterizedTest
  @MethodSource("talks")
  void everyPrefixIsIncompleteUntilTheHelloBegins(Protocol protocol, String talk) {
    byte[] bytes = Hello.join(Hex.bytes(talk), HELLO);
    for (int length = 0; length < Hex.bytes(talk).length; length++) {
      assertEquals(Verdict.INCOMPLETE, read(Arrays.copyOf(bytes, length)), "at " + length);
      assertNull(startTls.protocol());
    }
    assertNotEquals(Verdict.INCOMPLETE, read(Arrays.copyOf(bytes, bytes.length - 1)));
  }

  @ParameterizedTest
  @MethodSource("talks")
  void theTalkWithoutAHelloIsNone(Protocol protocol, String talk) {
    assertEquals(Verdict.NOT_STARTTLS, read(Hello.join(Hex.bytes(talk), Hex.bytes("ff'xyz'"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'GET / HTTP/1.1' 0d0a",
        "'USER me' 0d0a 'AUTH TLS' 0d0a",
        "'a001 LOGIN me secret' 0d0a",
        "'EHLO me.example' 0d0a 00",
        "'some words that are no command of anything'",
        "30 0c 020101 60 07 020103 0400 8000",
        "00000008 04d2162e",
        "200000 01 05a6bf19 00000001 21 0000000000000000000000000000000000000000000000",
        "0300 0013 0e d0 0000 0000 00 01 00 0800 03000000",
        "0300 0013 0e e0 0000 0000 00 01 00 0800 00000000",
        "'<html><starttls/>'",
        "16"
      })
  void otherTalkIsRefused(String bytes) {
    assertEquals(Verdict.NOT_STARTTLS, read(Hello.join(Hex.bytes(bytes), HELLO)));
  }

  @Test
  void talkAboveTheLimitIsGivenUp() {
    String line = "'EHLO me.example' 0d0a";
    byte[] endless = Hex.bytes(line.repeat(StartTls.MAX_TALK_BYTES / 17 + 1));
    assertEquals(Verdict.NOT_STARTTLS, read(endless));
    assertEquals(Verdict.INCOMPLETE, read(Arrays.copyOf(endless, 17 * 20)));
    byte[] xml = Hex.bytes("'<?xml " + "x".repeat(StartTls.MAX_TALK_BYTES) + "'");
    assertEquals(Verdict.NOT_STARTTLS, read(xml));
  }

  @Test
  void flippedBytesNeverThrow() {
    Random random = new Random(14);
    byte[][] talks =
        talks()
            .map(talk -> Hello.join(Hex.bytes((String) talk.get()[1]), HELLO))
            .toArray(byte[][]::new);
    int found = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = talks[i % talks.length].clone();
      bytes[random.nextInt(40)] = (byte) random.nextInt(256);
      int length = random.nextInt(bytes.length + 1);
      Verdict verdict = startTls.read(bytes, 0, length);
      if (verdict == Verdict.HELLO) {
        found++;
        int at = startTls.helloOffset();
        assertEquals(true, at > 0 && at < length);
      }
    }
    assertNotEquals(0, found);
  }

  private Verdict read(byte[] bytes) {
    return startTls.read(bytes, 0, bytes.length);
  }
}
