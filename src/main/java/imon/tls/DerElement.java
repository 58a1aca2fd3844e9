package imon.tls;

/**
 * One element of ASN.1's distinguished encoding (X.690, section 8.1): a tag of one byte, a definite
 * length of at most three bytes, the contents. Only the header has to be there; the contents may be
 * cut. Reused; what it says is of the last {@link #read} that was true.
 */
final class DerElement {
  static final int INTEGER = 0x02;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int OCTET_STRING = 0x04;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int MAX_LENGTH_BYTES = 3;

  private int tag;
  private int contents;
  private int end;
  private boolean cut;

  /**
   * Reads the element at {@code at}.
   *
   * @param parentEnd where the element around it ends, which it must not pass
   * @param available where the bytes end that are there
   */
  boolean read(byte[] buffer, int at, int parentEnd, int available) {
    cut = at + 2 > available;
    if (at + 2 > parentEnd || cut) {
      cut = cut && at + 2 <= parentEnd;
      return false;
    }
    tag = buffer[at] & 0xff;
    int first = buffer[at + 1] & 0xff;
    contents = at + 2;
    int length = first;
    if (first >= 0x80) {
      length = longLength(buffer, first & 0x7f, parentEnd, available);
    }
    end = contents + length;
    return length >= 0 && end <= parentEnd && (tag & 0x1f) != 0x1f;
  }

  private int longLength(byte[] buffer, int bytes, int parentEnd, int available) {
    if (bytes == 0 || bytes > MAX_LENGTH_BYTES || contents + bytes > parentEnd) {
      return -1;
    }
    if (contents + bytes > available) {
      cut = true;
      return -1;
    }
    int length = 0;
    for (int i = 0; i < bytes; i++) {
      length = length << 8 | (buffer[contents++] & 0xff);
    }
    return length;
  }

  /** After a {@link #read} that was false: whether more bytes may help. */
  boolean isCut() {
    return cut;
  }

  int tag() {
    return tag;
  }

  /** Where the contents start. */
  int contents() {
    return contents;
  }

  /** Where the contents end; may be after the bytes that are there. */
  int end() {
    return end;
  }
}
