package imon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import imon.name.NameTable;
import imon.wire.Bytes;

/**
 * Finds the requests in the client's direction of a clear HTTP/2 connection (RFC 9113): by prior
 * knowledge, or after an upgrade, in both cases from the client's preface on. One object serves one
 * connection, which is fed in order and without gaps, in pieces of any size. Of a header block (RFC
 * 7541) at most {@link #MAX_BLOCK_BYTES} are kept; other frames are stepped over.
 *
 * <pre>
 *  | length(3) | type(1) | flags(1) | stream(4) | payload ...
 * </pre>
 */
public final class Http2Requests {
  /** A client with a larger header block is not followed further. */
  public static final int MAX_BLOCK_BYTES = 64 * 1024;

  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final int FRAME_HEADER_BYTES = 9;
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 0x04;
  private static final int PADDED = 0x08;
  private static final int PRIORITY = 0x20;
  private static final int PRIORITY_BYTES = 5;

  private enum State {
    PREFACE,
    FRAME_HEADER,
    BLOCK,
    OTHER,
    LOST
  }

  private final HeaderBlock block;
  private final byte[] frame = new byte[FRAME_HEADER_BYTES];
  private State state = State.PREFACE;

  /** Bytes there of the preface or the frame header. */
  private int taken;

  /** Bytes of the frame that are still to come. */
  private int remaining;

  /** Offset in the stream of the next byte. */
  private long position;

  private long blockOffset;
  private boolean continuing;
  private int blockStream;
  private int count;

  /** Hosts come from {@code table}, which may serve other readers of the same thread. */
  public Http2Requests(NameTable table) {
    block = new HeaderBlock(table, MAX_BLOCK_BYTES);
  }

  /**
   * Whether {@code buffer[offset, limit)} can be the start of a client's direction. True for no
   * bytes at all.
   */
  public static boolean looksLikePreface(byte[] buffer, int offset, int limit) {
    for (int i = 0; i < PREFACE.length && offset + i < limit; i++) {
      if (buffer[offset + i] != PREFACE[i]) {
        return false;
      }
    }
    return true;
  }

  /** The next bytes of the client's direction. */
  public void feed(byte[] buffer, int offset, int limit, RequestEvents events) {
    int at = offset;
    while (at < limit && state != State.LOST) {
      int next = step(buffer, at, limit);
      position += next - at;
      at = next;
      if (state == State.BLOCK && remaining == 0) {
        endFrame(events);
      } else if (state == State.OTHER && remaining == 0) {
        state = State.FRAME_HEADER;
      }
    }
  }

  /**
   * The next {@code count} bytes were not captured. Inside a frame that is stepped over that is no
   * harm; elsewhere the connection is not followed further.
   */
  public void missing(long count) {
    if (state == State.OTHER && count <= remaining) {
      remaining -= (int) count;
      state = remaining == 0 ? State.FRAME_HEADER : state;
    } else if (count > 0) {
      state = State.LOST;
    }
    position += count;
  }

  /** Whether the connection is not followed further, because it broke the format or a limit. */
  public boolean isLost() {
    return state == State.LOST;
  }

  private int step(byte[] buffer, int at, int limit) {
    switch (state) {
      case PREFACE -> {
        return takePreface(buffer, at, limit);
      }
      case FRAME_HEADER -> {
        return takeFrameHeader(buffer, at, limit);
      }
      case BLOCK, OTHER -> {
        int part = Math.min(remaining, limit - at);
        if (state == State.BLOCK) {
          block.add(buffer, at, part);
        }
        remaining -= part;
        return at + part;
      }
      case LOST -> {}
    }
    return limit;
  }

  private int takePreface(byte[] buffer, int offset, int limit) {
    int at = offset;
    while (at < limit && taken < PREFACE.length) {
      if (buffer[at] != PREFACE[taken]) {
        state = State.LOST;
        return at;
      }
      at++;
      taken++;
    }
    if (taken == PREFACE.length) {
      state = State.FRAME_HEADER;
      taken = 0;
    }
    return at;
  }

  private int takeFrameHeader(byte[] buffer, int at, int limit) {
    if (taken == 0 && !continuing) {
      blockOffset = position;
    }
    int part = Math.min(FRAME_HEADER_BYTES - taken, limit - at);
    System.arraycopy(buffer, at, frame, taken, part);
    taken += part;
    if (taken == FRAME_HEADER_BYTES) {
      taken = 0;
      beginFrame();
    }
    return at + part;
  }

  private void beginFrame() {
    remaining = Bytes.u8(frame, 0) << 16 | Bytes.u16(frame, 1);
    int type = frame[3];
    int stream = Bytes.i32(frame, 5) & Integer.MAX_VALUE;
    boolean headers = type == HEADERS && !continuing && stream != 0;
    boolean continuation = type == CONTINUATION && continuing && stream == blockStream;
    if (headers || continuation) {
      state = block.begin(remaining) ? State.BLOCK : State.LOST;
      blockStream = stream;
    } else {
      boolean misplaced = continuing || type == HEADERS || type == CONTINUATION;
      state = misplaced ? State.LOST : State.OTHER;
    }
  }

  private void endFrame(RequestEvents events) {
    state = State.FRAME_HEADER;
    int flags = frame[4];
    if (!continuing && !unpad(flags)) {
      state = State.LOST;
      return;
    }
    continuing = (flags & END_HEADERS) == 0;
    if (continuing) {
      return;
    }
    if (!block.decode()) {
      state = State.LOST;
    } else if (block.isRequest()) {
      boolean connect = block.isConnect();
      events.request(
          count,
          blockOffset,
          block.host(),
          block.isAddressed(),
          connect ? RequestEvents.Asked.TUNNEL : RequestEvents.Asked.SERVER);
      count++;
    }
    block.clear();
  }

  /** Padding and priority stand in the first frame of a block only. */
  private boolean unpad(int flags) {
    int padding = 0;
    int before = 0;
    if ((flags & PADDED) != 0) {
      padding = block.firstByte();
      before = 1;
    }
    return block.trim(before + ((flags & PRIORITY) != 0 ? PRIORITY_BYTES : 0), padding);
  }
}
