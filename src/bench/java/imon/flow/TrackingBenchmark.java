package imon.flow;

import imon.bench.Counted;
import imon.bench.RowTotals;
import imon.bench.Traffic;
import imon.decode.DealtBlock;
import imon.pcap.AnomalyCounts;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** All that a worker does: dealt blocks to rows, from the first packet of a capture to the last. */
@State(Scope.Benchmark)
public class TrackingBenchmark {
  private final RowTotals rows = new RowTotals();
  private Traffic.Blocks traffic;

  @Setup
  public void read() throws IOException {
    traffic = Traffic.given().blocks();
  }

  @Benchmark
  public void track(Counted.Packets counted) {
    FlowTracker tracker = new FlowTracker(rows, new AnomalyCounts());
    for (DealtBlock dealt : traffic.blocks()) {
      tracker.accept(dealt);
    }
    tracker.finish();
    rows.check(traffic.packets(), traffic.wireBytes());
    counted.packets += traffic.packets();
  }
}
