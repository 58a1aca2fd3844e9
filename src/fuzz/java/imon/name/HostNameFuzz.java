package imon.name;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Slices;
import imon.testing.Hex;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Hosts as text and as labels, their sites, and the names of devices. */
class HostNameFuzz {
  private final NameTable names = new NameTable();
  private final TextTable texts = new TextTable();

  static List<byte[]> seeds() {
    return List.of(
        Hex.bytes("'www.Example.co.uk:443'"),
        Hex.bytes("'user.github.io.'"),
        Hex.bytes("'b\u00fccher.example'"),
        Hex.bytes("'xn--bcher-kva.example'"),
        Hex.bytes("'_dmarc.-a-.\u4f8b\u3048.\u30c6\u30b9\u30c8'"),
        Hex.bytes("'[2001:db8::1]:80'"),
        Hex.bytes("'192.0.2.1'"),
        Hex.bytes("03'www' 07'example' 03'com'"),
        Hex.bytes("'Anna\u2019s \u202eiPhone' 00"));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void aHostIsInItsNormalFormAndItsSiteIsItsEnd(byte[] input) {
    Slices.readAnywhere(input, (b, from, to) -> String.valueOf(names.host(b, from, to)));
    Slices.readAnywhere(input, (b, from, to) -> String.valueOf(names.hostOfLabels(b, from, to)));
    assertNormal(names.host(input, 0, input.length));
    assertNormal(names.hostOfLabels(input, 0, input.length));
    Slices.readAnywhere(input, (b, from, to) -> String.valueOf(texts.text(b, from, to)));
    assertShowable(texts.text(input, 0, input.length));
  }

  private void assertNormal(@Nullable String host) {
    if (host == null) {
      return;
    }
    byte[] bytes = host.getBytes(US_ASCII);
    assertEquals(host, names.host(bytes, 0, bytes.length), "normal form of the normal form");
    assertTrue(host.matches("[a-z0-9_.-]{1,253}"), host);
    String site = Sites.siteOf(host);
    assertTrue(host.equals(site) || host.endsWith("." + site), () -> site + " of " + host);
    assertEquals(site, Sites.siteOf(site), "site of the site");
  }

  private static void assertShowable(@Nullable String text) {
    if (text != null) {
      assertNotNull(TextTable.printable(text));
      assertTrue(text.codePoints().noneMatch(Character::isISOControl), "control character");
    }
  }
}
