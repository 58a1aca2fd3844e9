package imon.name.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Bytes at the start of a payload, in a text where every character is one byte. */
final class Prefix {
  private final byte[] bytes;
  private final Service service;

  private Prefix(String text, Service service) {
    bytes = text.getBytes(ISO_8859_1);
    this.service = service;
  }

  static Prefix of(Service service, String text) {
    return new Prefix(text, service);
  }

  boolean matches(byte[] buffer, int offset, int limit) {
    return isAt(bytes, buffer, offset, limit);
  }

  Service service() {
    return service;
  }

  /** A text to look for, as {@link #isAt} takes it. */
  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static boolean isAt(byte[] sought, byte[] buffer, int offset, int limit) {
    if (limit - offset < sought.length || offset < 0) {
      return false;
    }
    for (int i = 0; i < sought.length; i++) {
      if (buffer[offset + i] != sought[i]) {
        return false;
      }
    }
    return true;
  }
}
