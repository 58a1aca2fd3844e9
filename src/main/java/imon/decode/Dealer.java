package imon.decode;

import imon.pcap.AnomalyCounts;
import imon.pcap.Block;

/**
 * Deals the packets of a block to workers by a symmetric hash of the innermost address pair;
 * packets that have none go to the workers in turn. One dealer serves one capture, in the reading
 * thread.
 */
public final class Dealer {
  private final int workers;
  private final AnomalyCounts anomalies = new AnomalyCounts();
  private final NetworkWalk walk = new NetworkWalk(anomalies);
  private final FragmentTrail trail = new FragmentTrail();
  private final SpanClock clock = new SpanClock();

  public Dealer(int workers) {
    this.workers = workers;
  }

  public void deal(DealtBlock dealt) {
    Block block = dealt.block();
    dealt.prepare();
    byte[] bytes = block.bytes();
    int count = block.count();
    for (int i = 0; i < count; i++) {
      int start = block.start(i);
      long number = block.packetNumber(i);
      if (clock.tick(number, block.time(i))) {
        dealt.endSpan(i, clock.earliest(), clock.latest());
      }
      int network =
          walk.walk(bytes, start, start + block.capturedLength(i), block.linkType(i), number);
      dealt.deal(i, worker(bytes, network, number), network, walk.fragmented());
    }
    dealt.dealt();
  }

  /** What was odd about link and network headers of this capture. */
  public AnomalyCounts anomalies() {
    return anomalies;
  }

  private int worker(byte[] bytes, int network, long number) {
    if (network < 0) {
      return (int) (number % workers);
    }
    long hash = walk.pairHash();
    if (walk.fragmented() != 0) {
      hash = trail.follow(bytes, walk.fragmented(), network, hash);
    }
    return (int) (((hash >>> 32) * workers) >>> 32);
  }
}
