package imon.tls;

import imon.wire.Bytes;

/**
 * A record of DTLS that holds handshake messages in clear, and the fragments in it (RFC 6347,
 * sections 4.1 and 4.2.2).
 *
 * <pre>
 *  record     | type(1) = 22 | version(2) | epoch(2) = 0 | sequence(6) | length(2)
 *  handshake  | type(1) | message length(3) | message sequence(2)
 *             | fragment offset(3) | fragment length(3) | fragment
 * </pre>
 */
final class DtlsRecord {
  static final int HEADER_BYTES = 13;
  static final int FRAGMENT_HEADER_BYTES = 12;

  private static final int HANDSHAKE = 22;
  private static final int MAX_BYTES = 1 << 14;

  private DtlsRecord() {}

  /** Whether such a record stands at {@code at}: of epoch 0, where nothing is encrypted. */
  static boolean isClearHandshake(byte[] buffer, int at, int limit) {
    if (limit - at < HEADER_BYTES || buffer[at] != HANDSHAKE) {
      return false;
    }
    int version = Bytes.u16(buffer, at + 1);
    int length = Bytes.u16(buffer, at + 11);
    return (version == 0xfeff || version == 0xfefd || version == 0x0100)
        && Bytes.u16(buffer, at + 3) == 0
        && length >= FRAGMENT_HEADER_BYTES
        && length <= MAX_BYTES;
  }

  /** Where the record's contents end, captured or not. */
  static int end(byte[] buffer, int at) {
    return at + HEADER_BYTES + Bytes.u16(buffer, at + 11);
  }

  /**
   * Whether the record at {@code at} begins with a fragment whose header is whole and agrees with
   * the record's.
   */
  static boolean hasFragment(byte[] buffer, int at, int limit, int most) {
    int fragment = at + HEADER_BYTES;
    return isClearHandshake(buffer, at, limit)
        && limit - fragment >= FRAGMENT_HEADER_BYTES
        && isSound(buffer, fragment, most)
        && fragmentEnd(buffer, fragment) <= end(buffer, at);
  }

  /** Whether a fragment's header agrees with itself, of a message no longer than {@code most}. */
  static boolean isSound(byte[] buffer, int fragment, int most) {
    int announced = messageLength(buffer, fragment);
    return announced <= most && offset(buffer, fragment) + length(buffer, fragment) <= announced;
  }

  static int messageLength(byte[] buffer, int fragment) {
    return u24(buffer, fragment + 1);
  }

  static int messageSequence(byte[] buffer, int fragment) {
    return Bytes.u16(buffer, fragment + 4);
  }

  /** Where the fragment stands in its message. */
  static int offset(byte[] buffer, int fragment) {
    return u24(buffer, fragment + 6);
  }

  static int length(byte[] buffer, int fragment) {
    return u24(buffer, fragment + 9);
  }

  static int fragmentEnd(byte[] buffer, int fragment) {
    return fragment + FRAGMENT_HEADER_BYTES + length(buffer, fragment);
  }

  private static int u24(byte[] buffer, int at) {
    return Bytes.u8(buffer, at) << 16 | Bytes.u16(buffer, at + 1);
  }
}
