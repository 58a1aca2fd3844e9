package imon.store;

import java.nio.file.Path;

/** Waits some seconds for another process that has a store open. */
final class StoreLock {
  private static final int ATTEMPTS = 50;
  private static final long PAUSE_MILLIS = 200;

  private StoreLock() {}

  /** How the store is opened. */
  interface Opening<T> {
    T open() throws StoreException;
  }

  /** Opens the store in this file, as soon as nobody else has it. */
  static <T> T await(Path path, Opening<T> opening) throws StoreException {
    for (int attempt = 1; ; attempt++) {
      try {
        return opening.open();
      } catch (StoreException e) {
        if (attempt == ATTEMPTS || !StoreFault.isLock(e)) {
          throw StoreFault.explain(path, e);
        }
        pause(path);
      }
    }
  }

  private static void pause(Path path) throws StoreException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(path + ": interrupted while waiting for its lock", e);
    }
  }
}
