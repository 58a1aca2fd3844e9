package imon.quic;

import imon.quic.InitialSalt.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * Walks the frames of an opened Initial packet and hands on what CRYPTO frames carry (RFC 9000,
 * sections 12.4 and 19; Google numbers its frames otherwise and writes CRYPTO alike). Reused.
 */
final class CryptoFrames {
  private static final int CUT = -1;
  private static final int ECN_COUNTS = 3;

  private byte[] payload = new byte[0];
  private int limit;
  private @Nullable CryptoStream stream;
  private boolean carriesCrypto;

  /**
   * Whether {@code bytes[0, end)} are frames from start to end, except that the last may be cut,
   * and one of them is a CRYPTO frame: noise is hardly ever so.
   */
  boolean areSound(byte[] bytes, int end, Dialect dialect) {
    stream = null;
    return walk(bytes, end, dialect) && carriesCrypto;
  }

  /** Puts what the CRYPTO frames in {@code bytes[0, end)} carry where it belongs. */
  void collect(byte[] bytes, int end, Dialect dialect, CryptoStream into) {
    stream = into;
    walk(bytes, end, dialect);
    stream = null;
  }

  /** False when it came upon something that is no frame of an Initial packet. */
  private boolean walk(byte[] bytes, int end, Dialect dialect) {
    payload = bytes;
    limit = end;
    carriesCrypto = false;
    int at = 0;
    while (at < limit) {
      int type = payload[at] & 0xff;
      if (dialect == Dialect.IETF ? !isFrame(type) : !isGoogleFrame(type)) {
        return false;
      }
      at = dialect == Dialect.IETF ? after(type, at + 1) : afterGoogle(type, at + 1);
      if (at == CUT) {
        return true;
      }
    }
    return true;
  }

  private static boolean isFrame(int type) {
    return switch (type) {
      case 0x00, 0x01, 0x02, 0x03, 0x06, 0x1c -> true;
      default -> false;
    };
  }

  /** The position after the frame of this type, whose content starts at {@code at}. */
  private int after(int type, int at) {
    return switch (type) {
      case 0x02 -> afterAck(at, 0);
      case 0x03 -> afterAck(at, ECN_COUNTS);
      case 0x06 -> afterCrypto(at);
      case 0x1c -> afterClose(at);
      default -> at;
    };
  }

  /** PADDING, PING and CRYPTO: a client sends no other before the server has answered. */
  private static boolean isGoogleFrame(int type) {
    return type == 0x00 || type == 0x07 || type == 0x08;
  }

  private int afterGoogle(int type, int at) {
    return type == 0x08 ? afterCrypto(at) : at;
  }

  private int afterCrypto(int at) {
    long offset = VariableInteger.read(payload, at, limit);
    int lengthAt = skipIntegers(at, 1);
    int start = skipIntegers(at, 2);
    if (start == CUT) {
      return CUT;
    }
    carriesCrypto = true;
    long length = VariableInteger.read(payload, lengthAt, limit);
    int end = (int) Math.min(limit, start + length);
    if (stream != null) {
      stream.add(offset, payload, start, end);
    }
    return end - start < length ? CUT : end;
  }

  /** Largest, delay, count of ranges, first range; two numbers for each further range. */
  private int afterAck(int at, int counts) {
    int countAt = skipIntegers(at, 2);
    if (countAt == CUT || countAt >= limit) {
      return CUT;
    }
    long ranges = VariableInteger.read(payload, countAt, limit);
    if (ranges > limit) {
      return CUT;
    }
    return skipIntegers(countAt, 2 + 2 * (int) ranges + counts);
  }

  /** Error, type of the frame that caused it, length of the reason, reason. */
  private int afterClose(int at) {
    int lengthAt = skipIntegers(at, 2);
    int reason = skipIntegers(at, 3);
    if (reason == CUT) {
      return CUT;
    }
    long length = VariableInteger.read(payload, lengthAt, limit);
    return length > limit - reason ? CUT : reason + (int) length;
  }

  private int skipIntegers(int from, int count) {
    int at = from;
    for (int i = 0; i < count; i++) {
      if (VariableInteger.read(payload, at, limit) == VariableInteger.CUT) {
        return CUT;
      }
      at += VariableInteger.length(payload, at);
    }
    return at;
  }
}
