package imon.live.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a killed run left in an unfinished file.
 *
 * @param state what can be done with it
 * @param packets whole records at its start
 * @param bytes where the last of them ends
 * @param cutBytes bytes behind that, which are gone now
 * @param firstPacket time of the first; null without one
 */
record Leftover(
    State state, long packets, long bytes, long cutBytes, @Nullable Instant firstPacket) {
  /** What can be done with a leftover. */
  enum State {
    /** It ends with a whole record. */
    WHOLE,
    /** It has no packet. */
    EMPTY,
    /** Another imon is writing it. */
    IN_USE,
    /** Its bytes are none that imon writes. */
    FOREIGN
  }

  private static final int LONGEST_RECORD = RecordHeaders.LENGTH + (1 << 18);

  /** Looks at an unfinished file, and cuts it behind its last whole record. */
  static Leftover repair(Path path) throws IOException {
    try (FileChannel channel =
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel)) {
      if (lock == null) {
        return without(State.IN_USE);
      }
      return repair(channel);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  private static Leftover without(State state) {
    return new Leftover(state, 0, 0, 0, null);
  }

  private static Leftover repair(FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer head = ByteBuffer.allocate(PcapHeader.LENGTH);
    if (size < PcapHeader.LENGTH) {
      return without(State.EMPTY);
    }
    readFully(channel, head, 0);
    PcapHeader header = PcapHeader.read(head.array());
    if (header == null) {
      return without(State.FOREIGN);
    }
    return cut(channel, size, header);
  }

  private static Leftover cut(FileChannel channel, long size, PcapHeader header)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(RecordHeaders.LENGTH).order(header.order());
    RecordHeaders record = new RecordHeaders(buffer, header.nanosPerFraction());
    long at = PcapHeader.LENGTH;
    long packets = 0;
    long first = 0;
    while (size - at >= RecordHeaders.LENGTH) {
      readFully(channel, buffer, at);
      int length = record.length(0);
      if (!isRecord(record, length) || length > size - at) {
        break;
      }
      first = packets == 0 ? record.time(0) : first;
      packets++;
      at += length;
    }
    channel.truncate(at);
    return packets == 0
        ? without(State.EMPTY)
        : new Leftover(State.WHOLE, packets, at, size - at, Instant.ofEpochSecond(0, first));
  }

  /** A crash of the machine can leave zeros; no packet has none on the wire. */
  private static boolean isRecord(RecordHeaders record, int length) {
    return length >= RecordHeaders.LENGTH
        && length <= LONGEST_RECORD
        && record.originalLength(0) > 0;
  }

  private static void readFully(FileChannel channel, ByteBuffer buffer, long at)
      throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
    buffer.flip();
  }
}
