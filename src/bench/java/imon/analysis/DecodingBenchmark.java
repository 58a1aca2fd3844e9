package imon.analysis;

import imon.bench.Counted;
import imon.bench.RowTotals;
import imon.bench.Traffic;
import imon.decode.Dealer;
import imon.decode.DealtBlock;
import imon.flow.FlowTracker;
import imon.flow.option.FactOptions;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureReader;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Decoding alone: a whole capture from the page cache to rows, which nobody keeps. */
public class DecodingBenchmark {
  @State(Scope.Benchmark)
  public static class Capture {
    private final RowTotals rows = new RowTotals();
    private Traffic traffic;

    @Setup
    public void find() throws IOException {
      traffic = Traffic.given();
    }

    private void check(Counted.Packets counted) {
      rows.check(traffic.packets(), traffic.wireBytes());
      counted.packets += traffic.packets();
    }
  }

  @State(Scope.Benchmark)
  public static class Crew {
    @Param({"1", "2"})
    public int workers;

    private Pipeline pipeline;

    @Setup
    public void hire() {
      pipeline = new Pipeline(workers, FactOptions.DEFAULT, null);
    }

    @TearDown
    public void dismiss() {
      pipeline.close();
    }
  }

  /** As the program does it: a reader and workers. */
  @Benchmark
  public void pipeline(Capture capture, Crew crew, Counted.Packets counted)
      throws IOException, InterruptedException {
    try (CaptureReader reader = capture.traffic.open()) {
      crew.pipeline.run(reader, capture.rows);
    }
    capture.check(counted);
  }

  /** The same work on one core. */
  @Benchmark
  public void oneThread(Capture capture, Counted.Packets counted) throws IOException {
    Dealer dealer = new Dealer(1);
    FlowTracker tracker = new FlowTracker(capture.rows, new AnomalyCounts());
    DealtBlock dealt = new DealtBlock(1);
    try (CaptureReader reader = capture.traffic.open()) {
      while (reader.read(dealt.block())) {
        dealer.deal(dealt);
        tracker.accept(dealt, 0);
      }
    }
    tracker.finish();
    capture.check(counted);
  }
}
