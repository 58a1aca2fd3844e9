package imon.live.device;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A stream of the C library that writes into a buffer of ours (POSIX fmemopen), so that native code
 * leaves its output there without a call of Java for each piece. Valid until it is closed.
 */
final class MemoryStream implements Closeable {
  private static final int UNBUFFERED = 2; // _IONBF
  private static final int FROM_START = 0; // SEEK_SET
  private static final short READABLE = 1; // POLLIN
  private static final int POLL_ENTRY = 8;

  private final long stream;
  private final Memory pollEntry = new Memory(POLL_ENTRY);

  static {
    Native.register(MemoryStream.class, NativeLibrary.getInstance(Platform.C_LIBRARY_NAME));
  }

  private static native long fmemopen(long buffer, long size, String mode);

  private static native int setvbuf(long stream, long buffer, int mode, long size);

  private static native int fseek(long stream, long offset, int whence);

  private static native long ftell(long stream);

  private static native int fclose(long stream);

  private static native int poll(long entries, long count, int millis);

  /** Opens one over all of a direct buffer; its first byte may be overwritten. */
  MemoryStream(ByteBuffer buffer) throws IOException {
    stream = open(buffer, "w");
    setvbuf(stream, 0, UNBUFFERED, 0);
  }

  /**
   * A C library's FILE pointer that reads all of a direct buffer. Whoever is given it closes it;
   * the buffer must stay until then.
   */
  static long reading(ByteBuffer buffer) throws IOException {
    return open(buffer, "r");
  }

  private static long open(ByteBuffer buffer, String mode) throws IOException {
    long address = Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    long opened = fmemopen(address, buffer.capacity(), mode);
    if (opened == 0) {
      throw new IOException("no memory for packets");
    }
    return opened;
  }

  /** The C library's FILE pointer. */
  long pointer() {
    return stream;
  }

  /** Goes to this offset of the buffer. */
  void seek(int offset) {
    fseek(stream, offset, FROM_START);
  }

  /** Offset behind what was written. */
  int position() {
    return (int) ftell(stream);
  }

  /** Waits until a file descriptor has something to read, at most this long. */
  void await(int descriptor, int waitMillis) {
    pollEntry.setInt(0, descriptor);
    pollEntry.setShort(4, READABLE);
    pollEntry.setShort(6, (short) 0);
    poll(Pointer.nativeValue(pollEntry), 1, waitMillis);
  }

  @Override
  public void close() {
    fclose(stream);
    pollEntry.close();
  }
}
