package imon.flow;

import imon.flow.recent.FreePlaces;
import imon.flow.row.RowType;
import imon.flow.row.RowWriter;
import java.util.Arrays;

/**
 * Counts the packets of flows and cuts flows into minutes: for those that lasted over more than one
 * it keeps what their totals were when the current minute began.
 */
final class Slices {
  private static final int STRIDE = 4;

  private final FlowTable table;
  private final RowWriter rows;
  private long[] totals = new long[64 * STRIDE];
  private int used;
  private final FreePlaces free = new FreePlaces();

  Slices(FlowTable table, RowWriter rows) {
    this.table = table;
    this.rows = rows;
  }

  /** Counts a packet; writes the slice before it when it begins a minute. */
  void count(int slot, boolean fromA, long time, int wireLength) {
    if (time > table.get(slot, FlowTable.LAST_TIME)) {
      table.set(slot, FlowTable.LAST_TIME, time);
    } else if (time < table.get(slot, FlowTable.FIRST_TIME)) {
      table.set(slot, FlowTable.FIRST_TIME, time);
    }
    long minute = time / FlowTable.MINUTE_NANOS;
    if (minute != table.get(slot, FlowTable.MINUTE)) {
      cut(slot);
      table.set(slot, FlowTable.MINUTE, minute);
    }
    table.add(slot, fromA ? FlowTable.PACKETS_A : FlowTable.PACKETS_B, 1);
    table.add(slot, fromA ? FlowTable.BYTES_A : FlowTable.BYTES_B, wireLength);
  }

  private void cut(int slot) {
    int base = base(slot);
    if (base < 0) {
      base = free.isEmpty() ? newBase() : free.take();
      table.set(slot, FlowTable.SLICE, base / STRIDE + 1);
    }
    write(slot, base);
    for (int i = 0; i < STRIDE; i++) {
      totals[base + i] = table.get(slot, FlowTable.PACKETS_A + i);
    }
  }

  private int newBase() {
    int base = used;
    used += STRIDE;
    if (used > totals.length) {
      totals = Arrays.copyOf(totals, totals.length * 2);
    }
    return base;
  }

  /** The flow is over: writes its last slice when there were others; whether there were. */
  boolean finish(int slot) {
    int base = base(slot);
    if (base < 0) {
      return false;
    }
    write(slot, base);
    Arrays.fill(totals, base, base + STRIDE, 0);
    free.give(base);
    return true;
  }

  private int base(int slot) {
    return ((int) table.get(slot, FlowTable.SLICE) - 1) * STRIDE;
  }

  private void write(int slot, int base) {
    rows.begin(RowType.SLICE)
        .number(table.get(slot, FlowTable.FIRST_PACKET))
        .number(table.get(slot, FlowTable.MINUTE))
        .number(table.get(slot, FlowTable.PACKETS_A) - totals[base])
        .number(table.get(slot, FlowTable.BYTES_A) - totals[base + 1])
        .number(table.get(slot, FlowTable.PACKETS_B) - totals[base + 2])
        .number(table.get(slot, FlowTable.BYTES_B) - totals[base + 3])
        .end();
  }
}
