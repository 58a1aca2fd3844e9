package imon.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** An imon in a process of its own. */
final class CaptureProcess implements AutoCloseable {
  /**
   * Nothing depends on it but when a process that hangs is noticed: an ingest beside a capture has
   * a low priority, and other tests keep all cores busy.
   */
  private static final int PATIENCE_SECONDS = 240;

  private static final int LOOK_MILLIS = 20;

  private final Process process;
  private final Path out;
  private final Path err;

  /** A condition that may fail to be found out. */
  interface Condition {
    boolean holds() throws IOException;
  }

  private CaptureProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts one.
   *
   * @param before the command that runs it, and options of Java after it
   */
  static CaptureProcess start(
      Path scratch, List<String> before, List<String> javaOptions, String classPath, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    // A shell that starts tests in the background has them ignore this signal.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ImonProcess.QUIET);
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", classPath, "imon.cli.Main"));
    command.addAll(List.of(args));
    Path out = Files.createTempFile(scratch, "out", ".txt");
    Path err = Files.createTempFile(scratch, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new CaptureProcess(process, out, err);
  }

  static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** The same from whatever folder. */
  static String absoluteClassPath() {
    return classPathEntries().stream()
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The files and folders of the class path. */
  static List<String> classPathEntries() {
    return List.of(classPath().split(File.pathSeparator, -1));
  }

  /** Goes on when it captures. */
  CaptureProcess untilItCaptures() throws Exception {
    return until(() -> err().contains("capturing on"));
  }

  /** Goes on when this holds; looks at it again and again while the process runs. */
  CaptureProcess until(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.holds()) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !condition.holds()) {
        fail("ended with " + process.exitValue() + ": " + err());
      }
      assertTrue(System.nanoTime() < end, () -> "in vain: " + process);
    }
    return this;
  }

  /** Sends it a signal, and returns its exit code. */
  int end(String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    return exitCode();
  }

  int exitCode() throws Exception {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
