package imon.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowSink;
import imon.flow.row.RowType;
import imon.flow.row.Rows;
import imon.samples.Tape;
import java.util.concurrent.atomic.AtomicLong;

/** Captures of simple flows, and what becomes of them. */
final class Captures {
  private static final long PATIENCE_MILLIS = 10_000;
  private static final int UP_PACKETS = 8;

  private Captures() {}

  /** A capture of UDP flows, whose packets take turns. */
  static byte[] of(int flows, int packetsEach) {
    Tape tape = new Tape();
    for (int i = 0; i < flows * packetsEach; i++) {
      int flow = i % flows;
      String client = "10.0." + flow / 250 + "." + flow % 250 + ":50000";
      tape.udp(client, "203.0.113." + flow % 200 + ":4000", new byte[400]);
    }
    return tape.pcap();
  }

  /** Counts rows, from any thread. */
  static class Counting implements RowSink {
    final AtomicLong rows = new AtomicLong();
    final AtomicLong flows = new AtomicLong();
    final AtomicLong packets = new AtomicLong();

    @Override
    public void accept(Rows batch) {
      rows.addAndGet(batch.count());
      if (batch.type() == RowType.FLOW) {
        flows.addAndGet(batch.count());
        packets.addAndGet(packets(batch));
      }
    }

    @Override
    public Rows empty(RowType type) {
      return new Rows(type);
    }
  }

  /** Packets of rows of flows. */
  static long packets(Rows flows) {
    assertEquals("up_packets", RowType.FLOW.columns().get(UP_PACKETS).name());
    long packets = 0;
    for (int row = 0; row < flows.count(); row++) {
      packets += flows.word(UP_PACKETS, row);
    }
    return packets;
  }

  /** Waits for the end of all threads of this name; false when one goes on. */
  static boolean allEnd(String name) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name)) {
        thread.join(PATIENCE_MILLIS);
        if (thread.isAlive()) {
          return false;
        }
      }
    }
    return true;
  }
}
