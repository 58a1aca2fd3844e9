package imon.cli.job;

import imon.cli.output.ExitCode;
import java.util.List;
import java.util.function.Supplier;

/**
 * Ends a job at once, and with 0, when the process is told to end (SIGINT, SIGTERM): a job may be
 * cut short anywhere, and the next run makes up for it. Only a capture ends by itself, with its
 * last file finished.
 */
final class StopHook implements AutoCloseable {
  private final Thread hook = new Thread(this::end, "imon-job-signal");
  private volatile boolean capturing;

  StopHook() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Does what these words of a command say. */
  <T> T during(List<String> words, Supplier<T> work) {
    capturing = words.get(0).equals("capture");
    try {
      return work.get();
    } finally {
      capturing = false;
    }
  }

  private void end() {
    if (!capturing) {
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
      Runtime.getRuntime().halt(ExitCode.DONE);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process ends already, by this hook or by that of the capture.
    }
  }
}
