package imon.analysis;

import imon.bench.Counted;
import imon.bench.RowTotals;
import imon.bench.Traffic;
import imon.flow.option.FactOptions;
import imon.pcap.CaptureReader;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

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

  /** In one thread. */
  @Benchmark
  public void oneThread(Capture capture, Counted.Packets counted)
      throws IOException, InterruptedException {
    try (CaptureReader reader = capture.traffic.open()) {
      new Decoder(FactOptions.DEFAULT, null).run(reader, capture.rows);
    }
    capture.check(counted);
  }

  /** In two threads, as the program does it with more cores. */
  @Benchmark
  public void twoThreads(Capture capture, Counted.Packets counted)
      throws IOException, InterruptedException {
    try (CaptureReader reader = capture.traffic.open()) {
      new Crew(2, FactOptions.DEFAULT, null).run(reader, capture.rows);
    }
    capture.check(counted);
  }
}
