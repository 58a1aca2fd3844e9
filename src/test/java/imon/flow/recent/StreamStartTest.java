package imon.flow.recent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamStartTest {
  private static final int BASE = 1000;
  private static final int STREAM = 3000;

  private StreamStart start = new StreamStart(BASE);

  /** What a stream's start must be: each byte is the first that came for its place. */
  private static final class Model {
    private final byte[] bytes = new byte[StreamStart.LIMIT];
    private final boolean[] has = new boolean[StreamStart.LIMIT];
    private int consumed;

    void add(int at, byte[] segment) {
      for (int i = Math.max(0, consumed - at); i < segment.length; i++) {
        if (!has[at + i]) {
          has[at + i] = true;
          bytes[at + i] = segment[i];
        }
      }
    }

    int contiguous() {
      int end = consumed;
      while (has[end]) {
        end++;
      }
      return end - consumed;
    }

    byte[] readable() {
      return Arrays.copyOfRange(bytes, consumed, consumed + contiguous());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, -100, -2999, Integer.MAX_VALUE - 1500, Integer.MIN_VALUE})
  void anySegmentsInAnyOrderAreWhatTheModelSays(int base) {
    for (int seed = 0; seed < 60; seed++) {
      compareWithModel(base, new Random(seed));
    }
  }

  private void compareWithModel(int base, Random random) {
    start = new StreamStart(base);
    Model model = new Model();
    int longest = 1 + random.nextInt(500);
    for (int i = 0; i < 40; i++) {
      byte[] segment = new byte[1 + random.nextInt(longest)];
      random.nextBytes(segment);
      int at = Math.max(-segment.length, random.nextInt(STREAM) - 200);
      int before = model.contiguous();
      model.add(Math.max(0, at), Arrays.copyOfRange(segment, Math.max(0, -at), segment.length));
      boolean more = start.add(base + at, padded(segment), 3, segment.length);
      if (start.isOverrun()) {
        return;
      }
      assertEquals(model.contiguous() > before, more);
      assertArrayEquals(model.readable(), Arrays.copyOf(start.bytes(), start.contiguous()));
      if (random.nextInt(4) == 0) {
        int count = random.nextInt(start.contiguous() + 1);
        start.consume(count);
        model.consumed += count;
        assertEquals(model.contiguous(), start.contiguous());
      }
    }
  }

  private static byte[] padded(byte[] segment) {
    byte[] buffer = new byte[segment.length + 7];
    System.arraycopy(segment, 0, buffer, 3, segment.length);
    return buffer;
  }

  private boolean add(int sequence, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return start.add(sequence, bytes, 0, bytes.length);
  }

  private String text() {
    return new String(start.bytes(), 0, start.contiguous(), StandardCharsets.US_ASCII);
  }

  @Test
  void aLaterSegmentWaitsForTheOneBeforeIt() {
    assertFalse(add(BASE + 5, "world"));
    assertEquals("", text());
    assertTrue(add(BASE, "hello"));
    assertEquals("helloworld", text());
  }

  @Test
  void theFirstCopyOfAByteStaysBeforeAndBehindTheGap() {
    assertTrue(add(BASE, "ab"));
    assertFalse(add(BASE + 4, "ef"));
    assertTrue(add(BASE, "XXcdXXgh"));
    assertEquals("abcdefgh", text());
  }

  @Test
  void aRepeatedSegmentIsNoNews() {
    assertTrue(add(BASE, "hello"));
    assertFalse(add(BASE, "hello"));
    assertFalse(add(BASE + 1, "ell"));
    assertFalse(start.isOverrun());
  }

  @Test
  void sequenceNumbersWrapAround() {
    start = new StreamStart(0xffff_fffe);
    assertFalse(add(3, "fgh"));
    assertTrue(add(0xffff_fffe, "abcde"));
    assertEquals("abcdefgh", text());
  }

  @Test
  void whatIsConsumedIsGoneAndTheRestMovesUp() {
    add(BASE, "abcd");
    add(BASE + 6, "gh");
    start.consume(3);
    assertEquals("d", text());
    assertTrue(add(BASE + 4, "ef"));
    assertEquals("defgh", text());
  }

  @Test
  void behindAnAcknowledgedGapWhatWaitsIsTheBeginning() {
    assertFalse(add(BASE + 5, "world"));
    assertFalse(add(BASE + 12, "!"));
    assertFalse(start.skipGap(BASE + 4));
    assertEquals("", text());
    assertTrue(start.skipGap(BASE + 5));
    assertEquals("world", text());
    assertEquals(BASE + 5, start.sequence());
    assertTrue(add(BASE + 10, ", "));
    assertEquals("world, !", text());
  }

  @Test
  void whatHasBegunHasNoGapBeforeIt() {
    assertFalse(start.skipGap(BASE + 1));
    assertTrue(add(BASE, "a"));
    assertFalse(add(BASE + 2, "c"));
    assertFalse(start.skipGap(BASE + 3));
    assertEquals("a", text());
  }

  @Test
  void allUpToTheLimitIsKept() {
    byte[] most = new byte[StreamStart.LIMIT];
    new Random(1).nextBytes(most);
    assertTrue(start.add(BASE, most, 0, most.length));
    assertArrayEquals(most, start.bytes());
    assertFalse(start.isOverrun());
  }

  @Test
  void oneByteBeyondTheLimitIsAnOverrun() {
    assertFalse(start.add(BASE + StreamStart.LIMIT, new byte[1], 0, 1));
    assertTrue(start.isOverrun());
  }

  @Test
  void consumingMakesRoomBelowTheLimit() {
    start.add(BASE, new byte[StreamStart.LIMIT], 0, StreamStart.LIMIT);
    start.consume(10);
    assertTrue(start.add(BASE + StreamStart.LIMIT, new byte[10], 0, 10));
    assertFalse(start.isOverrun());
    assertEquals(StreamStart.LIMIT, start.contiguous());
  }

  @Test
  void aSegmentFarBeforeTheStartIsAnOverrun() {
    assertFalse(start.add(BASE - StreamStart.LIMIT - 1, new byte[1], 0, 1));
    assertTrue(start.isOverrun());
  }

  @Test
  void aThirtyThirdWaitingPieceIsAnOverrun() {
    for (int i = 1; i <= 32; i++) {
      assertFalse(add(BASE + 2 * i, "x"));
      assertFalse(start.isOverrun());
    }
    add(BASE + 66, "x");
    assertTrue(start.isOverrun());
  }

  @Test
  void piecesThatTouchCountAsOne() {
    for (int i = 100; i > 0; i--) {
      assertFalse(add(BASE + i, "x"));
    }
    assertFalse(start.isOverrun());
    assertTrue(add(BASE, "y"));
    assertEquals("y" + "x".repeat(100), text());
  }
}
