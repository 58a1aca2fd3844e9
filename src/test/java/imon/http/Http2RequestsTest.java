package imon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.Hex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http2.hpack.HPackEncoder;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.junit.jupiter.api.Test;

class Http2RequestsTest {
  private static final String PREFACE = "'PRI * HTTP/2.0' 0d0a0d0a 'SM' 0d0a0d0a";
  private static final String SETTINGS = "000000 04 00 00000000";

  /** RFC 7541, appendix C.4.1: GET, http, /, www.example.com in Huffman code, indexed. */
  private static final String FIRST = "82 86 84 41 8c f1e3c2e5f23a6ba0ab90f4ff";

  /** Appendix C.4.2: the authority by its index in the table. */
  private static final String SECOND = "82 86 84 be 58 86 a8eb10649cbf";

  private static final NameTable TABLE = new NameTable();

  private final Http2Requests requests = new Http2Requests(TABLE);
  private final List<String> found = new ArrayList<>();

  @Test
  void everyAuthorityIsToldAlsoOneFromTheTable() {
    feed(PREFACE + SETTINGS + headers(0x04, 1, FIRST) + headers(0x05, 3, SECOND));
    assertEquals(List.of("0@33 www.example.com", "1@59 www.example.com"), found);
    assertFalse(requests.isLost());
  }

  @Test
  void theRequestsAreTheSameForPiecesOfAnySize() {
    byte[] bytes =
        Hex.bytes(
            PREFACE
                + SETTINGS
                + headers(0x00, 1, FIRST.substring(0, 12))
                + frame(9, 0x04, 1, FIRST.substring(12))
                + frame(0, 0x01, 1, "'some data that is stepped over'")
                + headers(0x2c, 3, "02 80000000ff" + SECOND + "0000"));
    for (int size = 1; size <= bytes.length; size++) {
      Http2Requests reader = new Http2Requests(TABLE);
      List<String> hosts = new ArrayList<>();
      for (int at = 0; at < bytes.length; at += size) {
        int end = Math.min(bytes.length, at + size);
        reader.feed(
            bytes, at, end, (n, offset, host, addressed, asked) -> hosts.add(host + "@" + offset));
      }
      assertEquals(
          List.of("www.example.com@33", "www.example.com@107"), hosts, "pieces of " + size);
      assertFalse(reader.isLost());
    }
  }

  @Test
  void whatAnEncoderWritesIsRead() throws IOException {
    HPackEncoder encoder = new HPackEncoder(4096, US_ASCII);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(Hex.bytes(PREFACE));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String host = "h" + i % 150 + ".example";
      expected.add(host);
      stream.writeBytes(encoded(encoder, 2 * i + 1, host));
    }
    List<String> hosts = new ArrayList<>();
    byte[] bytes = stream.toByteArray();
    requests.feed(bytes, 0, bytes.length, (n, offset, host, addressed, asked) -> hosts.add(host));
    assertEquals(expected, hosts);
  }

  @Test
  void theHostFieldCountsWhereThereIsNoAuthority() {
    feed(PREFACE + headers(0x04, 1, "82 86 84 00 04 'host' 09 'b.example'"));
    assertEquals(List.of("0@24 b.example"), found);
  }

  @Test
  void trailersAreNoRequest() {
    feed(PREFACE + headers(0x04, 1, FIRST) + headers(0x05, 1, "00 01 'x' 01 'y'"));
    assertEquals(1, found.size());
  }

  @Test
  void aConnectIsToldExceptForAnotherProtocol() {
    String connect = "02 07 'CONNECT' 01 0d 'b.example:443'";
    feed(PREFACE + headers(0x04, 1, connect));
    feed(headers(0x04, 3, connect + "00 09 ':protocol' 09 'websocket'"));
    assertEquals(List.of("0@24 CONNECT b.example", "1@57 b.example"), found);
  }

  @Test
  void otherBytesAreLostAtOnce() {
    assertTrue(lost("'PRI * HTTP/1.1'"));
    assertTrue(lost(PREFACE + headers(0x04, 0, FIRST)), "stream 0");
    assertTrue(lost(PREFACE + frame(9, 0x04, 1, FIRST)), "continues nothing");
    assertTrue(lost(PREFACE + headers(0x00, 1, FIRST) + SETTINGS), "something between");
    assertTrue(lost(PREFACE + headers(0x00, 1, FIRST) + frame(9, 4, 3, "")), "another stream");
    assertTrue(lost(PREFACE + headers(0x0c, 1, "20 8286")), "more padding than there is");
    assertTrue(lost(PREFACE + headers(0x04, 1, "80")), "index 0");
    assertTrue(lost(PREFACE + headers(0x04, 1, "ff ffffffff ff0f")), "index too large");
    assertTrue(lost(PREFACE + headers(0x04, 1, "41 8c f1e3")), "cut block");
    assertTrue(lost(PREFACE + "010001 01 04 00000001"), "a block above the limit");
  }

  @Test
  void thePrefaceIsKnownByEveryPrefix() {
    byte[] preface = Hex.bytes(PREFACE);
    for (int length = 0; length <= preface.length; length++) {
      assertTrue(Http2Requests.looksLikePreface(preface, 0, length));
    }
    assertFalse(Http2Requests.looksLikePreface(Hex.bytes("'PRI * HTTP/1'"), 0, 13));
  }

  @Test
  void bytesMissingInDataDoNoHarmAndElsewhereTheyDo() {
    byte[] data = Hex.bytes(PREFACE + "000100 00 00 00000001 'abc'");
    requests.feed(data, 0, data.length, this::add);
    requests.missing(256 - 3);
    feed(headers(0x04, 3, FIRST));
    assertEquals(List.of("0@" + (24 + 9 + 256) + " www.example.com"), found);
    requests.missing(1);
    assertTrue(requests.isLost());
  }

  @Test
  void flippedBytesNeverThrow() {
    Random random = new Random(17);
    byte[] sound =
        Hex.bytes(
            PREFACE
                + headers(0x04, 1, FIRST)
                + headers(0x2c, 3, "02 80000000ff" + SECOND + "0000")
                + headers(0x04, 5, "3f e1 1f 00 04 'host' 09 'b.example' be bf c0"));
    int lost = 0;
    for (int i = 0; i < 40_000; i++) {
      byte[] bytes = sound.clone();
      for (int f = random.nextInt(4); f >= 0; f--) {
        bytes[24 + random.nextInt(bytes.length - 24)] = (byte) random.nextInt(256);
      }
      Http2Requests reader = new Http2Requests(TABLE);
      reader.feed(bytes, 0, bytes.length, (n, offset, host, addressed, asked) -> {});
      lost += reader.isLost() ? 1 : 0;
    }
    assertNotEquals(0, lost);
  }

  private void add(
      int number, long offset, String host, boolean addressed, RequestEvents.Asked asked) {
    found.add(
        number + "@" + offset + (asked == RequestEvents.Asked.TUNNEL ? " CONNECT " : " ") + host);
  }

  private void feed(String hex) {
    byte[] bytes = Hex.bytes(hex);
    requests.feed(bytes, 0, bytes.length, this::add);
  }

  private static boolean lost(String hex) {
    Http2Requests reader = new Http2Requests(TABLE);
    byte[] bytes = Hex.bytes(hex);
    reader.feed(bytes, 0, bytes.length, (n, offset, host, addressed, asked) -> {});
    return reader.isLost();
  }

  private static byte[] encoded(HPackEncoder encoder, int stream, String host) throws IOException {
    List<Header> fields =
        List.of(
            new BasicHeader(":method", "GET"),
            new BasicHeader(":path", "/" + stream),
            new BasicHeader(":authority", host),
            new BasicHeader("cookie", "c" + stream));
    ByteArrayBuffer block = new ByteArrayBuffer(256);
    encoder.encodeHeaders(block, fields, stream % 3 == 0);
    byte[] bytes = Arrays.copyOf(block.array(), block.length());
    byte[] header = Hex.bytes(String.format("%06x 01 04 %08x", bytes.length, stream));
    byte[] frame = Arrays.copyOf(header, header.length + bytes.length);
    System.arraycopy(bytes, 0, frame, header.length, bytes.length);
    return frame;
  }

  private static String headers(int flags, int stream, String block) {
    return frame(1, flags, stream, block);
  }

  private static String frame(int type, int flags, int stream, String payload) {
    int length = Hex.bytes(payload).length;
    return String.format("%06x %02x %02x %08x ", length, type, flags, stream) + payload;
  }
}
