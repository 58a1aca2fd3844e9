package imon.analysis;

import imon.store.StoreException;
import java.util.concurrent.atomic.AtomicReference;

/** The first failure of a pipeline's threads; it wakes the reader, wherever that waits. */
final class Failure {
  private final Thread reader;
  private final AtomicReference<Throwable> first = new AtomicReference<>();

  Failure(Thread reader) {
    this.reader = reader;
  }

  /** Work that may fail, or be interrupted because other work failed. */
  interface Work {
    void run() throws StoreException, InterruptedException;
  }

  Runnable guard(Work work) {
    return () -> {
      try {
        work.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (StoreException | RuntimeException | Error e) {
        if (first.compareAndSet(null, e)) {
          reader.interrupt();
        }
      }
    };
  }

  boolean happened() {
    return first.get() != null;
  }

  /** Throws what failed first, if anything did. */
  void rethrow() throws StoreException {
    Throwable failure = first.get();
    if (failure instanceof StoreException e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
