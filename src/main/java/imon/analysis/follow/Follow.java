package imon.analysis.follow;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Has captures taken in as they are finished in some folders, until it is told to end. */
public final class Follow {
  private final List<Path> folders;
  private final Clock clock;
  private final Consumer<String> says;
  private final Recognition recognition;
  private final FinishedFiles finished;

  /** Finished ones that could not be read: that was said, and is tried at every look. */
  private final Set<Path> unreadable = new LinkedHashSet<>();

  /** Lets time go by between two looks. */
  public interface Watch {
    /** Returns false when there shall be no more looks. */
    boolean await() throws InterruptedException;
  }

  /** Tells captures from other files, or fails when a file cannot be read. */
  interface Recognition {
    boolean isCapture(Path file) throws IOException;
  }

  /** Takes finished captures in. */
  public interface Taking {
    void take(List<Path> captures) throws IOException, InterruptedException;
  }

  /**
   * Follows folders, with all below them.
   *
   * @param quiet how long the newest file is left alone when it is finished
   * @param says hears of captures that cannot be read, one line at a time
   */
  public Follow(List<Path> folders, Duration quiet, Clock clock, Consumer<String> says) {
    this(folders, quiet, clock, says, Folders::isCapture);
  }

  Follow(
      List<Path> folders,
      Duration quiet,
      Clock clock,
      Consumer<String> says,
      Recognition recognition) {
    this.folders = List.copyOf(folders);
    this.clock = clock;
    this.says = says;
    this.recognition = recognition;
    finished = new FinishedFiles(quiet, Folders::endsWhole);
  }

  /**
   * Looks and takes until the watch ends. What is no capture is passed over.
   *
   * @throws IOException when a folder cannot be read any more, or from {@code taking}
   * @throws InterruptedException when this thread is interrupted
   */
  public void run(Watch watch, Taking taking) throws IOException, InterruptedException {
    do {
      List<Path> candidates = new ArrayList<>(unreadable);
      candidates.addAll(finished.look(Folders.look(folders), clock.instant()));
      List<Path> captures = candidates.stream().filter(this::isCapture).distinct().toList();
      if (!captures.isEmpty()) {
        taking.take(captures);
      }
    } while (watch.await());
  }

  private boolean isCapture(Path file) {
    try {
      boolean capture = recognition.isCapture(file);
      unreadable.remove(file);
      return capture;
    } catch (NoSuchFileException gone) {
      unreadable.remove(file);
    } catch (IOException e) {
      if (unreadable.add(file)) {
        says.accept(e.getMessage() + "; it is tried again");
      }
    }
    return false;
  }
}
