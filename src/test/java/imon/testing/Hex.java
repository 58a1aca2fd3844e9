package imon.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes written so that their fields can be seen: hex digits, with spaces and bars where the reader
 * wants them, and text in single quotes.
 */
public final class Hex {
  private Hex() {}

  /** The bytes of {@code fields}, for instance {@code "0003 'www' | 00"}. */
  public static byte[] bytes(String fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String[] parts = fields.split("'", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean quoted = i % 2 == 1;
      bytes.writeBytes(quoted ? text(parts[i]) : digits(parts[i]));
    }
    return bytes.toByteArray();
  }

  private static byte[] text(String quoted) {
    return quoted.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] digits(String spaced) {
    return HexFormat.of().parseHex(spaced.replaceAll("[\\s|]", ""));
  }
}
