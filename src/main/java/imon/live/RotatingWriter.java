package imon.live;

import imon.live.device.PacketSource.Counters;
import imon.live.file.CaptureFolder;
import imon.live.file.CaptureListener;
import imon.live.file.PartFile;
import imon.live.file.PcapHeader;
import imon.live.file.RecordHeaders;
import imon.pcap.write.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes records to files and turns these over, between two records, by their times and lengths.
 * What cannot be written is counted and said, and tried again each second; so is a file that cannot
 * be made, and until then the one before goes on. Used by the capturing thread alone.
 */
final class RotatingWriter {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long RETRY_MILLIS = 1000;

  private final CaptureFolder folder;
  private final Rotation rotation;
  private final CaptureLimits limits;
  private final CaptureListener listener;
  private final Clock clock;
  private byte[] fileHeader;
  private int nanosPerFraction;
  private PartFile file;

  /** Times of packets, in nanoseconds, that belong to the file; it ends before the second. */
  private long earliest;

  private long border;

  private final Trouble writing = new Trouble();
  private final Trouble turningOver = new Trouble();
  private boolean full;
  private long packets;
  private long wireBytes;
  private long finishedBytes;
  private long files = 1;
  private long unwritten;

  /** Begins the first file; an error when there is none. */
  RotatingWriter(
      CaptureFolder folder,
      Rotation rotation,
      CaptureLimits limits,
      CaptureListener listener,
      Clock clock,
      byte[] fileHeader)
      throws IOException {
    this.folder = folder;
    this.rotation = rotation;
    this.limits = limits;
    this.listener = listener;
    this.clock = clock;
    this.fileHeader = fileHeader;
    nanosPerFraction = nanosPerFraction(fileHeader);
    file = begin(clock.instant());
  }

  private static int nanosPerFraction(byte[] fileHeader) {
    return Objects.requireNonNull(PcapHeader.read(fileHeader), "a pcap file header")
        .nanosPerFraction();
  }

  private PartFile begin(Instant start) throws IOException {
    PartFile next = folder.begin(fileHeader, start);
    earliest = Long.MIN_VALUE;
    border = Long.MAX_VALUE;
    if (rotation.borders() != null) {
      border = nanos(rotation.borders().after(start));
      long begin = nanos(start);
      earliest = begin - (border - begin);
    }
    return next;
  }

  private static long nanos(Instant moment) {
    return moment.getEpochSecond() * NANOS_PER_SECOND + moment.getNano();
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  /** Goes on with records of another kind, in a new file if that has another header. */
  void use(byte[] header) throws IOException {
    if (Arrays.equals(header, fileHeader)) {
      return;
    }
    fileHeader = header;
    nanosPerFraction = nanosPerFraction(header);
    PartFile before = file;
    file = begin(clock.instant());
    finish(before);
  }

  /** Writes all records of a buffer and clears it. Those behind a limit are left out. */
  void write(ByteBuffer buffer) {
    RecordHeaders records = new RecordHeaders(buffer, nanosPerFraction);
    int end = buffer.position();
    int from = 0;
    int at = 0;
    while (at < end && !full) {
      int length = records.length(at);
      long time = records.time(at);
      if (isOver(time, file.size() + (at - from), length) && !turningOver.isTooEarly()) {
        append(records, from, at);
        from = at;
        turnOver(time);
      }
      if (!full) {
        wireBytes += records.originalLength(at);
        packets++;
        at += length;
        checkLimits(at - from);
      }
    }
    append(records, from, at);
    buffer.clear();
  }

  private boolean isOver(long time, long size, int length) {
    return time >= border
        || time < earliest
        || (rotation.bytes() > 0 && size + length > rotation.bytes() && size > PcapHeader.LENGTH);
  }

  private void checkLimits(int pending) {
    full =
        (limits.packets() > 0 && packets >= limits.packets())
            || (limits.bytes() > 0 && finishedBytes + file.size() + pending >= limits.bytes());
  }

  private void append(RecordHeaders records, int from, int to) {
    if (from == to) {
      return;
    }
    if (writing.isTooEarly()) {
      lose(records, from, to);
      return;
    }
    try {
      file.write(records, from, to);
      if (writing.ends()) {
        say("written again; %d packets are lost so far".formatted(unwritten));
      }
    } catch (PartFile.Unwritten e) {
      if (writing.begins()) {
        say(IoReason.of(e) + "; packets are lost until it can be written");
      }
      lose(records, e.from(), to);
      folder.tidyUp();
    }
  }

  private void say(String line) {
    listener.said(file.path() + ": " + line);
  }

  private void lose(RecordHeaders records, int from, int to) {
    for (int at = from; at < to; at += records.length(at)) {
      unwritten++;
      packets--;
      wireBytes -= records.originalLength(at);
    }
  }

  /** Begins the next file; the first one goes on when there is none. */
  private void turnOver(long time) {
    if (limits.files() > 0 && files >= limits.files()) {
      full = true;
      return;
    }
    PartFile before = file;
    try {
      file = begin(instant(startOfNext(time)));
      files++;
      turningOver.ends();
      finish(before);
    } catch (IOException e) {
      if (turningOver.begins()) {
        say("goes on, for there can be no new file: " + IoReason.of(e));
      }
    }
  }

  /** A border, unless time has jumped over a whole period. */
  private long startOfNext(long time) {
    if (rotation.borders() == null || time < border) {
      return time;
    }
    boolean near = nanos(rotation.borders().after(instant(border))) > time;
    return near ? border : time;
  }

  private void finish(PartFile before) {
    finishedBytes += before.size();
    folder.finish(before);
  }

  /** Turns the file over when its time was over so long ago that no packet of it will come. */
  void turnOverWhenLate(long lateMillis) {
    long time = (clock.millis() - lateMillis) * NANOS_PER_MILLI;
    if (time >= border && !full && !turningOver.isTooEarly()) {
      turnOver(time);
    }
  }

  /** Whether a limit is reached. */
  boolean isFull() {
    return full;
  }

  /** Finishes the last file. */
  void finish() {
    finish(file);
  }

  /** The totals after {@link #finish}. */
  CaptureTotals totals(Counters counters) {
    return new CaptureTotals(packets, wireBytes, finishedBytes, files, unwritten, counters);
  }

  /** Something that fails now, is said once, and tried again each second. */
  private final class Trouble {
    private boolean lasts;
    private long retryAt;

    /** It fails; whether that is new. */
    boolean begins() {
      boolean isNew = !lasts;
      lasts = true;
      retryAt = clock.millis() + RETRY_MILLIS;
      return isNew;
    }

    /** It works; whether that is new. */
    boolean ends() {
      boolean isNew = lasts;
      lasts = false;
      return isNew;
    }

    boolean isTooEarly() {
      return lasts && clock.millis() < retryAt;
    }
  }
}
