package imon.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.http.HttpRequest.Verdict;
import imon.name.NameTable;
import imon.testing.Allocation;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {
  private static final String TYPICAL =
      "GET /a?b=c HTTP/1.1\r\nUser-Agent: x\r\nHost: WWW.Example.com:8080\r\nAccept: */*\r\n\r\n";

  private final HttpRequest request = new HttpRequest(new NameTable());

  @Test
  void theHostFieldNamesTheRequest() {
    assertEquals(Verdict.NAMED, read(TYPICAL));
    assertEquals("www.example.com", request.host());
    assertFalse(request.isConnect());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nhost:example.com\r\n\r\n",
        "POST / HTTP/1.0\r\nHOST: \t example.com \t\r\nA: b",
        "PUT / HTTP/1.1\nHost: example.com\n\n",
        "PROPFIND /a b HTTP/1.1\r\nHost: example.com\r\n\r\n",
        "M-SEARCH * HTTP/1.1\r\nHost: example.com\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nX: y\r\n folded: on\r\nHost: example.com\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n example.com\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: example.com\r\n \r\nA: b\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nHost: example.com\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: example.com\r\nHost: other.com\r\n\r\n",
        "GET http://example.com/ HTTP/1.1\r\nHost: other.com\r\n\r\n",
        "GET HTTP://user:p@ss@Example.com:80/x@y HTTP/1.1\r\n",
        "GET http://example.com?q=/ HTTP/1.1\r\n",
        "GET http://example.com HTTP/1.1\r\n",
        "GET /http://other.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n",
        "GET /?u=http://other.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n"
      })
  void theHostIsFoundInAnyTolerableForm(String text) {
    assertEquals(Verdict.NAMED, read(text));
    assertEquals("example.com", request.host());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.0\n\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 192.0.2.1:8080\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: [2001:db8::1]\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: exam\r\n ple.com\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nX-Host: example.com\r\nHosts: example.com\r\n\r\nHost: example.com\r\n",
        "GET http://192.0.2.1/ HTTP/1.1\r\nHost: example.com\r\n\r\n",
        "GET http:///path HTTP/1.1\r\nHost: example.com\r\n\r\n"
      })
  void aRequestWithoutUsableHostIsNameless(String text) {
    assertEquals(Verdict.NAMELESS, read(text));
    assertNull(request.host());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n",
        "OPTIONS rtsp://example.com/a RTSP/1.0\r\nHost: example.com\r\n\r\n",
        "SUBSCRIBE sip:a@example.com SIP/2.0\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /\r\n",
        "GET / HTTP/2.0\r\nHost: example.com\r\n\r\n",
        "GET /HTTP/1.1\r\nHost: example.com\r\n\r\n",
        "GET / HTTP/1.x\r\nHost: example.com\r\n\r\n",
        "get / HTTP/1.1\r\nHost: example.com\r\n\r\n",
        "GETTER / HTTP/1.1\r\n",
        "FETCH / HTTP/1.1\r\n",
        "GET /\u0000 HTTP/1.1\r\n",
        "GET /\rx HTTP/1.1\r\n",
        "\u0016\u0003\u0001",
        "x"
      })
  void otherTextIsNoHttp(String text) {
    assertEquals(Verdict.NOT_HTTP, read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "G",
        "GET",
        "GET /long/path",
        "GET / HTTP/1.1\r",
        "GET / HTTP/1.1\r\nHo",
        "GET / HTTP/1.1\r\nHost: example.com",
        "GET / HTTP/1.1\r\nHost: example.com\r\n",
        "GET / HTTP/1.1\r\nHost: example.com\r\n a"
      })
  void aCutRequestIsIncomplete(String text) {
    assertEquals(Verdict.INCOMPLETE, read(text));
    assertNull(request.host());
  }

  @Test
  void aHeaderLineWithoutColonIsMalformed() {
    assertEquals(
        Verdict.MALFORMED, read("GET / HTTP/1.1\r\nnonsense\r\nHost: example.com\r\n\r\n"));
  }

  @Test
  void aConnectTellsItsTargetAndNamesNothing() {
    assertEquals(
        Verdict.NAMELESS, read("CONNECT Example.com:443 HTTP/1.1\r\nHost: proxy.example\r\n\r\n"));
    assertTrue(request.isConnect());
    assertEquals("example.com", request.connectHost());
    assertNull(request.host());
    assertEquals(Verdict.NAMELESS, read("CONNECT 192.0.2.1:443 HTTP/1.1\r\n"));
    assertTrue(request.isConnect());
    assertNull(request.connectHost());
    read(TYPICAL);
    assertFalse(request.isConnect());
    assertNull(request.connectHost());
  }

  @Test
  void onlyAnAbsoluteUriWithAHostIsARequestToAProxy() {
    read("GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n");
    assertTrue(request.isAbsolute());
    for (String origin :
        List.of(
            TYPICAL,
            "GET http://192.0.2.1:80/device.xml HTTP/1.1\r\n\r\n",
            "GET /?http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n",
            "CONNECT example.com:443 HTTP/1.1\r\n\r\n")) {
      read(origin);
      assertFalse(request.isAbsolute(), origin);
    }
  }

  @Test
  void everyPrefixIsIncompleteUntilTheHostLineHasEnded() {
    int decided = TYPICAL.indexOf("Accept") + 1;
    for (int length = 0; length <= TYPICAL.length(); length++) {
      Verdict verdict = read(TYPICAL.substring(0, length));
      assertEquals(length < decided ? Verdict.INCOMPLETE : Verdict.NAMED, verdict, "at " + length);
      assertEquals(length < decided ? null : "www.example.com", request.host());
    }
  }

  @Test
  void everyPrefixOfAnAbsoluteRequestIsIncompleteUntilItsLineHasEnded() {
    String text = "GET http://example.com.evil.example/ HTTP/1.1\r\nHost: other.com\r\n\r\n";
    int decided = text.indexOf('\n') + 1;
    for (int length = 0; length <= text.length(); length++) {
      read(text.substring(0, length));
      assertEquals(length < decided ? null : "example.com.evil.example", request.host());
    }
  }

  @Test
  void aHeaderAboveTheLimitIsMalformed() {
    String start = "GET / HTTP/1.1\r\nX: ";
    int room = HttpRequest.MAX_HEADER_BYTES - start.length();
    assertEquals(Verdict.INCOMPLETE, read(start + "x".repeat(room - 1)));
    assertEquals(Verdict.MALFORMED, read(start + "x".repeat(room)));
    assertEquals(
        Verdict.MALFORMED, read(start + "x".repeat(room) + "\r\nHost: example.com\r\n\r\n"));
    assertEquals(Verdict.MALFORMED, read("GET /" + "x".repeat(HttpRequest.MAX_HEADER_BYTES)));
  }

  @Test
  void onlyTheBytesBetweenOffsetAndLimitCount() {
    byte[] buffer = ("junk" + TYPICAL + "junk").getBytes(UTF_8);
    assertEquals(Verdict.NAMED, request.read(buffer, 4, buffer.length - 4));
    assertEquals(Verdict.INCOMPLETE, request.read(buffer, 4, 30));
  }

  @Test
  void flippedBytesNeverThrow() {
    Random random = new Random(10);
    byte[] absolute =
        "GET http://u@example.com:80/ HTTP/1.1\r\nHost: b.com\r\n\r\n".getBytes(UTF_8);
    byte[] typical = TYPICAL.getBytes(UTF_8);
    int refused = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = (i % 2 == 0 ? typical : absolute).clone();
      int flips = 1 + random.nextInt(4);
      for (int f = 0; f < flips; f++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Verdict verdict = request.read(bytes, 0, random.nextInt(bytes.length + 1));
      assertEquals(verdict == Verdict.NAMED, request.host() != null);
      refused += verdict == Verdict.NOT_HTTP ? 1 : 0;
    }
    assertNotEquals(0, refused);
  }

  @Test
  void readingAKnownHostAllocatesNothing() {
    byte[] typical = TYPICAL.getBytes(UTF_8);
    long bytes = Allocation.of(100_000, () -> request.read(typical, 0, typical.length));
    assertEquals("www.example.com", request.host());
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }

  private Verdict read(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return request.read(bytes, 0, bytes.length);
  }
}
