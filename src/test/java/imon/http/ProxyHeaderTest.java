package imon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'PROXY TCP4 192.0.2.1 198.51.100.1 56324 443' 0d0a",
        "'PROXY TCP6 2001:db8::1 2001:db8::2 56324 443' 0d0a",
        "'PROXY UNKNOWN' 0d0a",
        SIGNATURE + "21 11 000c c0000201 c6336401 dc04 01bb",
        SIGNATURE + "20 00 0000",
        SIGNATURE + "21 11 0013 c0000201 c6336401 dc04 01bb 02 0004 'a.bc'"
      })
  void theStreamBeginsAfterTheHeader(String header) {
    byte[] bytes = Hex.bytes(header + "'GET /'");
    int end = bytes.length - 5;
    assertEquals(end, ProxyHeader.end(bytes, 0, bytes.length));
    assertEquals(end, ProxyHeader.end(bytes, 0, end));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'PROXY TCP4 192.0.2.1 198.51.100.1 56324 443' 0d0a", SIGNATURE + "21 11 000c"})
  void everyPrefixIsIncomplete(String header) {
    byte[] bytes = Hex.bytes(header);
    for (int length = 0; length < bytes.length - 1; length++) {
      assertEquals(ProxyHeader.INCOMPLETE, ProxyHeader.end(bytes, 0, length), "at " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'POST / HTTP/1.1' 0d0a",
        "'PROXY UDP4 192.0.2.1' 0d0a",
        "'PROXY TCP4 192.0.2.1' 0a",
        "'PROPFIND'",
        SIGNATURE + "11 11 000c",
        SIGNATURE + "21 11 2000",
        "0d0a 'GET / HTTP/1.1'",
        "16 0301"
      })
  void otherBytesAreNoHeader(String bytes) {
    assertEquals(ProxyHeader.NONE, end(bytes));
  }

  @Test
  void aLineAboveTheLimitIsNoHeader() {
    String start = "PROXY UNKNOWN ";
    assertEquals(ProxyHeader.INCOMPLETE, end("'" + start + "x".repeat(106 - 14) + "'"));
    assertEquals(ProxyHeader.NONE, end("'" + start + "x".repeat(107 - 14) + "'"));
  }

  @Test
  void aHeaderMayEndAfterTheBytesThatAreThere() {
    byte[] bytes = Hex.bytes(SIGNATURE + "21 11 000c c0000201");
    assertEquals(28, ProxyHeader.end(bytes, 0, bytes.length));
    byte[] moved = new byte[40];
    System.arraycopy(bytes, 0, moved, 7, bytes.length);
    assertEquals(35, ProxyHeader.end(moved, 7, 7 + bytes.length));
    assertEquals(ProxyHeader.NONE, ProxyHeader.end(Arrays.copyOf(moved, 40), 6, 40));
  }

  private static int end(String hex) {
    byte[] bytes = Hex.bytes(hex);
    return ProxyHeader.end(bytes, 0, bytes.length);
  }
}
