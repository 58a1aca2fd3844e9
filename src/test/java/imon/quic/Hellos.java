package imon.quic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import imon.testing.Hex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** First handshake messages of clients: TLS's and Google's. */
final class Hellos {
  private Hellos() {}

  /** A TLS ClientHello with a key share of so many bytes before the server name. */
  static byte[] tls(String name, int keyShareBytes) {
    int n = name.length();
    String sni = String.format("0000 %04x %04x 00 %04x '%s'", n + 5, n + 3, n, name);
    return tlsWith(keyShare(keyShareBytes) + sni);
  }

  /** The same without a server name. */
  static byte[] tlsWithoutName() {
    return tlsWith(keyShare(32));
  }

  private static String keyShare(int bytes) {
    return String.format("0033 %04x %04x 001d %04x", bytes + 6, bytes + 4, bytes)
        + "5a".repeat(bytes);
  }

  private static byte[] tlsWith(String extensions) {
    int length = Hex.bytes(extensions).length;
    String body =
        "0303"
            + "00112233".repeat(8)
            + "00 0006 1301 1302 1303 0100"
            + String.format("%04x", length)
            + extensions;
    return Hex.bytes(String.format("01 %06x", Hex.bytes(body).length) + body);
  }

  /** Google's CHLO: padding, the server name, the version, in the order of their tags. */
  static byte[] google(String name, int paddingBytes) {
    int values = paddingBytes + name.length() + 4;
    ByteBuffer hello = ByteBuffer.allocate(8 + 3 * 8 + values).order(ByteOrder.LITTLE_ENDIAN);
    hello.put(latin("CHLO")).putInt(3);
    hello.put(latin("PAD\0")).putInt(paddingBytes);
    hello.put(latin("SNI\0")).putInt(paddingBytes + name.length());
    hello.put(latin("VER\0")).putInt(values);
    return hello.put(latin("-".repeat(paddingBytes) + name + "Q046")).array();
  }

  static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
