package imon.flow;

import imon.decode.Packet;
import imon.flow.recent.FreePlaces;
import imon.flow.recent.OpenStates;
import imon.flow.recent.StreamStart;
import imon.flow.stream.Conversation;
import imon.flow.stream.Run;
import imon.http.HttpRequest;
import imon.name.NameTable;
import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.wire.TcpSegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP connections that are followed: finds the record that counts each of their packets, one
 * for each run of requests to one host, and writes a run's rows when both sides have left it.
 *
 * <p>The record that the table finds is that of the oldest run that is not written yet; younger
 * ones are counted beside it until they take its place.
 */
final class Runs {
  /** A connection is followed over so many packets of the capture without one of its own. */
  static final long IDLE_LIMIT = 1 << 20;

  /** Every so many ticks each connection is looked at, whether it is idle or waits in vain. */
  private static final long CHECK_DISTANCE = 1 << 16;

  private final FlowTable table;
  private final Evidences evidences;
  private final FlowCloser closer;
  private final AnomalyCounts anomalies;
  private final OpenStates<StreamStart> starts;
  private final HttpRequest reader;
  private final List<@Nullable Followed> followed = new ArrayList<>();
  private final FreePlaces free = new FreePlaces();
  private final Deque<Followed> unchecked = new ArrayDeque<>();

  private static final class Followed {
    final int slot;
    final boolean clientIsA;
    final Conversation conversation;
    Run oldest;
    long lastTime;
    long lastPacket;
    long lastTick;
    long checkedTick;
    boolean over;

    Followed(int slot, boolean clientIsA, Conversation conversation, Run first) {
      this.slot = slot;
      this.clientIsA = clientIsA;
      this.conversation = conversation;
      oldest = first;
    }
  }

  /**
   * @param starts takes those of tunnels
   */
  Runs(
      FlowTable table,
      Evidences evidences,
      FlowCloser closer,
      OpenStates<StreamStart> starts,
      NameTable names,
      AnomalyCounts anomalies) {
    this.table = table;
    this.evidences = evidences;
    this.closer = closer;
    this.starts = starts;
    this.anomalies = anomalies;
    reader = new HttpRequest(names);
  }

  /**
   * A packet that is counted already has a connection's first request, or shows that it came.
   *
   * @param sequence number of the request's first byte, which is at {@code buffer[offset]}
   * @param answer sequence number of the first byte of the response to it
   */
  void begin(
      int slot,
      boolean fromA,
      Packet packet,
      int sequence,
      int answer,
      byte[] buffer,
      int offset,
      int limit) {
    Run first = Run.first(slot);
    Conversation conversation = new Conversation(reader, first, sequence, answer);
    if (!Objects.requireNonNull(packet.tcp()).isAck()) {
      conversation.awaitServer();
    }
    Followed flow = new Followed(slot, fromA, conversation, first);
    flow.lastTime = table.get(slot, FlowTable.LAST_TIME);
    flow.lastPacket = packet.number();
    flow.lastTick = packet.tick();
    flow.checkedTick = packet.tick();
    conversation.read(
        true, sequence, buffer, offset, limit, packet.number(), packet.tick(), packet.time());
    unchecked.add(flow);
    table.setState(
        slot, FlowState.withAllDone(FlowState.withFollowed(table.state(slot), enter(flow))));
    counted(slot, packet);
  }

  /** What answers the first request was captured before it, and is counted. */
  void answered(int slot, Packet packet, StreamStart answer) {
    if (FlowState.isFollowed(table.state(slot))) {
      var unused =
          followed(slot)
              .conversation
              .read(
                  false,
                  answer.sequence(),
                  answer.bytes(),
                  0,
                  answer.contiguous(),
                  packet.number(),
                  packet.tick(),
                  packet.time());
      counted(slot, packet);
    }
  }

  private int enter(Followed flow) {
    if (free.isEmpty()) {
      followed.add(flow);
      return followed.size() - 1;
    }
    int place = free.take();
    followed.set(place, flow);
    return place;
  }

  private Followed followed(int slot) {
    return Objects.requireNonNull(followed.get(FlowState.followed(table.state(slot))));
  }

  /** Time of the latest packet of a followed flow, whichever run it is of. */
  long lastTime(int slot) {
    return followed(slot).lastTime;
  }

  /** The record that counts a packet of a followed flow; {@link #counted} comes next. */
  int place(int slot, boolean fromA, Packet packet) {
    Followed flow = followed(slot);
    Run run = run(flow, fromA == flow.clientIsA, packet);
    return place(flow, run, packet.number(), packet.tick(), packet.time());
  }

  /**
   * The record that counts another fragment of a packet of a followed flow.
   *
   * @param packet the one at hand: the fragment itself, or the one it has waited for
   */
  int placeFragment(int slot, boolean fromA, Packet packet, long packetNumber, long time) {
    Followed flow = followed(slot);
    Run run = flow.conversation.run(fromA == flow.clientIsA);
    return place(flow, run, packetNumber, packet.tick(), time);
  }

  private int place(Followed flow, Run run, long packetNumber, long tick, long time) {
    flow.lastPacket = packetNumber;
    flow.lastTick = tick;
    flow.lastTime = Math.max(flow.lastTime, time);
    if (run.slot() == Run.UNCOUNTED) {
      run.setSlot(table.addBeside());
      table.open(run.slot(), packetNumber, time);
    }
    return run.slot();
  }

  /**
   * Data belongs to the run of its first byte. What has none answers the other side, and belongs to
   * the run that one is in; the last words belong to the last run.
   */
  private static Run run(Followed flow, boolean fromClient, Packet packet) {
    TcpSegment tcp = packet.tcp();
    if (tcp == null) {
      return flow.conversation.run(fromClient);
    }
    int sequence = tcp.sequenceNumber() + (tcp.isSyn() ? 1 : 0);
    boolean hasData = Streams.hasData(packet);
    if (!fromClient && (tcp.isSyn() || hasData)) {
      flow.conversation.serverBegins(sequence);
    }
    if (!hasData) {
      return flow.conversation.run(tcp.isLast() || !fromClient);
    }
    return flow.conversation.read(
        fromClient,
        sequence,
        packet.buffer(),
        packet.payload(),
        packet.payloadLimit(),
        packet.number(),
        packet.tick(),
        packet.time());
  }

  /** A packet of a followed flow was counted: writes what is over because of it. */
  void counted(int slot, Packet packet) {
    Followed flow = followed(slot);
    TcpSegment tcp = packet.tcp();
    Conversation.State state = flow.conversation.state();
    if (state != Conversation.State.FOLLOWED) {
      stop(flow, state);
    } else if (tcp != null && tcp.isLast() && flow.oldest.next() == null) {
      countMissing(flow);
      leave(flow);
    } else {
      writeRunsBefore(flow, flow.conversation.run(false));
    }
  }

  private void stop(Followed flow, Conversation.State state) {
    leave(flow);
    switch (state) {
      case TUNNEL -> awaitTunnel(flow);
      case LOST -> anomalies.count(Anomaly.HTTP_BORDERS_LOST, flow.lastPacket);
      case TOO_MANY_RUNS -> anomalies.count(Anomaly.HTTP_RUNS_LIMIT, flow.lastPacket);
      case FOLLOWED, OVER -> {}
    }
  }

  /** Where the server goes on is known from its answer only. */
  private void awaitTunnel(Followed flow) {
    table.setState(flow.slot, FlowState.withOtherStarts(table.state(flow.slot)));
    awaitStart(flow, true);
    if (!flow.conversation.isConnecting()) {
      awaitStart(flow, false);
    }
  }

  private void awaitStart(Followed flow, boolean ofClient) {
    table.setKept(flow.slot);
    starts.open(
        FlowTable.direction(flow.slot, ofClient == flow.clientIsA),
        flow.lastTick,
        flow.conversation.rest(ofClient));
  }

  /** The server has come to this run, and the client was there before. */
  private void writeRunsBefore(Followed flow, Run current) {
    while (flow.oldest != current) {
      Run heir = nextCounted(flow.oldest);
      if (heir == null || heir.isAfter(current)) {
        return;
      }
      handOver(flow, heir);
    }
  }

  /** The next run that has packets: one may begin and end within the packets of others. */
  private static @Nullable Run nextCounted(Run run) {
    Run next = run.next();
    while (next != null && next.slot() == Run.UNCOUNTED) {
      next = next.next();
    }
    return next;
  }

  private void handOver(Followed flow, Run heir) {
    write(flow);
    table.moveCounts(heir.slot(), flow.slot);
    table.setState(flow.slot, FlowState.withLaterRun(table.state(flow.slot)));
    heir.setSlot(flow.slot);
    flow.oldest = heir;
  }

  private void write(Followed flow) {
    settle(flow);
    closer.close(flow.slot);
  }

  /** What the oldest run's requests tell becomes its record's. */
  private void settle(Followed flow) {
    evidences.write(flow.slot, flow.oldest);
    if (flow.oldest.isToAddress()) {
      table.setState(flow.slot, FlowState.withApart(table.state(flow.slot)));
    }
    if (flow.oldest.isProxied()) {
      table.setState(flow.slot, FlowState.withProxy(table.state(flow.slot)));
    }
  }

  /** From here on all is of the last run that has packets; the flow is not followed any more. */
  private void leave(Followed flow) {
    writeAllButLast(flow);
    settle(flow);
    forget(flow);
  }

  private void writeAllButLast(Followed flow) {
    Run heir = nextCounted(flow.oldest);
    while (heir != null) {
      handOver(flow, heir);
      heir = nextCounted(heir);
    }
  }

  private void forget(Followed flow) {
    int place = FlowState.followed(table.state(flow.slot));
    followed.set(place, null);
    free.give(place);
    flow.over = true;
    table.setState(flow.slot, FlowState.withoutFollowed(table.state(flow.slot)));
  }

  /** A followed flow is over: writes all its runs. */
  void close(int slot) {
    Followed flow = followed(slot);
    countMissing(flow);
    writeAllButLast(flow);
    write(flow);
    forget(flow);
  }

  /**
   * What waits for lost bytes was not read: requests that may be other runs', or responses that are
   * of one of several.
   */
  private boolean countMissing(Followed flow) {
    boolean isMissing =
        flow.conversation.isMissingBytes(true)
            || (flow.conversation.isMissingBytes(false) && flow.oldest.next() != null);
    if (isMissing) {
      anomalies.count(Anomaly.HTTP_BORDERS_LOST, flow.lastPacket);
    }
    return isMissing;
  }

  /** Gives a followed flow up if it was idle for too long, or has waited for bytes for too long. */
  void expire(int slot, long packetNumber, long tick) {
    Followed flow = followed(slot);
    if (!isTooLate(flow, packetNumber, tick)) {
      return;
    }
    if (flow.conversation.isConnecting()) {
      // Not from here on, which may be the border of a block.
      stop(flow, Conversation.State.TUNNEL);
      return;
    }
    boolean isCounted = countMissing(flow);
    leave(flow);
    if (!isCounted) {
      table.setState(slot, FlowState.withGivenUp(FlowState.withoutDone(table.state(slot))));
    }
  }

  private static boolean isTooLate(Followed flow, long packetNumber, long tick) {
    return packetNumber - flow.lastPacket > IDLE_LIMIT || flow.conversation.isWaitingTooLong(tick);
  }

  /** The same for all flows, a part of them each time. */
  void expire(long packetNumber, long tick) {
    Followed flow = unchecked.peek();
    while (flow != null && tick - flow.checkedTick > CHECK_DISTANCE) {
      unchecked.remove();
      if (!flow.over) {
        expire(flow.slot, packetNumber, tick);
      }
      if (!flow.over) {
        flow.checkedTick = tick;
        unchecked.add(flow);
      }
      flow = unchecked.peek();
    }
  }
}
