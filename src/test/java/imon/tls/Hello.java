package imon.tls;

import imon.testing.Hex;
import java.io.ByteArrayOutputStream;

/** Builds ClientHellos field by field, as hex for {@link Hex}. */
final class Hello {
  static final String GREASE = "2a2a 0000";
  static final String GROUPS = "000a 0004 0002 001d";
  static final String ALPN = "0010 000e 000c 02'h2' 08'http/1.1'";
  static final String ECH = "fe0d 0003 00aabb";

  private Hello() {}

  /** A server_name extension with one host name. */
  static String sni(String name) {
    int length = Hex.bytes("'" + name + "'").length;
    return String.format("0000 %04x %04x 00 %04x '%s'", length + 5, length + 3, length, name);
  }

  /** The handshake message, its lengths computed. */
  static byte[] message(String... extensions) {
    byte[] extensionBytes = Hex.bytes(String.join("", extensions));
    byte[] body =
        Hex.bytes(
            "0303"
                + "00112233".repeat(8)
                + "20"
                + "55".repeat(32)
                + "0006 2a2a 1301 c02f"
                + "01 00"
                + String.format("%04x", extensionBytes.length));
    return join(
        Hex.bytes(String.format("01 %06x", body.length + extensionBytes.length)),
        body,
        extensionBytes);
  }

  /** The message in records of at most {@code size} bytes. */
  static byte[] records(byte[] message, int size) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int at = 0; at < message.length; at += size) {
      int length = Math.min(size, message.length - at);
      records.writeBytes(Hex.bytes(String.format("16 0301 %04x", length)));
      records.write(message, at, length);
    }
    return records.toByteArray();
  }

  /** The message in one record. */
  static byte[] record(String... extensions) {
    return records(message(extensions), 1 << 14);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
