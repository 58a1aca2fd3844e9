package imon.pcap.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * A regular file that several threads read at once, each from its start and by a position of its
 * own. Whoever opened it closes it for all.
 */
final class SharedFile implements ReadableByteChannel {
  private final FileChannel file;
  private final boolean isOwner;
  private long position;
  private long end;

  /** A file that nobody else reads yet, up to wherever it ends then. */
  SharedFile(FileChannel file) {
    this(file, true, Long.MAX_VALUE);
  }

  private SharedFile(FileChannel file, boolean isOwner, long end) {
    this.file = file;
    this.isOwner = isOwner;
    this.end = end;
  }

  /**
   * The same file from its start. All who read it end where it ends now, however long it grows
   * meanwhile.
   */
  SharedFile twin() throws IOException {
    end = Math.min(end, file.size());
    return new SharedFile(file, false, end);
  }

  @Override
  public int read(ByteBuffer window) throws IOException {
    int limit = window.limit();
    int most = (int) Math.min(window.remaining(), end - position);
    if (most <= 0) {
      return window.hasRemaining() ? -1 : 0;
    }
    int read = file.read(window.limit(window.position() + most), position);
    window.limit(limit);
    position += Math.max(0, read);
    return read;
  }

  /** How long the file is, in bytes, as far as it is read. */
  long size() throws IOException {
    return Math.min(end, file.size());
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (isOwner) {
      file.close();
    }
  }
}
