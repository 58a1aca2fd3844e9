package imon.analysis.recent;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import imon.live.file.PcapHeader;
import imon.live.file.RecordHeaders;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pcap file of imon's own that may still grow, read from its start on; only whole records are
 * given out. It stays open, so that a new name or its end as a name do not matter. One that was
 * packed before anybody could read it is unpacked to a temporary file.
 */
final class AppendedFile implements Closeable {
  /** More than any record that imon writes; a longer one means that this is no such file. */
  private static final int MOST_RECORD = 1 << 19;

  private static final int SKIPPED_AT_ONCE = 1 << 20;

  private final FileChannel channel;
  private final byte[] header = new byte[PcapHeader.LENGTH];
  private @Nullable PcapHeader format;
  private boolean broken;
  private long at = PcapHeader.LENGTH;

  private AppendedFile(FileChannel channel) {
    this.channel = channel;
  }

  static AppendedFile open(Path path) throws IOException {
    return new AppendedFile(FileChannel.open(path));
  }

  static AppendedFile unpack(Path path) throws IOException {
    // Readable by its owner only; it is gone as soon as it is closed.
    Path unpacked = Files.createTempFile("imon-totals-", ".pcap");
    try (InputStream in = new ZstdInputStreamNoFinalizer(Files.newInputStream(path));
        OutputStream out = Files.newOutputStream(unpacked)) {
      in.transferTo(out);
      return open(unpacked);
    } finally {
      Files.delete(unpacked);
    }
  }

  /** How many bytes there are that were not given out; half a record may be among them. */
  long waiting() throws IOException {
    return isReadable() ? Math.max(0, channel.size() - at) : 0;
  }

  /** False as long as its header is not whole, or when it cannot be understood. */
  private boolean isReadable() throws IOException {
    if (format == null && !broken && channel.size() >= PcapHeader.LENGTH) {
      ByteBuffer bytes = ByteBuffer.wrap(header);
      readFully(bytes, 0);
      format = PcapHeader.read(header);
      broken = format == null;
    }
    return format != null && !broken;
  }

  private int readFully(ByteBuffer bytes, long position) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        break;
      }
    }
    return bytes.position();
  }

  /**
   * The next whole records.
   *
   * @param most bytes to give out, at least 512 KiB
   * @param skip at most so many bytes are left out before them, and less by a record at most
   */
  Optional<Piece> read(int most, long skip) throws IOException {
    if (!isReadable()) {
      return Optional.empty();
    }
    long skipped = 0;
    int step = 1;
    while (step > 0 && skipped < skip) {
      step = next((int) Math.min(SKIPPED_AT_ONCE, skip - skipped)).length;
      skipped += step;
    }
    byte[] records = next(most);
    return records.length == 0 || format == null
        ? Optional.empty()
        : Optional.of(new Piece(header, format, records, skipped));
  }

  /** Whole records of at most so many bytes; none at the end of what is written. */
  private byte[] next(int most) throws IOException {
    int room = (int) Math.min(most, channel.size() - at);
    if (room <= 0 || format == null || broken) {
      return new byte[0];
    }
    ByteBuffer bytes = ByteBuffer.allocate(room).order(format.order());
    int whole = whole(bytes, readFully(bytes, at), format);
    at += whole;
    return Arrays.copyOf(bytes.array(), whole);
  }

  /** Where the last whole record ends. */
  private int whole(ByteBuffer bytes, int end, PcapHeader known) {
    RecordHeaders records = new RecordHeaders(bytes, known.nanosPerFraction());
    int offset = 0;
    while (end - offset >= RecordHeaders.LENGTH) {
      int length = records.length(offset);
      broken = length < RecordHeaders.LENGTH || length > MOST_RECORD;
      if (broken || length > end - offset) {
        break;
      }
      offset += length;
    }
    return offset;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
