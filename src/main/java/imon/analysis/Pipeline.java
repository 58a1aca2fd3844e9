package imon.analysis;

import imon.decode.Dealer;
import imon.decode.DealtBlock;
import imon.flow.option.FactOptions;
import imon.flow.row.RowSink;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureReader;
import imon.wire.filter.PacketFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads one large capture after another with one reader (the calling thread) and some workers. When
 * one of them fails, the others are interrupted and the failure is thrown to the caller.
 */
final class Pipeline implements AutoCloseable {
  /** Blocks on their way per worker: enough that nobody waits for a short stop of another. */
  private static final int BLOCKS_PER_WORKER = 4;

  /** How long to wait for workers that were told to stop: each is within one block. */
  private static final long STOP_SECONDS = 60;

  private final int workers;
  private final FactOptions options;
  private final @Nullable PacketFilter filter;
  private final ExecutorService threads;
  private final BlockingQueue<DealtBlock> free;
  private final List<BlockingQueue<DealtBlock>> dealt = new ArrayList<>();

  /** What a worker is handed instead of a block when there are no more. */
  private final DealtBlock end;

  /**
   * A pipeline.
   *
   * @param filter whose packets to follow, or null for all
   */
  Pipeline(int workers, FactOptions options, @Nullable PacketFilter filter) {
    this.workers = workers;
    this.options = options;
    this.filter = filter;
    threads = Executors.newFixedThreadPool(workers, Pipeline::thread);
    end = new DealtBlock(workers);
    int blocks = (workers + 1) * BLOCKS_PER_WORKER;
    free = new ArrayBlockingQueue<>(blocks);
    for (int i = 0; i < blocks; i++) {
      free.add(new DealtBlock(workers));
    }
    for (int i = 0; i < workers; i++) {
      dealt.add(new ArrayBlockingQueue<>(blocks + 1));
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "imon-pipeline");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Reads a capture to its end; {@code rows} has all its rows when this returns, and takes them
   * from several threads. Returns what was odd about its packets.
   */
  AnomalyCounts run(CaptureReader reader, RowSink rows) throws IOException, InterruptedException {
    List<Worker> crew = new ArrayList<>();
    List<Future<?>> tasks = new ArrayList<>();
    Failure failure = new Failure(Thread.currentThread());
    for (int i = 0; i < workers; i++) {
      Worker worker = new Worker(i, dealt.get(i), free, end, rows, options);
      crew.add(worker);
      tasks.add(threads.submit(failure.guard(worker)));
    }
    try {
      AnomalyCounts anomalies = read(reader);
      await(tasks);
      failure.rethrow();
      crew.forEach(worker -> anomalies.merge(worker.anomalies()));
      return anomalies;
    } catch (InterruptedException | IOException e) {
      failure.rethrow();
      throw e;
    } finally {
      if (tasks.stream().anyMatch(task -> !task.isDone())) {
        threads.shutdownNow();
      }
    }
  }

  /** Reads and deals until the end, then tells the workers. */
  private AnomalyCounts read(CaptureReader reader) throws IOException, InterruptedException {
    Dealer dealer = new Dealer(workers, filter);
    DealtBlock next = free.take();
    while (reader.read(next.block())) {
      dealer.deal(next);
      for (int i = 0; i < workers; i++) {
        if (next.concerns(i)) {
          dealt.get(i).put(next);
        }
      }
      next = free.take();
    }
    free.put(next);
    for (BlockingQueue<DealtBlock> queue : dealt) {
      queue.put(end);
    }
    return dealer.anomalies();
  }

  private static void await(List<Future<?>> tasks) throws InterruptedException {
    for (Future<?> task : tasks) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Stops the workers; none of them hands rows on after this. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a worker does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
