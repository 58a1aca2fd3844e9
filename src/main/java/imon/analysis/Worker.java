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
    int spanEnd = block.endsSpan() ? block.spanEnd() : Integer.MAX_VALUE;
    int i = 0;
    for (; i < size && block.share(number, i) < spanEnd; i++) {
      decode(block, block.share(number, i));
    }
    if (block.endsSpan()) {
      long next = block.block().packetNumber(spanEnd);
      flows.endSpan(next, block.spanEarliest(), block.spanLatest());
    }
    for (; i < size; i++) {
      decode(block, block.share(number, i));
    }
  }

  private void decode(DealtBlock block, int index) {
    flows.accept(packet, packet.read(block, index));
  }

  /** What was odd; complete when {@link #run} has returned. */
  AnomalyCounts anomalies() {
    return anomalies;
  }
}
