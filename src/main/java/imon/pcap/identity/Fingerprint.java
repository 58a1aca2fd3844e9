package imon.pcap.identity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A fast 128-bit hash of a stream of bytes, to tell captures apart. It is not cryptographic: who
 * wants two files to collide can make them. The digest does not depend on how the bytes were cut
 * into chunks, and may be taken at any point: the hash goes on from there.
 *
 * <p>Four 64-bit lanes take 32-byte stripes. Each word enters two neighbouring lanes, so that no
 * single lane has to tell two files apart.
 */
public final class Fingerprint {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int STRIPE = 32;

  // Odd numbers without a pattern: leading digits of the fractional parts of square roots.
  private static final long M0 = 0x6A09E667F3BCC909L; // 2
  private static final long M1 = 0xBB67AE8584CAA73BL; // 3
  private static final long M2 = 0x3C6EF372FE94F82BL; // 5
  private static final long M3 = 0xA54FF53A5F1D36F1L; // 7
  private static final long M4 = 0x510E527FADE682D1L; // 11
  private static final long M5 = 0x9B05688C2B3E6C1FL; // 13

  private final boolean countsOnly;
  private final byte[] tail;
  private long lane0;
  private long lane1;
  private long lane2;
  private long lane3;
  private long length;

  public Fingerprint() {
    this(false);
  }

  /** One that counts the bytes and hashes none: another thread does, and this one has no digest. */
  public static Fingerprint counting() {
    return new Fingerprint(true);
  }

  private Fingerprint(boolean countsOnly) {
    this.countsOnly = countsOnly;
    tail = new byte[STRIPE];
    lane0 = M0;
    lane1 = M1;
    lane2 = M2;
    lane3 = M3;
  }

  private Fingerprint(Fingerprint other) {
    countsOnly = other.countsOnly;
    tail = other.tail.clone();
    lane0 = other.lane0;
    lane1 = other.lane1;
    lane2 = other.lane2;
    lane3 = other.lane3;
    length = other.length;
  }

  /** The hash as it stands, to go on independently. */
  public Fingerprint copy() {
    return new Fingerprint(this);
  }

  /** How many bytes were hashed. */
  public long length() {
    return length;
  }

  /** Hashes {@code bytes} from {@code from} (inclusive) to {@code to} (exclusive). */
  public void update(byte[] bytes, int from, int to) {
    int at = from;
    int held = (int) (length % STRIPE);
    length += to - from;
    if (countsOnly) {
      return;
    }
    if (held > 0) {
      int taken = Math.min(STRIPE - held, to - at);
      System.arraycopy(bytes, at, tail, held, taken);
      at += taken;
      if (held + taken < STRIPE) {
        return;
      }
      stripes(tail, 0, STRIPE);
    }
    int whole = at + (to - at) / STRIPE * STRIPE;
    stripes(bytes, at, whole);
    System.arraycopy(bytes, whole, tail, 0, to - whole);
  }

  /** The digest of all bytes so far: 32 lower-case hexadecimal digits. */
  public String digest() {
    if (countsOnly) {
      throw new IllegalStateException("no bytes were hashed");
    }
    Fingerprint end = copy();
    end.closeStripe();
    long high = end.fold(M4, 17, 31, 47);
    long low = end.fold(M5, 23, 37, 53);
    low = mix(low + high * M0);
    high = mix(high ^ Long.rotateLeft(low, 32));
    return String.format("%016x%016x", high, low);
  }

  private void stripes(byte[] bytes, int from, int to) {
    long a = lane0;
    long b = lane1;
    long c = lane2;
    long d = lane3;
    for (int at = from; at < to; at += STRIPE) {
      long w0 = (long) WORD.get(bytes, at);
      long w1 = (long) WORD.get(bytes, at + 8);
      long w2 = (long) WORD.get(bytes, at + 16);
      long w3 = (long) WORD.get(bytes, at + 24);
      a = (Long.rotateLeft(a + w0 * M4, 29) ^ w1) * M0;
      b = (Long.rotateLeft(b + w1 * M4, 31) ^ w2) * M1;
      c = (Long.rotateLeft(c + w2 * M4, 33) ^ w3) * M2;
      d = (Long.rotateLeft(d + w3 * M4, 35) ^ w0) * M3;
    }
    lane0 = a;
    lane1 = b;
    lane2 = c;
    lane3 = d;
  }

  /** Fills the last stripe with zeros; the length in {@link #fold} tells them from real ones. */
  private void closeStripe() {
    int held = (int) (length % STRIPE);
    if (held > 0) {
      Arrays.fill(tail, held, STRIPE, (byte) 0);
      stripes(tail, 0, STRIPE);
    }
  }

  private long fold(long multiplier, int turn1, int turn2, int turn3) {
    long word = mix(length * multiplier + lane0);
    word = mix(word ^ Long.rotateLeft(lane1, turn1) * multiplier);
    word = mix(word + Long.rotateLeft(lane2, turn2) * multiplier);
    return mix(word ^ Long.rotateLeft(lane3, turn3) * multiplier);
  }

  /** A bijection in which every bit of the input reaches every bit of the output. */
  private static long mix(long word) {
    word = (word ^ word >>> 32) * M1;
    word = (word ^ word >>> 29) * M2;
    return word ^ word >>> 32;
  }
}
