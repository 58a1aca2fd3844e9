package imon.flow;

import imon.decode.Packet;
import imon.flow.recent.EarlySegments;
import imon.flow.recent.OpenStates;
import imon.flow.recent.StreamStart;
import imon.flow.stream.StreamProbe;
import imon.name.Evidence;
import imon.name.service.Service;
import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.wire.TcpSegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The starts of TCP streams, kept until they are named or hopeless. A start that is whole in one
 * segment is read where it stands; only one that is not is copied and put in order.
 *
 * <p>Any of a direction's first segments may be a start: a connection may be joined midway, and a
 * ClientHello may follow other talk. {@link FlowState} has the limit. Once a service was shown that
 * carries no HTTP, a start that looks like a request is something this service carries. Where the
 * receiver has acknowledged the bytes behind a SYN that nobody saw, the connection is joined, too.
 */
final class Streams {
  private final FlowTable table;
  private final FlowBorders borders;
  private final Evidences evidences;
  private final Runs runs;
  private final DnsWatch dns;
  private final AnomalyCounts anomalies;
  private final StreamProbe probe;
  private final OpenStates<StreamStart> open;
  private final EarlySegments early = new EarlySegments();

  /**
   * @param starts those that are put in order; {@code runs} adds those of tunnels
   */
  Streams(
      FlowTable table,
      FlowBorders borders,
      Evidences evidences,
      Runs runs,
      OpenStates<StreamStart> starts,
      DnsWatch dns,
      StreamProbe probe,
      AnomalyCounts anomalies) {
    this.table = table;
    this.borders = borders;
    this.evidences = evidences;
    this.runs = runs;
    open = starts;
    this.dns = dns;
    this.anomalies = anomalies;
    this.probe = probe;
  }

  /** A segment of a flow; its packet is accounted already. */
  void accept(int slot, boolean fromA, Packet packet, TcpSegment tcp) {
    if (FlowState.awaitsStart(table.state(slot), !fromA)
        && borders.isStartAcknowledged(slot, !fromA, tcp)) {
      acknowledge(slot, !fromA, packet, tcp);
    }
    long state = table.state(slot);
    if (!hasData(packet) || FlowState.isDone(state, fromA)) {
      return;
    }
    if (FlowState.isGivenUp(state)) {
      anomalies.count(Anomaly.HTTP_BORDERS_LOST, packet.number());
      table.setState(slot, FlowState.withAllDone(state));
      return;
    }
    int sequence = tcp.sequenceNumber() + (tcp.isSyn() ? 1 : 0) + packet.skipped();
    boolean ahead = borders.isAhead(slot, fromA, sequence);
    if (!ahead && !FlowState.isStartSeen(state, fromA)) {
      noteStart(slot, fromA, packet, sequence);
    }
    StreamStart start = kept(slot, fromA, packet);
    if (start != null) {
      start = reaching(slot, fromA, sequence, start);
      append(slot, fromA, packet, tcp, sequence, start);
    } else if (ahead || isDns(packet, packet.buffer(), packet.payload(), packet.payloadLimit())) {
      start = new StreamStart(ahead ? table.sequence(slot, fromA) + 1 : sequence);
      keep(slot, fromA, packet, start);
      append(slot, fromA, packet, tcp, sequence, start);
    } else {
      begin(slot, fromA, packet, sequence, packet.payload());
    }
  }

  /**
   * A packet acknowledges bytes of the other direction, whose start was not seen. It will not come
   * again: what waits for it is looked at, and whatever comes next may be a start. DNS waits for a
   * packet of its own, which says who is told.
   */
  private void acknowledge(int slot, boolean fromA, Packet packet, TcpSegment tcp) {
    StreamStart start = kept(slot, fromA, packet);
    if (start == null) {
      table.setState(slot, FlowState.withGap(table.state(slot), fromA));
    } else if (start.skipGap(tcp.acknowledgmentNumber())) {
      table.setState(slot, FlowState.withGap(table.state(slot), fromA));
      noteStart(slot, fromA, packet, start.sequence());
      if (!isDns(packet, start.bytes(), 0, start.contiguous())) {
        var unused = settle(slot, fromA, packet, start, start.acknowledged());
        countAnswer(slot, !fromA, packet);
      }
    }
  }

  /** If a request was found, a packet that is counted already may have data of its answer. */
  private void countAnswer(int slot, boolean fromA, Packet packet) {
    if (FlowState.isFollowed(table.state(slot)) && hasData(packet)) {
      // Counted by the record that is there.
      var unused = runs.place(slot, fromA, packet);
      runs.counted(slot, packet);
    }
  }

  private void noteStart(int slot, boolean fromA, Packet packet, int sequence) {
    if (borders.isFirstBehindGap(slot, fromA, sequence)) {
      anomalies.count(Anomaly.STREAM_START_LOST, packet.number());
    }
    borders.noteStart(slot, fromA, sequence);
  }

  private @Nullable StreamStart kept(int slot, boolean fromA, Packet packet) {
    return table.isKept(slot) ? open.find(FlowTable.direction(slot, fromA), packet.tick()) : null;
  }

  private void keep(int slot, boolean fromA, Packet packet, StreamStart start) {
    table.setKept(slot);
    open.open(FlowTable.direction(slot, fromA), packet.tick(), start);
  }

  /**
   * Without a SYN, or behind a gap, a start may turn out not to be the first: then another takes it
   * in.
   */
  private StreamStart reaching(int slot, boolean fromA, int sequence, StreamStart start) {
    long state = table.state(slot);
    if (FlowState.isStartKnown(state, fromA)
        || FlowState.starts(state, fromA) > 0
        || !start.isBehind(sequence)) {
      return start;
    }
    StreamStart reaching = new StreamStart(sequence);
    start.addTo(reaching);
    open.replace(FlowTable.direction(slot, fromA), reaching);
    return reaching;
  }

  /** Takes the bytes of a segment from {@code from} on as a start, where they stand. */
  private void begin(int slot, boolean fromA, Packet packet, int sequence, int from) {
    int limit = packet.payloadLimit();
    StreamProbe.Verdict verdict = read(slot, packet, packet.buffer(), from, limit);
    if (verdict == StreamProbe.Verdict.INCOMPLETE) {
      await(slot, fromA, packet, sequence, from);
      return;
    }
    if (showsService(slot)) {
      evidences.note(slot, fromA, packet);
    }
    if (verdict == StreamProbe.Verdict.NOTHING) {
      keepEarly(slot, fromA, packet, sequence);
    }
    conclude(slot, fromA, packet, verdict);
    if (goesOn(slot, fromA, verdict)) {
      if (probe.rest() < limit) {
        begin(slot, fromA, packet, sequence, probe.rest());
      } else if (!packet.isCut()) {
        // Of a packet that was cut nobody knows where it ends.
        await(slot, fromA, packet, sequence, limit);
      }
    } else if (verdict == StreamProbe.Verdict.HTTP) {
      int answer = Objects.requireNonNull(packet.tcp()).acknowledgmentNumber();
      follow(slot, fromA, packet, answer, sequence - packet.payload(), packet.buffer(), limit);
    }
  }

  /** Whether what was just read, and has no name, may show a service. */
  private boolean showsService(int slot) {
    return probe.host() == null && !FlowState.isHelloNamed(table.state(slot));
  }

  /** Whether another start follows that is looked at: a segment may be full of them. */
  private boolean goesOn(int slot, boolean fromA, StreamProbe.Verdict verdict) {
    return verdict.goesOn() && !FlowState.isDone(table.state(slot), fromA);
  }

  /** A start begins at {@code from}, and more is to come: from here on it is put in order. */
  private void await(int slot, boolean fromA, Packet packet, int sequence, int from) {
    int base = sequence + from - packet.payload();
    StreamStart start = new StreamStart(base);
    keep(slot, fromA, packet, start);
    int acknowledged = Objects.requireNonNull(packet.tcp()).acknowledgmentNumber();
    start.noteAcknowledged(acknowledged);
    start.add(base, packet.buffer(), from, packet.payloadLimit() - from);
    if (early.join(FlowTable.direction(slot, fromA), packet.tick(), start)) {
      settle(slot, fromA, packet, start, acknowledged);
    }
  }

  /**
   * The probe found the first request.
   *
   * @param answer sequence number at which the response to it begins
   * @param zero sequence number of buffer[0]
   */
  private void follow(
      int slot, boolean fromA, Packet packet, int answer, int zero, byte[] buffer, int limit) {
    StreamStart before = early.take(FlowTable.direction(slot, !fromA), packet.tick());
    forget(slot);
    boolean known = borders.isAnswerKnown(slot, fromA, answer);
    long state = FlowState.withBegun(table.state(slot));
    if (known) {
      table.setState(slot, state);
      runs.begin(slot, fromA, packet, zero + probe.rest(), answer, buffer, probe.rest(), limit);
      if (before != null && before.sequence() == answer) {
        runs.answered(slot, packet, before);
      }
    } else {
      table.setState(slot, FlowState.withApart(FlowState.withAllDone(state)));
      anomalies.count(Anomaly.HTTP_BORDERS_LOST, packet.number());
    }
  }

  /** Whether a packet has bytes of a stream. */
  static boolean hasData(Packet packet) {
    return packet.payload() < packet.payloadLimit();
  }

  private static boolean isDns(Packet packet, byte[] buffer, int from, int limit) {
    return DnsWatch.isStreamPort(packet) && !StreamProbe.isNoDns(buffer, from, limit);
  }

  private void append(
      int slot, boolean fromA, Packet packet, TcpSegment tcp, int sequence, StreamStart start) {
    int length = packet.payloadLimit() - packet.payload();
    start.noteAcknowledged(tcp.acknowledgmentNumber());
    int answer =
        FlowState.isBehindGap(table.state(slot), fromA)
            ? start.acknowledged()
            : tcp.acknowledgmentNumber();
    if (start.add(sequence, packet.buffer(), packet.payload(), length)
        && readStart(slot, fromA, packet, start, answer)) {
      return;
    }
    if (start.isOverrun()) {
      anomalies.count(Anomaly.STREAM_START_LOST, packet.number());
      open.close(FlowTable.direction(slot, fromA));
      conclude(slot, fromA, packet, StreamProbe.Verdict.NOTHING);
    }
  }

  /** Reads the bytes that are there in order; whether that is enough to conclude from. */
  private boolean readStart(int slot, boolean fromA, Packet packet, StreamStart start, int answer) {
    if (!isDns(packet, start.bytes(), 0, start.contiguous())) {
      return settle(slot, fromA, packet, start, answer);
    }
    if (dns.messages(packet, start)) {
      table.setState(slot, FlowState.withRequester(table.state(slot), fromA));
    }
    return false;
  }

  /** Concludes from what is there, if that is enough; {@code answer} as for {@link #follow}. */
  private boolean settle(int slot, boolean fromA, Packet packet, StreamStart start, int answer) {
    StreamProbe.Verdict verdict = readOn(slot, fromA, packet, start);
    if (verdict == StreamProbe.Verdict.INCOMPLETE) {
      return false;
    }
    if (showsService(slot)) {
      evidences.note(slot, fromA, packet, start.bytes(), 0, start.contiguous());
    }
    conclude(slot, fromA, packet, verdict);
    if (goesOn(slot, fromA, verdict) && !packet.isCut()) {
      start.consume(start.contiguous());
      return false;
    }
    open.close(FlowTable.direction(slot, fromA));
    if (verdict == StreamProbe.Verdict.HTTP) {
      follow(slot, fromA, packet, answer, start.sequence(), start.bytes(), start.contiguous());
    }
    return true;
  }

  private void keepEarly(int slot, boolean fromA, Packet packet, int sequence) {
    long state = table.state(slot);
    if (!FlowState.isStartKnown(state, fromA) || mayAnswer(state, fromA)) {
      table.setKept(slot);
      early.keep(
          FlowTable.direction(slot, fromA),
          FlowState.starts(state, fromA),
          packet.tick(),
          sequence,
          packet.buffer(),
          packet.payload(),
          packet.payloadLimit());
    }
  }

  /** Whether the server has said something, and the client nothing so far that was seen. */
  private static boolean mayAnswer(long state, boolean fromA) {
    return FlowState.isClientHeard(state)
        && FlowState.isClientA(state) != fromA
        && !FlowState.isStartSeen(state, !fromA);
  }

  /** Reads what is there; behind a request to a proxy, or for TLS, another start begins. */
  private StreamProbe.Verdict readOn(int slot, boolean fromA, Packet packet, StreamStart start) {
    StreamProbe.Verdict verdict = read(slot, packet, start.bytes(), 0, start.contiguous());
    while (verdict.goesOn() && probe.rest() < start.contiguous()) {
      conclude(slot, fromA, packet, verdict);
      start.consume(probe.rest());
      verdict =
          FlowState.isDone(table.state(slot), fromA)
              ? StreamProbe.Verdict.NOTHING
              : read(slot, packet, start.bytes(), 0, start.contiguous());
    }
    return verdict;
  }

  private StreamProbe.Verdict read(int slot, Packet packet, byte[] buffer, int from, int limit) {
    boolean clear = Service.mayLeadToHttp(FlowState.service(table.state(slot)));
    return probe.read(buffer, from, limit, packet.isCut(), clear);
  }

  private void conclude(int slot, boolean fromA, Packet packet, StreamProbe.Verdict verdict) {
    long state = FlowState.withStart(table.state(slot), fromA);
    switch (verdict) {
      case TLS -> {
        evidences.write(slot, Evidence.TLS, probe.host(), packet);
        state = FlowState.withRequester(state, fromA);
        state = FlowState.withDone(FlowState.withoutGap(state, fromA), fromA);
        state = probe.host() != null ? FlowState.withHelloNamed(state) : state;
      }
      case CERTIFICATE -> {
        evidences.write(slot, probe.certificate(), packet);
        state = FlowState.withDone(FlowState.withAnswerer(state, fromA), fromA);
      }
      case HTTP -> state = FlowState.withRequester(state, fromA);
      case HTTP2 -> {
        evidences.write(slot, Evidence.HTTP, probe.host(), packet);
        state = FlowState.withRequester(state, fromA);
        state = FlowState.withAllDone(FlowState.withBegun(state));
      }
      case PROXY -> {
        evidences.write(slot, Evidence.PROXY, probe.host(), packet);
        state = FlowState.withProxy(FlowState.withRequester(state, fromA));
        state = FlowState.withoutGap(state, fromA);
      }
      case NO_CERTIFICATE ->
          state = FlowState.withDone(FlowState.withAnswerer(state, fromA), fromA);
      case NOTHING, TLS_ASKED ->
          state = FlowState.isHelloNamed(state) ? FlowState.withDone(state, fromA) : state;
      case INCOMPLETE -> {}
    }
    table.setState(
        slot, FlowState.isExhausted(state, fromA) ? FlowState.withDone(state, fromA) : state);
  }

  /** Whether bytes of the flow are kept. */
  boolean isOpen(int slot) {
    long a = FlowTable.direction(slot, true);
    long b = FlowTable.direction(slot, false);
    return open.holds(a) || open.holds(b) || early.holds(a) || early.holds(b);
  }

  /** The flow is over. */
  void forget(int slot) {
    open.close(FlowTable.direction(slot, true));
    open.close(FlowTable.direction(slot, false));
    early.close(FlowTable.direction(slot, true));
    early.close(FlowTable.direction(slot, false));
  }

  /** Gives up the starts that were opened long before this tick of the capture. */
  void expire(long tick) {
    open.expire(tick);
    early.expire(tick);
  }
}
