package imon.analysis;

import imon.aside.Aside;
import imon.store.Staging;
import imon.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A staging database that is opened and closed in threads of its own: both take as long as to read
 * a small capture, and nobody needs it before there are rows, or after it has answered. Used by one
 * thread, and for one analysis.
 */
public final class StagingAside implements AutoCloseable {
  private static final String THREAD = "imon-staging";

  private final boolean ofProcess;
  private final Aside<Staging, StoreException> opening = Aside.begin(THREAD, Staging::open);
  private @Nullable Aside<Boolean, StoreException> closing;
  private boolean closed;

  /** One of several, maybe. */
  public StagingAside() {
    this(false);
  }

  private StagingAside(boolean ofProcess) {
    this.ofProcess = ofProcess;
  }

  /** The only one of a process, which ends when this is closed; its memory goes with it. */
  public static StagingAside ofProcess() {
    return new StagingAside(true);
  }

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
    var unused = released();
  }

  private Aside<Boolean, StoreException> released() {
    if (closing == null) {
      closing = Aside.begin(THREAD, this::closeOpened);
    }
    return closing;
  }

  /** Whether there was one; that it could not be opened was told to who needed it. */
  private boolean closeOpened() throws StoreException {
    Staging staging;
    try {
      staging = opened();
    } catch (StoreException | RuntimeException told) {
      return false;
    }
    if (ofProcess) {
      staging.leave();
    } else {
      staging.close();
    }
    return true;
  }

  /** Waits until it is gone. A second time does nothing, and throws nothing again. */
  @Override
  public void close() throws StoreException {
    if (!closed) {
      closed = true;
      var unused = released().result();
    }
  }
}
