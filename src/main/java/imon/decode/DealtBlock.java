package imon.decode;

import imon.pcap.Block;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A block of records whose packets have been dealt to workers. Filled by a {@link Dealer}, then
 * only read; it may be filled again when every worker that has a share has called {@link #done}.
 */
public final class DealtBlock {
  private final Block block = new Block();
  private final int[][] shares;
  private final int[] shareSizes;
  private final AtomicInteger open = new AtomicInteger();
  private int[] network = new int[0];
  private int[] fragmented = new int[0];

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

  /**
   * Offset of the innermost IP header of packet {@code index}, or {@link NetworkWalk#NON_IP}, or
   * {@link NetworkWalk#UNDECODABLE}.
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

  /** A worker says that it needs its share no more; true for the last one. */
  public boolean done() {
    return open.decrementAndGet() == 0;
  }

  void prepare() {
    if (network.length < block.count()) {
      network = new int[block.count() + 1024];
      fragmented = new int[network.length];
    }
    Arrays.fill(shareSizes, 0);
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

  /** Counts the workers that have a share. */
  void dealt() {
    int sharing = 0;
    for (int size : shareSizes) {
      sharing += size > 0 ? 1 : 0;
    }
    open.set(sharing);
  }
}
