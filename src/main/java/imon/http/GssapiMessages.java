package imon.http;

import imon.wire.Bytes;

/**
 * The messages by which a SOCKS client proves who it is with GSSAPI (RFC 1961, sections 3 to 5).
 *
 * <pre>
 *  | 01 | 01 authentication, 02 protection level, 03 wrapped request | length(2) | token
 * </pre>
 */
final class GssapiMessages {
  private static final int VERSION = 1;
  private static final int AUTHENTICATION = 1;
  private static final int PROTECTION_LEVEL = 2;
  private static final int WRAPPED = 3;
  private static final int HEADER_BYTES = 4;

  /** What every mechanism's first token begins with (RFC 2743, section 3.1). */
  private static final int FIRST_TOKEN = 0x60;

  private GssapiMessages() {}

  /** Whether the first of them stands at {@code at}, as far as can be seen. */
  static boolean begin(byte[] buffer, int at, int limit) {
    return (at + 1 >= limit || buffer[at + 1] == AUTHENTICATION)
        && (at + HEADER_BYTES >= limit || buffer[at + HEADER_BYTES] == FIRST_TOKEN);
  }

  /** Where the first byte stands that is of no more of them; maybe after {@code limit}. */
  static int end(byte[] buffer, int first, int limit) {
    int at = first;
    while (at < limit && buffer[at] == VERSION) {
      if (at + 1 < limit && !isNegotiation(buffer[at + 1])) {
        return at;
      }
      if (at + HEADER_BYTES > limit) {
        return limit;
      }
      at += HEADER_BYTES + Bytes.u16(buffer, at + 2);
    }
    return at;
  }

  private static boolean isNegotiation(int type) {
    return type == AUTHENTICATION || type == PROTECTION_LEVEL;
  }

  /** Whether a request stands at {@code at} that only the proxy can read. */
  static boolean isWrapped(byte[] buffer, int at, int limit) {
    return at + 1 < limit && buffer[at] == VERSION && buffer[at + 1] == WRAPPED;
  }
}
