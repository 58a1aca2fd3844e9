package imon.pcap.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks on a thread of its own, a few pieces ahead of its reader. The thread starts only when the
 * reader has asked for so much that it pays; it ends with the input, or when this is closed. Bytes,
 * faults and counts are those the reader would meet if it unpacked by itself, wherever the thread
 * is.
 */
final class ReadAhead implements Closeable {
  static final String THREAD = "imon-unpack";

  /** Unpacked by the reader itself: many captures are smaller, and some are just looked into. */
  static final int ALONE_BYTES = 1024 * 1024;

  private static final int PIECES = 4;
  private static final int PIECE_BYTES = 256 * 1024;

  private final StoredBytes stored;
  private final InputStream unpacked;
  private final BlockingQueue<Piece> free = new ArrayBlockingQueue<>(PIECES);
  private final BlockingQueue<Piece> filled = new ArrayBlockingQueue<>(PIECES);

  /** Who may still touch the unpacked stream: the reader, and the thread while it runs. */
  private final AtomicInteger users = new AtomicInteger(1);

  private @Nullable Thread thread;
  private boolean closed;
  private long readAlone;
  private @Nullable Piece piece;
  private int position;
  private volatile long storedBytes;

  /** Some of the unpacked bytes, and what ended them if they are the last. */
  private static final class Piece {
    final byte[] bytes = new byte[PIECE_BYTES];
    int length;
    long storedBytes;
    boolean isLast;
    @Nullable Throwable fault;
  }

  ReadAhead(StoredBytes stored, InputStream unpacked) {
    this.stored = stored;
    this.unpacked = unpacked;
  }

  /**
   * Reads what comes next into {@code window}; returns how many bytes, -1 at the end. Allocates
   * nothing once the thread runs.
   *
   * @throws ClosedByInterruptException when the reading thread was interrupted
   * @throws IOException as unpacking does, after all bytes before the fault
   */
  int read(ByteBuffer window) throws IOException {
    if (thread == null && readAlone < ALONE_BYTES) {
      return readAlone(window);
    }
    if (thread == null) {
      start();
    }
    Piece from = current();
    int read = Math.min(window.remaining(), from.length - position);
    if (read == 0) {
      return end(from);
    }
    window.put(from.bytes, position, read);
    position += read;
    return read;
  }

  private int readAlone(ByteBuffer window) throws IOException {
    try {
      int read = StoredBytes.read(unpacked, window);
      readAlone += Math.max(0, read);
      return read;
    } finally {
      storedBytes = stored.count();
    }
  }

  private void start() {
    for (int i = 0; i < PIECES; i++) {
      free.add(new Piece());
    }
    Thread ahead = new Thread(this::unpackAll, THREAD);
    ahead.setDaemon(true);
    thread = ahead;
    users.incrementAndGet();
    ahead.start();
  }

  /** The piece that holds the next byte, or the last one. */
  private Piece current() throws ClosedByInterruptException {
    Piece at = piece;
    try {
      while (at == null || (position == at.length && !at.isLast)) {
        if (at != null) {
          free.put(at);
        }
        at = filled.take();
        piece = at;
        position = 0;
        storedBytes = at.storedBytes;
      }
      return at;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }

  private static int end(Piece last) throws IOException {
    if (last.fault instanceof IOException fault) {
      throw fault;
    }
    if (last.fault != null) {
      throw new IllegalStateException(last.fault);
    }
    return -1;
  }

  private void unpackAll() {
    try {
      unpack();
      leave();
    } catch (IOException closing) {
      // Whoever reads has left, so that nobody is there to tell.
    }
  }

  private void unpack() {
    try {
      Piece next;
      do {
        next = free.take();
        fill(next);
        filled.put(next);
      } while (!next.isLast);
    } catch (InterruptedException left) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill(Piece next) {
    next.length = 0;
    try {
      while (next.length < PIECE_BYTES && !next.isLast) {
        int read = unpacked.read(next.bytes, next.length, PIECE_BYTES - next.length);
        next.length += Math.max(0, read);
        next.isLast = read < 0;
      }
    } catch (IOException | RuntimeException | Error fault) {
      next.fault = fault;
      next.isLast = true;
    }
    next.storedBytes = stored.count();
  }

  /** Bytes of the stored input that the bytes given out so far took. Any thread may ask. */
  long storedBytes() {
    return storedBytes;
  }

  /** Ends the thread; whoever leaves last closes the unpacked stream. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
    leave();
  }

  private void leave() throws IOException {
    if (users.decrementAndGet() == 0) {
      unpacked.close();
    }
  }
}
