package imon.pcap.input;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.apache.commons.codec.digest.XXHash32;
import org.junit.jupiter.api.Test;

class XxHash32Test {
  @Test
  void knownHashes() {
    assertEquals(0x02CC_5D05, hash(""));
    assertEquals(0x550D_7456, hash("a"));
    assertEquals(0x32D1_53FF, hash("abc"));
  }

  private static int hash(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    return XxHash32.of(bytes, 0, bytes.length);
  }

  @Test
  void anotherImplementationSaysTheSameOfAnyLengthAndPieces() {
    Random random = new Random(1);
    XxHash32 hash = new XxHash32();
    for (int length = 0; length < 200; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      XXHash32 expected = new XXHash32();
      expected.update(bytes, 0, length);
      hash.reset();
      for (int at = 0; at < length; ) {
        int piece = Math.min(length - at, random.nextInt(40));
        hash.update(bytes, at, piece);
        at += piece;
      }
      assertEquals((int) expected.getValue(), hash.value());
      assertEquals((int) expected.getValue(), XxHash32.of(bytes, 0, length));
    }
  }
}
