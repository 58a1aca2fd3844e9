package imon.name;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that stand on the wire as raw UTF-8, as in multicast DNS, and their ASCII form (RFC 3490).
 * Slow; asked once per name.
 */
final class InternationalHost {
  /**
   * IDNA 2003 maps these away and IDNA 2008 keeps them (RFC 5894, section 7.2): two names are
   * possible, so there is none.
   */
  private static final String AMBIGUOUS = "\u00df\u03c2\u200c\u200d";

  private InternationalHost() {}

  /** The ASCII form of {@code form}, or null when it is not UTF-8 or has none. */
  static @Nullable String toAscii(HostForm form) {
    String text = decode(form);
    if (text == null || text.chars().anyMatch(c -> AMBIGUOUS.indexOf(c) >= 0)) {
      return null;
    }
    try {
      String ascii = IDN.toASCII(text);
      return dots(ascii) == dots(text) ? normal(ascii) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String decode(HostForm form) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(form.bytes(), 0, form.length());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /**
   * The conversion can produce dots from other characters; a label that becomes two is another name
   * than the one on the wire.
   */
  private static long dots(String name) {
    return name.chars().filter(c -> c == '.').count();
  }

  private static @Nullable String normal(String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.UTF_8);
    HostForm checked = new HostForm();
    return checked.readText(bytes, 0, bytes.length) && checked.isAscii() ? checked.text() : null;
  }
}
