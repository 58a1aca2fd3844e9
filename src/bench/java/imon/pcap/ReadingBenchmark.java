package imon.pcap;

import imon.bench.Check;
import imon.bench.Counted;
import imon.bench.Traffic;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A whole capture from the page cache into one block, with the digest of its bytes. */
@State(Scope.Benchmark)
public class ReadingBenchmark {
  private final Block block = new Block();
  private Traffic traffic;

  @Setup
  public void find() throws IOException {
    traffic = Traffic.given();
  }

  @Benchmark
  public void read(Counted.Reading counted) throws IOException {
    long packets = 0;
    try (CaptureReader reader = traffic.open()) {
      while (reader.read(block)) {
        packets += block.count();
      }
    }
    Check.same("packets", traffic.packets(), packets);
    counted.packets += packets;
    counted.bytes += traffic.fileBytes();
  }
}
