package imon.flow;

import imon.decode.Packet;
import imon.flow.option.IdleTimeouts;
import imon.flow.stream.StreamProbe;
import imon.wire.IpProtocol;
import imon.wire.TcpSegment;
import org.jspecify.annotations.Nullable;

/**
 * Where one flow ends and the next between the same two ends begins: at a silence, at the SYN of
 * another connection, or at the first request of one whose beginning is not there, behind the end
 * of another request or of a response. Nothing but the flow's own packets decides.
 */
final class FlowBorders {
  /** How far behind a data segment its own SYN may come. */
  private static final int SYN_LATENESS = 1 << 20;

  /** Further than that from a SYN the other side acknowledges an older connection's bytes. */
  private static final int MOST_MISSING = 1 << 20;

  private final FlowTable table;
  private final Runs runs;
  private final StreamProbe probe;

  /** Nanoseconds of silence that a flow outlasts. */
  private final long tcpGap;

  private final long otherGap;

  FlowBorders(FlowTable table, Runs runs, StreamProbe probe, IdleTimeouts timeouts) {
    this.table = table;
    this.runs = runs;
    this.probe = probe;
    tcpGap = timeouts.tcp();
    otherGap = timeouts.other();
  }

  /**
   * Whether a packet that is not counted yet begins another flow.
   *
   * @param tcp its header, or null when it has none that shows a SYN: then the packet is not used
   */
  boolean isSplit(int slot, boolean fromA, long time, @Nullable TcpSegment tcp, Packet packet) {
    if (isApart(slot, time, time)) {
      return true;
    }
    return tcp != null
        && (tcp.isSyn() ? isNewSyn(slot, fromA, tcp) : isFirstRequest(slot, fromA, tcp, packet));
  }

  /**
   * Whether this is the first request that is seen of a connection whose beginning is not, and data
   * came before: that was the end of a request which is not in this flow, or of a response to one,
   * for whichever host. Behind a gap it was lost, and its answer may be here.
   */
  private boolean isFirstRequest(int slot, boolean fromA, TcpSegment tcp, Packet packet) {
    return packet.payload() < packet.payloadLimit()
        && FlowState.isJoinedWithin(table.state(slot), fromA)
        && !isBeforeStart(slot, fromA, tcp)
        && isAnswerKnown(slot, fromA, tcp.acknowledgmentNumber())
        && probe.isRequest(packet.buffer(), packet.payload(), packet.payloadLimit());
  }

  /**
   * Whether the response to what looks like a request can be told from those to requests before it.
   * Behind a gap it cannot if the client had heard nothing of the server when it asked; and what
   * looks so in the server's bytes is the rest of something else.
   *
   * @param acknowledged what the request's segment acknowledges: where the response begins
   */
  boolean isAnswerKnown(int slot, boolean fromA, int acknowledged) {
    long state = table.state(slot);
    if (!FlowState.isBehindGap(state, fromA)) {
      return true;
    }
    boolean told = FlowState.isSynSeen(state, !fromA) || FlowState.isStartSeen(state, !fromA);
    return told
        && FlowState.isClientA(state) == fromA
        && acknowledged - (table.sequence(slot, !fromA) + 1) > 0;
  }

  /** Whether what its sender has said so far comes after it, or is the same. */
  private boolean isBeforeStart(int slot, boolean fromA, TcpSegment tcp) {
    long state = table.state(slot);
    boolean told = FlowState.isSynSeen(state, fromA) || FlowState.isStartSeen(state, fromA);
    return told && tcp.sequenceNumber() - table.sequence(slot, fromA) <= 1;
  }

  /** Whether all between two times is too late for a flow, or all too early. */
  boolean isApart(int slot, long earliest, long latest) {
    long gap = gap(table.get(slot, FlowTable.ENDS));
    return earliest - lastTime(slot) > gap || table.get(slot, FlowTable.FIRST_TIME) - latest > gap;
  }

  private long gap(long ends) {
    return FlowKey.protocol(ends) == IpProtocol.TCP ? tcpGap : otherGap;
  }

  private long lastTime(int slot) {
    return FlowState.isFollowed(table.state(slot))
        ? runs.lastTime(slot)
        : table.get(slot, FlowTable.LAST_TIME);
  }

  private boolean isNewSyn(int slot, boolean fromA, TcpSegment tcp) {
    long state = table.state(slot);
    int known = table.sequence(slot, fromA);
    if (FlowState.isSynSeen(state, fromA)) {
      return tcp.sequenceNumber() != known;
    }
    if (isAnswer(slot, !fromA, tcp)) {
      return false;
    }
    int lateness = known - tcp.sequenceNumber();
    return FlowState.isStartSeen(state, fromA)
        ? lateness < 0 || lateness > SYN_LATENESS
        : hasPackets(slot, fromA);
  }

  /**
   * Whether it answers the SYN of the flow's other side. Before it there may have been packets of
   * an older connection, such as the acknowledgment that a server in TIME-WAIT or with the old one
   * still open gives to a SYN (RFC 9293, section 3.10.7.4; RFC 5961, section 4).
   */
  private boolean isAnswer(int slot, boolean synFromA, TcpSegment tcp) {
    return tcp.isAck()
        && FlowState.isSynSeen(table.state(slot), synFromA)
        && tcp.acknowledgmentNumber() - 1 == table.sequence(slot, synFromA);
  }

  /** A direction that has packets but no data, and no SYN before them, is an older connection's. */
  private boolean hasPackets(int slot, boolean fromA) {
    return table.get(slot, fromA ? FlowTable.PACKETS_A : FlowTable.PACKETS_B) > 0;
  }

  /** Whether the very start of a direction is known and a segment with data is not it. */
  boolean isAhead(int slot, boolean fromA, int sequence) {
    long state = table.state(slot);
    return FlowState.isStartKnown(state, fromA)
        && FlowState.starts(state, fromA) == 0
        && sequence - (table.sequence(slot, fromA) + 1) > 0;
  }

  /**
   * Whether a segment acknowledges bytes behind the SYN of the direction that it does not belong
   * to: if nobody saw these, they were received all the same, and will not come again.
   */
  boolean isStartAcknowledged(int slot, boolean fromA, TcpSegment tcp) {
    int count = tcp.acknowledgmentNumber() - (table.sequence(slot, fromA) + 1);
    return tcp.isAck() && count > 0 && count <= MOST_MISSING;
  }

  /**
   * Whether a segment with data shows that the connection went on behind bytes nobody saw.
   *
   * @param sequence number of its first byte
   */
  boolean isFirstBehindGap(int slot, boolean fromA, int sequence) {
    long state = table.state(slot);
    return FlowState.isBehindGap(state, fromA)
        && !FlowState.isStartSeen(state, fromA)
        && sequence - (table.sequence(slot, fromA) + 1) > 0;
  }

  /** Notes data of a direction that is its start, or is taken for it. */
  void noteStart(int slot, boolean fromA, int sequence) {
    long state = table.state(slot);
    if (!FlowState.isSynSeen(state, fromA)) {
      table.setSequence(slot, fromA, sequence - 1);
    } else if (sequence - (table.sequence(slot, fromA) + 1) <= 0) {
      // It was acknowledged before it was captured.
      state = FlowState.withoutGap(state, fromA);
    }
    table.setState(slot, FlowState.withStartSeen(state, fromA));
  }

  /** Notes a SYN of the flow: it says who is the client, and where the streams begin. */
  void noteSyn(int slot, boolean fromA, TcpSegment tcp) {
    long state = table.state(slot);
    table.setSequence(slot, fromA, tcp.sequenceNumber());
    state = FlowState.withSynSeen(state, fromA);
    if (tcp.isAck() && !FlowState.isSynSeen(state, !fromA)) {
      table.setSequence(slot, !fromA, tcp.acknowledgmentNumber() - 1);
      state = FlowState.withSynSeen(state, !fromA);
    }
    table.setState(slot, FlowState.withSynSender(state, tcp.isAck() != fromA));
  }
}
