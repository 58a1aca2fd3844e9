package imon.decode;

import imon.bench.Check;
import imon.bench.Counted;
import imon.bench.Traffic;
import imon.pcap.Block;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From the link layer to the payload. */
@State(Scope.Benchmark)
public class DealingBenchmark {
  private Traffic.Blocks traffic;
  private final Dealer dealer = new Dealer();
  private final Packet packet = new Packet(dealer.anomalies());

  @Setup
  public void read() throws IOException {
    traffic = Traffic.given().blocks();
  }

  /** From the link layer to the innermost addresses. */
  @Benchmark
  public void deal(Counted.Packets counted) {
    long packets = 0;
    for (Block block : traffic.blocks()) {
      for (int i = 0; i < block.count(); i++) {
        packets += dealer.deals(block, i) ? 1 : 0;
      }
    }
    Check.same("packets dealt", traffic.packets(), packets);
    counted.packets += packets;
  }

  /** The same, and on to the payload. */
  @Benchmark
  public void readPackets(Counted.Packets counted, Blackhole hole) {
    long bytes = 0;
    for (Block block : traffic.blocks()) {
      for (int i = 0; i < block.count(); i++) {
        hole.consume(dealer.deals(block, i));
        hole.consume(packet.read(block, i, dealer));
        hole.consume(packet.payload());
        bytes += packet.wireLength();
      }
    }
    Check.same("bytes of packets", traffic.wireBytes(), bytes);
    counted.packets += traffic.packets();
  }
}
