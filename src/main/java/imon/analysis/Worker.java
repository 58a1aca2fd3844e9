package imon.analysis;

import imon.decode.DealtBlock;
import imon.flow.FlowTracker;
import imon.flow.option.FactOptions;
import imon.flow.row.RowSink;
import imon.name.NameTable;
import imon.pcap.AnomalyCounts;
import java.util.concurrent.BlockingQueue;

/** Decodes its share of every block of one capture. */
final class Worker implements Failure.Work {
  private final int number;
  private final BlockingQueue<DealtBlock> dealt;
  private final BlockingQueue<DealtBlock> free;
  private final DealtBlock end;
  private final AnomalyCounts anomalies = new AnomalyCounts();
  private final FlowTracker flows;

  Worker(
      int number,
      BlockingQueue<DealtBlock> dealt,
      BlockingQueue<DealtBlock> free,
      DealtBlock end,
      RowSink rows,
      FactOptions options) {
    this.number = number;
    this.dealt = dealt;
    this.free = free;
    this.end = end;
    flows = new FlowTracker(rows, anomalies, new NameTable(), options);
  }

  @Override
  public void run() throws InterruptedException {
    for (DealtBlock block = dealt.take(); block != end; block = dealt.take()) {
      flows.accept(block, number);
      if (block.done()) {
        free.put(block);
      }
    }
    flows.finish();
  }

  /** What was odd; complete when {@link #run} has returned. */
  AnomalyCounts anomalies() {
    return anomalies;
  }
}
