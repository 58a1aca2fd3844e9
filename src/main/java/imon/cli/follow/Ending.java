package imon.cli.follow;

import java.util.concurrent.CountDownLatch;

/**
 * Lets the work of this thread come to a good end when the process is told to end (SIGINT,
 * SIGTERM): the thread is interrupted, and the process goes on until this is closed. Its exit code
 * is then what {@link #exitCode} was given, not the one of a signal.
 */
final class Ending implements AutoCloseable {
  private final Thread worker = Thread.currentThread();
  private final Thread hook = new Thread(this::end, "imon-ending");
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean asked;
  private volatile int exitCode;

  Ending() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end() {
    asked = true;
    worker.interrupt();
    try {
      closed.await();
      Runtime.getRuntime().halt(exitCode);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the process was told to end. */
  boolean asked() {
    return asked;
  }

  /** What the process ends with if it was told to end; 0 unless said. */
  void exitCode(int code) {
    exitCode = code;
  }

  /** The work is done. */
  @Override
  public void close() {
    if (asked) {
      closed.countDown();
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      closed.countDown();
    }
  }
}
