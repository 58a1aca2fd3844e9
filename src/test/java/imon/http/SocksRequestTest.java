package imon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.http.SocksRequest.Verdict;
import imon.name.NameTable;
import imon.testing.Allocation;
import imon.testing.Hex;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocksRequestTest {
  private static final String DOMAIN = "05 01 00 03 0b 'Example.com' 01bb";
  private static final String LOGGED_IN = "05 02 00 02 | 01 02 'me' 06 'secret' |" + DOMAIN;

  private static final String TOKENS = "01 01 0003 60 0102 | 01 01 0002 6e00 |";
  private static final String LEVEL = "01 02 0001 00 |";

  private final SocksRequest socks = new SocksRequest(new NameTable());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "05 01 00 |" + DOMAIN,
        "05 02 00 02 |" + DOMAIN,
        LOGGED_IN,
        "05 01 01 |" + TOKENS + LEVEL + DOMAIN,
        "05 03 00 01 02 |" + TOKENS + DOMAIN,
        "05 02 01 02 | 01 01 'm' 06 'secret' |" + DOMAIN,
        DOMAIN,
        "04 01 01bb 00000001 00 'example.com' 00",
        "04 01 0050 000000ff 'me' 00 'example.com' 00"
      })
  void theHostAskedForIsRead(String request) {
    byte[] bytes = Hex.bytes(request + "16 0301 0200 01");
    assertEquals(Verdict.NAMED, socks.read(bytes, 0, bytes.length));
    assertEquals("example.com", socks.host());
    assertEquals(bytes.length - 6, socks.end());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "05 01 00 | 05 01 00 01 c0000201 01bb",
        "05 01 00 | 05 01 00 04 20010db8000000000000000000000001 01bb",
        "05 01 00 | 05 01 00 03 09 '192.0.2.1' 01bb",
        "04 01 01bb c0000201 'me' 00"
      })
  void aRequestForAnAddressIsNameless(String request) {
    byte[] bytes = Hex.bytes(request);
    assertEquals(Verdict.NAMELESS, socks.read(bytes, 0, bytes.length));
    assertNull(socks.host());
    assertEquals(bytes.length, socks.end());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "06 01 00",
        "05 00",
        "05 01 00 ff",
        "05 01 00 | 05 04 00 03 0b 'example.com' 01bb",
        "05 01 00 | 05 01 01 03 0b 'example.com' 01bb",
        "05 01 00 | 05 01 00 02 0b 'example.com' 01bb",
        "05 01 00 | 05 01 00 03 00 01bb",
        "04 03 01bb c0000201 00",
        "04 01 0000 c0000201 00",
        "04 01 0022 00350100 fd0100f9 0000",
        "04 01 01bb c0000201 01 00",
        "'GET / HTTP/1.1' 0d0a"
      })
  void otherBytesAreNoSocks(String bytes) {
    assertEquals(Verdict.NOT_SOCKS, read(Hex.bytes(bytes)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "05 01 00 |" + DOMAIN,
        LOGGED_IN,
        "05 02 00 01 |" + TOKENS + LEVEL + DOMAIN,
        "04 01 0050 000000ff 'me' 00 'example.com' 00",
        "05 01 00 | 05 01 00 01 c0000201 01bb"
      })
  void everyPrefixIsIncompleteUntilTheRequestIsWhole(String request) {
    byte[] bytes = Hex.bytes(request);
    for (int length = 0; length < bytes.length; length++) {
      assertEquals(Verdict.INCOMPLETE, read(Arrays.copyOf(bytes, length)), "at " + length);
      assertNull(socks.host());
    }
    assertNotEquals(Verdict.INCOMPLETE, read(bytes));
  }

  @Test
  void aRequestThatGssapiWrapsIsNameless() {
    String request = "05 01 01 |" + TOKENS + "01 02 0001 02 | 01 03 0014" + "5a".repeat(20);
    assertEquals(Verdict.NAMELESS, read(Hex.bytes(request)));
    assertNull(socks.host());
  }

  @Test
  void anAbortOfGssapiIsNoSocks() {
    assertEquals(Verdict.NOT_SOCKS, read(Hex.bytes("05 01 01 |" + TOKENS + "01 ff")));
  }

  @Test
  void aUserNameWithoutEndIsNoSocks() {
    byte[] bytes = Hex.bytes("04 01 01bb c0000201 '" + "x".repeat(257) + "'");
    assertEquals(Verdict.NOT_SOCKS, read(bytes));
    assertEquals(Verdict.INCOMPLETE, read(Arrays.copyOf(bytes, 200)));
  }

  @Test
  void flippedBytesNeverThrow() {
    Random random = new Random(15);
    byte[][] requests = {
      Hex.bytes(LOGGED_IN), Hex.bytes("04 01 0050 000000ff 'me' 00 'example.com' 00")
    };
    int refused = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = requests[i % 2].clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Verdict verdict = socks.read(bytes, 0, random.nextInt(bytes.length + 1));
      assertEquals(verdict == Verdict.NAMED, socks.host() != null);
      refused += verdict == Verdict.NOT_SOCKS ? 1 : 0;
    }
    assertNotEquals(0, refused);
  }

  @Test
  void readingAKnownHostAllocatesNothing() {
    byte[] request = Hex.bytes(LOGGED_IN);
    long bytes = Allocation.of(100_000, () -> socks.read(request, 0, request.length));
    assertEquals("example.com", socks.host());
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }

  private Verdict read(byte[] bytes) {
    return socks.read(bytes, 0, bytes.length);
  }
}
