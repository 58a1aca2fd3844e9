package imon.analysis;

import imon.flow.option.FactOptions;
import imon.flow.row.Rows;
import imon.store.StoreException;
import imon.wire.filter.FilterCompiler;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Reads several captures at once, each in a lane, at most as many as there are workers. What they
 * deliver is taken by the calling thread: rows as they come, ends in the order the captures were
 * given. When a thread fails, the others are interrupted and the failure is thrown to the caller.
 */
final class Lanes {
  private static final String THREAD = "imon-lane";

  private final List<Job> jobs;
  private final int count;
  private final Agenda agenda;
  private final Deliveries deliveries = new Deliveries();
  private final InputStream standardInput;
  private final Progress progress;
  private final FactOptions options;
  private final @Nullable FilterCompiler filter;

  /** Takes what captures hold, in the calling thread. */
  interface Taker {
    /** Rows of a capture; they are not its after this. */
    void rows(int capture, Rows rows) throws StoreException;

    /** A capture has been read, and all before it; all its rows were taken. */
    void ended(Delivery ending) throws StoreException;
  }

  Lanes(
      int workers,
      List<Job> jobs,
      InputStream standardInput,
      Progress progress,
      FactOptions options,
      @Nullable FilterCompiler filter) {
    this.jobs = jobs;
    this.standardInput = standardInput;
    this.progress = progress;
    this.options = options;
    this.filter = filter;
    count = Math.min(workers, jobs.size());
    agenda = new Agenda(workers, jobs);
  }

  /** Reads all captures; all of them have been taken when this returns. */
  void run(Taker taker) throws StoreException, InterruptedException {
    Failure failure = new Failure(Thread.currentThread());
    ExecutorService threads = Executors.newCachedThreadPool(Lanes::thread);
    try {
      for (int i = 0; i < count; i++) {
        Lane lane = new Lane(agenda, deliveries, standardInput, progress, options, filter);
        threads.execute(failure.guard(lane));
      }
      takeAll(taker);
    } catch (InterruptedException e) {
      failure.rethrow();
      throw e;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, THREAD);
    thread.setDaemon(true);
    return thread;
  }

  private void takeAll(Taker taker) throws StoreException, InterruptedException {
    Map<Integer, Delivery> early = new HashMap<>();
    int next = 0;
    while (next < jobs.size()) {
      Delivery delivery = deliveries.take();
      if (delivery instanceof Delivery.Batch batch) {
        taker.rows(batch.job().capture(), batch.rows());
        deliveries.giveBack(batch.rows());
        continue;
      }
      early.put(delivery.job().place(), delivery);
      for (Delivery end = early.remove(next); end != null; end = early.remove(next)) {
        taker.ended(end);
        next++;
      }
    }
  }
}
