package imon.cli.totals;

import imon.analysis.recent.AppendedRecords;
import imon.analysis.recent.RecentTraffic;
import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.live.file.NamePattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints the totals of a capture that another process does, again and again, until its standard
 * input ends: so it never outlives that process. After each block comes an empty line.
 */
@Command(
    name = "capture-totals",
    description = "Part of imon capture --totals.",
    hidden = true,
    mixinStandardHelpOptions = true)
public final class TotalsCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 16 << 20;
  private static final int LEAST_BYTES = 1 << 19;

  /** Totals that take longer than the time between two refreshes come with less to read. */
  private static final int ROOM = 4;

  @Option(names = "--directory", description = "Where the capture writes.", required = true)
  private Path folder = Path.of(".");

  @Option(names = "--name", description = "What its files are called.", required = true)
  private String name = NamePattern.DEFAULT;

  @Option(names = "--interface", description = "What it captures from.", required = true)
  private String device = "any";

  @Option(names = "--tz", description = "Whose clock.", required = true)
  private String zone = "UTC";

  @Option(names = "--since", description = "When it began, milliseconds since 1970 UTC.")
  private long since;

  @Option(names = "--every", description = "Milliseconds between two refreshes.", required = true)
  private long everyMillis = 10_000;

  @Option(names = "--columns", description = "Width of a line.", required = true)
  private int columns = 80;

  @Option(names = "--rows", description = "Most lines.", required = true)
  private int rows = 14;

  @Option(names = "--ascii", description = "Nothing but ASCII.")
  private boolean ascii;

  private final Terminal terminal;
  private final Clock clock;
  private final CountDownLatch ended = new CountDownLatch(1);
  private int bytesAtOnce = MOST_BYTES;

  public TotalsCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    awaitEnd(terminal.in());
    NamePattern pattern = new NamePattern(name, device, ZoneId.of(zone));
    TotalsText text = new TotalsText(ZoneId.of(zone), columns, ascii);
    try (AppendedRecords files = new AppendedRecords(folder, pattern, Instant.ofEpochMilli(since));
        RecentTraffic traffic = new RecentTraffic(RecentTraffic.Bounds.USUAL)) {
      long spent = 0;
      while (!ended.await(Math.max(1, everyMillis - spent), TimeUnit.MILLISECONDS)) {
        long begin = clock.millis();
        refresh(files, traffic, text);
        spent = clock.millis() - begin;
        adapt(Duration.ofMillis(spent));
      }
    }
    return ExitCode.DONE;
  }

  private void awaitEnd(InputStream in) {
    Thread thread = new Thread(() -> readToEnd(in), "imon-totals-end");
    thread.setDaemon(true);
    thread.start();
  }

  private void readToEnd(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException alsoAnEnd) {
      // Whoever held the other end is gone.
    }
    ended.countDown();
  }

  private void refresh(AppendedRecords files, RecentTraffic traffic, TotalsText text)
      throws IOException, InterruptedException {
    AppendedRecords.Found found = files.look(bytesAtOnce);
    if (found.isEmpty()) {
      return;
    }
    traffic.take(found);
    traffic
        .sites(Math.max(1, rows - TotalsText.OTHER_LINES))
        .ifPresent(sites -> text.lines(sites).forEach(terminal.out()::println));
    terminal.out().println();
    terminal.out().flush();
  }

  private void adapt(Duration spent) {
    if (spent.toMillis() > everyMillis) {
      bytesAtOnce = Math.max(LEAST_BYTES, bytesAtOnce / 2);
    } else if (spent.toMillis() * ROOM < everyMillis) {
      bytesAtOnce = Math.min(MOST_BYTES, bytesAtOnce * 2);
    }
  }
}
