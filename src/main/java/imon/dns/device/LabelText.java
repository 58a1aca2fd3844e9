package imon.dns.device;

import imon.name.TextTable;
import org.jspecify.annotations.Nullable;

/** A domain name in DNS labels, not compressed, as text with dots. Reused. */
final class LabelText {
  private static final int MAX_LABEL = 63;

  private final TextTable texts;
  private final byte[] dotted = new byte[TextTable.MAX_BYTES + 1];

  LabelText(TextTable texts) {
    this.texts = texts;
  }

  /**
   * The name in {@code buffer[offset, limit)}, which need not end with the root (RFC 4702, section
   * 2.3.1); null when it is none.
   */
  @Nullable String read(byte[] buffer, int offset, int limit) {
    int length = 0;
    int at = offset;
    while (at < limit && buffer[at] != 0) {
      int label = buffer[at] & 0xff;
      boolean fits = length + label < dotted.length;
      if (label > MAX_LABEL || at + 1 + label > limit || !fits) {
        return null;
      }
      System.arraycopy(buffer, at + 1, dotted, length, label);
      length += label;
      dotted[length++] = '.';
      at += 1 + label;
    }
    return length == 0 ? null : texts.text(dotted, 0, length - 1);
  }
}
