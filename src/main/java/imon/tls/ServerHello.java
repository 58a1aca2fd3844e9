package imon.tls;

import imon.wire.Bytes;

/** What a ServerHello says of the handshake's version (RFC 8446, section 4.1.3). */
final class ServerHello {
  private static final int VERSION_AND_RANDOM_BYTES = 34;
  private static final int SUITE_AND_COMPRESSION_BYTES = 3;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int EXTENSION_HEADER_BYTES = 4;

  private ServerHello() {}

  /**
   * Whether everything after the hello is encrypted: TLS 1.3 says so by its supported_versions
   * extension, its early drafts by their version. The body is all there.
   */
  static boolean encryptsCertificate(byte[] buffer, int body, int end) {
    if (end > body && buffer[body] == 0x7f) {
      return true;
    }
    int session = body + VERSION_AND_RANDOM_BYTES;
    if (session >= end) {
      return false;
    }
    int extensions = session + 1 + Bytes.u8(buffer, session) + SUITE_AND_COMPRESSION_BYTES;
    int at = extensions + 2;
    while (at + EXTENSION_HEADER_BYTES <= end) {
      if (Bytes.u16(buffer, at) == SUPPORTED_VERSIONS) {
        return true;
      }
      at += EXTENSION_HEADER_BYTES + Bytes.u16(buffer, at + 2);
    }
    return false;
  }
}
