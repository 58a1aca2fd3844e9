package imon.cli.output;

import imon.analysis.Progress;
import imon.pcap.CaptureFiles;
import imon.pcap.CaptureReader;
import imon.report.text.Sizes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says on standard error how reading goes: a line that is drawn over and over on a terminal,
 * nothing but messages elsewhere.
 */
public final class ProgressBar implements Progress, AutoCloseable {
  private static final long FIRST_MILLIS = 500;
  private static final long EVERY_MILLIS = 200;
  private static final int BAR = 20;
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final PrintWriter err;
  private final long totalBytes;
  private final long started = System.nanoTime();
  private final @Nullable ScheduledExecutorService clock;
  private final Set<CaptureReader> open = new LinkedHashSet<>();
  private long doneBytes;
  private long donePackets;
  private boolean drawn;

  public ProgressBar(Terminal terminal, CaptureFiles files) {
    this.terminal = terminal;
    err = terminal.err();
    totalBytes = totalBytes(files);
    clock = terminal.progress() ? start() : null;
  }

  private ScheduledExecutorService start() {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "imon-progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleAtFixedRate(this::draw, FIRST_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return timer;
  }

  /** Bytes of all files, or -1 when an input has no size. */
  private static long totalBytes(CaptureFiles files) {
    long total = 0;
    for (CaptureFiles.Input input : files.inputs()) {
      try {
        if (input.path() == null) {
          return -1;
        }
        total += Files.size(input.path());
      } catch (IOException e) {
        return -1;
      }
    }
    return total;
  }

  @Override
  public synchronized void begins(CaptureFiles.Input input, CaptureReader reader) {
    open.add(reader);
  }

  @Override
  public synchronized void ends(CaptureReader reader) {
    if (open.remove(reader)) {
      doneBytes += reader.inputBytesRead();
      donePackets += reader.packetsRead();
    }
  }

  @Override
  public synchronized void says(String message) {
    erase();
    terminal.say(message);
  }

  private synchronized void draw() {
    long bytes = doneBytes;
    long packets = donePackets;
    for (CaptureReader reader : open) {
      bytes += reader.inputBytesRead();
      packets += reader.packetsRead();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    String line =
        String.format(
            Locale.ROOT,
            "%s  %s  %,d packets  %s/s",
            bar(bytes),
            Sizes.SI.text(bytes),
            packets,
            Sizes.SI.text(Math.round(bytes / seconds)));
    String left = left(bytes, seconds);
    err.print(ERASE + line.substring(0, Math.min(line.length(), terminal.columns() - 12)) + left);
    err.flush();
    drawn = true;
  }

  private String bar(long bytes) {
    if (totalBytes <= 0) {
      return "reading";
    }
    int full = (int) Math.min(BAR, bytes * BAR / totalBytes);
    return "[" + "#".repeat(full) + " ".repeat(BAR - full) + "]";
  }

  private String left(long bytes, double seconds) {
    if (totalBytes <= 0 || bytes == 0) {
      return "";
    }
    long left = Math.round(seconds * Math.max(0, totalBytes - bytes) / bytes);
    return String.format(Locale.ROOT, "  %d:%02d left", left / 60, left % 60);
  }

  private void erase() {
    if (drawn) {
      err.print(ERASE);
      err.flush();
      drawn = false;
    }
  }

  /** Stops drawing and clears the line. */
  @Override
  public synchronized void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
    erase();
  }
}
