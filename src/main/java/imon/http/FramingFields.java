package imon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * What a whole HTTP/1 header says of the body after it: Content-Length and Transfer-Encoding (RFC
 * 9112, section 6), in folded lines, too (section 5.2), and Expect (RFC 9110, section 10.1.1).
 * Reused; what it says is of the last {@link #read}.
 */
final class FramingFields {
  /** No Content-Length. */
  static final long ABSENT = -1;

  /** A Content-Length that is no number, or several that differ. */
  static final long INVALID = -2;

  private static final byte[] NOTHING = new byte[0];
  private static final byte[] LENGTH = "content-length".getBytes(US_ASCII);
  private static final byte[] ENCODING = "transfer-encoding".getBytes(US_ASCII);
  private static final byte[] EXPECT = "expect".getBytes(US_ASCII);
  private static final byte[] CHUNKED = "chunked".getBytes(US_ASCII);
  private static final byte[] IDENTITY = "identity".getBytes(US_ASCII);

  /** Of a length; more do not fit a long. */
  private static final int MAX_DIGITS = 18;

  private byte[] buffer = NOTHING;
  private long contentLength;
  private boolean encoded;
  private boolean chunked;
  private boolean expecting;

  /** Reads the lines after the first one. */
  void read(byte[] header, int offset, int end) {
    buffer = header;
    contentLength = ABSENT;
    encoded = false;
    chunked = false;
    expecting = false;
    int at = unfoldedEnd(offset, end) + 1;
    while (at < end) {
      int lineEnd = unfoldedEnd(at, end);
      readLine(at, lineEnd);
      at = lineEnd + 1;
    }
    buffer = NOTHING;
  }

  long contentLength() {
    return contentLength;
  }

  /** Whether there is a Transfer-Encoding, which makes a Content-Length void. */
  boolean isEncoded() {
    return encoded;
  }

  /** Whether the last encoding is chunked, so that the body says where it ends. */
  boolean isChunked() {
    return chunked;
  }

  /** Whether the client waits to be told to send the body; nothing else can be expected so far. */
  boolean isExpecting() {
    return expecting;
  }

  private void readLine(int start, int end) {
    if (isField(LENGTH, start, end)) {
      readLengths(find(':', start, end) + 1, end);
    } else if (isField(ENCODING, start, end)) {
      readEncoding(find(':', start, end) + 1, end);
    } else if (isField(EXPECT, start, end)) {
      expecting = true;
    }
  }

  /** Where older servers say identity, they mean that there is none (RFC 2616, section 4.4). */
  private void readEncoding(int start, int end) {
    int first = withoutSpaceBefore(start, end);
    int length = withoutSpace(first, end) - first;
    if (length == IDENTITY.length && equalsFolded(IDENTITY, first)) {
      return;
    }
    int last = first + length - CHUNKED.length;
    encoded = true;
    chunked = last >= first && equalsFolded(CHUNKED, last);
  }

  /** A list of equal lengths counts as one of them (RFC 9110, section 8.6). */
  private void readLengths(int start, int end) {
    int at = start;
    while (at <= end) {
      int comma = find(',', at, end);
      long length = number(at, comma);
      boolean same = contentLength == ABSENT || contentLength == length;
      contentLength = same ? length : INVALID;
      at = comma + 1;
    }
  }

  private long number(int start, int end) {
    int at = withoutSpaceBefore(start, end);
    int last = withoutSpace(at, end);
    if (at == last || last - at > MAX_DIGITS) {
      return INVALID;
    }
    long number = 0;
    for (; at < last; at++) {
      if (buffer[at] < '0' || buffer[at] > '9') {
        return INVALID;
      }
      number = number * 10 + buffer[at] - '0';
    }
    return number;
  }

  /**
   * Some servers write blanks before the colon, which receivers leave out (RFC 9112, section 5.1).
   */
  private boolean isField(byte[] name, int start, int end) {
    int colon = start + name.length;
    while (colon < end && isBlank(buffer[colon])) {
      colon++;
    }
    return colon < end && buffer[colon] == ':' && equalsFolded(name, start);
  }

  /** Setting bit 5 makes a letter small, leaves the hyphen, and makes a letter of nothing else. */
  private boolean equalsFolded(byte[] wanted, int start) {
    for (int i = 0; i < wanted.length; i++) {
      if ((buffer[start + i] | 0x20) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the line ends, with those after it that begin with a blank and so continue it. */
  private int unfoldedEnd(int start, int end) {
    int at = find('\n', start, end);
    while (at + 1 < end && isBlank(buffer[at + 1])) {
      at = find('\n', at + 1, end);
    }
    return at;
  }

  private int find(char wanted, int start, int end) {
    int at = start;
    while (at < end && buffer[at] != wanted) {
      at++;
    }
    return at;
  }

  private int withoutSpaceBefore(int start, int end) {
    int at = start;
    while (at < end && isSpace(buffer[at])) {
      at++;
    }
    return at;
  }

  private int withoutSpace(int start, int end) {
    int last = end;
    while (last > start && isSpace(buffer[last - 1])) {
      last--;
    }
    return last;
  }

  private static boolean isSpace(byte value) {
    return isBlank(value) || value == '\r' || value == '\n';
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t';
  }
}
