package imon.bench;

import imon.flow.row.RowSink;
import imon.flow.row.RowType;
import imon.flow.row.Rows;
import java.util.EnumMap;
import java.util.Map;

/**
 * Throws rows away, and sums up the packets and bytes they stand for: those of flows and those that
 * belong to none. Several threads may hand them on.
 */
public final class RowTotals implements RowSink {
  private static final int UP_PACKETS = column(RowType.FLOW, "up_packets");
  private static final int DOWN_PACKETS = column(RowType.FLOW, "down_packets");
  private static final int OTHER_PACKETS = column(RowType.UNFLOWED, "packets");

  private final Map<RowType, Rows> spare = new EnumMap<>(RowType.class);
  private long packets;
  private long bytes;

  private static int column(RowType type, String name) {
    return type.columns().stream().map(RowType.Column::name).toList().indexOf(name);
  }

  @Override
  public synchronized Rows empty(RowType type) {
    Rows rows = spare.remove(type);
    return rows == null ? new Rows(type) : rows;
  }

  @Override
  public synchronized void accept(Rows rows) {
    switch (rows.type()) {
      case FLOW -> {
        add(rows, UP_PACKETS);
        add(rows, DOWN_PACKETS);
      }
      case UNFLOWED -> add(rows, OTHER_PACKETS);
      default -> {}
    }
    rows.clear();
    spare.put(rows.type(), rows);
  }

  /** The column of bytes follows that of packets. */
  private void add(Rows rows, int column) {
    for (int row = 0; row < rows.count(); row++) {
      packets += rows.word(column, row);
      bytes += rows.word(column + 1, row);
    }
  }

  /** Ends the benchmark unless every packet and byte is in one row, and begins anew. */
  public synchronized void check(long expectedPackets, long expectedBytes) {
    Check.same("packets in rows", expectedPackets, packets);
    Check.same("bytes in rows", expectedBytes, bytes);
    packets = 0;
    bytes = 0;
  }
}
