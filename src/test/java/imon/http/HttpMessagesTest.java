package imon.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.Allocation;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMessagesTest {
  private static final String CHUNKED_POST =
      """
      POST / HTTP/1.1\r
      Host: c.example\r
      Transfer-Encoding: gzip, Chunked\r
      \r
      5\r
      GET /\r
      A;x=y\r
      0123456789\r
      0\r
      Trailer: x\r
      \r
      """;
  private static final String LONG_POST =
      "POST / HTTP/1.1\r\nHost: b.example\r\nContent-Length: 32\r\n\r\n"
          + "GET / HTTP/1.1\r\nHost: no.example";

  private static final String EXPECT = "\r\nExpect: 100-continue\r\n\r\n";

  private final HttpRequest reader = new HttpRequest(new NameTable());
  private HttpMessages messages = new HttpMessages(reader);
  private MessageLog log = new MessageLog();

  @Test
  void requestsToSeveralHostsAreToldWhereTheyBegin() {
    client(get("a.example") + LONG_POST + CHUNKED_POST + get("d.example"));
    int second = get("a.example").length();
    int third = second + LONG_POST.length();
    int fourth = third + CHUNKED_POST.length();
    assertEquals(
        ">0@0 a.example >1@"
            + second
            + " b.example >2@"
            + third
            + " c.example >3@"
            + fourth
            + " d.example",
        log.toString());
  }

  @Test
  void responsesAreToldWithTheRequestTheyAnswer() {
    client(get("a.example") + get("b.example") + get("c.example"));
    String first = ok("Content-Length: 4", "HTTP");
    String second = ok("Transfer-Encoding: chunked", "4\r\nHTTP\r\n0\r\n\r\n");
    server(first + second + ok("Connection: close", "HTTP/1.1 200 OK\r\n\r\n and more"));
    assertEquals("<0@0 <1@" + first.length() + " <2@" + (first + second).length(), responses());
  }

  /** As some servers write them; receivers are to understand that. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length : 4",
        "Transfer-Encoding: identity\r\nContent-Length: 4",
        "Transfer-Encoding : Identity \r\nContent-Length\t: 4"
      })
  void oddFieldsSayWhereABodyEndsToo(String fields) {
    client(get("a.example") + get("b.example"));
    String first = ok(fields, "HTTP");
    server(first + ok("Content-Length: 0", ""));
    assertEquals("<0@0 <1@" + first.length(), responses());
  }

  @Test
  void theEventsAreTheSameForPiecesOfAnySize() {
    String requests = get("a.example") + LONG_POST + "\r\n" + CHUNKED_POST + get("d.example");
    String replies =
        "HTTP/1.1 100 Continue\r\n\r\n"
            + ok("Content-Length: 4", "HTTP")
            + ok("Transfer-Encoding: chunked", "4\r\nHTTP\r\n0\r\n\r\n")
            + "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n"
            + ok("X: y", "rest");
    client(requests);
    server(replies);
    String whole = log.toString();
    assertTrue(whole.contains("<3@"), whole);
    for (int size = 1; size < requests.length(); size++) {
      begin();
      feed(true, requests, size);
      feed(false, replies, size);
      assertEquals(whole, log.toString(), "pieces of " + size);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content", "304 Not Modified"})
  void someResponsesHaveNoBodyWhateverTheirLength(String status) {
    client(get("a.example") + get("b.example"));
    String first = "HTTP/1.1 " + status + "\r\nContent-Length: 100\r\n\r\n";
    server(first + ok("Content-Length: 0", ""));
    assertEquals("<0@0 <1@" + first.length(), responses());
  }

  @Test
  void theResponseToHeadHasNoBody() {
    client("HEAD / HTTP/1.1\r\nHost: a.example\r\n\r\n" + get("b.example"));
    String first = ok("Content-Length: 100", "");
    server(first + ok("Content-Length: 0", ""));
    assertEquals("<0@0 <1@" + first.length(), responses());
  }

  @Test
  void anInterimResponseBelongsToTheFinalOne() {
    client(LONG_POST + get("b.example"));
    String first = "HTTP/1.1 100 Continue\r\n\r\n" + ok("Content-Length: 0", "");
    server(first + ok("Content-Length: 0", ""));
    assertEquals("<0@0 <1@" + first.length(), responses());
  }

  @Test
  void aSwitchOfProtocolsEndsHttpWhereTheHeaderEnds() {
    client(get("a.example"));
    String header = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
    assertEquals(header.length(), server(header + "\u0081\u0001x"));
    assertEquals(0, client("\u0081\u0001x"));
    assertEquals(">0@0 a.example <0@0 UPGRADE", log.toString());
    assertTrue(messages.isEnded());
  }

  @Test
  void aGrantedConnectEndsHttp() {
    client("CONNECT a.example:443 HTTP/1.1\r\n\r\n");
    String header = "HTTP/1.1 200 OK\r\n\r\n";
    assertEquals(header.length(), server(header + "\u0016\u0003\u0001"));
    assertEquals(">0@0 CONNECT a.example <0@0 TUNNEL", log.toString());
  }

  @Test
  void whatFollowsAConnectAtOnceIsItsTunnel() {
    String connect = "CONNECT a.example:443 HTTP/1.1\r\n\r\n";
    assertEquals(connect.length(), client(connect + "\u0016\u0003\u0001"));
    assertEquals(">0@0 CONNECT a.example TUNNEL", log.toString());
  }

  /** Found by fuzzing: they were taken for a request, unless they came by themselves. */
  @Test
  void whatFollowsTheBodyOfAConnectAtOnceIsItsTunnel() {
    String connect = "CONNECT a.example:443 HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello";
    assertEquals(connect.length(), client(connect + "\u0000YPOST / HTTP/1.1\r\n\r\n"));
    assertEquals(">0@0 CONNECT a.example TUNNEL", log.toString());
  }

  @Test
  void aRefusedConnectIsFollowedByRequests() {
    client("CONNECT a.example:443 HTTP/1.1\r\n\r\n");
    server("HTTP/1.1 407 Denied\r\nContent-Length: 3\r\n\r\nno!");
    client("CONNECT a.example:443 HTTP/1.1\r\nProxy-Authorization: x\r\n\r\n");
    server("HTTP/1.1 200 OK\r\n\r\n");
    assertEquals(
        ">0@0 CONNECT a.example <0@0 >1@34 CONNECT a.example <1@45 TUNNEL", log.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Length: x",
        "Content-Length:",
        "Content-Length: 1234567890123456789",
        "Content-Length: -1",
        "Content-Length: 3, 4",
        "Content-Length: 3,",
        "Content-Length: 3 3",
        "Transfer-Encoding: gzip"
      })
  void aBodyOfUnknownLengthLosesTheBorders(String field) {
    client("POST / HTTP/1.1\r\nHost: a.example\r\n" + field + "\r\n\r\n");
    assertEquals(">0@0 a.example LOST", log.toString());
  }

  @Test
  void lengthsThatDifferLoseTheBordersAndEqualOnesDoNot() {
    client("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx");
    assertEquals("open", log.end());
    client("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx");
    assertEquals("LOST", log.end());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4, 4",
        "Content-Length: 4,4\r\nContent-Length: 4",
        "Content-Length:\r\n 4",
        "Content-Length:\r\n\t \r\n 4\r\n ",
        "Content-Length:\n 4,\n 4",
        "X: y\r\n Content-Length: 9\r\nContent-Length: 4",
      })
  void aLengthMayBeFoldedOrAListOfEqualOnes(String field) {
    String first = ok(field, "HTTP");
    String both = first + ok("Content-Length: 0", "");
    for (int size = 1; size <= both.length(); size++) {
      begin();
      client(get("a.example") + get("b.example"));
      feed(false, both, size);
      assertEquals("<0@0 <1@" + first.length(), responses(), "pieces of " + size);
    }
  }

  @Test
  void anEncodingMayBeFolded() {
    client(get("a.example") + get("b.example"));
    String first = ok("Transfer-Encoding: gzip,\r\n chunked\r\n ", "4\r\nHTTP\r\n0\r\n\r\n");
    server(first + ok("Content-Length: 0", ""));
    assertEquals("<0@0 <1@" + first.length(), responses());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "PRI * HTTP/2.0\r\n\r\n", "GET /\r\n\r\n", "\u0016\u0003\u0001"})
  void bytesThatAreNoRequestLoseTheBorders(String bytes) {
    client(get("a.example") + bytes);
    assertEquals(">0@0 a.example LOST", log.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "HTTP/2", "\u0016\u0003\u0001"})
  void bytesThatAreNoResponseLoseTheBorders(String bytes) {
    client(get("a.example"));
    server(bytes);
    assertEquals(">0@0 a.example LOST", log.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 099\r\n\r\n"})
  void aResponseWithoutAStatusLosesTheBorders(String header) {
    client(get("a.example"));
    server(header);
    assertEquals(">0@0 a.example <0@0 LOST", log.toString());
  }

  @Test
  void aResponseToNoRequestLosesTheBorders() {
    server(ok("Content-Length: 0", ""));
    assertEquals("LOST", log.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\r\n", "\r\n", "5\r\nabcdeX", "1234567890abcdef\r\n", "5 x\r\nabcde!"})
  void chunksThatAreNoneLoseTheBorders(String body) {
    client("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
    assertEquals("LOST", log.end());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 32", "Transfer-Encoding: chunked"})
  void aClientThatIsRefusedBeforeItSentTheBodyGoesOnWithoutIt(String length) {
    String post = "POST / HTTP/1.1\r\nHost: a.example\r\n" + length + EXPECT;
    String told = ">0@0 a.example <0@0 >1@%d b.example <1@48".formatted(post.length());
    for (int size : new int[] {1, 7, 100}) {
      begin();
      feed(true, post, size);
      server("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
      feed(true, get("b.example"), size);
      server(ok("Content-Length: 0", ""));
      assertEquals(told, log.toString(), "pieces of " + size);
    }
  }

  @Test
  void aBodyThatWasAskedForOrIsNotAwaitedIsStillABody() {
    String post = LONG_POST.replace("\r\n\r\nGET", EXPECT + "GET");
    int end = post.indexOf("GET");
    client(post.substring(0, end));
    server("HTTP/1.1 100 Continue\r\n\r\n");
    client(post.substring(end) + get("d.example"));
    server(ok("Content-Length: 0", "") + ok("Content-Length: 0", ""));
    assertEquals(2, log.requests());
    client(post + get("e.example"));
    assertEquals(4, log.requests());
    assertEquals("open", log.end());
  }

  @Test
  void aBodyMayBeSentThoughItsRequestWasAnswered() {
    String post = "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5" + EXPECT;
    client(post);
    server(ok("Content-Length: 0", ""));
    client("a=");
    client("b&c" + get("b.example"));
    assertEquals(2, log.requests());
    assertEquals("open", log.end());
  }

  @Test
  void bytesMissingInPlaceOfABodyThatWasNotAskedForMayBeARequest() {
    String post = "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 900" + EXPECT;
    client(post);
    assertTrue(messages.missing(true, 100));
    begin();
    client(post);
    server("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
    assertFalse(messages.missing(true, 100));
  }

  @Test
  void bytesMissingInsideABodyDoNoHarm() {
    client("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 10000000000\r\n\r\nabc");
    assertTrue(messages.missing(true, 10_000_000_000L - 3));
    client(get("b.example"));
    int header =
        "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 10000000000\r\n\r\n".length();
    assertEquals(">0@0 a.example >1@" + (header + 10_000_000_000L) + " b.example", log.toString());
  }

  @Test
  void bytesMissingElsewhereAreNotSteppedOver() {
    client("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nabc");
    assertFalse(messages.missing(true, 3));
    assertTrue(messages.missing(true, 2));
    assertFalse(messages.missing(true, 1));
    assertFalse(messages.missing(false, 1));
    client("GET / HTTP/1.1\r\nHo");
    assertFalse(messages.missing(true, 1));
    assertEquals("open", log.end());
  }

  @Test
  void aRequestIsToldAsSoonAsItsHostIsKnown() {
    client("GET / HTTP/1.1\r\nHost: a.example\r\nCo");
    assertEquals(">0@0 a.example", log.toString());
    client("okie: x\r\n\r\n" + get("b.example"));
    assertEquals(">0@0 a.example >1@46 b.example", log.toString());
  }

  @Test
  void aResponseIsToldWithItsFirstByte() {
    client(get("a.example"));
    server("H");
    assertEquals("<0@0", responses());
  }

  @Test
  void theServerAwaitsARequestOnlyBetweenMessages() {
    assertTrue(messages.awaitsRequest());
    client(get("a.example"));
    assertFalse(messages.awaitsRequest());
    server("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbo");
    assertFalse(messages.awaitsRequest());
    server("dy");
    assertTrue(messages.awaitsRequest());
  }

  @Test
  void aHeaderAboveTheLimitLosesTheBorders() {
    String start = "GET / HTTP/1.1\r\nX: ";
    client(start + "x".repeat(HttpRequest.MAX_HEADER_BYTES - 1 - start.length()));
    assertEquals("open", log.end());
    client("x");
    assertEquals("LOST", log.end());
  }

  @Test
  void aClientThatNeverReadsIsNotFollowedForEver() {
    client(get("a.example").repeat(OpenRequests.CAPACITY));
    assertEquals("open", log.end());
    client(get("a.example"));
    assertEquals("LOST", log.end());
  }

  @Test
  void flippedBytesNeverThrowAndEndAtMostOnce() {
    Random random = new Random(16);
    String requests = get("a.example") + LONG_POST + CHUNKED_POST;
    String replies =
        ok("Content-Length: 4", "HTTP") + ok("Transfer-Encoding: chunked", "0\r\n\r\n");
    int lost = 0;
    for (int i = 0; i < 50_000; i++) {
      begin();
      feed(true, flipped(requests, random), 1 + random.nextInt(200));
      feed(false, flipped(replies, random), 1 + random.nextInt(100));
      lost += log.end().equals("LOST") ? 1 : 0;
      assertTrue(log.toString().indexOf("LOST") == log.toString().lastIndexOf("LOST"));
    }
    assertNotEquals(0, lost);
  }

  @Test
  void followingMessagesThatAreWholeAllocatesNothing() {
    byte[] requests = (get("a.example") + LONG_POST).getBytes(ISO_8859_1);
    byte[] replies = ok("Content-Length: 4", "HTTP").repeat(2).getBytes(ISO_8859_1);
    MessageEvents silent = new Silent();
    long bytes =
        Allocation.of(
            50_000,
            () -> {
              messages.fromClient(requests, 0, requests.length, silent);
              messages.fromServer(replies, 0, replies.length, silent);
            });
    assertEquals(false, messages.isEnded());
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }

  private static final class Silent implements MessageEvents {
    @Override
    public void request(
        int number, long offset, @Nullable String host, boolean addressed, Asked asked) {}

    @Override
    public void response(int number, long offset) {}

    @Override
    public void end(End why) {}
  }

  private void begin() {
    messages = new HttpMessages(reader);
    log = new MessageLog();
  }

  private int client(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return messages.fromClient(bytes, 0, bytes.length, log);
  }

  private int server(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return messages.fromServer(bytes, 0, bytes.length, log);
  }

  private void feed(boolean fromClient, String text, int size) {
    for (int at = 0; at < text.length(); at += size) {
      String piece = text.substring(at, Math.min(text.length(), at + size));
      int read = fromClient ? client(piece) : server(piece);
      assertTrue(read == piece.length() || messages.isEnded());
    }
  }

  private String responses() {
    String line = log.toString();
    return line.substring(line.indexOf('<'));
  }

  private static String flipped(String text, Random random) {
    StringBuilder flipped = new StringBuilder(text);
    for (int i = 0; i < 2; i++) {
      flipped.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
    }
    return flipped.toString();
  }

  private static String get(String host) {
    return "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  }

  private static String ok(String field, String body) {
    return "HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n" + body;
  }
}
