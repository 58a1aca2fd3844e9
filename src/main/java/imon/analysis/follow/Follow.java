package imon.analysis.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Has captures taken in as they are finished in some folders, until it is told to end. */
public final class Follow {
  private final List<Path> folders;
  private final Clock clock;
  private final FinishedFiles finished;

  /** Lets time go by between two looks. */
  public interface Watch {
    /** Returns false when there shall be no more looks. */
    boolean await() throws InterruptedException;
  }

  /** Takes finished captures in. */
  public interface Taking {
    void take(List<Path> captures) throws IOException, InterruptedException;
  }

  /**
   * Follows folders, with all below them.
   *
   * @param quiet how long the newest file is left alone when it is finished
   */
  public Follow(List<Path> folders, Duration quiet, Clock clock) {
    this.folders = List.copyOf(folders);
    this.clock = clock;
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
      List<Path> captures =
          finished.look(Folders.look(folders), clock.instant()).stream()
              .filter(Folders::isCapture)
              .toList();
      if (!captures.isEmpty()) {
        taking.take(captures);
      }
    } while (watch.await());
  }
}
