package imon.cli.follow;

import imon.analysis.Analysis;
import imon.analysis.Progress;
import imon.analysis.follow.Follow;
import imon.cli.output.ExitCode;
import imon.pcap.CaptureFiles;
import imon.pcap.CaptureSummary;
import imon.report.text.Sizes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Following folders that a capture writes into. */
public final class FollowOptions {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final int FINISHED_AFTER = 60;

  @Option(
      names = "--follow",
      description =
          "Watch folders and keep each capture when it is finished, until SIGINT or SIGTERM; writes"
              + " no report.")
  private boolean follow;

  @Option(
      names = "--finished-after",
      paramLabel = "SECONDS",
      description =
          "With --follow: how long the newest file is left alone when it is finished (default: "
              + FINISHED_AFTER
              + ").")
  private @Nullable Integer finishedAfter;

  /** Tells an analysis what it must know before it takes captures in. */
  public interface Preparation {
    void prepare(Analysis analysis) throws IOException;
  }

  /** Whether folders are to be followed; finds out early what is wrong with these options. */
  public boolean isAsked() {
    if (!follow && finishedAfter != null) {
      throw new IllegalArgumentException("--finished-after: needs --follow");
    }
    if (finishedAfter != null && finishedAfter < 0) {
      throw new IllegalArgumentException(
          "--finished-after " + finishedAfter + ": give a number of seconds, 0 or more");
    }
    return follow;
  }

  /**
   * Finds out early what following leaves no room for.
   *
   * @param looksUp whether lookups are asked for
   * @param reports whether something is asked for that takes a report
   * @throws IllegalArgumentException when there is any of it
   */
  public void check(Analysis.Options options, boolean looksUp, boolean reports) {
    if (looksUp) {
      throw new IllegalArgumentException("--follow looks nothing up; leave --resolve out");
    }
    if (options.again()) {
      throw new IllegalArgumentException("--follow takes what is new; leave --again out");
    }
    if (reports) {
      throw new IllegalArgumentException("--follow writes no report; ask for one by imon report");
    }
  }

  private Duration finishedAfter() {
    return Duration.ofSeconds(finishedAfter == null ? FINISHED_AFTER : finishedAfter);
  }

  /**
   * Follows folders until the process is told to end.
   *
   * @param says hears one line for each capture, and for whatever is wrong
   * @throws IllegalArgumentException when there is no store, or an operand is no folder
   * @throws IOException when a folder or the store cannot be used any more
   */
  public void run(
      List<String> operands,
      Analysis.Options options,
      Preparation preparation,
      Clock clock,
      Consumer<String> says)
      throws IOException, InterruptedException {
    List<Path> folders = folders(operands, options);
    Follow following = new Follow(folders, finishedAfter(), clock, says);
    try (Ending ending = new Ending()) {
      try {
        checkStore(options, says);
        says.accept("follows " + String.join(", ", operands) + " until it is told to end (Ctrl-C)");
        following.run(FollowOptions::await, captures -> take(captures, options, preparation, says));
      } catch (InterruptedException e) {
        ending.cameTo(e, ExitCode.DONE);
      } catch (IOException e) {
        ending.cameTo(e, ExitCode.FAILED);
        says.accept(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Finds out early whether the store can be used. */
  private static void checkStore(Analysis.Options options, Consumer<String> says)
      throws IOException {
    try (Analysis analysis = new Analysis(options, says)) {
      analysis.prepare();
    }
  }

  private List<Path> folders(List<String> operands, Analysis.Options options) {
    if (options.store() == null) {
      throw new IllegalArgumentException("--follow keeps captures in a store: give --db FILE, too");
    }
    for (String operand : operands) {
      if (operand.isEmpty() || !Files.isDirectory(Path.of(operand))) {
        throw new IllegalArgumentException(
            "'" + operand + "': no folder; --follow watches folders");
      }
    }
    return operands.stream().map(Path::of).toList();
  }

  private static boolean await() throws InterruptedException {
    Thread.sleep(BETWEEN_LOOKS.toMillis());
    return true;
  }

  /** An analysis of its own for each look: its memory does not grow with the nights. */
  private static void take(
      List<Path> captures, Analysis.Options options, Preparation preparation, Consumer<String> says)
      throws IOException, InterruptedException {
    CaptureFiles files = CaptureFiles.find(captures.stream().map(CaptureFiles::operand).toList());
    files.problems().forEach(says);
    Lines lines = new Lines(says);
    try (Analysis analysis = new Analysis(options, says)) {
      analysis.prepare();
      preparation.prepare(analysis);
      try {
        analysis.take(files.inputs(), InputStream.nullInputStream(), lines);
      } finally {
        // What was read before an interrupt is whole, and is kept.
        analysis.finish(lines);
      }
    }
    lines.say();
  }

  /** One line for each capture, once it is kept. */
  private static final class Lines implements Progress {
    private final Consumer<String> says;
    private final List<String> taken = new ArrayList<>();

    Lines(Consumer<String> says) {
      this.says = says;
    }

    @Override
    public void taken(CaptureFiles.Input input, CaptureSummary summary) {
      taken.add(
          String.format(
              Locale.ROOT,
              "%s: %,d packets, %s",
              input.name(),
              summary.packets(),
              Sizes.SI.text(summary.wireBytes())));
    }

    @Override
    public void says(String message) {
      says.accept(message);
    }

    void say() {
      taken.forEach(says);
    }
  }
}
