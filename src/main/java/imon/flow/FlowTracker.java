package imon.flow;

import imon.decode.Dealer;
import imon.decode.Packet;
import imon.flow.option.FactOptions;
import imon.flow.recent.OpenStates;
import imon.flow.recent.PacketCopies;
import imon.flow.recent.Reassembly;
import imon.flow.recent.StreamStart;
import imon.flow.row.RowSink;
import imon.flow.row.RowWriter;
import imon.flow.row.Unflowed;
import imon.flow.row.UnflowedClass;
import imon.flow.stream.StreamProbe;
import imon.name.NameTable;
import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.wire.ArpMessage;
import imon.wire.IpProtocol;
import imon.wire.TcpSegment;
import imon.wire.UdpDatagram;
import org.jspecify.annotations.Nullable;

/**
 * Turns the packets of one worker and one capture into flows, slices and evidence. Blocks come in
 * the order of the capture.
 */
public final class FlowTracker {
  private final Packet packet;
  private final RowWriter rows;
  private final FlowTable table;
  private final Slices slices;
  private final PacketCopies copies = new PacketCopies();
  private final boolean dedupe;
  private final AnomalyCounts anomalies;
  private final Fragments fragments = new Fragments();
  private final Reassembly reassembly;
  private final Evidences evidences;
  private final Runs runs;
  private final Streams streams;
  private final Datagrams datagrams;
  private final DnsWatch dns;
  private final Devices devices;
  private final Unflowed unflowed;
  private final FlowEnds flowEnds;
  private final FlowBorders borders;
  private final Fragments.Account account = this::accountFragment;

  /** One with default options. */
  public FlowTracker(RowSink sink, AnomalyCounts anomalies) {
    this(sink, anomalies, new NameTable(), FactOptions.DEFAULT);
  }

  /**
   * Begins a capture.
   *
   * @param names may have been used by others before, in the same thread
   */
  public FlowTracker(RowSink sink, AnomalyCounts anomalies, NameTable names, FactOptions options) {
    packet = new Packet(anomalies);
    this.anomalies = anomalies;
    dedupe = options.dedupe();
    table = new FlowTable(options.timeouts());
    rows = new RowWriter(sink);
    reassembly = new Reassembly(anomalies);
    evidences = new Evidences(table, rows);
    devices = new Devices(rows);
    dns = new DnsWatch(rows, devices, names, options.local(), anomalies);
    slices = new Slices(table, rows);
    FlowCloser closer = new FlowCloser(table, slices, rows, options.local());
    OpenStates<StreamStart> starts = new OpenStates<>();
    runs = new Runs(table, evidences, closer, starts, names, anomalies);
    StreamProbe probe = new StreamProbe(names);
    borders = new FlowBorders(table, runs, probe, options.timeouts());
    streams = new Streams(table, borders, evidences, runs, starts, dns, probe, anomalies);
    datagrams = new Datagrams(table, evidences, names);
    flowEnds = new FlowEnds(table, borders, closer, runs, streams, datagrams);
    unflowed = new Unflowed(rows);
  }

  /** Takes the next block, of which the dealer says what is the worker's. */
  public void accept(Block block, Dealer dealer) {
    advance(block.packetNumber(0), dealer.tick());
    int count = block.count();
    for (int i = 0; i < count; i++) {
      boolean own = dealer.deals(block, i);
      if (dealer.endsSpan()) {
        long number = block.packetNumber(i);
        fragments.expire(number, account);
        flowEnds.endSpan(
            number, dealer.spanEarliest(), dealer.spanLatest(), fragments.awaitedPairs());
      }
      if (own) {
        accept(packet.read(block, i, dealer));
      }
    }
  }

  /** A block begins: whatever waited too long for its packets is given up. */
  private void advance(long packetNumber, long tick) {
    reassembly.expire(packetNumber);
    runs.expire(packetNumber, tick);
    streams.expire(tick);
    datagrams.expire(tick);
  }

  /** Accounts the packet that has just been read and is of this kind. */
  private void accept(Packet.Kind kind) {
    fragments.expire(packet.number(), account);
    if (kind != Packet.Kind.FLOW) {
      unflowed.count(UnflowedClass.of(kind), packet.time(), packet.wireLength());
      ArpMessage arp = packet.arp();
      if (arp != null) {
        devices.seen(arp);
      }
    } else if (isToldApart()) {
      unflowed.count(UnflowedClass.DUPLICATE, packet.time(), packet.wireLength());
    } else if (packet.part() == Packet.Part.LATER_FRAGMENT) {
      acceptLater();
    } else {
      acceptFlowing();
    }
  }

  /** Whether the packet is a copy, and copies are no packets of flows. */
  private boolean isToldApart() {
    if (!copies.isCopy(packet)) {
      return false;
    }
    if (!dedupe) {
      anomalies.count(Anomaly.DUPLICATE_PACKET, packet.number());
    }
    return dedupe;
  }

  private void acceptFlowing() {
    long ends =
        FlowKey.ends(
            packet.protocol(), packet.isPorted(), packet.sourcePort(), packet.destinationPort());
    TcpSegment tcp = packet.tcp();
    int slot =
        slot(
            packet.sourceHigh(),
            packet.sourceLow(),
            packet.destinationHigh(),
            packet.destinationLow(),
            ends,
            packet.number(),
            packet.time(),
            tcp);
    boolean fromA = isFromA(slot, packet.sourceHigh(), packet.sourceLow(), ends);
    if (tcp != null && tcp.isSyn()) {
      borders.noteSyn(slot, fromA, tcp);
    }
    boolean followed = isFollowed(slot);
    int place = followed ? runs.place(slot, fromA, packet) : slot;
    slices.count(place, fromA, packet.time(), packet.wireLength());
    if (packet.part() == Packet.Part.FIRST_FRAGMENT) {
      fragments.first(packet, ends, account);
      reassembly.first(packet, isWanted(slot, fromA));
    }
    if (followed) {
      runs.counted(slot, packet);
    }
    // A packet may begin the tunnel of a CONNECT that nobody has answered.
    if (!isFollowed(slot)) {
      look(slot, fromA);
    }
  }

  /** A fragment without ports; when it completes its datagram, that is read as a whole packet. */
  private void acceptLater() {
    boolean followed = fragments.later(packet, account);
    if (reassembly.later(packet, followed)) {
      long ends =
          FlowKey.ends(
              packet.protocol(), packet.isPorted(), packet.sourcePort(), packet.destinationPort());
      int slot =
          table.findOrAdd(
              packet.sourceHigh(),
              packet.sourceLow(),
              packet.destinationHigh(),
              packet.destinationLow(),
              ends);
      look(slot, isFromA(slot, packet.sourceHigh(), packet.sourceLow(), ends));
    }
  }

  /** Whether the datagram that this packet is a part of could still name something. */
  private boolean isWanted(int slot, boolean fromA) {
    boolean alwaysRead =
        packet.protocol() == IpProtocol.UDP
            && (DnsWatch.isDatagramPort(packet) || Devices.isDatagramPort(packet));
    return packet.isPorted()
        && Reassembly.mayName(packet.protocol())
        && (alwaysRead || !FlowState.isDone(table.state(slot), fromA));
  }

  /** Looks at a packet, which is counted, for what names its flow. */
  private void look(int slot, boolean fromA) {
    TcpSegment tcp = packet.tcp();
    UdpDatagram udp = packet.udp();
    if (table.get(slot, FlowTable.FIRST_PACKET) == packet.number()) {
      devices.seen(packet);
      if (tcp == null && packet.isLinkBroadcast()) {
        table.setState(slot, FlowState.withBroadcast(table.state(slot)));
      }
    }
    if (tcp != null) {
      streams.accept(slot, fromA, packet, tcp);
    } else if (udp != null) {
      acceptDatagram(slot, fromA, udp);
    } else if (packet.isEchoRequest()) {
      table.setState(slot, FlowState.withRequester(table.state(slot), fromA));
    } else if (packet.isEchoReply()) {
      evidences.noteAnswer(slot, fromA, packet);
    }
  }

  private void acceptDatagram(int slot, boolean fromA, UdpDatagram udp) {
    if (DnsWatch.isDatagramPort(packet) && !Datagrams.isNoDns(packet)) {
      DnsWatch.Role role =
          dns.message(packet, packet.buffer(), packet.payload(), packet.payloadLimit());
      if (role == DnsWatch.Role.QUERY) {
        table.setState(slot, FlowState.withRequester(table.state(slot), fromA));
      } else if (role == DnsWatch.Role.RESPONSE && !DnsWatch.isLinkLocal(packet)) {
        // Those on the link answer unasked, too.
        evidences.noteAnswer(slot, fromA, packet);
      }
      if (role != DnsWatch.Role.NOT_DNS) {
        return;
      }
    }
    datagrams.accept(slot, fromA, packet, udp);
    devices.datagram(packet);
  }

  private void accountFragment(
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow,
      long ends,
      long number,
      long time,
      int wireLength) {
    int slot =
        slot(sourceHigh, sourceLow, destinationHigh, destinationLow, ends, number, time, null);
    boolean fromA = isFromA(slot, sourceHigh, sourceLow, ends);
    int place = isFollowed(slot) ? runs.placeFragment(slot, fromA, packet, number, time) : slot;
    slices.count(place, fromA, time, wireLength);
  }

  /** The record of the flow between two ends, which this packet may begin. */
  private int slot(
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow,
      long ends,
      long number,
      long time,
      @Nullable TcpSegment tcp) {
    int slot = table.findOrAdd(sourceHigh, sourceLow, destinationHigh, destinationLow, ends);
    if (isFollowed(slot)) {
      runs.expire(slot, number, packet.tick());
    }
    if (table.get(slot, FlowTable.FIRST_PACKET) == 0) {
      table.open(slot, number, time);
    } else if (borders.isSplit(
        slot, isFromA(slot, sourceHigh, sourceLow, ends), time, tcp, packet)) {
      noteGap(slot, isFromA(slot, sourceHigh, sourceLow, ends), number, tcp);
      flowEnds.end(slot);
      table.renew(slot, sourceHigh, sourceLow, destinationHigh, destinationLow, ends);
      table.open(slot, number, time);
    }
    return slot;
  }

  /** The flow is over because of a packet that may have the first data behind what was lost. */
  private void noteGap(int slot, boolean fromA, long number, @Nullable TcpSegment tcp) {
    if (tcp != null
        && !tcp.isSyn()
        && Streams.hasData(packet)
        && borders.isFirstBehindGap(slot, fromA, tcp.sequenceNumber())) {
      anomalies.count(Anomaly.STREAM_START_LOST, number);
    }
  }

  private boolean isFollowed(int slot) {
    return FlowState.isFollowed(table.state(slot));
  }

  private boolean isFromA(int slot, long sourceHigh, long sourceLow, long ends) {
    return table.get(slot, FlowTable.LOW_A) == sourceLow
        && table.get(slot, FlowTable.ENDS) == ends
        && table.get(slot, FlowTable.HIGH_A) == sourceHigh;
  }

  /** The capture ends: closes all flows and hands on all rows. Nothing may follow. */
  public void finish() {
    fragments.expire(Long.MAX_VALUE, account);
    reassembly.expire(Long.MAX_VALUE);
    flowEnds.endAll();
    unflowed.flush();
    rows.flush();
  }
}
