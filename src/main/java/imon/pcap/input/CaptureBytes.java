package imon.pcap.input;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked bytes of one input, from first to last; compressed ones are unpacked on a thread of
 * their own. A fault of the input ends it and is kept; what was read before the fault is given out.
 */
public final class CaptureBytes implements Closeable {
  private final StoredBytes stored;
  private final Compression compression;
  private final @Nullable ReadAhead unpacked;
  private boolean ended;
  private @Nullable IOException fault;

  private CaptureBytes(StoredBytes stored) throws IOException {
    this.stored = stored;
    compression = Compression.of(stored.lead());
    unpacked =
        compression == Compression.NONE ? null : new ReadAhead(stored, compression.open(stored));
  }

  /** Recognises how the input is compressed; messages call it {@code name}. */
  public static CaptureBytes open(StoredBytes stored, String name) throws IOException {
    try {
      return new CaptureBytes(stored);
    } catch (IOException failure) {
      try (stored) {
        throw new IOException(name + ": " + failure.getMessage(), failure);
      }
    }
  }

  /** Whether others can read them, too: those of a plain file. */
  public boolean isShareable() {
    return compression == Compression.NONE && stored.isShareable();
  }

  /**
   * Those of the same file for another thread, which end where these do; messages call it {@code
   * name}.
   */
  public CaptureBytes twin(String name) throws IOException {
    return open(stored.twin(), name);
  }

  /**
   * Reads until {@code window} is full or the input has ended.
   *
   * @throws ClosedChannelException when the input was closed, or this thread interrupted
   */
  public void fill(ByteBuffer window) throws ClosedChannelException {
    while (!ended && window.hasRemaining()) {
      try {
        ended = read(window) < 0;
      } catch (ClosedChannelException closed) {
        throw closed;
      } catch (IOException found) {
        fault = found;
        ended = true;
      }
    }
  }

  private int read(ByteBuffer window) throws IOException {
    return unpacked == null ? stored.read(window) : unpacked.read(window);
  }

  /** Whether the last byte was given out. */
  public boolean ended() {
    return ended;
  }

  /** What ended the input before its end, or null. */
  public @Nullable IOException fault() {
    return fault;
  }

  /**
   * Whether the fault is that the compressed bytes just end, so that those there are can be
   * trusted: only who has met the end asks for more.
   */
  public boolean endsEarly() {
    return fault != null && stored.ended();
  }

  public Compression compression() {
    return compression;
  }

  /**
   * Bytes of the input as it is stored that were read for what was given out. Any thread may ask.
   */
  public long storedBytesRead() {
    return unpacked == null ? stored.count() : unpacked.storedBytes();
  }

  /**
   * How much lies after the unpacked offset {@code offset}, in words for a message. Of compressed
   * bytes some were read and not unpacked: of a small file all of them, so that their number tells
   * nothing.
   */
  public String unreadAfter(long offset) {
    long size = stored.size();
    boolean plain = compression == Compression.NONE;
    long unread = size - (plain ? offset : storedBytesRead());
    if (size < 0 || (unread == 0 && !plain)) {
      return "the rest";
    }
    return plain ? unread + " bytes" : "at least " + unread + " compressed bytes";
  }

  @Override
  public void close() throws IOException {
    try (stored) {
      if (unpacked != null) {
        unpacked.close();
      }
    }
  }
}
