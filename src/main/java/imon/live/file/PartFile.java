package imon.live.file;

import imon.pcap.write.OwnerOnly;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pcap file that is being written. Whatever fails, it ends with a whole record. As long as it is
 * open it is locked, so that another imon does not take it for a leftover. Written by one thread.
 */
public final class PartFile implements Closeable {
  private final FileChannel channel;
  private final @Nullable FileLock lock;
  private final ByteBuffer header = ByteBuffer.allocate(PcapHeader.LENGTH);
  private volatile Path path;
  private Instant start = Instant.EPOCH;
  private long size;
  private long packets;
  private long wireBytes;

  /** Some records did not get into a file. */
  public static final class Unwritten extends IOException {
    private static final long serialVersionUID = 1L;

    private final int from;

    Unwritten(int from, IOException cause) {
      super(cause.getMessage(), cause);
      this.from = from;
    }

    /** Offset in the buffer of the first record that is not in the file. */
    public int from() {
      return from;
    }
  }

  /** Makes an empty file. */
  PartFile(Path path) throws IOException {
    this.path = path;
    channel = OwnerOnly.create(path);
    lock = lock(channel);
  }

  /** Null on a file system without locks; then a second imon cannot know. */
  private static @Nullable FileLock lock(FileChannel channel) {
    try {
      return channel.tryLock();
    } catch (IOException withoutLocks) {
      return null;
    }
  }

  /** Begins it with a pcap file header. */
  void begin(byte[] fileHeader, Instant begin) throws IOException {
    start = begin;
    header.put(fileHeader).flip();
    while (header.hasRemaining()) {
      channel.write(header);
    }
    size = PcapHeader.LENGTH;
  }

  /**
   * Adds the whole records from one offset to another; the buffer is left clear.
   *
   * @throws Unwritten not all of them found room; the file ends behind the last that did
   */
  public void write(RecordHeaders records, int from, int to) throws Unwritten {
    ByteBuffer bytes = records.records().limit(to).position(from);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      bytes.clear();
      count(records, from, to);
    } catch (IOException e) {
      int written = bytes.position();
      bytes.clear();
      int whole = count(records, from, written);
      throw new Unwritten(whole, cutBack(e));
    }
  }

  /** Counts the records that are whole before an offset; returns where the last of them ends. */
  private int count(RecordHeaders records, int from, int to) {
    int at = from;
    while (to - at >= RecordHeaders.LENGTH && to - at >= records.length(at)) {
      packets++;
      wireBytes += records.originalLength(at);
      at += records.length(at);
    }
    size += at - from;
    return at;
  }

  private IOException cutBack(IOException cause) {
    try {
      channel.truncate(size);
      channel.position(size);
    } catch (IOException alsoBad) {
      cause.addSuppressed(alsoBad);
    }
    return cause;
  }

  /** Where it is now. */
  public Path path() {
    return path;
  }

  void moved(Path target) {
    path = target;
  }

  /** When it began: names it. */
  public Instant start() {
    return start;
  }

  /** Its bytes so far, with all headers. */
  public long size() {
    return size;
  }

  /** How many packets are in it. */
  public long packets() {
    return packets;
  }

  /** Their lengths on the wire. */
  long wireBytes() {
    return wireBytes;
  }

  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
    channel.close();
  }
}
