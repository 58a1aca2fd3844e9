package imon.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import imon.name.Evidence;
import imon.name.service.Service;
import imon.samples.Tape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ClientHellos behind other talk of the client: of proxies, or of protocols that ask for TLS. */
class TalkBeforeHelloTest {
  private static final String CLIENT = "10.0.0.1:50000";
  private static final String SERVER = "203.0.113.1:1080";
  private static final String HOST = "www.example.com";
  private static final byte[] HELLO = Tape.hello(HOST);
  private static final List<String> NAMED = List.of(Evidence.TLS.code() + " " + HOST);
  private static final int INITIAL = 7;

  /** What a client says in turn, before the server answers each time. */
  private static List<List<String>> talks() {
    return List.of(
        List.of("CONNECT 198.51.100.7:443 HTTP/1.0\r\n\r\n"),
        List.of("CONNECT 198.51.100.7:443 HTTP/1.1\r\nHost: 198.51.100.7\r\n\r\n"),
        List.of("\5\1\0", "\5\1\0\1\u00c6\63\144\7\1\u00bb"),
        List.of("\4\1\1\u00bb\u00c6\63\144\7\0"),
        List.of("EHLO client.example.net\r\n", "STARTTLS\r\n"),
        List.of("a1 CAPABILITY\r\n", "a2 STARTTLS\r\n"),
        List.of("CAPA\r\n", "STLS\r\n"),
        List.of("AUTH TLS\r\n"),
        List.of(
            "<?xml version='1.0'?><stream:stream to='example.net'>",
            "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"),
        List.of("\0\0\0\10\4\u00d2\26\57"),
        List.of("\5\1\0", "\5\1\0\1\u00c6\63\144\7\0\31", "EHLO client\r\n", "STARTTLS\r\n"));
  }

  private final Tape tape = new Tape();
  private int sent;

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private void say(byte[] data) {
    repeat(sent, data);
    sent += data.length;
  }

  private void repeat(int place, byte[] data) {
    tape.data(CLIENT, SERVER, INITIAL + 1L + place, data);
  }

  private void assertNamed(String when) throws IOException {
    assertEquals(NAMED, Tracked.of(tape).of(RowType.EVIDENCE, "kind", "host"), when);
  }

  @ParameterizedTest
  @MethodSource("talks")
  void theSecondSegmentOfAHelloMayComeFirst(List<String> talk) throws IOException {
    tape.syn(CLIENT, SERVER, INITIAL);
    talk.forEach(words -> say(bytes(words)));
    repeat(sent + 90, Arrays.copyOfRange(HELLO, 90, HELLO.length));
    repeat(sent, Arrays.copyOf(HELLO, 90));
    assertNamed(talk.toString());
  }

  @ParameterizedTest
  @MethodSource("talks")
  void whatIsSentTwiceHidesNothing(List<String> talk) throws IOException {
    tape.syn(CLIENT, SERVER, INITIAL);
    for (String words : talk) {
      int place = sent;
      say(bytes(words));
      repeat(place, bytes(words));
    }
    say(HELLO);
    assertNamed(talk.toString());
  }

  @ParameterizedTest
  @MethodSource("talks")
  void aSegmentMayRepeatTheEndOfTheTalk(List<String> talk) throws IOException {
    tape.syn(CLIENT, SERVER, INITIAL);
    talk.forEach(words -> say(bytes(words)));
    byte[] last = bytes(talk.get(talk.size() - 1));
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    more.write(last, last.length - 2, 2);
    more.write(HELLO);
    repeat(sent - 2, more.toByteArray());
    assertNamed(talk.toString());
  }

  @ParameterizedTest
  @MethodSource("talks")
  void theTalkMayBeCutAnywhere(List<String> talk) throws IOException {
    for (int turn = 0; turn < talk.size(); turn++) {
      byte[] words = bytes(talk.get(turn));
      for (int cut = 1; cut < words.length; cut++) {
        TalkBeforeHelloTest other = new TalkBeforeHelloTest();
        other.tape.syn(CLIENT, SERVER, INITIAL);
        for (int i = 0; i < talk.size(); i++) {
          byte[] all = bytes(talk.get(i));
          int end = i == turn ? cut : all.length;
          other.say(Arrays.copyOf(all, end));
          if (end < all.length) {
            other.say(Arrays.copyOfRange(all, end, all.length));
          }
        }
        other.say(HELLO);
        other.assertNamed(talk + " cut at " + cut + " of " + turn);
      }
    }
  }

  @Test
  void aClientThatDoesNotWaitSendsItsHelloWithTheRequestToTheProxy() throws IOException {
    tape.syn(CLIENT, SERVER, INITIAL);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(bytes("CONNECT 198.51.100.7:443 HTTP/1.1\r\nHost: x\r\n\r\n"));
    both.write(HELLO);
    say(both.toByteArray());
    assertNamed("at once");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void aSegmentFullOfRequestsIsReadToItsFifteenth(int before) throws IOException {
    byte[] requests = bytes("\4\1\1\u00bb\0\0\0\1\0www.example.net\0".repeat(2_000));
    tape.syn(CLIENT, SERVER, INITIAL);
    if (before > 0) {
      say(Arrays.copyOf(requests, before));
    }
    say(Arrays.copyOfRange(requests, before, requests.length));
    say(HELLO);
    assertEquals(
        Collections.nCopies(15, Evidence.PROXY.code() + " www.example.net"),
        Tracked.of(tape).of(RowType.EVIDENCE, "kind", "host"));
  }

  @Test
  void aRequestThatWasCutHidesNoHello() throws IOException {
    tape.syn(CLIENT, SERVER, INITIAL);
    say(bytes("CONNECT 198.51.100.7:443 HTTP/1.1\r\nUser-Agent: " + "x".repeat(900) + "\r\n\r\n"));
    tape.snapped(600);
    say(HELLO);
    assertNamed("captured to 600 bytes");
  }

  @Test
  void aProxyMayBeAskedAgain() throws IOException {
    tape.syn(CLIENT, SERVER, INITIAL);
    for (int i = 0; i < 3; i++) {
      say(bytes("CONNECT 198.51.100.7:443 HTTP/1.1\r\nProxy-Authorization: NTLM x\r\n\r\n"));
    }
    say(HELLO);
    assertNamed("three requests");
  }

  @Test
  void aRefusedClientTalksOnWithoutTls() throws IOException {
    tape.syn(CLIENT, SERVER, INITIAL);
    say(bytes("STARTTLS\r\n"));
    say(bytes("EHLO client.example.net\r\n"));
    assertEquals(List.of(), Tracked.of(tape).of(RowType.EVIDENCE, "kind", "host"));
    assertEquals(
        List.of(String.valueOf(Service.SMTP.code())), Tracked.of(tape).of(RowType.FLOW, "service"));
  }

  @Test
  void thePrefaceOfHttp2MayBeCutAnywhere() throws IOException {
    String headers = "\u0082\u0086\u0084\1" + (char) HOST.length() + HOST;
    String frame = "\0\0" + (char) headers.length() + "\1\5\0\0\0\1" + headers;
    byte[] all = bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0" + frame);
    for (int cut = 1; cut < all.length; cut++) {
      TalkBeforeHelloTest other = new TalkBeforeHelloTest();
      other.tape.syn(CLIENT, SERVER, INITIAL);
      other.say(Arrays.copyOf(all, cut));
      other.say(Arrays.copyOfRange(all, cut, all.length));
      assertEquals(
          List.of(Evidence.HTTP.code() + " " + HOST),
          Tracked.of(other.tape).of(RowType.EVIDENCE, "kind", "host"),
          "cut at " + cut);
    }
  }
}
