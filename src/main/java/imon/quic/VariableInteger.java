package imon.quic;

import imon.wire.Bytes;

/**
 * A variable-length integer (RFC 9000, section 16): the first two bits say whether it has 1, 2, 4
 * or 8 bytes, the rest is the number.
 */
final class VariableInteger {
  /** Stands for a number whose bytes are not all there. */
  static final long CUT = -1;

  private VariableInteger() {}

  /** The number at {@code at}, below 2^62, or {@link #CUT}. */
  static long read(byte[] buffer, int at, int limit) {
    if (at >= limit || limit - at < length(buffer, at)) {
      return CUT;
    }
    return switch (length(buffer, at)) {
      case 1 -> buffer[at] & 0x3f;
      case 2 -> Bytes.u16(buffer, at) & 0x3fff;
      case 4 -> Bytes.u32(buffer, at) & 0x3fff_ffffL;
      default -> Bytes.i64(buffer, at) & 0x3fff_ffff_ffff_ffffL;
    };
  }

  /** How many bytes the number at {@code at} has, of which the first must be there. */
  static int length(byte[] buffer, int at) {
    return 1 << ((buffer[at] & 0xff) >>> 6);
  }
}
