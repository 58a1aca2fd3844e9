package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The program in a process of its own, for what only a process can show: locks, signals, kills. */
final class ImonProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;
  private static final int FIRST_JAVA_THAT_WARNS = 24;

  /** Options of a Java that starts quickly and does not warn about libraries it loads. */
  static final List<String> QUIET =
      Runtime.version().feature() < FIRST_JAVA_THAT_WARNS
          ? List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
          : List.of(
              "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

  private final Process process;
  private final BufferedReader err;

  private ImonProcess(Process process) {
    this.process = process;
    err = process.errorReader();
  }

  /** Starts it; arguments by their text. Standard output goes nowhere. */
  static ImonProcess start(Object... args) throws IOException {
    return startWith(List.of(), args);
  }

  /** The same with more options for Java. */
  static ImonProcess startWith(List<String> javaOptions, Object... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                // A shell that starts tests in the background has them ignore it.
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(QUIET);
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "imon.cli.Main"));
    Arrays.stream(args).map(String::valueOf).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("IMON_DB");
    return new ImonProcess(builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** The next line of standard error; null when there are no more. */
  @Nullable String line() throws IOException {
    return err.readLine();
  }

  /** Kills it as kill -9 does, unless it ends within this time. */
  void killAfter(long millis) throws InterruptedException {
    if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not die");
  }

  /** Writes these bytes to its standard input; waits for it to read what no pipe holds. */
  void give(byte[] bytes, int offset, int length) throws IOException {
    process.getOutputStream().write(bytes, offset, length);
    process.getOutputStream().flush();
  }

  /** Its standard input ends. */
  void giveNoMore() throws IOException {
    process.getOutputStream().close();
  }

  /** Sends a signal, as TERM or INT, after this time; its streams stay open. */
  void signal(String name, long millis) throws IOException, InterruptedException {
    assertFalse(process.waitFor(millis, TimeUnit.MILLISECONDS), "it ended by itself");
    String command = "kill -" + name + " " + process.pid();
    assertEquals(0, new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor());
  }

  /** Fails unless it ends with this code; the lines of standard error that were left. */
  List<String> ends(int exitCode) throws IOException, InterruptedException {
    List<String> lines = err.lines().toList();
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "goes on: " + lines);
    assertEquals(exitCode, process.exitValue(), lines::toString);
    return lines;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    err.close();
  }
}
