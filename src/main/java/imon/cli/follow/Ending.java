package imon.cli.follow;

import imon.cli.output.ExitCode;
import java.util.concurrent.CountDownLatch;

/**
 * Lets the work of this thread come to a good end when the process is told to end (SIGINT,
 * SIGTERM): the thread is interrupted, and the process goes on until this is closed. Its exit code
 * is then what {@link #cameTo} was given, not the one of a signal.
 */
final class Ending implements AutoCloseable {
  private final Thread worker = Thread.currentThread();
  private final Thread hook = new Thread(this::end, "imon-ending");
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean asked;
  private volatile int exitCode = ExitCode.FAILED;

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

  /**
   * The work came to this end, which is thrown unless the process was told to end.
   *
   * @param code what the process ends with if it was told to
   */
  <E extends Exception> void cameTo(E end, int code) throws E {
    if (!asked) {
      throw end;
    }
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
