package imon.cli.capture;

import imon.cli.output.Terminal;
import imon.report.text.VisibleText;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Totals and messages on one terminal: a block of totals stays below the messages and is drawn anew
 * in its place. Where standard error is no terminal, each block is just printed. For all threads:
 * one of its own prints, so that nobody who says something waits for whoever reads it.
 */
final class TotalsBoard implements AutoCloseable {
  /** To the start of a line so many lines up; erases all below (ECMA-48, CPL and ED). */
  private static final String BACK = "\u001b[%dF\u001b[J";

  private final Terminal terminal;
  private final ExecutorService printer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          TotalsBoard::thread,
          new ThreadPoolExecutor.DiscardPolicy());

  /** The newest one, until it is drawn; those it has overtaken never are. */
  private final AtomicReference<@Nullable List<String>> next = new AtomicReference<>();

  /** What is drawn; only for the thread that prints. */
  private List<String> block = List.of();

  TotalsBoard(Terminal terminal) {
    this.terminal = terminal;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "imon-messages");
    thread.setDaemon(true);
    return thread;
  }

  /** Shows a block in place of the one before. */
  void show(List<String> lines) {
    if (next.getAndSet(lines) == null) {
      printer.execute(this::replace);
    }
  }

  private void replace() {
    List<String> lines = next.getAndSet(null);
    if (lines != null) {
      erase();
      block = lines.stream().map(VisibleText::of).toList();
      draw();
    }
  }

  /** Tells the user something, above the block. */
  void say(String message) {
    aside(() -> terminal.say(message));
  }

  /** Has something printed above the block. */
  void aside(Runnable printing) {
    printer.execute(() -> printAbove(printing));
  }

  private void printAbove(Runnable printing) {
    erase();
    printing.run();
    if (terminal.progress()) {
      draw();
    }
  }

  private void erase() {
    if (terminal.progress() && !block.isEmpty()) {
      terminal.err().print(BACK.formatted(block.size()));
      terminal.err().flush();
    }
  }

  private void draw() {
    block.forEach(terminal.err()::println);
    terminal.err().flush();
  }

  /** Waits until all is printed that was said before. */
  void flush() {
    CountDownLatch printed = new CountDownLatch(1);
    printer.execute(printed::countDown);
    try {
      printed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Prints what was said before, and nothing after it. */
  @Override
  public void close() {
    if (!printer.isShutdown()) {
      flush();
      printer.shutdown();
    }
  }
}
