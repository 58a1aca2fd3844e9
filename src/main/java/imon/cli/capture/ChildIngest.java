package imon.cli.capture;

import imon.cli.output.ExitCode;
import imon.live.file.NamePattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has finished files taken into a store by a process of its own, one at a time, so that neither its
 * load nor its death reaches the capture. What a process that died did not take, the next one is
 * given again.
 */
final class ChildIngest implements AutoCloseable {
  /** A command line has room for only so many names. */
  private static final int MOST_FILES = 200;

  /** So often it is tried again once the capture has ended. */
  private static final int LAST_TRIES = 3;

  private final List<String> command;
  private final Duration retryAfter;
  private final Consumer<String> says;

  /** Empty when no more will come. */
  private final BlockingQueue<Optional<Path>> finished = new LinkedBlockingQueue<>();

  private final List<Path> waiting = new ArrayList<>();
  private final ChildProgram child = new ChildProgram();
  private final Thread thread = new Thread(this::run, "imon-ingest");
  private boolean closing;

  /**
   * Starts waiting for files.
   *
   * @param command what takes files in; their names come after it
   * @param retryAfter how long to wait after a process that died
   * @param says hears one line at a time, on a thread of its own
   */
  ChildIngest(List<String> command, Duration retryAfter, Consumer<String> says) {
    this.command = command;
    this.retryAfter = retryAfter;
    this.says = says;
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes a finished file soon; returns at once. */
  void add(Path file) {
    finished.add(Optional.of(file));
  }

  /** Waits until all files are taken; false when some could not be, which was said. */
  boolean finish() {
    close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return waiting.isEmpty();
  }

  /** No more files will come. Does not wait. */
  @Override
  public void close() {
    finished.add(Optional.empty());
  }

  private void run() {
    int lastTries = 0;
    try {
      while (!(closing && waiting.isEmpty() && finished.isEmpty()) && lastTries < LAST_TRIES) {
        gather();
        boolean taken = waiting.isEmpty() || take();
        lastTries = closing && !taken ? lastTries + 1 : 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    waiting.forEach(
        file -> says.accept(file + ": is not in the store; imon analyze --db takes it"));
  }

  /** Waits for a file; or, when some wait already, for some time. */
  private void gather() throws InterruptedException {
    if (waiting.isEmpty()) {
      gather(finished.take());
    } else {
      Optional<Path> next = finished.poll(retryAfter.toMillis(), TimeUnit.MILLISECONDS);
      if (next != null) {
        gather(next);
      }
    }
    while (waiting.size() < MOST_FILES && !finished.isEmpty()) {
      gather(finished.take());
    }
  }

  private void gather(Optional<Path> file) {
    closing |= file.isEmpty();
    file.ifPresent(waiting::add);
  }

  /** Has what waits taken in. False when the process died; then all of it goes on waiting. */
  private boolean take() throws InterruptedException {
    waiting.replaceAll(ChildIngest::packedOrNot);
    List<String> words = new ArrayList<>(command);
    waiting.forEach(file -> words.add(file.toString()));
    String death = runChild(words);
    if (!death.isEmpty()) {
      says.accept("the ingest " + death + "; it is tried again");
      return false;
    }
    // What was packed at that very moment was not found.
    waiting.removeIf(file -> packedOrNot(file).equals(file));
    return true;
  }

  private static Path packedOrNot(Path file) {
    Path packed = file.resolveSibling(file.getFileName() + NamePattern.PACKED);
    return Files.notExists(file) && Files.exists(packed) ? packed : file;
  }

  /** Runs it to its end; how it died, or nothing when it has done its work. */
  private String runChild(List<String> words) throws InterruptedException {
    ChildProgram.Ending ending = child.run(words, line -> says.accept("ingest: " + line));
    if (ending.trouble() != null) {
      return ending.trouble();
    }
    boolean done = ending.code() == ExitCode.DONE || ending.code() == ExitCode.INCOMPLETE;
    return done ? "" : "ended with " + ending.code();
  }
}
