package imon.decode;

import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.wire.filter.PacketFilter;
import org.jspecify.annotations.Nullable;

/**
 * Deals the packets of a block to workers by a symmetric hash of the innermost address pair;
 * packets that have none, or that a filter rejects, go to the workers in turn. Each worker has a
 * dealer of its own, which sees all packets of a capture and gives the worker its share: all of
 * them agree, as nothing but the packets matters.
 */
public final class Dealer {
  private final int worker;
  private final int workers;
  private final @Nullable PacketFilter filter;
  private final AnomalyCounts anomalies = new AnomalyCounts();
  private final NetworkWalk walk = new NetworkWalk(anomalies);
  private final FragmentTrail trail = new FragmentTrail();
  private final SpanClock clock = new SpanClock();

  /** One that gives a single worker all packets. */
  public Dealer() {
    this(0, 1, null);
  }

  /**
   * One that deals packets which the filter rejects as just that; they are not looked at.
   *
   * @param worker whose packets to deal, from 0
   * @param filter whose packets to follow, or null for all
   */
  public Dealer(int worker, int workers, @Nullable PacketFilter filter) {
    this.worker = worker;
    this.workers = workers;
    this.filter = filter;
  }

  /**
   * Deals the packets of a block.
   *
   * @throws java.io.UncheckedIOException when the filter has no meaning for a packet's link type
   */
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
      if (filter != null && !accepts(filter, block, i)) {
        deal(dealt, i, turn(number), NetworkWalk.FILTERED, 0);
        continue;
      }
      int network =
          walk.walk(bytes, start, start + block.capturedLength(i), block.linkType(i), number);
      if (network >= 0 && walk.fragmented() != 0) {
        dealFragment(dealt, i, network);
      } else {
        deal(dealt, i, worker(network, number), network, 0);
      }
    }
  }

  private void deal(DealtBlock dealt, int index, int to, int network, int fragmented) {
    if (to == worker) {
      dealt.deal(index, network, fragmented);
    }
  }

  private static boolean accepts(PacketFilter filter, Block block, int index) {
    return filter.accepts(
        block.bytes(),
        block.start(index),
        block.capturedLength(index),
        block.wireLength(index),
        block.linkType(index));
  }

  /** What was odd about link and network headers of this capture, whosever packets they are. */
  public AnomalyCounts anomalies() {
    return anomalies;
  }

  private int worker(int network, long number) {
    return network < 0 ? turn(number) : worker(walk.pairHash());
  }

  private int turn(long number) {
    return (int) (number % workers);
  }

  private int worker(long hash) {
    return (int) (((hash >>> 32) * workers) >>> 32);
  }

  private void dealFragment(DealtBlock dealt, int index, int network) {
    Block block = dealt.block();
    int fragmented = walk.fragmented();
    trail.follow(
        block.bytes(),
        fragmented,
        network,
        walk.pairHash(),
        block.packetNumber(index),
        block.time(index));
    deal(
        dealt,
        index,
        worker(trail.hash()),
        network,
        trail.isFollowing() ? ~fragmented : fragmented);
  }
}
