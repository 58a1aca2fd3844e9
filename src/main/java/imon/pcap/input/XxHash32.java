package imon.pcap.input;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The checksum of LZ4 frames: xxHash, 32 bits, seed 0 (xxHash specification, section "XXH32"). */
final class XxHash32 {
  private static final int STRIPE_BYTES = 16;
  private static final int PRIME_1 = 0x9E37_79B1;
  private static final int PRIME_2 = 0x85EB_CA77;
  private static final int PRIME_3 = 0xC2B2_AE3D;
  private static final int PRIME_4 = 0x27D4_EB2F;
  private static final int PRIME_5 = 0x1656_67B1;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] held = new byte[STRIPE_BYTES];
  private int heldBytes;
  private long length;
  private int lane1;
  private int lane2;
  private int lane3;
  private int lane4;

  XxHash32() {
    reset();
  }

  /** Of these bytes alone. */
  static int of(byte[] bytes, int offset, int length) {
    XxHash32 hash = new XxHash32();
    hash.update(bytes, offset, length);
    return hash.value();
  }

  void reset() {
    lane2 = PRIME_2;
    lane1 = lane2 + PRIME_1;
    lane3 = 0;
    lane4 = -PRIME_1;
    heldBytes = 0;
    length = 0;
  }

  void update(byte[] bytes, int offset, int count) {
    int at = offset;
    int limit = offset + count;
    length += count;
    if (heldBytes > 0) {
      int fill = Math.min(count, STRIPE_BYTES - heldBytes);
      System.arraycopy(bytes, at, held, heldBytes, fill);
      heldBytes += fill;
      at += fill;
      if (heldBytes < STRIPE_BYTES) {
        return;
      }
      stripes(held, 0, STRIPE_BYTES);
    }
    int end = limit - (limit - at) % STRIPE_BYTES;
    stripes(bytes, at, end);
    heldBytes = limit - end;
    System.arraycopy(bytes, end, held, 0, heldBytes);
  }

  private void stripes(byte[] bytes, int from, int to) {
    int a = lane1;
    int b = lane2;
    int c = lane3;
    int d = lane4;
    for (int at = from; at < to; at += STRIPE_BYTES) {
      a = round(a, word(bytes, at));
      b = round(b, word(bytes, at + 4));
      c = round(c, word(bytes, at + 8));
      d = round(d, word(bytes, at + 12));
    }
    lane1 = a;
    lane2 = b;
    lane3 = c;
    lane4 = d;
  }

  private static int round(int lane, int word) {
    return Integer.rotateLeft(lane + word * PRIME_2, 13) * PRIME_1;
  }

  private static int word(byte[] bytes, int at) {
    return (int) WORD.get(bytes, at);
  }

  /** The hash of all bytes since the last {@link #reset}; more may follow. */
  int value() {
    int hash = (int) length + (length < STRIPE_BYTES ? PRIME_5 : lanes());
    int at = 0;
    for (; at + 4 <= heldBytes; at += 4) {
      hash = Integer.rotateLeft(hash + word(held, at) * PRIME_3, 17) * PRIME_4;
    }
    for (; at < heldBytes; at++) {
      hash = Integer.rotateLeft(hash + (held[at] & 0xff) * PRIME_5, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 15) * PRIME_2;
    hash = (hash ^ hash >>> 13) * PRIME_3;
    return hash ^ hash >>> 16;
  }

  private int lanes() {
    return Integer.rotateLeft(lane1, 1)
        + Integer.rotateLeft(lane2, 7)
        + Integer.rotateLeft(lane3, 12)
        + Integer.rotateLeft(lane4, 18);
  }
}
