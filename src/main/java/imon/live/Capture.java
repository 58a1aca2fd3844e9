package imon.live;

import imon.live.device.PacketSource;
import imon.live.device.PacketSource.Counters;
import imon.live.file.CaptureFolder;
import imon.live.file.CaptureListener;
import imon.live.file.PcapHeader;
import imon.pcap.LinkTypes;
import imon.pcap.write.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes packets of one source to files, until a limit is reached or {@link #stop} is called. A
 * source that is lost is opened again until it is back. One thread reads and writes; a packet is
 * copied once, by the source, and allocates nothing.
 */
public final class Capture {
  /** Records are written when so many bytes of them have come together. */
  private static final int WRITE_BYTES = 1 << 20;

  private static final int LARGEST_RECORDS = 16;

  /** Records are not held longer than that; so much a kill -9 may cost. */
  private static final int HOLD_MILLIS = 1000;

  /** How long packets may take from the kernel's clock to here. */
  private static final int LATE_MILLIS = 1000;

  private static final int WAIT_MILLIS = 100;

  /** How long, at most, packets are fetched that came before the end. */
  private static final int LAST_MILLIS = 1000;

  private final PacketSource.Opener opener;
  private final CaptureFolder folder;
  private final Rotation rotation;
  private final CaptureLimits limits;
  private final CaptureListener listener;
  private final Clock clock;
  private final Duration retryAfter;
  private final ByteBuffer records;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private @Nullable PacketSource source;
  private Counters lostCounters = Counters.NONE;
  private long lookedAt;
  private long writtenAt;
  private boolean up = true;

  /**
   * Prepares a capture.
   *
   * @param folder is opened once the source is, and stays open when the capture ends
   * @param clock for all that is not told by the times of packets
   * @param retryAfter how long to wait before a lost source is tried again
   */
  public Capture(
      PacketSource.Opener opener,
      CaptureFolder folder,
      Rotation rotation,
      CaptureLimits limits,
      CaptureListener listener,
      Clock clock,
      Duration retryAfter) {
    this.opener = opener;
    this.folder = folder;
    this.rotation = rotation;
    this.limits = limits;
    this.listener = listener;
    this.clock = clock;
    this.retryAfter = retryAfter;
    int capacity = WRITE_BYTES + LARGEST_RECORDS * opener.largestRecord();
    records = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
  }

  /** Ends the capture soon, with all that has come until now. From any thread, at any time. */
  public void stop() {
    stopped.countDown();
  }

  /**
   * Captures in the calling thread. The last file is with the folder when it returns.
   *
   * @throws IOException the source or the folder cannot be opened at first, or the first file
   *     cannot be made
   */
  public CaptureTotals run() throws IOException {
    PacketSource first = opener.open(records);
    source = first;
    try {
      RotatingWriter writer = begin(first);
      tellStart(first);
      capture(writer);
      writer.finish();
      return writer.totals(counters());
    } finally {
      closeSource();
    }
  }

  private RotatingWriter begin(PacketSource first) throws IOException {
    try {
      folder.open();
      return new RotatingWriter(folder, rotation, limits, listener, clock, first.fileHeader());
    } catch (FileSystemException e) {
      throw new IOException("cannot make " + e.getFile() + ": " + IoReason.of(e), e);
    }
  }

  private void tellStart(PacketSource first) {
    PcapHeader header = Objects.requireNonNull(PcapHeader.read(first.fileHeader()));
    listener.said(
        "capturing on %s (%s, %s), at most %d bytes of a packet"
            .formatted(
                opener.name(),
                LinkTypes.name(header.linkType()),
                header.nanosPerFraction() == 1 ? "nanoseconds" : "microseconds",
                header.snapLength()));
  }

  private void capture(RotatingWriter writer) throws IOException {
    long end = end();
    writtenAt = clock.millis();
    lookedAt = writtenAt;
    while (!isStopped() && !writer.isFull() && clock.millis() < end) {
      int packets = read(writer, WAIT_MILLIS);
      writeIfDue(writer, packets);
      lookAround(writer, packets);
    }
    readRest(writer);
  }

  private long end() {
    Duration duration = limits.duration();
    return duration == null ? Long.MAX_VALUE : clock.millis() + duration.toMillis();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private int read(RotatingWriter writer, int waitMillis) throws IOException {
    PacketSource open = source;
    if (open == null) {
      reopen(writer);
      return 0;
    }
    try {
      return open.read(waitMillis);
    } catch (IOException e) {
      writer.write(records);
      lose(open, String.valueOf(e.getMessage()));
      return 0;
    }
  }

  private void lose(PacketSource lost, String reason) {
    listener.said("%s: %s; waiting until it is back".formatted(opener.name(), reason));
    lostCounters = lostCounters.plus(countersOf(lost));
    closeSource();
  }

  private void reopen(RotatingWriter writer) throws IOException {
    try {
      if (stopped.await(retryAfter.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      PacketSource again = opener.open(records);
      source = again;
      writer.use(again.fileHeader());
      listener.said(opener.name() + ": is back");
    } catch (IOException stillLost) {
      closeSource();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }

  private void closeSource() {
    PacketSource open = source;
    source = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      listener.said(opener.name() + ": " + e.getMessage());
    }
  }

  /** Few and large writes under load, soon after the packets without. */
  private void writeIfDue(RotatingWriter writer, int packets) {
    if (records.position() == 0) {
      return;
    }
    boolean idle = packets == 0;
    if (idle || records.position() >= WRITE_BYTES || isDue(writtenAt, HOLD_MILLIS)) {
      writer.write(records);
      writtenAt = clock.millis();
    }
  }

  /** Also when the clock was set back. */
  private boolean isDue(long since, long millis) {
    return Math.abs(clock.millis() - since) >= millis;
  }

  private void lookAround(RotatingWriter writer, int packets) {
    if (packets == 0) {
      writer.turnOverWhenLate(LATE_MILLIS);
    }
    if (!isDue(lookedAt, LATE_MILLIS)) {
      return;
    }
    lookedAt = clock.millis();
    folder.tidyUp();
    PacketSource open = source;
    if (open != null && open.isUp() != up) {
      up = !up;
      listener.said(opener.name() + (up ? ": is up again" : ": is down; waiting until it is up"));
    }
  }

  /** What the kernel has gathered but not handed over yet was sent before the end. */
  private void readRest(RotatingWriter writer) throws IOException {
    long until = clock.millis() + LAST_MILLIS;
    while (source != null && !writer.isFull() && clock.millis() < until) {
      int packets = read(writer, 2 * WAIT_MILLIS);
      if (packets == 0) {
        break;
      }
      if (records.position() >= WRITE_BYTES) {
        writer.write(records);
      }
    }
    writer.write(records);
  }

  private Counters counters() {
    PacketSource open = source;
    return open == null ? lostCounters : lostCounters.plus(countersOf(open));
  }

  private Counters countersOf(PacketSource open) {
    try {
      return open.counters();
    } catch (IOException e) {
      listener.said(String.valueOf(e.getMessage()));
      return Counters.NONE;
    }
  }
}
