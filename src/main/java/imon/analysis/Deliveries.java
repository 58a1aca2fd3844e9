package imon.analysis;

import imon.flow.row.RowSink;
import imon.flow.row.RowType;
import imon.flow.row.Rows;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Carries what lanes deliver to the thread that loads it, and empty rows back. */
final class Deliveries {
  /** Deliveries that wait to be loaded; lanes wait when there are more. */
  private static final int CAPACITY = 8;

  private final BlockingQueue<Delivery> full = new ArrayBlockingQueue<>(CAPACITY);
  private final Map<RowType, Queue<Rows>> empty = new ConcurrentHashMap<>();

  void put(Delivery delivery) throws InterruptedException {
    full.put(delivery);
  }

  Delivery take() throws InterruptedException {
    return full.take();
  }

  /** Takes rows back that have been loaded. */
  void giveBack(Rows rows) {
    rows.clear();
    emptyOf(rows.type()).add(rows);
  }

  private Queue<Rows> emptyOf(RowType type) {
    return empty.computeIfAbsent(type, t -> new ConcurrentLinkedQueue<>());
  }

  /** Where the rows of a capture go; any thread may use it. */
  RowSink sink(Job job) {
    return new RowSink() {
      @Override
      public Rows empty(RowType type) {
        Rows used = emptyOf(type).poll();
        return used != null ? used : new Rows(type);
      }

      @Override
      public void accept(Rows rows) {
        try {
          put(new Delivery.Batch(job, rows));
        } catch (InterruptedException e) {
          throw new Failure.Interrupted();
        }
      }
    };
  }
}
