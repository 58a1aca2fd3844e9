package imon.decode;

import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.wire.filter.PacketFilter;
import org.jspecify.annotations.Nullable;

/**
 * Says which packets are a worker's: a symmetric hash of the innermost address pair deals them;
 * packets that have none, or that a filter rejects, go to the workers in turn. Each worker has a
 * dealer of its own, which sees all packets of a capture in their order: all of them agree, as
 * nothing but the packets matters.
 */
public final class Dealer {
  /** Captured bytes of a tick. */
  private static final int TICK_BYTES = 1024;

  private final int worker;
  private final int workers;
  private final @Nullable PacketFilter filter;
  private final AnomalyCounts anomalies = new AnomalyCounts();
  private final NetworkWalk walk = new NetworkWalk(anomalies);
  private final FragmentTrail trail = new FragmentTrail();
  private final SpanClock clock = new SpanClock();
  private long tick;
  private boolean endsSpan;
  private int network;
  private int fragmented;
  private int carrier;

  /** One that gives a single worker all packets. */
  public Dealer() {
    this(0, 1, null);
  }

  /**
   * One that deals packets which the filter rejects as just that; they are not looked at.
   *
   * @param worker whose packets to find, from 0
   * @param filter whose packets to follow, or null for all
   */
  public Dealer(int worker, int workers, @Nullable PacketFilter filter) {
    this.worker = worker;
    this.workers = workers;
    this.filter = filter;
  }

  /**
   * Whether the next packet of the capture is the worker's; a {@link Packet} reads it then.
   *
   * @throws java.io.UncheckedIOException when the filter has no meaning for a packet's link type
   */
  public boolean deals(Block block, int index) {
    long number = block.packetNumber(index);
    tick += ticks(block.capturedLength(index));
    endsSpan = clock.tick(number, block.time(index));
    fragmented = 0;
    carrier = 0;
    if (filter != null && !accepts(filter, block, index)) {
      network = NetworkWalk.FILTERED;
      return isTurn(number);
    }
    int start = block.start(index);
    int limit = start + block.capturedLength(index);
    network = walk.walk(block.bytes(), start, limit, block.linkType(index), number);
    if (network < 0) {
      return isTurn(number);
    }
    return isOf(walk.fragmented() == 0 ? walk.pairHash() : hashOfFragment(block, index));
  }

  /**
   * As many as a packet has KiB, rounded; so one for a small one, and for a frame of 1,518 bytes.
   */
  private static int ticks(int capturedLength) {
    return Math.max(1, (capturedLength + TICK_BYTES / 2) / TICK_BYTES);
  }

  private static boolean accepts(PacketFilter filter, Block block, int index) {
    return filter.accepts(
        block.bytes(),
        block.start(index),
        block.capturedLength(index),
        block.wireLength(index),
        block.linkType(index));
  }

  private boolean isTurn(long number) {
    return number % workers == worker;
  }

  private boolean isOf(long hash) {
    return (int) (((hash >>> 32) * workers) >>> 32) == worker;
  }

  private long hashOfFragment(Block block, int index) {
    fragmented = walk.fragmented();
    trail.follow(
        block.bytes(),
        fragmented,
        network,
        walk.pairHash(),
        block.packetNumber(index),
        block.time(index));
    carrier = walk.carrier();
    if (carrier != 0) {
      trail.carry(block.bytes(), carrier, block.packetNumber(index), block.time(index));
    }
    return trail.hash();
  }

  /**
   * Offset of the packet's innermost IP header, or {@link NetworkWalk#NON_IP}, {@link
   * NetworkWalk#UNDECODABLE} or {@link NetworkWalk#FILTERED}.
   */
  int network() {
    return network;
  }

  /** What {@link NetworkWalk#fragmented} said of the packet. */
  int fragmented() {
    return fragmented;
  }

  /** What {@link NetworkWalk#carrier} said of the packet. */
  int carrier() {
    return carrier;
  }

  /** The hash that the packet, a fragment, and all others of its datagram are dealt by. */
  long fragmentHash() {
    return trail.hash();
  }

  /** Whether the packet, a fragment, follows the first one of a tunnel's packet. */
  boolean isFollowing() {
    return trail.isFollowing();
  }

  /**
   * The capture's own clock at the packet that was dealt last, or 0: it goes on by one with each
   * packet of the capture, and with a large one by its KiB. So what is kept for so many ticks is
   * never more than some bytes for each, however large packets are.
   */
  public long tick() {
    return tick;
  }

  /** Whether a span of packets has ended before the packet; see {@link SpanClock}. */
  public boolean endsSpan() {
    return endsSpan;
  }

  /** The earliest time of a packet of the span that ended last, nanoseconds since 1970 UTC. */
  public long spanEarliest() {
    return clock.earliest();
  }

  /** The latest time of a packet of that span, nanoseconds since 1970 UTC. */
  public long spanLatest() {
    return clock.latest();
  }

  /** What was odd about link and network headers of this capture, whosever packets they are. */
  public AnomalyCounts anomalies() {
    return anomalies;
  }
}
