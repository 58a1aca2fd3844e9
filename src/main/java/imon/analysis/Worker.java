package imon.analysis;

import imon.decode.DealtBlock;
import imon.decode.Packet;
import imon.flow.FlowTracker;
import imon.flow.row.RowSink;
import imon.pcap.AnomalyCounts;
import java.util.concurrent.BlockingQueue;

/** Decodes its share of every block of one capture. */
final class Worker implements Failure.Work {
  private final int number;
  private final BlockingQueue<DealtBlock> dealt;
  private final BlockingQueue<DealtBlock> free;
  private final DealtBlock end;
  private final AnomalyCounts anomalies = new AnomalyCounts();
  private final Packet packet = new Packet(anomalies);
  private final FlowTracker flows;

  Worker(
      int number,
      BlockingQueue<DealtBlock> dealt,
      BlockingQueue<DealtBlock> free,
      DealtBlock end,
      RowSink rows) {
    this.number = number;
    this.dealt = dealt;
    this.free = free;
    this.end = end;
    flows = new FlowTracker(rows, anomalies);
  }

  @Override
  public void run() throws InterruptedException {
    for (DealtBlock block = dealt.take(); block != end; block = dealt.take()) {
      decode(block);
      if (block.done()) {
        free.put(block);
      }
    }
    flows.finish();
  }

  private void decode(DealtBlock block) {
    flows.advance(block.block().packetNumber(0));
    int size = block.shareSize(number);
    for (int i = 0; i < size; i++) {
      flows.accept(packet, packet.read(block, block.share(number, i)));
    }
  }

  /** What was odd; complete when {@link #run} has returned. */
  AnomalyCounts anomalies() {
    return anomalies;
  }
}
