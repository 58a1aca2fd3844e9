package imon.quic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CryptoStreamTest {
  private final byte[] laidOut = new byte[CryptoStream.LIMIT];

  @Test
  void anyPiecesInAnyOrderGiveThePrefixThatIsThere() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] message = new byte[1 + random.nextInt(3000)];
      random.nextBytes(message);
      boolean[] there = new boolean[message.length];
      CryptoStream stream = new CryptoStream();
      for (int i = 0; i < CryptoStream.MAX_PIECES; i++) {
        int from = random.nextInt(message.length);
        int to = Math.min(message.length, from + random.nextInt(300));
        stream.add(from, message, from, to);
        Arrays.fill(there, from, to, true);
        assertPrefix(message, there, stream);
      }
    }
  }

  private void assertPrefix(byte[] message, boolean[] there, CryptoStream stream) {
    int prefix = 0;
    while (prefix < there.length && there[prefix]) {
      prefix++;
    }
    assertEquals(prefix, stream.layOut(laidOut));
    assertArrayEquals(Arrays.copyOf(message, prefix), Arrays.copyOf(laidOut, prefix));
  }

  @Test
  void piecesBeyondTheLimitsAreLeftOut() {
    CryptoStream stream = new CryptoStream();
    byte[] much = new byte[CryptoStream.LIMIT + 1];
    stream.add(0, much, 0, much.length);
    stream.add(1, much, 0, CryptoStream.LIMIT);
    stream.add(Long.MAX_VALUE >>> 2, much, 0, 1);
    assertEquals(0, stream.layOut(laidOut));
    stream.add(0, much, 0, CryptoStream.LIMIT);
    assertEquals(CryptoStream.LIMIT, stream.layOut(laidOut));
  }

  @Test
  void moreThanTheLargestNumberOfPiecesIsLeftOut() {
    CryptoStream stream = new CryptoStream();
    for (int i = 0; i <= CryptoStream.MAX_PIECES; i++) {
      stream.add(i, new byte[1], 0, 1);
    }
    assertEquals(CryptoStream.MAX_PIECES, stream.layOut(laidOut));
  }

  @Test
  void aPieceSentAgainTakesNoRoom() {
    CryptoStream stream = new CryptoStream();
    byte[] piece = new byte[1000];
    stream.add(0, piece, 0, 1000);
    int held = stream.heldBytes();
    for (int i = 0; i < 1000; i++) {
      stream.add(i % 10, piece, 0, 900);
    }
    assertEquals(held, stream.heldBytes());
    assertEquals(1000, stream.layOut(laidOut));
  }
}
