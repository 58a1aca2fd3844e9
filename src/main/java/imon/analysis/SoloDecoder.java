package imon.analysis;

import imon.decode.Dealer;
import imon.decode.DealtBlock;
import imon.flow.FlowTracker;
import imon.flow.option.FactOptions;
import imon.flow.row.RowSink;
import imon.name.NameTable;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureReader;
import imon.wire.filter.PacketFilter;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** Reads and decodes one capture after another in the calling thread. */
final class SoloDecoder {
  private final DealtBlock dealt = new DealtBlock(1);
  private final NameTable names = new NameTable();
  private final FactOptions options;
  private final @Nullable PacketFilter filter;

  /**
   * A decoder.
   *
   * @param filter whose packets to follow, or null for all
   */
  SoloDecoder(FactOptions options, @Nullable PacketFilter filter) {
    this.options = options;
    this.filter = filter;
  }

  /** Reads a capture to its end; returns what was odd about its packets. */
  AnomalyCounts run(CaptureReader reader, RowSink rows)
      throws ClosedChannelException, InterruptedException {
    AnomalyCounts anomalies = new AnomalyCounts();
    Dealer dealer = new Dealer(1, filter);
    FlowTracker flows = new FlowTracker(rows, anomalies, names, options);
    while (reader.read(dealt.block())) {
      dealer.deal(dealt);
      flows.accept(dealt, 0);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    flows.finish();
    anomalies.merge(dealer.anomalies());
    return anomalies;
  }
}
