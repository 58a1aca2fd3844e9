package imon.analysis;

import imon.flow.option.FactOptions;
import imon.flow.row.RowSink;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureReader;
import imon.store.StoreException;
import imon.wire.filter.FilterCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a large capture in several threads. Each reads all of it and follows the packets that are
 * dealt to it: that takes less of a core's time than to read a packet where another core has just
 * written it. Nothing is shared, and nothing but rows leaves a thread.
 */
final class Crew {
  /** How long to wait for threads that were told to stop: each is within one block. */
  private static final long STOP_SECONDS = 60;

  private final int workers;
  private final FactOptions options;
  private final @Nullable FilterCompiler filter;

  /**
   * A crew.
   *
   * @param workers how many threads; the calling one waits for them
   * @param filter whose packets to follow, or null for all
   */
  Crew(int workers, FactOptions options, @Nullable FilterCompiler filter) {
    this.workers = workers;
    this.options = options;
    this.filter = filter;
  }

  /** What one of the threads does. */
  private final class Member implements Failure.Work {
    private final CaptureReader reader;
    private final Decoder decoder;
    private final RowSink rows;
    private AnomalyCounts anomalies = new AnomalyCounts();

    Member(int number, CaptureReader reader, RowSink rows) {
      this.reader = reader;
      this.rows = rows;
      decoder = new Decoder(number, workers, options, filter);
    }

    @Override
    public void run() throws InterruptedException {
      try {
        anomalies = decoder.run(reader, rows);
      } catch (ClosedChannelException stopped) {
        throw new InterruptedException();
      }
    }
  }

  /**
   * Reads a capture to its end; {@code rows} has all its rows when this returns or throws, and
   * takes them from several threads. When one of them fails, the others are interrupted.
   *
   * @param reader one that has not been read from, and {@link CaptureReader#isShareable}
   * @return what was odd about the packets
   * @throws IOException when the threads have not read the same
   * @throws UncheckedIOException when the filter has no meaning for a packet's link type
   */
  AnomalyCounts run(CaptureReader reader, RowSink rows) throws IOException, InterruptedException {
    List<CaptureReader> twins = new ArrayList<>();
    try {
      for (int i = 1; i < workers; i++) {
        twins.add(reader.twin());
      }
      List<Member> members = new ArrayList<>();
      members.add(new Member(0, reader, rows));
      for (CaptureReader twin : twins) {
        members.add(new Member(members.size(), twin, rows));
      }
      run(members);
      AnomalyCounts anomalies = new AnomalyCounts();
      for (Member member : members) {
        reader.checkSame(member.reader);
        anomalies.merge(member.anomalies);
      }
      return anomalies;
    } finally {
      for (CaptureReader twin : twins) {
        twin.close();
      }
    }
  }

  private void run(List<Member> members) throws StoreException, InterruptedException {
    Failure failure = new Failure(Thread.currentThread());
    ExecutorService threads = Executors.newFixedThreadPool(workers, Crew::thread);
    try {
      List<Future<?>> tasks = new ArrayList<>();
      members.forEach(member -> tasks.add(threads.submit(failure.guard(member))));
      await(tasks);
      failure.rethrow();
    } catch (InterruptedException e) {
      failure.rethrow();
      throw e;
    } finally {
      stop(threads);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "imon-decoder");
    thread.setDaemon(true);
    return thread;
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

  private static void stop(ExecutorService threads) {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a thread does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
