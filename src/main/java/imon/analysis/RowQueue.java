package imon.analysis;

import imon.flow.row.RowSink;
import imon.flow.row.RowType;
import imon.flow.row.Rows;
import imon.store.StoreException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Carries batches of rows from the workers to the loader, and empty ones back. */
final class RowQueue implements RowSink {
  /** Batches that wait for the loader; workers wait when there are more. */
  private static final int CAPACITY = 8;

  private final BlockingQueue<Rows> full = new ArrayBlockingQueue<>(CAPACITY);
  private final Map<RowType, Queue<Rows>> empty = new ConcurrentHashMap<>();
  private final Rows end = new Rows(RowType.QUERIER);

  @Override
  public Rows empty(RowType type) {
    Rows used = emptyOf(type).poll();
    return used != null ? used : new Rows(type);
  }

  private Queue<Rows> emptyOf(RowType type) {
    return empty.computeIfAbsent(type, t -> new ConcurrentLinkedQueue<>());
  }

  @Override
  public void accept(Rows rows) {
    try {
      full.put(rows);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the loader", e);
    }
  }

  /** Tells the loader that there are no more rows of this capture. */
  void finish() throws InterruptedException {
    full.put(end);
  }

  /** Gives all rows of a capture to {@code taker}. */
  void drain(Pipeline.RowTaker taker) throws StoreException, InterruptedException {
    for (Rows rows = full.take(); rows != end; rows = full.take()) {
      taker.take(rows);
      rows.clear();
      emptyOf(rows.type()).add(rows);
    }
  }
}
