package imon.analysis;

import imon.decode.Dealer;
import imon.flow.FlowTracker;
import imon.flow.option.FactOptions;
import imon.flow.row.RowSink;
import imon.name.NameTable;
import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.wire.filter.FilterCompiler;
import imon.wire.filter.PacketFilter;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one capture after another in the calling thread, and decodes the packets that are dealt to
 * one worker: all of them, if there is just one.
 */
final class Decoder {
  private final int worker;
  private final int workers;
  private final Block block = new Block();
  private final NameTable names = new NameTable();
  private final FactOptions options;
  private final @Nullable PacketFilter filter;

  /**
   * A decoder of whole captures.
   *
   * @param filter whose packets to follow, or null for all
   */
  Decoder(FactOptions options, @Nullable FilterCompiler filter) {
    this(0, 1, options, filter);
  }

  /**
   * One of several.
   *
   * @param worker which of them, from 0
   * @param filter whose packets to follow, or null for all
   */
  Decoder(int worker, int workers, FactOptions options, @Nullable FilterCompiler filter) {
    this.worker = worker;
    this.workers = workers;
    this.options = options;
    this.filter = filter == null ? null : new PacketFilter(filter);
  }

  /** Reads a capture to its end; returns what was odd about its packets. */
  AnomalyCounts run(CaptureReader reader, RowSink rows)
      throws ClosedChannelException, InterruptedException {
    AnomalyCounts anomalies = new AnomalyCounts();
    Dealer dealer = new Dealer(worker, workers, filter);
    FlowTracker flows = new FlowTracker(rows, anomalies, names, options);
    while (reader.read(block)) {
      flows.accept(block, dealer);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    flows.finish();
    if (worker == 0) {
      // The dealers of all workers have seen the same.
      anomalies.merge(dealer.anomalies());
    }
    return anomalies;
  }
}
