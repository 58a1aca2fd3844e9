package imon.http;

import java.util.Arrays;

/**
 * One direction of an HTTP/1 connection: finds where each header ends and steps over the bodies. A
 * header that is whole in what was fed is read where it stands; only one that is not is kept, up to
 * {@link HttpRequest#MAX_HEADER_BYTES}.
 */
final class MessageStream {
  private static final byte[] NOTHING = new byte[0];

  private final MessageBody body = new MessageBody();
  private byte[] held = NOTHING;
  private int heldLength;

  /** Offset in the stream of the next byte. */
  private long position;

  private boolean inHeader;
  private boolean lineEmpty;
  private long headerOffset;

  private byte[] header = NOTHING;
  private int headerStart;
  private int headerEnd;
  private boolean headerWhole;
  private boolean broken;

  /** The body of the message whose header was found last; whoever reads the header sets it. */
  MessageBody body() {
    return body;
  }

  /**
   * Reads on, up to the end of a body, of a header or of the bytes, and says how far. {@link
   * #hasHeader()} tells of a header's end.
   */
  int read(byte[] buffer, int offset, int limit) {
    releaseHeader();
    int end =
        body.isOver() ? readBehindBody(buffer, offset, limit) : body.skip(buffer, offset, limit);
    position += end - offset;
    broken |= body.isBroken();
    return end;
  }

  private int readBehindBody(byte[] buffer, int offset, int limit) {
    int at = inHeader ? offset : afterLineEnds(buffer, offset, limit);
    return at < limit ? readHeader(buffer, at, limit, position + at - offset) : at;
  }

  /** Steps over bytes nobody saw; false, and nothing done, when they may hold a border. */
  boolean skipUnseen(long count) {
    if (inHeader || !body.skipUnseen(count)) {
      return false;
    }
    position += count;
    return true;
  }

  /** Whether the next byte belongs to no message that has begun. */
  boolean isBetweenMessages() {
    return !inHeader && body.isOver();
  }

  /** Whether a header ended; it can be read until the next call. */
  boolean hasHeader() {
    return headerWhole;
  }

  /** Whether a header has begun and not ended; {@link #header()} then has what is there of it. */
  boolean isInHeader() {
    return inHeader;
  }

  /** Whether the body breaks its format, or the header is too long. */
  boolean isBroken() {
    return broken;
  }

  byte[] header() {
    return header;
  }

  int headerStart() {
    return headerStart;
  }

  /** After the empty line. */
  int headerEnd() {
    return headerEnd;
  }

  /** Where the header starts in the stream. */
  long headerOffset() {
    return headerOffset;
  }

  /** Between messages there may be line ends that belong to none (RFC 9112, section 2.2). */
  private static int afterLineEnds(byte[] buffer, int offset, int limit) {
    int at = offset;
    while (at < limit && (buffer[at] == '\r' || buffer[at] == '\n')) {
      at++;
    }
    return at;
  }

  private int readHeader(byte[] buffer, int offset, int limit, long streamOffset) {
    if (!inHeader) {
      inHeader = true;
      lineEmpty = false;
      headerOffset = streamOffset;
    }
    int end = emptyLineEnd(buffer, offset, limit);
    boolean kept = heldLength > 0 || !headerWhole;
    if (kept && !hold(buffer, offset, end)) {
      broken = true;
    }
    header = kept ? held : buffer;
    headerStart = kept ? 0 : offset;
    headerEnd = kept ? heldLength : end;
    return end;
  }

  /** The position after the empty line; the limit when there is none. */
  private int emptyLineEnd(byte[] buffer, int offset, int limit) {
    for (int at = offset; at < limit; at++) {
      byte value = buffer[at];
      if (value == '\n') {
        if (lineEmpty) {
          headerWhole = true;
          inHeader = false;
          return at + 1;
        }
        lineEmpty = true;
      } else if (value != '\r') {
        lineEmpty = false;
      }
    }
    return limit;
  }

  private boolean hold(byte[] buffer, int from, int to) {
    int length = heldLength + to - from;
    if (length > HttpRequest.MAX_HEADER_BYTES) {
      return false;
    }
    if (length > held.length) {
      int room = Math.max(length, held.length + held.length / 4);
      held = Arrays.copyOf(held, Math.min(HttpRequest.MAX_HEADER_BYTES, room));
    }
    System.arraycopy(buffer, from, held, heldLength, to - from);
    heldLength = length;
    return true;
  }

  /** A header that ended was read: its bytes are not kept until more come. */
  void releaseHeader() {
    if (headerWhole) {
      headerWhole = false;
      held = NOTHING;
      heldLength = 0;
      header = NOTHING;
    }
  }
}
