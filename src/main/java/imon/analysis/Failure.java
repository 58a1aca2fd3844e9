package imon.analysis;

import imon.store.StoreException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReference;

/** The first failure of some threads; it wakes the one that waits for them, wherever that is. */
final class Failure {
  private final Thread waiting;
  private final AtomicReference<Throwable> first = new AtomicReference<>();

  Failure(Thread waiting) {
    this.waiting = waiting;
  }

  /** Work that may fail, or be interrupted because other work failed. */
  interface Work {
    void run() throws StoreException, InterruptedException;
  }

  /** Ends work that is interrupted where no {@link InterruptedException} can be thrown. */
  static final class Interrupted extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  Runnable guard(Work work) {
    return () -> {
      try {
        work.run();
      } catch (InterruptedException | Interrupted e) {
        Thread.currentThread().interrupt();
      } catch (StoreException | RuntimeException | Error e) {
        if (first.compareAndSet(null, e)) {
          waiting.interrupt();
        }
      }
    };
  }

  /** Throws what failed first, if anything did; the interrupt that told of it is over then. */
  void rethrow() throws StoreException {
    Throwable failure = first.get();
    if (failure == null) {
      return;
    }
    Thread.interrupted();
    if (failure instanceof StoreException e) {
      throw e;
    }
    if (failure instanceof IllegalStateException e) {
      throw e;
    }
    if (failure instanceof UncheckedIOException e) {
      throw e;
    }
    throw new IllegalStateException(failure);
  }
}
