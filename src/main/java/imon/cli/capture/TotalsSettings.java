package imon.cli.capture;

import imon.cli.option.Amount;
import imon.cli.output.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how often the sites of the last minute are shown. */
final class TotalsSettings {
  private static final String USUAL = "10s";
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final int MOST_LINES = 14;
  private static final int LEAST_LINES = 5;

  @Option(
      names = "--totals",
      arity = "0..1",
      fallbackValue = USUAL,
      paramLabel = "TIME",
      description =
          "Show the sites of the last minute each so often (10s unless given), by a process of"
              + " lower priority.")
  private @Nullable String every;

  boolean isAsked() {
    return every != null;
  }

  /**
   * This program as a child process that prints totals.
   *
   * @param files words that say which files are the capture's
   */
  List<String> command(List<String> files, Terminal terminal, Clock clock) {
    if (every == null) {
      return List.of();
    }
    Duration between = Amount.duration("--totals", every);
    if (between.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("--totals " + every + ": at least 1s");
    }
    List<String> words = new ArrayList<>(List.of("capture-totals"));
    words.addAll(files);
    words.add("--since=" + clock.millis());
    words.add("--every=" + between.toMillis());
    // A line as wide as the window, or as many lines as it has, would move what is above.
    words.add("--columns=" + (terminal.columns() - 1));
    words.add("--rows=" + Math.max(LEAST_LINES, Math.min(MOST_LINES, terminal.rows() - 2)));
    if (!terminal.unicode()) {
      words.add("--ascii");
    }
    return ChildProgram.command(words);
  }
}
