package imon.cli.capture;

import imon.cli.output.ExitCode;
import imon.pcap.CaptureFiles;
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
 * given again; what a capture before this one did not live to see taken, too.
 */
final class ChildIngest implements AutoCloseable {
  /** A command line has room for only so many names. */
  private static final int MOST_FILES = 200;

  /** So often it is tried again once the capture has ended. */
  private static final int LAST_TRIES = 3;

  private static final String PROGRAM = "imon: ";

  private final List<String> command;
  private final Duration retryAfter;
  private final Consumer<String> says;

  /** Empty when no more will come. */
  private final BlockingQueue<Optional<Path>> finished = new LinkedBlockingQueue<>();

  private final UntakenFiles untaken;
  private final List<Path> waiting = new ArrayList<>();
  private final ChildProgram child = new ChildProgram();
  private final Thread thread = new Thread(this::run, "imon-ingest");
  private boolean closing;
  private boolean incomplete;

  /**
   * Starts waiting for files.
   *
   * @param command what takes files in; their names come after it
   * @param untaken keeps word of files until they are taken
   * @param retryAfter how long to wait after a process that died
   * @param says hears one line at a time, on a thread of its own
   */
  ChildIngest(
      List<String> command, UntakenFiles untaken, Duration retryAfter, Consumer<String> says) {
    this.command = command;
    this.untaken = untaken;
    this.retryAfter = retryAfter;
    this.says = says;
    untaken.all().forEach(this::add);
    thread.setDaemon(true);
    thread.start();
  }

  /** Keeps word of a finished file, which will be added. */
  void expect(Path file) {
    untaken.add(file);
  }

  /** Takes a file soon that keeps its name; returns at once. */
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
    return waiting.isEmpty() && !incomplete;
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
    List<Path> deleted = waiting.stream().filter(Files::notExists).toList();
    deleted.forEach(file -> says.accept(file + ": was deleted before it was in the store"));
    incomplete |= !deleted.isEmpty();
    waiting.removeAll(deleted);
    untaken.remove(deleted);
    String death = waiting.isEmpty() ? "" : runChild();
    if (!death.isEmpty()) {
      says.accept("the ingest " + death + "; it is tried again");
      return false;
    }
    untaken.remove(waiting);
    waiting.clear();
    return true;
  }

  /**
   * Runs it to its end; how it died, or nothing when it has done its work, and said what it could
   * not.
   */
  private String runChild() throws InterruptedException {
    List<String> words = new ArrayList<>(command);
    waiting.forEach(file -> words.add(CaptureFiles.operand(file)));
    ChildProgram.Ending ending = child.run(words, line -> says.accept(told(line)));
    if (ending.trouble() != null) {
      return ending.trouble();
    }
    incomplete |= ending.code() == ExitCode.INCOMPLETE;
    boolean done = ending.code() == ExitCode.DONE || ending.code() == ExitCode.INCOMPLETE;
    return done ? "" : "ended with " + ending.code();
  }

  /** The program's name comes before it once, from who says it. */
  private static String told(String line) {
    return "ingest: " + (line.startsWith(PROGRAM) ? line.substring(PROGRAM.length()) : line);
  }
}
