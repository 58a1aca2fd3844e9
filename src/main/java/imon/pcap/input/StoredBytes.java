package imon.pcap.input;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * The bytes of an input as they are stored, counted as they are read. Its first bytes can be looked
 * at before. A file is read by its channel, straight into the buffer asked for.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads, and only it writes the count
public final class StoredBytes extends InputStream {
  private static final int LEAD_BYTES = 8;

  /** Zstd and LZ4 share this magic of frames that hold no data; its last four bits are free. */
  private static final int SKIPPABLE_MAGIC = 0x184D_2A50;

  private static final int SKIPPABLE_MASK = ~0xf;
  private static final int SKIP_BYTES = 8 * 1024;

  private final ReadableByteChannel channel;
  private final ByteBuffer lead = ByteBuffer.allocate(LEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private byte[] lastAskedFor = {};
  private ByteBuffer wrapped = lead;
  private volatile long count;
  private boolean ended;

  /** Bytes of a channel; the channel is closed with them. */
  public StoredBytes(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /** Bytes of a regular file, which other threads may read, too; the file is closed with them. */
  public static StoredBytes ofFile(FileChannel file) {
    return new StoredBytes(new SharedFile(file));
  }

  /** Bytes of a stream; the stream is closed with them. */
  public static StoredBytes of(InputStream stream) {
    return new StoredBytes(
        stream instanceof FileInputStream file ? file.getChannel() : new StreamChannel(stream));
  }

  /** Whether these are a file's, so that others can read them. */
  boolean isShareable() {
    return channel instanceof SharedFile;
  }

  /** The same bytes of a file for another thread, which end where these do. */
  StoredBytes twin() throws IOException {
    return new StoredBytes(((SharedFile) channel).twin());
  }

  /**
   * The first bytes, at most eight, which stay to be read; to be asked once, before reading. Frames
   * without data, as some packers write them before all others, are read over.
   */
  byte[] lead() throws IOException {
    fillLead();
    while (lead.limit() == LEAD_BYTES && (lead.getInt(0) & SKIPPABLE_MASK) == SKIPPABLE_MAGIC) {
      passOver(lead.getInt(4) & 0xffff_ffffL);
      fillLead();
    }
    byte[] first = new byte[lead.remaining()];
    lead.get(0, first);
    return first;
  }

  private void fillLead() throws IOException {
    lead.clear();
    while (lead.hasRemaining() && channel.read(lead) >= 0) {}
    lead.flip();
  }

  private void passOver(long length) throws IOException {
    count += LEAD_BYTES;
    ByteBuffer skipped = ByteBuffer.allocate(SKIP_BYTES);
    int read = 0;
    for (long left = length; left > 0 && read >= 0; left -= read) {
      read = channel.read(skipped.clear().limit((int) Math.min(left, SKIP_BYTES)));
      count += Math.max(0, read);
    }
  }

  /** Reads what comes next into {@code window}; returns how many bytes, -1 at the end. */
  int read(ByteBuffer window) throws IOException {
    int read = lead.hasRemaining() ? readLead(window) : channel.read(window);
    if (read > 0) {
      count += read;
    }
    ended = read < 0;
    return read;
  }

  /** Reads from a stream into the array behind {@code window}, as a channel would. */
  static int read(InputStream stream, ByteBuffer window) throws IOException {
    int offset = window.arrayOffset() + window.position();
    int read = stream.read(window.array(), offset, window.remaining());
    if (read > 0) {
      window.position(window.position() + read);
    }
    return read;
  }

  private int readLead(ByteBuffer window) {
    int before = window.position();
    while (lead.hasRemaining() && window.hasRemaining()) {
      window.put(lead.get());
    }
    return window.position() - before;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (lastAskedFor != bytes) {
      lastAskedFor = bytes;
      wrapped = ByteBuffer.wrap(bytes);
    }
    return read(wrapped.limit(offset + length).position(offset));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** How many bytes were read. Any thread may ask. */
  long count() {
    return count;
  }

  /** Whether the end was met. */
  boolean ended() {
    return ended;
  }

  /** How many bytes there are, -1 when nobody knows (standard input, a pipe). */
  long size() {
    try {
      long size = size(channel);
      return size >= count ? size : -1;
    } catch (IOException unknown) {
      return -1;
    }
  }

  private static long size(ReadableByteChannel channel) throws IOException {
    if (channel instanceof SharedFile file) {
      return file.size();
    }
    return channel instanceof FileChannel file ? file.size() : -1;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** A stream as a channel that reads into the caller's array without a buffer of its own. */
  private record StreamChannel(InputStream stream) implements ReadableByteChannel {
    @Override
    public int read(ByteBuffer window) throws IOException {
      return StoredBytes.read(stream, window);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
