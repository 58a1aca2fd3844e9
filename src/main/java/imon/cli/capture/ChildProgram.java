package imon.cli.capture;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own, at lower priority, whose load and death reach the capture in no way. One
 * runs at a time; it may be ended from any thread.
 */
final class ChildProgram {
  /** Says that libraries may be loaded, as the manifest does for {@code java -jar}. */
  private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  private static final int FIRST_JAVA_THAT_WARNS = 24;

  /** A Ctrl-C goes to all processes of a terminal; a child is ended by the capture alone. */
  private static final String DEAF = "trap '' INT; exec \"$@\"";

  /** Of this process only, and not of a child. */
  private static final List<String> OWN_OPTIONS =
      List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Dimon.", "-XX:ArchiveClassesAtExit");

  private final AtomicReference<@Nullable Process> running = new AtomicReference<>();
  private volatile boolean ended;

  /** Words that start this program with these arguments, and more that may follow them. */
  static List<String> command(List<String> arguments) {
    List<String> words =
        new ArrayList<>(List.of("sh", "-c", DEAF, "sh", "nice", "-n", "10", java()));
    words.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> OWN_OPTIONS.stream().noneMatch(option::startsWith))
            .toList());
    if (Runtime.version().feature() >= FIRST_JAVA_THAT_WARNS && !words.contains(NATIVE)) {
      words.add(NATIVE);
    }
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "imon.cli.Main"));
    words.addAll(arguments);
    return words;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** How a child came to its end; the code has a meaning only when there is no trouble. */
  record Ending(int code, @Nullable String trouble) {}

  /**
   * Runs a child to its end with nothing on its standard input. Its standard output goes nowhere.
   *
   * @param err hears each line of its standard error
   */
  Ending run(List<String> words, Consumer<String> err) throws InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return run(builder, child -> hear(child.errorReader(), err));
  }

  /**
   * Runs a child to its end; its standard input is open as long as this process lives.
   *
   * @param out hears each line of its standard output, and of its standard error
   */
  Ending runOpen(List<String> words, Consumer<String> out) throws InterruptedException {
    return run(
        new ProcessBuilder(words).redirectErrorStream(true),
        child -> hear(child.inputReader(), out));
  }

  private Ending run(ProcessBuilder builder, Consumer<Process> hearing)
      throws InterruptedException {
    try {
      Process child = builder.start();
      running.set(child);
      if (ended) {
        child.destroyForcibly();
      }
      hearing.accept(child);
      return new Ending(child.waitFor(), null);
    } catch (IOException e) {
      return new Ending(-1, "cannot be started: " + e.getMessage());
    }
  }

  private static void hear(BufferedReader reader, Consumer<String> says) {
    try (reader) {
      reader.lines().forEach(says);
    } catch (IOException | UncheckedIOException ended) {
      // Its streams are closed when it is ended from here.
    }
  }

  /** Ends the child there is or will be, whatever it does. Does not wait. */
  void end() {
    ended = true;
    Process child = running.get();
    if (child != null) {
      child.destroyForcibly();
    }
  }
}
