package imon.flow;

import imon.decode.Packet;
import imon.flow.recent.OpenStates;
import imon.name.Evidence;
import imon.name.NameTable;
import imon.quic.QuicFlow;
import imon.quic.QuicInitial;
import imon.tls.ClientHello;
import imon.tls.DtlsCertificate;
import imon.tls.DtlsFragments;
import imon.tls.DtlsHello;
import imon.tls.rdp.RdpDatagram;
import imon.tls.rdp.RdpFlow;
import imon.tls.rdp.RdpHello;
import imon.wire.UdpDatagram;
import org.jspecify.annotations.Nullable;

/** The first datagrams of UDP flows, on any port, until QUIC, DTLS or RDP names them. */
final class Datagrams {
  private final FlowTable table;
  private final Evidences evidences;
  private final QuicInitial quic;
  private final DtlsHello dtls;
  private final DtlsCertificate certificate;
  private final RdpHello rdp;
  private final RdpDatagram rdpDatagram = new RdpDatagram();
  private final OpenStates<QuicFlow> quicFlows = new OpenStates<>();
  private final OpenStates<DtlsFragments> dtlsFlows = new OpenStates<>();
  private final OpenStates<DtlsCertificate.Flight> flights = new OpenStates<>();
  private final OpenStates<RdpFlow> rdpFlows = new OpenStates<>();

  Datagrams(FlowTable table, Evidences evidences, NameTable names) {
    this.table = table;
    this.evidences = evidences;
    quic = new QuicInitial(names);
    dtls = new DtlsHello(names);
    certificate = new DtlsCertificate(names);
    rdp = new RdpHello(names);
  }

  /**
   * Whether a datagram begins QUIC or DTLS, whatever its ports; no message of DNS looks like it.
   */
  static boolean isNoDns(Packet packet) {
    byte[] buffer = packet.buffer();
    return QuicInitial.looksLikeInitial(buffer, packet.payload(), packet.payloadLimit())
        || DtlsHello.looksLikeClientHello(buffer, packet.payload(), packet.payloadLimit());
  }

  /** A datagram of a flow; its packet is accounted already. */
  void accept(int slot, boolean fromA, Packet packet, UdpDatagram udp) {
    int from = packet.payload();
    int limit = packet.payloadLimit();
    if (from >= limit || FlowState.isDone(table.state(slot), fromA)) {
      return;
    }
    boolean kept = table.isKept(slot);
    QuicFlow flow = kept ? quicFlows.find(slot, packet.tick()) : null;
    RdpFlow rdpFlow = kept ? rdpFlows.find(slot, packet.tick()) : null;
    if (flow != null || QuicInitial.looksLikeInitial(packet.buffer(), from, limit)) {
      acceptQuic(slot, fromA, packet, udp, flow);
    } else if (rdpFlow != null) {
      acceptRdp(slot, fromA, packet, rdpFlow);
    } else if (RdpDatagram.isSyn(packet.buffer(), from, limit)) {
      table.setKept(slot);
      rdpFlows.open(slot, packet.tick(), new RdpFlow(fromA));
      table.setState(slot, FlowState.withRequester(table.state(slot), fromA));
      noteOther(slot, fromA, packet);
    } else if (!acceptDtls(slot, fromA, packet, from)) {
      noteOther(slot, fromA, packet);
    }
  }

  /** What names nothing may show a service, and whose it is. */
  private void noteOther(int slot, boolean fromA, Packet packet) {
    evidences.note(slot, fromA, packet);
    count(slot, fromA, FlowState.withStart(table.state(slot), fromA));
  }

  private void count(int slot, boolean fromA, long state) {
    table.setState(
        slot, FlowState.isExhausted(state, fromA) ? FlowState.withDone(state, fromA) : state);
  }

  private void acceptQuic(
      int slot, boolean fromA, Packet packet, UdpDatagram udp, @Nullable QuicFlow known) {
    QuicFlow flow = known;
    if (flow == null) {
      flow = new QuicFlow();
      table.setKept(slot);
      quicFlows.open(slot, packet.tick(), flow);
    }
    QuicInitial.Verdict verdict =
        quic.read(flow, packet.buffer(), packet.payload(), packet.payloadLimit(), udp.isCut());
    if (quic.isFromClient()) {
      table.setState(slot, FlowState.withRequester(table.state(slot), fromA));
    }
    boolean ended = flow.isSpent();
    switch (verdict) {
      case NAMED -> {
        evidences.write(slot, Evidence.QUIC, quic.serverName(), packet);
        ended = true;
      }
      case NAMELESS -> ended = true;
      case NOT_QUIC -> {
        long state = FlowState.withStart(table.state(slot), fromA);
        table.setState(slot, state);
        ended |= FlowState.isExhausted(state, fromA);
      }
      case INCOMPLETE -> {}
    }
    if (ended) {
      quicFlows.close(slot);
      table.setState(slot, FlowState.withAllDone(table.state(slot)));
    }
  }

  /** Whether a message of DTLS stands at {@code from}. */
  private boolean acceptDtls(int slot, boolean fromA, Packet packet, int from) {
    int limit = packet.payloadLimit();
    if (DtlsHello.looksLikeClientHello(packet.buffer(), from, limit)) {
      acceptHello(slot, fromA, packet, from);
      return true;
    }
    if (DtlsCertificate.looksLikeServerFlight(packet.buffer(), from, limit)) {
      acceptFlight(slot, fromA, packet, from);
      return true;
    }
    return false;
  }

  private void acceptHello(int slot, boolean fromA, Packet packet, int from) {
    DtlsFragments fragments = dtlsFlows.find(slot, packet.tick());
    if (fragments == null) {
      fragments = new DtlsFragments();
      table.setKept(slot);
      dtlsFlows.open(slot, packet.tick(), fragments);
    }
    ClientHello.Verdict verdict =
        dtls.read(fragments, packet.buffer(), from, packet.payloadLimit());
    if (verdict != ClientHello.Verdict.INCOMPLETE) {
      dtlsFlows.close(slot);
    }
    heard(slot, fromA, packet, verdict, dtls.serverName());
  }

  /** A client has said hello, with this name if the verdict says so. */
  private void heard(
      int slot,
      boolean fromA,
      Packet packet,
      ClientHello.Verdict verdict,
      @Nullable String serverName) {
    long state = FlowState.withRequester(table.state(slot), fromA);
    state = FlowState.withStart(state, fromA);
    if (verdict == ClientHello.Verdict.NAMED) {
      evidences.write(slot, Evidence.TLS, serverName, packet);
      state = FlowState.withAllDone(state);
    }
    count(slot, fromA, state);
  }

  private void acceptFlight(int slot, boolean fromA, Packet packet, int from) {
    long key = FlowTable.direction(slot, fromA);
    DtlsCertificate.Flight flight = flights.find(key, packet.tick());
    if (flight == null) {
      flight = new DtlsCertificate.Flight();
      table.setKept(slot);
      flights.open(key, packet.tick(), flight);
    }
    long state = FlowState.withStart(table.state(slot), fromA);
    switch (certificate.read(flight, packet.buffer(), from, packet.payloadLimit())) {
      case NAMED -> {
        evidences.write(slot, certificate.certificate(), packet);
        state = FlowState.withDone(FlowState.withAnswerer(state, fromA), fromA);
        flights.close(key);
      }
      case NAMELESS, MALFORMED -> flights.close(key);
      case INCOMPLETE, NOT_TLS -> {}
    }
    count(slot, fromA, state);
  }

  /** A lossy connection carries DTLS, a reliable one TLS. */
  private void acceptRdp(int slot, boolean fromA, Packet packet, RdpFlow flow) {
    byte[] buffer = packet.buffer();
    int from = packet.payload();
    int limit = packet.payloadLimit();
    if (rdpDatagram.wrap(buffer, from, limit)
        && acceptDtls(slot, fromA, packet, rdpDatagram.payload())) {
      return;
    }
    ClientHello.Verdict verdict =
        flow.isClient(fromA) ? rdp.read(flow, buffer, from, limit) : ClientHello.Verdict.NOT_TLS;
    if (verdict == ClientHello.Verdict.NOT_TLS) {
      count(slot, fromA, FlowState.withStart(table.state(slot), fromA));
    } else {
      heard(slot, fromA, packet, verdict, rdp.serverName());
    }
  }

  /** Whether anything is kept for the flow. */
  boolean isOpen(int slot) {
    return quicFlows.holds(slot)
        || dtlsFlows.holds(slot)
        || flights.holds(FlowTable.direction(slot, true))
        || flights.holds(FlowTable.direction(slot, false))
        || rdpFlows.holds(slot);
  }

  /** The flow is over. */
  void forget(int slot) {
    quicFlows.close(slot);
    dtlsFlows.close(slot);
    flights.close(FlowTable.direction(slot, true));
    flights.close(FlowTable.direction(slot, false));
    rdpFlows.close(slot);
  }

  /** Gives up what was begun long before this tick of the capture. */
  void expire(long tick) {
    quicFlows.expire(tick);
    dtlsFlows.expire(tick);
    flights.expire(tick);
    rdpFlows.expire(tick);
  }
}
