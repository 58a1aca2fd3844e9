package imon.http;

/**
 * Steps over the body of one HTTP/1 message: of a known length, chunked (RFC 9112, section 7.1), or
 * up to the end of the connection. Keeps no bytes of it.
 */
final class MessageBody {
  private static final int MAX_SIZE_DIGITS = 15;

  private enum State {
    NONE,
    LENGTH,
    UNTIL_CLOSE,
    SIZE,
    SIZE_REST,
    CHUNK,
    CHUNK_END,
    TRAILER_START,
    TRAILER,
    BROKEN
  }

  private State state = State.NONE;

  /** Bytes of the body or of the chunk that are still to come. */
  private long remaining;

  private int digits;

  void beginNone() {
    state = State.NONE;
  }

  void beginLength(long length) {
    remaining = length;
    state = length == 0 ? State.NONE : State.LENGTH;
  }

  void beginChunked() {
    state = State.SIZE;
    remaining = 0;
    digits = 0;
  }

  void beginUntilClose() {
    state = State.UNTIL_CLOSE;
  }

  boolean isOver() {
    return state == State.NONE;
  }

  boolean isBroken() {
    return state == State.BROKEN;
  }

  /** The position after what of the bytes belongs to the body. */
  int skip(byte[] buffer, int offset, int limit) {
    int at = offset;
    while (at < limit && state != State.NONE && state != State.BROKEN) {
      if (holds(1)) {
        long count = state == State.UNTIL_CLOSE ? limit - at : Math.min(remaining, limit - at);
        at += (int) count;
        advance(count);
      } else {
        frame(buffer[at]);
        at++;
      }
    }
    return at;
  }

  /** Steps over bytes nobody saw; false when they may hold more than content. */
  boolean skipUnseen(long count) {
    if (!holds(count)) {
      return false;
    }
    advance(count);
    return true;
  }

  /** Whether so many bytes are content and nothing else. */
  private boolean holds(long count) {
    return state == State.UNTIL_CLOSE
        || ((state == State.LENGTH || state == State.CHUNK) && count <= remaining);
  }

  private void advance(long count) {
    if (state == State.UNTIL_CLOSE) {
      return;
    }
    remaining -= count;
    if (remaining == 0) {
      state = state == State.LENGTH ? State.NONE : State.CHUNK_END;
    }
  }

  private void frame(byte value) {
    switch (state) {
      case SIZE -> size(value);
      case SIZE_REST -> state = value == '\n' ? afterSize() : State.SIZE_REST;
      case CHUNK_END -> chunkEnd(value);
      case TRAILER_START -> trailerStart(value);
      case TRAILER -> state = value == '\n' ? State.TRAILER_START : State.TRAILER;
      case NONE, LENGTH, UNTIL_CLOSE, CHUNK, BROKEN -> {}
    }
  }

  private void size(byte value) {
    int digit = Character.digit(value, 16);
    if (digit >= 0 && digits < MAX_SIZE_DIGITS) {
      remaining = remaining << 4 | digit;
      digits++;
    } else if (digits == 0 || digit >= 0) {
      state = State.BROKEN;
    } else if (value == '\n') {
      state = afterSize();
    } else {
      boolean sound = value == '\r' || value == ';' || value == ' ' || value == '\t';
      state = sound ? State.SIZE_REST : State.BROKEN;
    }
  }

  private State afterSize() {
    return remaining == 0 ? State.TRAILER_START : State.CHUNK;
  }

  private void chunkEnd(byte value) {
    if (value == '\n') {
      beginChunked();
    } else if (value != '\r') {
      state = State.BROKEN;
    }
  }

  private void trailerStart(byte value) {
    if (value == '\n') {
      state = State.NONE;
    } else if (value != '\r') {
      state = State.TRAILER;
    }
  }
}
