package imon.analysis;

import imon.flow.option.FactOptions;
import imon.flow.row.RowSink;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureReader;
import imon.wire.filter.FilterCompiler;
import java.io.IOException;
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
  /** More than these would spend most of their time with packets that are not theirs. */
  static final int MOST = 8;

  /** How long to wait for threads that were told to stop: each is within one block. */
  private static final long STOP_SECONDS = 60;

  private final int workers;
  private final FactOptions options;
  private final @Nullable FilterCompiler filter;

  /**
   * A crew.
   *
   * @param workers how many threads, the calling one among them
   * @param filter whose packets to follow, or null for all
   */
  Crew(int workers, FactOptions options, @Nullable FilterCompiler filter) {
    this.workers = workers;
    this.options = options;
    this.filter = filter;
  }

  /** What one thread does that is not the calling one. */
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
   * @throws IOException when the file is no longer what it was
   */
  AnomalyCounts run(CaptureReader reader, RowSink rows) throws IOException, InterruptedException {
    Failure failure = new Failure(Thread.currentThread());
    ExecutorService threads = Executors.newFixedThreadPool(workers - 1, Crew::thread);
    try {
      List<Member> members = new ArrayList<>();
      List<Future<?>> tasks = new ArrayList<>();
      for (int i = 1; i < workers; i++) {
        members.add(new Member(i, reader.twin(), rows));
      }
      members.forEach(member -> tasks.add(threads.submit(failure.guard(member))));
      AnomalyCounts anomalies = new Decoder(0, workers, options, filter).run(reader, rows);
      await(tasks);
      failure.rethrow();
      for (Member member : members) {
        reader.checkSame(member.reader);
        anomalies.merge(member.anomalies);
      }
      return anomalies;
    } catch (InterruptedException | IOException e) {
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
