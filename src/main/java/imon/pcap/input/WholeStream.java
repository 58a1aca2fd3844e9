package imon.pcap.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives out every byte before a fault, of a library's stream that loses those of the call that
 * meets it: it asks for no more at once than the stream has ready, byte by byte when the stream
 * does not tell. The library's stream is opened by the first read, so that its faults are read
 * faults, too.
 */
final class WholeStream extends InputStream {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream stored;
  private final Opener opener;
  private @Nullable InputStream unpacked;
  private @Nullable IOException fault;

  /** Makes the library's stream of the stored bytes. */
  interface Opener {
    InputStream open(InputStream stored) throws IOException;
  }

  WholeStream(InputStream stored, Opener opener) {
    this.stored = new BufferedInputStream(stored, BUFFER_BYTES);
    this.opener = opener;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = fault == null ? readAll(bytes, offset, offset + length) : 0;
    if (read == 0 && fault != null) {
      throw fault;
    }
    return read;
  }

  /** Reads up to a fault, which is kept, or the end; -1 when there is nothing more. */
  private int readAll(byte[] bytes, int offset, int end) {
    int at = offset;
    try {
      InputStream from = opened();
      while (at < end) {
        int read = readReady(from, bytes, at, end);
        if (read < 0) {
          return at == offset ? -1 : at - offset;
        }
        at += read;
      }
    } catch (IOException found) {
      fault = found;
    } catch (RuntimeException unforeseen) {
      // Bytes that the library's own checks do not foresee.
      fault = new IOException("cannot be unpacked (" + unforeseen + ")", unforeseen);
    }
    return at - offset;
  }

  private InputStream opened() throws IOException {
    InputStream open = unpacked == null ? opener.open(stored) : unpacked;
    unpacked = open;
    return open;
  }

  private static int readReady(InputStream from, byte[] bytes, int at, int end) throws IOException {
    int ready = from.available();
    if (ready > 1) {
      return from.read(bytes, at, Math.min(ready, end - at));
    }
    int value = from.read();
    if (value < 0) {
      return -1;
    }
    bytes[at] = (byte) value;
    return 1;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
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
