package imon.cli.capture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has totals made by a process of its own and shows them block by block, until it is closed. A
 * process that dies is said and, after a while, replaced.
 */
final class ChildTotals implements AutoCloseable {
  /** A child that prints without an empty line is no reason to fill the memory. */
  private static final int MOST_LINES = 100;

  private final List<String> command;
  private final Duration retryAfter;
  private final Consumer<List<String>> shows;
  private final Consumer<String> says;
  private final ChildProgram child = new ChildProgram();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> block = new ArrayList<>();
  private String lastSaid = "";

  /**
   * Starts the first process.
   *
   * @param command prints blocks of lines, each followed by an empty one
   * @param retryAfter how long to wait after a process that died
   * @param shows is given each block, on a thread of its own
   * @param says hears of deaths, on that thread
   */
  ChildTotals(
      List<String> command,
      Duration retryAfter,
      Consumer<List<String>> shows,
      Consumer<String> says) {
    this.command = command;
    this.retryAfter = retryAfter;
    this.shows = shows;
    this.says = says;
    Thread thread = new Thread(this::run, "imon-totals");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      do {
        block.clear();
        ChildProgram.Ending ending = child.runOpen(command, this::line);
        if (!isClosed()) {
          tell("the totals " + death(ending) + "; they are tried again");
        }
      } while (!closed.await(retryAfter.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What fails in one way again and again is said once. */
  private void tell(String line) {
    if (!line.equals(lastSaid)) {
      says.accept(line);
    }
    lastSaid = line;
  }

  private String death(ChildProgram.Ending ending) {
    if (ending.trouble() != null) {
      return ending.trouble();
    }
    String last = block.isEmpty() ? "" : " (" + block.get(block.size() - 1) + ")";
    return "ended with " + ending.code() + last;
  }

  private void line(String line) {
    if (line.isEmpty()) {
      if (!isClosed()) {
        shows.accept(List.copyOf(block));
        lastSaid = "";
      }
      block.clear();
    } else if (block.size() < MOST_LINES) {
      block.add(line);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Nothing is shown any more. Does not wait, whatever the process does. */
  @Override
  public void close() {
    closed.countDown();
    child.end();
  }
}
