package imon.store;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Waits for another process that has a store open, as long as is worth it. */
final class StoreLock {
  /** Pauses before it is said for whom we wait: most have the store open for a moment. */
  private static final int SILENT_PAUSES = 5;

  private static final long PAUSE_MILLIS = 200;

  private final int attempts;
  private final Consumer<String> says;
  private final Pause pause;

  /** Lets some time go by. */
  interface Pause {
    void pause() throws InterruptedException;
  }

  /** How the store is opened. */
  interface Opening<T> {
    T open() throws StoreException;
  }

  /**
   * Tries so many times, with a pause between them.
   *
   * @param says hears once for whom we wait, after some pauses
   */
  StoreLock(int attempts, Consumer<String> says, Pause pause) {
    this.attempts = attempts;
    this.says = says;
    this.pause = pause;
  }

  /** For whoever asks, and wants an answer or a reason within 10 seconds. */
  static StoreLock ofReaders() {
    return new StoreLock(50, line -> {}, () -> Thread.sleep(PAUSE_MILLIS));
  }

  /** For an ingest, which has work to lose: it waits for another one for 10 minutes. */
  static StoreLock ofWriters(Consumer<String> says) {
    return new StoreLock(3000, says, () -> Thread.sleep(PAUSE_MILLIS));
  }

  /** Opens the store in this file, as soon as nobody else has it. */
  <T> T await(Path path, Opening<T> opening) throws StoreException {
    StoreFault.checkKind(path);
    for (int attempt = 1; ; attempt++) {
      try {
        return opening.open();
      } catch (StoreException e) {
        if (attempt == attempts || !StoreFault.isLock(e)) {
          throw StoreFault.explain(path, e);
        }
        if (attempt == SILENT_PAUSES) {
          says.accept(
              "%s: waits for %s, which has it open; at most %d s"
                  .formatted(path, StoreFault.holder(e), attempts * PAUSE_MILLIS / 1000));
        }
        pause(path);
      }
    }
  }

  private void pause(Path path) throws StoreException {
    try {
      pause.pause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(path + ": interrupted while waiting for its lock", e);
    }
  }
}
