package imon.flow;

import imon.decode.Packet;
import imon.dns.DnsMessage;
import imon.flow.row.RowType;
import imon.flow.row.RowWriter;
import imon.name.Evidence;
import imon.name.NameTable;
import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.wire.TcpSegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The starts of TCP streams, kept until they are named or hopeless. A start that is whole in one
 * segment is read where it stands; only one that is not is copied and put in order.
 *
 * <p>Any of a direction's first {@link FlowState#STARTS_LIMIT} segments may be a start: a
 * connection may be joined midway, and a ClientHello may follow other talk.
 */
final class Streams {
  private final FlowTable table;
  private final RowWriter rows;
  private final DnsWatch dns;
  private final AnomalyCounts anomalies;
  private final StreamProbe probe;
  private final Map<Long, StreamStart> open = new HashMap<>();
  private final Deque<Opened> opened = new ArrayDeque<>();

  private record Opened(long key, long packetNumber) {}

  Streams(FlowTable table, RowWriter rows, DnsWatch dns, NameTable names, AnomalyCounts anomalies) {
    this.table = table;
    this.rows = rows;
    this.dns = dns;
    this.anomalies = anomalies;
    probe = new StreamProbe(names);
  }

  /** Sequence number of the direction's SYN, as far as it is known or guessed. */
  int sequence(int slot, boolean fromA) {
    long both = table.get(slot, FlowTable.SEQUENCES);
    return (int) (fromA ? both >>> 32 : both);
  }

  void setSequence(int slot, boolean fromA, int sequence) {
    long both = table.get(slot, FlowTable.SEQUENCES);
    long own = sequence & 0xffff_ffffL;
    long mixed = fromA ? (both & 0xffff_ffffL) | own << 32 : (both & ~0xffff_ffffL) | own;
    table.set(slot, FlowTable.SEQUENCES, mixed);
  }

  /** A segment of a flow; its packet is accounted already. */
  void accept(int slot, boolean fromA, Packet packet, TcpSegment tcp) {
    long state = table.get(slot, FlowTable.STATE);
    int length = packet.payloadLimit() - packet.payload();
    if (length <= 0 || FlowState.isDone(state, fromA)) {
      return;
    }
    int sequence = tcp.sequenceNumber() + (tcp.isSyn() ? 1 : 0);
    if (!FlowState.isSynSeen(state, fromA) && !FlowState.isStartGuessed(state, fromA)) {
      setSequence(slot, fromA, sequence - 1);
      table.set(slot, FlowTable.STATE, FlowState.withStartGuessed(state, fromA));
    }
    boolean isDns =
        DnsWatch.isDnsPort(packet.sourcePort()) || DnsWatch.isDnsPort(packet.destinationPort());
    StreamStart start = started(slot, fromA, packet.number());
    if (start != null) {
      append(slot, fromA, packet, sequence, start, isDns);
    } else if (isDns || isAhead(slot, fromA, sequence)) {
      int base = isDns && !isAhead(slot, fromA, sequence) ? sequence : sequence(slot, fromA) + 1;
      append(slot, fromA, packet, sequence, open(slot, fromA, base, packet.number()), isDns);
    } else {
      begin(slot, fromA, packet, sequence);
    }
  }

  /** The start that is waiting for more, unless it has waited too long. */
  private @Nullable StreamStart started(int slot, boolean fromA, long packetNumber) {
    StreamStart start = open.isEmpty() ? null : open.get(key(slot, fromA));
    if (start != null && packetNumber - start.firstPacket() > RecentTable.DISTANCE) {
      close(slot, fromA);
      return null;
    }
    return start;
  }

  /** Whether the very start of the stream is known and this segment is not it. */
  private boolean isAhead(int slot, boolean fromA, int sequence) {
    long state = table.get(slot, FlowTable.STATE);
    return FlowState.isSynSeen(state, fromA)
        && FlowState.starts(state, fromA) == 0
        && sequence - (sequence(slot, fromA) + 1) > 0;
  }

  private void begin(int slot, boolean fromA, Packet packet, int sequence) {
    StreamProbe.Verdict verdict =
        probe.read(packet.buffer(), packet.payload(), packet.payloadLimit());
    if (verdict == StreamProbe.Verdict.INCOMPLETE) {
      StreamStart start = open(slot, fromA, sequence, packet.number());
      start.add(
          sequence, packet.buffer(), packet.payload(), packet.payloadLimit() - packet.payload());
    } else {
      conclude(slot, fromA, packet, verdict);
    }
  }

  private void append(
      int slot, boolean fromA, Packet packet, int sequence, StreamStart start, boolean isDns) {
    int length = packet.payloadLimit() - packet.payload();
    boolean more = start.add(sequence, packet.buffer(), packet.payload(), length);
    if (more && isDns) {
      readMessages(slot, fromA, packet, start);
    } else if (more) {
      StreamProbe.Verdict verdict = probe.read(start.bytes(), 0, start.contiguous());
      if (verdict != StreamProbe.Verdict.INCOMPLETE) {
        close(slot, fromA);
        conclude(slot, fromA, packet, verdict);
        return;
      }
    }
    if (start.isOverrun()) {
      anomalies.count(Anomaly.STREAM_START_LOST, packet.number());
      close(slot, fromA);
      conclude(slot, fromA, packet, StreamProbe.Verdict.NOTHING);
    }
  }

  /** DNS over TCP: each message has its length before it (RFC 7766, section 8). */
  private void readMessages(int slot, boolean fromA, Packet packet, StreamStart start) {
    int at = 0;
    int framed = DnsMessage.framedLength(start.bytes(), at, start.contiguous());
    while (at + framed <= start.contiguous()) {
      DnsWatch.Role role = dns.message(packet, start.bytes(), at + 2, at + framed);
      if (role == DnsWatch.Role.QUERY) {
        told(slot, FlowState.withRequester(table.get(slot, FlowTable.STATE), fromA));
      }
      at += framed;
      framed = DnsMessage.framedLength(start.bytes(), at, start.contiguous());
    }
    start.consume(at);
  }

  private void conclude(int slot, boolean fromA, Packet packet, StreamProbe.Verdict verdict) {
    long state = FlowState.withStart(table.get(slot, FlowTable.STATE), fromA);
    switch (verdict) {
      case TLS -> {
        state = FlowState.withAllDone(FlowState.withRequester(state, fromA));
        write(slot, Evidence.TLS, packet);
      }
      case HTTP -> {
        state = FlowState.withRequest(FlowState.withRequester(state, fromA));
        write(slot, Evidence.HTTP, packet);
      }
      case INCOMPLETE, NOTHING -> {}
    }
    told(slot, FlowState.isExhausted(state, fromA) ? FlowState.withDone(state, fromA) : state);
  }

  private void told(int slot, long state) {
    table.set(slot, FlowTable.STATE, state);
  }

  private void write(int slot, Evidence kind, Packet packet) {
    String host = probe.host();
    if (host != null) {
      rows.begin(RowType.EVIDENCE)
          .number(table.get(slot, FlowTable.FIRST_PACKET))
          .number(kind.code())
          .name(host)
          .number(packet.number())
          .number(packet.time())
          .end();
    }
  }

  private static long key(int slot, boolean fromA) {
    return (long) slot << 1 | (fromA ? 0 : 1);
  }

  private StreamStart open(int slot, boolean fromA, int base, long packetNumber) {
    StreamStart start = new StreamStart(base, packetNumber);
    long key = key(slot, fromA);
    open.put(key, start);
    opened.add(new Opened(key, packetNumber));
    return start;
  }

  private void close(int slot, boolean fromA) {
    if (!open.isEmpty()) {
      open.remove(key(slot, fromA));
    }
  }

  /** The flow is over. */
  void forget(int slot) {
    close(slot, true);
    close(slot, false);
  }

  /** Gives up the starts that were opened long before this packet. */
  void expire(long packetNumber) {
    Opened oldest = opened.peek();
    while (oldest != null && packetNumber - oldest.packetNumber > RecentTable.DISTANCE) {
      StreamStart start = open.get(oldest.key);
      if (start != null && start.firstPacket() == oldest.packetNumber) {
        open.remove(oldest.key);
      }
      opened.remove();
      oldest = opened.peek();
    }
  }
}
