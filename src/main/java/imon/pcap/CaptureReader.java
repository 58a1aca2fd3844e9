package imon.pcap;

import imon.pcap.CaptureSummary.Status;
import imon.pcap.identity.Beginnings;
import imon.pcap.identity.Fingerprint;
import imon.pcap.identity.KnownCapture;
import imon.pcap.input.CaptureBytes;
import imon.pcap.input.Compression;
import imon.pcap.input.StoredBytes;
import imon.pcap.names.ResolvedNames;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads one capture in blocks of whole records: pcap or pcapng, plain or compressed, each known by
 * its magic. What is wrong with the file once it is open is no exception: it ends the reading, and
 * {@link #summary()} tells. One thread reads; any thread may ask for the progress.
 */
public final class CaptureReader implements Closeable {
  private final CaptureBytes input;
  private final String name;
  private final RecordStepper stepper;
  private Fingerprint fingerprint;
  private Beginnings beginnings = new Beginnings(List.of());

  /** What follows the last whole record of the block before, and begins the next. */
  private byte[] carried;

  private int carriedBytes;
  private @Nullable Status status;
  private @Nullable String message;
  private volatile long packets;
  private long wireBytes;
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  private CaptureReader(CaptureBytes input, String name, Fingerprint fingerprint)
      throws IOException {
    this.input = input;
    this.name = name;
    this.fingerprint = fingerprint;
    CaptureHead head = new CaptureHead(input, name);
    stepper = head.recognise();
    carried = head.bytes();
    carriedBytes = head.length();
  }

  /**
   * Opens a file, or a named pipe.
   *
   * @throws NotACaptureException when nothing can be read as a capture
   * @throws IOException when it cannot be opened or read
   */
  public static CaptureReader open(Path path) throws IOException {
    FileChannel channel = channel(path);
    // A named pipe can be read but once.
    boolean regular = Files.isRegularFile(path);
    return open(regular ? StoredBytes.ofFile(channel) : new StoredBytes(channel), path.toString());
  }

  private static FileChannel channel(Path path) throws IOException {
    try {
      return FileChannel.open(path);
    } catch (NoSuchFileException missing) {
      throw new NoSuchFileException(path.toString(), null, "no such file");
    } catch (AccessDeniedException denied) {
      throw new AccessDeniedException(path.toString(), null, "permission denied");
    }
  }

  /**
   * Reads a stream, such as standard input; closing the reader closes it.
   *
   * @param name what messages call it
   * @throws NotACaptureException when nothing can be read as a capture
   * @throws IOException when it cannot be read
   */
  public static CaptureReader open(InputStream stream, String name) throws IOException {
    return open(StoredBytes.of(stream), name);
  }

  private static CaptureReader open(StoredBytes stored, String name) throws IOException {
    CaptureBytes input = CaptureBytes.open(stored, name);
    try {
      return new CaptureReader(input, name, new Fingerprint());
    } catch (IOException | RuntimeException failure) {
      try (input) {
        throw failure;
      }
    }
  }

  /** Notices, from here on, whether this is one of these captures grown; before the first read. */
  public void lookFor(Collection<KnownCapture> known) {
    beginnings = new Beginnings(known);
  }

  /** Whether other threads can read the same capture: that of a plain file. */
  public boolean isShareable() {
    return input.isShareable();
  }

  /**
   * A reader of the same capture for another thread, from its start; to be asked before the first
   * read. Both end where the file ends now, however long it grows. The twin is open as long as this
   * one, and has no {@link #summary}: this one has it.
   *
   * @throws IOException when it cannot be read
   */
  public CaptureReader twin() throws IOException {
    return new CaptureReader(input.twin(name), name, Fingerprint.counting());
  }

  /**
   * Makes sure that a twin, which has been read to its end, too, has met as many packets of as many
   * bytes.
   *
   * @throws IOException when a part of the file could not be read, or was written into meanwhile
   */
  public void checkSame(CaptureReader twin) throws IOException {
    boolean same =
        fingerprint.length() == twin.fingerprint.length()
            && packets == twin.packets
            && wireBytes == twin.wireBytes;
    IOException fault = input.fault() != null ? input.fault() : twin.input.fault();
    if (!same && fault != null) {
      throw new IOException(name + ": read error: " + fault.getMessage(), fault);
    }
    if (!same) {
      throw new IOException(name + ": it was written into while it was read; try again");
    }
  }

  /**
   * Fills the block with the next whole records, as many as fit; a pipe is waited for. Allocates
   * nothing, except for a record larger than the block.
   *
   * @return false when there are no more; the block is empty then
   * @throws ClosedChannelException when the reader was closed, or this thread interrupted
   */
  public boolean read(Block block) throws ClosedChannelException {
    block.clear(packets + 1);
    while (status == null && block.count == 0) {
      int filled = fill(block);
      int header = fingerprint.length() == 0 ? stepper.fileHeaderLength() : 0;
      int end = stepper.step(block, header, filled);
      beginnings.update(fingerprint, block.bytes, 0, end);
      carry(block, end, filled);
      if (stepper.fault() != null || input.ended()) {
        end(filled - end);
      } else if (stepper.passOver() > 0 && block.count == 0) {
        passOver(block, stepper.passOver());
      }
    }
    count(block);
    return block.count > 0;
  }

  /** Moves what was carried to the start of the block and reads on until the block is full. */
  private int fill(Block block) throws ClosedChannelException {
    int end = block.reserve(Math.max(carriedBytes, stepper.needed()));
    System.arraycopy(carried, 0, block.bytes, 0, carriedBytes);
    int from = carriedBytes;
    carriedBytes = 0;
    return fill(block, from, end);
  }

  private int fill(Block block, int from, int to) throws ClosedChannelException {
    ByteBuffer window = block.window(from, to);
    input.fill(window);
    return window.position();
  }

  private void carry(Block block, int from, int to) {
    carriedBytes = to - from;
    if (carriedBytes > carried.length) {
      carried = new byte[Math.max(carriedBytes, Block.DEFAULT_BYTES)];
    }
    System.arraycopy(block.bytes, from, carried, 0, carriedBytes);
  }

  /**
   * Reads over a record that holds no packets, however long it says it is, and keeps none of it.
   */
  private void passOver(Block block, long length) throws ClosedChannelException {
    Fingerprint ahead = fingerprint.copy();
    ahead.update(carried, 0, carriedBytes);
    long left = length - carriedBytes;
    carriedBytes = 0;
    while (left > 0 && !input.ended()) {
      int read = fill(block, 0, (int) Math.min(left, block.bytes.length));
      ahead.update(block.bytes, 0, read);
      left -= read;
    }
    if (left == 0) {
      fingerprint = ahead;
      beginnings.compare(fingerprint);
    } else {
      end(0);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads, and only it writes the count
  private void count(Block block) {
    long bytes = 0;
    for (int i = 0; i < block.count; i++) {
      bytes += block.wireLength[i];
      earliest = Math.min(earliest, block.time[i]);
      latest = Math.max(latest, block.time[i]);
    }
    wireBytes += bytes;
    packets = packets + block.count;
  }

  private void end(int left) {
    String corrupt = stepper.fault();
    IOException fault = input.fault();
    if (corrupt != null) {
      damaged("corrupt record (" + corrupt + ")");
    } else if (fault != null && !input.endsEarly()) {
      damaged(faultyPart() + ": " + fault.getMessage());
    } else if (fault != null) {
      cut(input.compression().label() + " data end early" + at() + ", after ", left);
    } else if (stepper.passOver() > 0) {
      damaged("record of " + stepper.passOver() + " bytes that the file cannot hold");
    } else if (left > 0) {
      cut("last record cut" + at() + ": ", left);
    } else {
      status = Status.OK;
    }
  }

  private void damaged(String what) {
    status = Status.DAMAGED;
    message = what + at() + "; " + input.unreadAfter(fingerprint.length()) + " left unread";
  }

  private void cut(String what, int left) {
    status = Status.CUT;
    message = what + left + (left == 1 ? " byte" : " bytes") + " of an incomplete record";
  }

  private String faultyPart() {
    boolean plain = input.compression() == Compression.NONE;
    return plain ? "read error" : "damaged " + input.compression().label() + " data";
  }

  private String at() {
    return " at offset " + fingerprint.length();
  }

  /** Bytes read so far of the input as it is stored (compressed ones, if it is compressed). */
  public long inputBytesRead() {
    return input.storedBytesRead();
  }

  /** Packets given out so far. */
  public long packetsRead() {
    return packets;
  }

  /**
   * What the capture was.
   *
   * @throws IllegalStateException before {@link #read} has returned false
   */
  public CaptureSummary summary() {
    if (status == null) {
      throw new IllegalStateException("the capture has not been read to its end");
    }
    boolean plain = input.compression() == Compression.NONE;
    return new CaptureSummary(
        plain ? stepper.format() : stepper.format() + '+' + input.compression().label(),
        stepper.linkTypes(),
        fingerprint.length(),
        packets,
        wireBytes,
        packets == 0 ? OptionalLong.empty() : OptionalLong.of(earliest),
        packets == 0 ? OptionalLong.empty() : OptionalLong.of(latest),
        stepper.dropped(),
        status,
        message,
        fingerprint.digest(),
        stepper.anomalies);
  }

  /**
   * The captures looked for that this one has grown from: it begins with all their bytes, and has
   * more. All of them once {@link #read} has returned false.
   */
  public List<KnownCapture> grownFrom() {
    return beginnings.before(fingerprint.length());
  }

  /** Whether the captures looked for are compared, so that nobody needs to read on for them. */
  public boolean hasLooked() {
    return beginnings.areCompared();
  }

  /** The captures looked for that this one begins with, or is, as far as it was read. */
  public List<KnownCapture> found() {
    return beginnings.found();
  }

  /** Names of addresses that the file gives; all of them once {@link #read} has returned false. */
  public List<ResolvedNames.Name> names() {
    return stepper.names();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
