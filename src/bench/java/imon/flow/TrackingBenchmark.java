package imon.flow;

import imon.bench.Counted;
import imon.bench.RowTotals;
import imon.bench.Traffic;
import imon.decode.Dealer;
import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * All that is done with packets once they are read: blocks to rows, from the first packet of a
 * capture to the last.
 */
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
    Dealer dealer = new Dealer();
    for (Block block : traffic.blocks()) {
      tracker.accept(block, dealer);
    }
    tracker.finish();
    rows.check(traffic.packets(), traffic.wireBytes());
    counted.packets += traffic.packets();
  }
}
