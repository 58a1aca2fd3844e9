package imon.decode;

import imon.pcap.Block;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A block of records whose packets have been dealt to workers. Filled by a {@link Dealer}, then
 * only read; it may be filled again when every worker it {@link #concerns} has called {@link
 * #done}.
 */
public final class DealtBlock {
  private final Block block = new Block();
  private final int[][] shares;
  private final int[] shareSizes;
  private final AtomicInteger open = new AtomicInteger();
  private int[] network = new int[0];
  private int[] fragmented = new int[0];
  private int spanEnd;
  private long spanEarliest;
  private long spanLatest;

  public DealtBlock(int workers) {
    shares = new int[workers][1024];
    shareSizes = new int[workers];
  }

  /** The records; a reader fills it before a {@link Dealer} deals it. */
  public Block block() {
    return block;
  }

  /** How many packets {@code worker} has in this block. */
  public int shareSize(int worker) {
    return shareSizes[worker];
  }

  /** Index in the block of the {@code i}-th packet of {@code worker}, ascending. */
  public int share(int worker, int i) {
    return shares[worker][i];
  }

  /** Whether a worker has to see this block: it has a share, or a span of packets ends. */
  public boolean concerns(int worker) {
    return shareSizes[worker] > 0 || endsSpan();
  }

  /** Whether a span of packets ends in this block; see {@link SpanClock}. */
  public boolean endsSpan() {
    return spanEnd >= 0;
  }

  /** Index of the first packet behind the span that ends in this block, or -1. */
  public int spanEnd() {
    return spanEnd;
  }

  /** The earliest time of a packet of that span, nanoseconds since 1970 UTC. */
  public long spanEarliest() {
    return spanEarliest;
  }

  /** The latest time of a packet of that span, nanoseconds since 1970 UTC. */
  public long spanLatest() {
    return spanLatest;
  }

  /**
   * Offset of the innermost IP header of packet {@code index}, or {@link NetworkWalk#NON_IP},
   * {@link NetworkWalk#UNDECODABLE} or {@link NetworkWalk#FILTERED}.
   */
  int network(int index) {
    return network[index];
  }

  /**
   * What {@link NetworkWalk#fragmented} said of packet {@code index}; its bits are inverted for a
   * fragment that follows the first one of a tunnel packet.
   */
  int fragmented(int index) {
    return fragmented[index];
  }

  /** A worker says that it needs the block no more; true for the last one. */
  public boolean done() {
    return open.decrementAndGet() == 0;
  }

  void prepare() {
    if (network.length < block.count()) {
      network = new int[block.count() + 1024];
      fragmented = new int[network.length];
    }
    Arrays.fill(shareSizes, 0);
    spanEnd = -1;
  }

  void deal(int index, int worker, int networkOffset, int fragmentOffset) {
    network[index] = networkOffset;
    fragmented[index] = fragmentOffset;
    int size = shareSizes[worker]++;
    if (size == shares[worker].length) {
      shares[worker] = Arrays.copyOf(shares[worker], size * 2);
    }
    shares[worker][size] = index;
  }

  void endSpan(int index, long earliest, long latest) {
    spanEnd = index;
    spanEarliest = earliest;
    spanLatest = latest;
  }

  /** Counts the workers that this block concerns. */
  void dealt() {
    int concerned = 0;
    for (int worker = 0; worker < shareSizes.length; worker++) {
      concerned += concerns(worker) ? 1 : 0;
    }
    open.set(concerned);
  }
}
