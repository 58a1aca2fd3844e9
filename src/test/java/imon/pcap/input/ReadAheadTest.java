package imon.pcap.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that waits for ever is found by the time limit. */
@Timeout(60)
class ReadAheadTest {
  private static final int BYTES = 5_000_000;
  private static final long PATIENCE_MILLIS = 20_000;

  private final byte[] plain = new byte[BYTES];
  private final CountDownLatch forEver = new CountDownLatch(1);

  ReadAheadTest() {
    new Random(1).nextBytes(plain);
  }

  /** Gives out stored bytes as they are, and then ends as it is told to. */
  private class Unpacking extends InputStream {
    final StoredBytes stored = StoredBytes.of(new ByteArrayInputStream(plain));
    volatile @Nullable Thread thread;
    volatile boolean closed;

    Unpacking() throws IOException {
      assertEquals(8, stored.lead().length);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      thread = Thread.currentThread();
      int read = stored.read(bytes, offset, length);
      return read < 0 ? end() : read;
    }

    int end() throws IOException {
      return -1;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed = true;
    }

    /** Whether the thread that unpacked has ended, and closed the stream. */
    boolean isLeft() throws InterruptedException {
      Thread last = thread;
      assertNotNull(last);
      assertNotSame(Thread.currentThread(), last);
      last.join(PATIENCE_MILLIS);
      return !last.isAlive() && closed;
    }
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static ReadAhead ahead(Unpacking unpacking) {
    return new ReadAhead(unpacking.stored, unpacking);
  }

  /** Reads until {@code window} is full; false when the end came first. */
  private static boolean fill(ReadAhead ahead, ByteBuffer window) throws IOException {
    int read = 0;
    while (read >= 0 && window.hasRemaining()) {
      read = ahead.read(window);
    }
    return read >= 0;
  }

  /** Reads what the reader unpacks by itself, and one byte more. */
  private static void letThreadStart(ReadAhead ahead) throws IOException {
    assertTrue(fill(ahead, ByteBuffer.allocate(ReadAhead.ALONE_BYTES)));
    assertTrue(fill(ahead, ByteBuffer.allocate(1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_013, 262_144, 3_000_000, BYTES, BYTES + 1})
  void allBytesComeOnceAndInOrderWhateverIsAskedFor(int windowBytes) throws Exception {
    Unpacking unpacking = new Unpacking();
    try (ReadAhead ahead = ahead(unpacking)) {
      ByteBuffer all = ByteBuffer.allocate(BYTES + 1);
      while (fill(ahead, all.limit(Math.min(all.capacity(), all.position() + windowBytes)))) {
        assertTrue(all.position() <= BYTES);
      }
      assertEquals(BYTES, all.position());
      assertArrayEquals(plain, Arrays.copyOf(all.array(), BYTES));
      assertEquals(-1, ahead.read(all));
      assertEquals(BYTES, ahead.storedBytes());
    }
  }

  @Test
  void whatIsJustLookedIntoStartsNoThread() throws Exception {
    Unpacking unpacking = new Unpacking();
    try (ReadAhead ahead = ahead(unpacking)) {
      assertTrue(fill(ahead, ByteBuffer.allocate(ReadAhead.ALONE_BYTES)));
      assertSame(Thread.currentThread(), unpacking.thread);
      assertFalse(unpacking.closed);
    }
    assertTrue(unpacking.closed);
  }

  @Test
  void theCountOfStoredBytesDoesNotDependOnHowFarTheThreadIs() throws Exception {
    for (int round = 0; round < 20; round++) {
      Unpacking unpacking = new Unpacking();
      try (ReadAhead ahead = ahead(unpacking)) {
        assertTrue(fill(ahead, ByteBuffer.allocate(ReadAhead.ALONE_BYTES)));
        assertEquals(ReadAhead.ALONE_BYTES, ahead.storedBytes());
        assertTrue(fill(ahead, ByteBuffer.allocate(1)));
        assertEquals(ReadAhead.ALONE_BYTES + 256 * 1024, ahead.storedBytes());
      }
    }
  }

  @Test
  void aFaultComesAfterAllBytesBeforeIt() throws Exception {
    IOException fault = new IOException("damaged");
    Unpacking unpacking =
        new Unpacking() {
          @Override
          int end() throws IOException {
            throw fault;
          }
        };
    try (ReadAhead ahead = ahead(unpacking)) {
      letThreadStart(ahead);
      ByteBuffer window = ByteBuffer.allocate(BYTES + 1);
      assertSame(fault, assertThrows(IOException.class, () -> fill(ahead, window)));
      assertEquals(BYTES, ReadAhead.ALONE_BYTES + 1 + window.position());
      assertSame(fault, assertThrows(IOException.class, () -> ahead.read(window)));
    }
    assertTrue(unpacking.isLeft());
  }

  @Test
  void aBugInUnpackingIsNotLost() throws Exception {
    Error bug = new StackOverflowError();
    Unpacking unpacking =
        new Unpacking() {
          @Override
          int end() {
            throw bug;
          }
        };
    try (ReadAhead ahead = ahead(unpacking)) {
      letThreadStart(ahead);
      ByteBuffer window = ByteBuffer.allocate(BYTES + 1);
      Throwable thrown = assertThrows(IllegalStateException.class, () -> fill(ahead, window));
      assertSame(bug, thrown.getCause());
    }
    assertTrue(unpacking.isLeft());
  }

  @Test
  void closingEndsAThreadThatIsFarAhead() throws Exception {
    Unpacking unpacking = new Unpacking();
    try (ReadAhead ahead = ahead(unpacking)) {
      letThreadStart(ahead);
    }
    assertTrue(unpacking.isLeft());
  }

  @Test
  void closingEndsAThreadThatWaitsForInput() throws Exception {
    Unpacking unpacking =
        new Unpacking() {
          @Override
          int end() throws IOException {
            return readForEver();
          }
        };
    try (ReadAhead ahead = ahead(unpacking)) {
      letThreadStart(ahead);
      assertTrue(fill(ahead, ByteBuffer.allocate(3_000_000)));
    }
    assertTrue(unpacking.isLeft());
  }

  @Test
  void anInterruptEndsTheReaderThatWaits() throws Exception {
    Unpacking unpacking =
        new Unpacking() {
          @Override
          int end() throws IOException {
            return readForEver();
          }
        };
    try (ReadAhead ahead = ahead(unpacking)) {
      letThreadStart(ahead);
      Thread.currentThread().interrupt();
      ByteBuffer window = ByteBuffer.allocate(BYTES);
      assertThrows(ClosedByInterruptException.class, () -> fill(ahead, window));
      assertTrue(Thread.interrupted());
    }
    assertTrue(unpacking.isLeft());
  }

  private int readForEver() throws IOException {
    try {
      forEver.await();
      return -1;
    } catch (InterruptedException e) {
      throw new ClosedByInterruptException();
    }
  }
}
