package imon.cli.capture;

import java.util.concurrent.CountDownLatch;

/**
 * Lets a signal (SIGINT, SIGTERM, SIGHUP) end a command that then comes to its own end. Java stops
 * with 128 and the signal's number; asked for, an end is no failure, so the process ends with what
 * the command says instead.
 */
final class StopSignals implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;
  private volatile int exitCode;

  /** From now on a signal runs this, on a thread of its own. */
  StopSignals(Runnable stop) {
    hook = new Thread(() -> end(stop), "imon-signal");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end(Runnable stop) {
    stop.run();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  /** What the process shall end with when a signal came. */
  void exitCode(int code) {
    exitCode = code;
  }

  /** All has been said; the process may end. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException signalled) {
      done.countDown();
    }
  }
}
