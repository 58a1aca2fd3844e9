package imon.name;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.Allocation;
import imon.testing.Hex;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTableTest {
  private final NameTable table = new NameTable();

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "WWW.Example.COM, www.example.com",
    "example.com., example.com",
    "example.com:8443, example.com",
    "example.com.:443, example.com",
    "example.com:, example.com",
    "printer, printer",
    "_dmarc.a-b.example, _dmarc.a-b.example",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "1.2.3.4.example, 1.2.3.4.example",
    "3com.com, 3com.com",
    "127.0.0.1.nip.io, 127.0.0.1.nip.io"
  })
  void aHostComesOutInItsNormalForm(String found, String host) {
    assertEquals(host, host(found));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ":443",
        ".example.com",
        "a..example.com",
        "example.com..",
        "192.0.2.1",
        "192.0.2.1:80",
        "[2001:db8::1]",
        "[2001:db8::1]:443",
        "2001:db8::1",
        "::1",
        "12345",
        "example.123",
        "a b.example",
        "a/b.example",
        "user@example.com",
        "a,b.example",
        "*.example.com",
        "example.com:http",
        "example.com:123456",
        "a\u0000b.example",
        "a\nb.example"
      })
  void whatIsNoHostGivesNoName(String found) {
    assertNull(host(found));
  }

  @Test
  void aLabelHasAtMost63Bytes() {
    String longest = "a".repeat(63);
    assertEquals(longest + ".com", host(longest + ".com"));
    assertNull(host(longest + "a.com"));
    assertEquals("com." + longest, host("com." + longest));
    assertNull(host("com.a" + longest));
  }

  @Test
  void aHostHasAtMost253Bytes() {
    String longest = ("a".repeat(49) + ".").repeat(5) + "abc";
    assertEquals(253, longest.length());
    assertEquals(longest, host(longest));
    assertEquals(longest, host(longest + ".:65535"));
    assertNull(host("b" + longest));
  }

  @Test
  void onlyTheBytesBetweenOffsetAndLimitCount() {
    byte[] buffer = "xxwww.example.comyy".getBytes(UTF_8);
    assertEquals("www.example.com", table.host(buffer, 2, buffer.length - 2));
  }

  @Test
  void rawUtf8BecomesAscii() {
    assertEquals("xn--bcher-kva.example", host("B\u00fccher.example"));
    assertEquals("xn--bcher-kva.example", host("b\u00fccher.example:8080"));
    assertEquals("xn--fiqs8s", host("\u4e2d\u56fd"));
  }

  @Test
  void utf8ThatHasNoSingleAsciiFormGivesNoName() {
    assertNull(host("fa\u00df.example"), "two standards disagree about it");
    assertNull(host("a\u3002b.example"), "a full stop of another script splits the label");
    assertNull(host("a\u2026b.example"), "three dots come out of it");
    assertNull(host("\uff11\uff12"), "digits only, once converted");
    assertNull(host("a\uff0fb.example"), "a slash comes out of it");
  }

  @Test
  void bytesThatAreNoUtf8GiveNoName() {
    byte[] latin1 = Hex.bytes("'b' fc 'cher.example'");
    assertNull(table.host(latin1, 0, latin1.length));
    assertNull(table.host(latin1, 0, latin1.length), "nor the second time, from the table");
  }

  @Test
  void labelsAreJoinedByDots() {
    assertEquals("www.example.com", labels("03 'WWW' 07 'example' 03 'com'"));
    assertEquals("printer", labels("07 'printer'"));
    assertEquals("xn--bcher-kva.local", labels("07 'b' c3bc 'cher' 05 'local'"));
  }

  @Test
  void aDotOrColonInsideALabelSeparatesNothing() {
    assertNull(labels("0b 'www.example' 03 'com'"));
    assertNull(labels("07 'example' 06 'com:80'"));
    assertNull(labels("07 'example' 04 'com.'"));
  }

  @Test
  void labelsThatDoNotFitGiveNoName() {
    assertNull(labels(""));
    assertNull(labels("00"));
    assertNull(labels("03 'www' 00 03 'com'"));
    assertNull(labels("03 'www' 09 'example'"));
    assertNull(labels("ff 'www'"));
    assertNull(labels("03 '192' 01 '0' 01 '2' 01 '1'"));
  }

  @Test
  void aKnownHostIsTheSameObject() {
    String first = host("www.example.com");
    assertSame(first, host("WWW.example.COM.:443"));
    assertSame(first, labels("03 'www' 07 'example' 03 'com'"));
  }

  @Test
  void aFullTableIsEmptiedAndGoesOnNamingRightly() {
    for (int i = 0; i < 200_000; i++) {
      String host = "host-" + i + ".example";
      assertEquals(host, host(host));
    }
    String longTail = "." + "a".repeat(60) + "." + "b".repeat(60) + ".example";
    for (int i = 0; i < 50_000; i++) {
      assertEquals(i + longTail, host(i + longTail));
    }
  }

  @Test
  void randomBytesGiveANormalHostOrNone() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = randomHostLikeBytes(random);
      String host = table.host(bytes, 0, bytes.length);
      if (host != null) {
        byte[] again = host.getBytes(UTF_8);
        assertTrue(host.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*"), host);
        assertEquals(host, table.host(again, 0, again.length));
      }
    }
  }

  @Test
  void aKnownHostCostsNoAllocation() {
    byte[] text = "WWW.Example.com:443".getBytes(UTF_8);
    byte[] international = "b\u00fccher.example".getBytes(UTF_8);
    byte[] latin1 = Hex.bytes("'b' fc 'cher.example'");
    long bytes =
        Allocation.of(
            100_000,
            () -> {
              table.host(text, 0, text.length);
              table.host(international, 0, international.length);
              table.host(latin1, 0, latin1.length);
            });
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }

  private static byte[] randomHostLikeBytes(Random random) {
    String alphabet = "abZ09-_..:[]@ \u00fc\u00df\u4e2d\u3002\u2488\uff0e\u0301\u05d0\ud83d\ude00";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(24);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    if (bytes.length > 0 && random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private @Nullable String host(String found) {
    byte[] bytes = found.getBytes(UTF_8);
    return table.host(bytes, 0, bytes.length);
  }

  private @Nullable String labels(String fields) {
    byte[] bytes = Hex.bytes(fields);
    return table.hostOfLabels(bytes, 0, bytes.length);
  }
}
