package imon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import imon.wire.Bytes;

/**
 * The header that a load balancer puts before a stream it passes on: the PROXY protocol, version 1
 * (a line of text) and version 2 (binary). What it says of addresses is not read; what matters is
 * where the stream begins that it hides.
 *
 * <pre>
 *  version 1  | PROXY TCP4|TCP6|UNKNOWN ... CR LF, at most 107 bytes
 *  version 2  | 0d0a0d0a000d0a515549540a | version 2, command 0..1 | family(1) | length(2) | ...
 * </pre>
 */
public final class ProxyHeader {
  /** The stream starts with no such header. More bytes will not change that. */
  public static final int NONE = -1;

  /** So far such a header, and its end is not known yet. */
  public static final int INCOMPLETE = -2;

  /** Of version 2, far more than any sender puts into it: addresses and a certificate's fields. */
  public static final int MAX_BYTES = 4 * 1024;

  private static final byte[] TEXT = "PROXY ".getBytes(US_ASCII);
  private static final byte[][] FAMILIES = {
    "TCP4 ".getBytes(US_ASCII), "TCP6 ".getBytes(US_ASCII), "UNKNOWN".getBytes(US_ASCII)
  };
  private static final int MAX_TEXT_BYTES = 107;

  private static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };
  private static final int BINARY_BYTES = 16;

  private ProxyHeader() {}

  /**
   * Where the stream behind the header begins, given the first bytes of the client's direction:
   * {@code offset} at least, and possibly after {@code limit}; or {@link #NONE}, or {@link
   * #INCOMPLETE}.
   */
  public static int end(byte[] buffer, int offset, int limit) {
    if (offset >= limit) {
      return INCOMPLETE;
    }
    return buffer[offset] == TEXT[0]
        ? endOfText(buffer, offset, limit)
        : endOfBinary(buffer, offset, limit);
  }

  private static int endOfText(byte[] buffer, int offset, int limit) {
    if (!startsWith(TEXT, buffer, offset, limit) || !hasFamily(buffer, offset, limit)) {
      return NONE;
    }
    int end = Math.min(limit, offset + MAX_TEXT_BYTES);
    for (int at = offset; at < end; at++) {
      if (buffer[at] == '\n') {
        return buffer[at - 1] == '\r' ? at + 1 : NONE;
      }
    }
    return limit - offset >= MAX_TEXT_BYTES ? NONE : INCOMPLETE;
  }

  private static boolean hasFamily(byte[] buffer, int offset, int limit) {
    for (byte[] family : FAMILIES) {
      if (startsWith(family, buffer, offset + TEXT.length, limit)) {
        return true;
      }
    }
    return false;
  }

  private static int endOfBinary(byte[] buffer, int offset, int limit) {
    if (!startsWith(SIGNATURE, buffer, offset, limit)) {
      return NONE;
    }
    if (limit - offset < BINARY_BYTES) {
      return INCOMPLETE;
    }
    int length = Bytes.u16(buffer, offset + 14);
    boolean sound = (buffer[offset + 12] & 0xfe) == 0x20 && BINARY_BYTES + length <= MAX_BYTES;
    return sound ? offset + BINARY_BYTES + length : NONE;
  }

  /** Whether the bytes start with the wanted ones, as far as they are there. */
  private static boolean startsWith(byte[] wanted, byte[] buffer, int offset, int limit) {
    for (int i = 0; i < wanted.length && offset + i < limit; i++) {
      if (buffer[offset + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
