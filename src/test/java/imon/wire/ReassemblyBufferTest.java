package imon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReassemblyBufferTest {
  private static final int LIMIT = 400;

  /** Each byte says where it stands, and the copy of a part that comes again differs. */
  private static byte[] part(int start, int length, int copy) {
    byte[] part = new byte[length];
    for (int i = 0; i < length; i++) {
      part[i] = (byte) (31 * (start + i) + copy);
    }
    return part;
  }

  @Test
  void anyOrderGivesTheFirstCopyOfEachByte() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random dice = new Random(seed);
      ReassemblyBuffer buffer = new ReassemblyBuffer(LIMIT, LIMIT);
      byte[] expected = new byte[LIMIT];
      BitSet present = new BitSet();
      int base = 0;
      for (int i = 0; i < 40; i++) {
        int start = dice.nextInt(LIMIT - 50) - 20;
        int length = Math.min(1 + dice.nextInt(60), LIMIT - start);
        byte[] part = part(base + start, length, i);
        int before = present.nextClearBit(0);
        for (int at = Math.max(0, start); at < start + length; at++) {
          if (!present.get(at)) {
            present.set(at);
            expected[at] = part[at - start];
          }
        }
        boolean more = present.nextClearBit(0) > before;
        assertEquals(more, buffer.add(start, part, 0, length), "seed " + seed);
        assertSame(expected, present.nextClearBit(0), buffer, seed);
        if (dice.nextInt(5) == 0) {
          int count = dice.nextInt(buffer.contiguous() + 1);
          buffer.consume(count);
          System.arraycopy(expected, count, expected, 0, LIMIT - count);
          present = present.get(count, LIMIT);
          base += count;
        }
      }
      ReassemblyBuffer other = new ReassemblyBuffer(LIMIT, LIMIT);
      buffer.addTo(other, 0);
      assertSame(expected, present.nextClearBit(0), other, seed);
    }
  }

  private static void assertSame(
      byte[] expected, int contiguous, ReassemblyBuffer buffer, int seed) {
    assertEquals(contiguous, buffer.contiguous(), "seed " + seed);
    for (int at = 0; at < contiguous; at++) {
      assertEquals(expected[at], buffer.bytes()[at], "seed " + seed + " at " + at);
    }
  }

  @Test
  void aPartFarAheadTakesNoMoreThanItsOwnBytes() {
    ReassemblyBuffer buffer = new ReassemblyBuffer(72 * 1024, 32);
    assertFalse(buffer.add(70_000, new byte[] {7}, 0, 1));
    assertFalse(buffer.add(60_000, new byte[] {6}, 0, 1));
    assertTrue(buffer.bytes().length <= 4, "held " + buffer.bytes().length);
    assertTrue(buffer.add(0, new byte[60_000], 0, 60_000));
    assertEquals(60_001, buffer.contiguous());
    assertEquals(6, buffer.bytes()[60_000]);
  }

  @Test
  void whatIsBeyondTheLimitOrInTooManyPiecesEndsIt() {
    ReassemblyBuffer far = new ReassemblyBuffer(10, 2);
    assertFalse(far.add(5, new byte[6], 0, 6));
    assertTrue(far.isOverrun());
    ReassemblyBuffer pieces = new ReassemblyBuffer(100, 2);
    for (int at : new int[] {2, 4, 6}) {
      assertFalse(pieces.add(at, new byte[1], 0, 1));
    }
    assertTrue(pieces.isOverrun());
    assertFalse(pieces.add(0, new byte[1], 0, 1));
    pieces.clear();
    assertTrue(pieces.add(0, new byte[1], 0, 1));
  }
}
