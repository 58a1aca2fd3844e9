package imon.flow.row;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** The rows a worker is writing, one batch of each type; full batches go to the sink. */
public final class RowWriter {
  private final RowSink sink;
  private final Function<RowType, Rows> empty;
  private final Map<RowType, Rows> open = new EnumMap<>(RowType.class);

  public RowWriter(RowSink sink) {
    this.sink = sink;
    empty = sink::empty;
  }

  /** Begins a row of this type. */
  public Rows begin(RowType type) {
    Rows rows = open.computeIfAbsent(type, empty);
    if (rows.isFull()) {
      sink.accept(rows);
      rows = sink.empty(type);
      open.put(type, rows);
    }
    return rows.begin();
  }

  /** Hands on what is there. */
  public void flush() {
    open.values().forEach(sink::accept);
    open.clear();
  }
}
