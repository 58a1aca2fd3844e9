package imon.analysis;

import imon.aside.Aside;
import imon.store.Staging;
import imon.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A staging database that is opened and closed in threads of its own: both take as long as to read
 * a small capture, and nobody needs it before there are rows, or after it has answered. Used by one
 * thread.
 */
final class StagingAside implements AutoCloseable {
  private static final String THREAD = "imon-staging";

  private final Aside<Staging, StoreException> opening = Aside.begin(THREAD, Staging::open);
  private @Nullable Aside<Boolean, StoreException> closing;

  /**
   * The database, as soon as it is open.
   *
   * @throws StoreException when it could not be opened
   */
  Staging opened() throws StoreException {
    return opening.result();
  }

  /** Begins to let go of it. */
  void release() {
    closing = Aside.begin(THREAD, this::closeOpened);
  }

  /** Whether there was one; that it could not be opened was told to who needed it. */
  private boolean closeOpened() throws StoreException {
    Staging staging;
    try {
      staging = opened();
    } catch (StoreException | RuntimeException told) {
      return false;
    }
    staging.close();
    return true;
  }

  @Override
  public void close() throws StoreException {
    if (closing == null) {
      var unused = closeOpened();
    } else {
      var unused = closing.result();
    }
  }
}
