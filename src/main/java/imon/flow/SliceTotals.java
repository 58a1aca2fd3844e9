package imon.flow;

import imon.flow.row.RowType;
import imon.flow.row.RowWriter;
import java.util.Arrays;

/**
 * Cuts flows into minutes: for flows that lasted over more than one it keeps what their totals were
 * when the current minute began.
 */
final class SliceTotals {
  private static final int STRIDE = 4;

  private long[] totals = new long[64 * STRIDE];
  private int used;
  private int[] free = new int[64];
  private int freeCount;

  /** The flow's current minute is over: writes its slice. */
  void cut(FlowTable table, int slot, RowWriter rows) {
    int base = base(table, slot);
    if (base < 0) {
      base = freeCount > 0 ? free[--freeCount] : newBase();
      table.set(slot, FlowTable.SLICE, base / STRIDE + 1);
    }
    write(table, slot, base, rows);
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
  boolean finish(FlowTable table, int slot, RowWriter rows) {
    int base = base(table, slot);
    if (base < 0) {
      return false;
    }
    write(table, slot, base, rows);
    Arrays.fill(totals, base, base + STRIDE, 0);
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, freeCount * 2);
    }
    free[freeCount++] = base;
    return true;
  }

  private static int base(FlowTable table, int slot) {
    return ((int) table.get(slot, FlowTable.SLICE) - 1) * STRIDE;
  }

  private void write(FlowTable table, int slot, int base, RowWriter rows) {
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
