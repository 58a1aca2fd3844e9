package imon.aside;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work that a thread of its own does while others go on. Any thread may wait for it, also several
 * times.
 *
 * @param <T> what comes of it
 * @param <E> the checked exception that it may end with
 */
public final class Aside<T, E extends Exception> {
  private final FutureTask<T> task;

  /** What is to be done. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** A part of what is to be done. */
  @FunctionalInterface
  public interface Step<E extends Exception> {
    void run() throws E;
  }

  private Aside(Work<T, E> work) {
    task = new FutureTask<>(work::run);
  }

  /**
   * Begins it; a program that ends does not wait for it.
   *
   * @param thread what the thread is called
   */
  public static <T, E extends Exception> Aside<T, E> begin(String thread, Work<T, E> work) {
    Aside<T, E> aside = new Aside<>(work);
    Thread worker = new Thread(aside.task, thread);
    worker.setDaemon(true);
    worker.start();
    return aside;
  }

  /**
   * Does all steps at once; when this returns, all have ended.
   *
   * @throws E what the first of them, in this order, failed with
   */
  public static <E extends Exception> void together(String thread, List<Step<E>> steps) throws E {
    List<Aside<Boolean, E>> begun = new ArrayList<>();
    for (Step<E> step : steps) {
      begun.add(
          begin(
              thread,
              () -> {
                step.run();
                return true;
              }));
    }
    begun.forEach(Aside::end);
    for (Aside<Boolean, E> ended : begun) {
      var unused = ended.result();
    }
  }

  private void end() {
    try {
      var unused = Uninterruptibles.getUninterruptibly(task);
    } catch (ExecutionException later) {
      // The result tells.
    }
  }

  /**
   * Waits for what comes of it, or throws what it failed with. An interrupt does not end this, and
   * is there for the next who can be interrupted.
   */
  @SuppressWarnings("unchecked") // Work throws nothing else that is checked.
  public T result() throws E {
    try {
      return Objects.requireNonNull(Uninterruptibles.getUninterruptibly(task));
    } catch (ExecutionException e) {
      Throwable failure = Objects.requireNonNull(e.getCause());
      Throwables.throwIfUnchecked(failure);
      throw (E) failure;
    }
  }
}
