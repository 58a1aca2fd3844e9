package imon.name;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One host being brought to its normal form: labels of 1 to 63 letters, digits, hyphens and
 * underscores, in lower case, at most 253 bytes together, the last label not of digits only. That
 * last rule is what keeps IPv4 literals out (RFC 3696, section 2). Bytes above 127 are let through
 * as they are, see {@link #isAscii()}. What was read is valid until the next read; reused, owned by
 * one thread.
 */
final class HostForm {
  static final int MAX_LENGTH = 253;

  private static final int MAX_LABEL = 63;
  private static final int MAX_PORT_DIGITS = 5;
  private static final byte[] FOLD = fold();
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /**
   * With room for one dot too many and for the zeros that let {@link #hash()} take eight bytes at a
   * time.
   */
  private final byte[] bytes = new byte[MAX_LENGTH + 1 + Long.BYTES];

  private int length;
  private int labelStart;
  private int signs;

  /** Reads a host written as text, with or without port and final dot; false when it is none. */
  boolean readText(byte[] buffer, int offset, int limit) {
    int end = withoutPort(buffer, offset, limit);
    if (end > offset && buffer[end - 1] == '.') {
      end--;
    }
    clear();
    return end - offset <= MAX_LENGTH && append(buffer, offset, end, true) && finish();
  }

  /**
   * Reads a host written as DNS labels, each after its length byte, the root left out; false when
   * it is none.
   */
  boolean readLabels(byte[] buffer, int offset, int limit) {
    clear();
    if (limit - offset > MAX_LENGTH + 1) {
      return false;
    }
    int at = offset;
    while (at < limit) {
      int end = at + 1 + (buffer[at] & 0xff);
      if (end > limit || (length > 0 && !closeLabel())) {
        return false;
      }
      if (!append(buffer, at + 1, end, false)) {
        return false;
      }
      at = end;
    }
    return finish();
  }

  /**
   * Whether the host is plain ASCII; if not, its labels may be UTF-8 and are still to be converted.
   */
  boolean isAscii() {
    return signs >= 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  String text() {
    return new String(bytes, 0, length, ISO_8859_1);
  }

  int hash() {
    long hash = length;
    for (int i = 0; i < length; i += Long.BYTES) {
      hash = Long.rotateLeft((hash ^ (long) LONG.get(bytes, i)) * MULTIPLIER, 29);
    }
    hash *= MULTIPLIER;
    return (int) (hash >>> 32);
  }

  boolean matches(byte[] other, int start, int otherLength) {
    return Arrays.equals(bytes, 0, length, other, start, start + otherLength);
  }

  private void clear() {
    length = 0;
    labelStart = 0;
    signs = 0;
  }

  private boolean append(byte[] buffer, int offset, int limit, boolean dotted) {
    int seen = 0;
    for (int i = offset; i < limit; i++) {
      byte folded = FOLD[buffer[i] & 0xff];
      if (folded == '.') {
        if (!dotted || !closeLabel()) {
          return false;
        }
      } else if (folded == 0) {
        return false;
      } else {
        bytes[length++] = folded;
        seen |= folded;
      }
    }
    signs |= seen;
    return true;
  }

  private boolean closeLabel() {
    boolean sound = labelIsSound();
    bytes[length++] = '.';
    labelStart = length;
    return sound;
  }

  private boolean labelIsSound() {
    int label = length - labelStart;
    return label > 0 && label <= MAX_LABEL;
  }

  private boolean finish() {
    LONG.set(bytes, length, 0L);
    return labelIsSound() && !lastLabelIsNumber();
  }

  private boolean lastLabelIsNumber() {
    for (int i = labelStart; i < length; i++) {
      if (!isDigit(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private static int withoutPort(byte[] buffer, int offset, int limit) {
    int at = limit;
    int lowest = Math.max(offset, limit - MAX_PORT_DIGITS);
    while (at > lowest && isDigit(buffer[at - 1])) {
      at--;
    }
    return at > offset && buffer[at - 1] == ':' ? at - 1 : limit;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  /** Per byte: its folded form, or 0 when no host holds it. */
  private static byte[] fold() {
    byte[] fold = new byte[256];
    for (int i = 0; i < 26; i++) {
      fold['a' + i] = (byte) ('a' + i);
      fold['A' + i] = (byte) ('a' + i);
    }
    for (int i = '0'; i <= '9'; i++) {
      fold[i] = (byte) i;
    }
    for (int i = 0x80; i <= 0xff; i++) {
      fold[i] = (byte) i;
    }
    fold['-'] = '-';
    fold['_'] = '_';
    fold['.'] = '.';
    return fold;
  }
}
