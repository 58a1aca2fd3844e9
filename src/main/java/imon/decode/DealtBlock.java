package imon.decode;

import imon.pcap.Block;
import java.util.Arrays;

/**
 * A block of records, and which of its packets one worker has to follow. Filled by a {@link
 * Dealer}; it may be filled again and again.
 */
public final class DealtBlock {
  private final Block block = new Block();
  private int[] share = new int[1024];
  private int shareSize;
  private int[] network = new int[0];
  private int[] fragmented = new int[0];
  private int spanEnd;
  private long spanEarliest;
  private long spanLatest;

  /** The records; a reader fills it before a {@link Dealer} deals it. */
  public Block block() {
    return block;
  }

  /** How many packets of this block the worker has. */
  public int shareSize() {
    return shareSize;
  }

  /** Index in the block of the {@code i}-th packet of the worker, ascending. */
  public int share(int i) {
    return share[i];
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
   * Offset of the innermost IP header of packet {@code index}, which the worker has, or {@link
   * NetworkWalk#NON_IP}, {@link NetworkWalk#UNDECODABLE} or {@link NetworkWalk#FILTERED}.
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

  void prepare() {
    if (network.length < block.count()) {
      network = new int[block.count() + 1024];
      fragmented = new int[network.length];
    }
    shareSize = 0;
    spanEnd = -1;
  }

  /** Gives the worker the packet {@code index}. */
  void deal(int index, int networkOffset, int fragmentOffset) {
    network[index] = networkOffset;
    fragmented[index] = fragmentOffset;
    if (shareSize == share.length) {
      share = Arrays.copyOf(share, shareSize * 2);
    }
    share[shareSize++] = index;
  }

  void endSpan(int index, long earliest, long latest) {
    spanEnd = index;
    spanEarliest = earliest;
    spanLatest = latest;
  }
}
