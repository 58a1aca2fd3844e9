package imon.flow;

import imon.decode.Packet;
import imon.flow.recent.OpenStates;
import imon.name.Evidence;
import imon.name.NameTable;
import imon.quic.QuicFlow;
import imon.quic.QuicInitial;
import imon.tls.DtlsFragments;
import imon.tls.DtlsHello;
import imon.wire.UdpDatagram;
import org.jspecify.annotations.Nullable;

/** The first datagrams of UDP flows, on any port, until QUIC or DTLS names them. */
final class Datagrams {
  private final FlowTable table;
  private final Evidences evidences;
  private final QuicInitial quic;
  private final DtlsHello dtls;
  private final OpenStates<QuicFlow> quicFlows = new OpenStates<>();
  private final OpenStates<DtlsFragments> dtlsFlows = new OpenStates<>();

  Datagrams(FlowTable table, Evidences evidences, NameTable names) {
    this.table = table;
    this.evidences = evidences;
    quic = new QuicInitial(names);
    dtls = new DtlsHello(names);
  }

  /** A datagram of a flow; its packet is accounted already. */
  void accept(int slot, boolean fromA, Packet packet, UdpDatagram udp) {
    long state = table.get(slot, FlowTable.STATE);
    int from = packet.payload();
    int limit = packet.payloadLimit();
    if (from >= limit || FlowState.isDone(state, fromA)) {
      return;
    }
    QuicFlow flow = quicFlows.find(slot, packet.number());
    if (flow != null || QuicInitial.looksLikeInitial(packet.buffer(), from, limit)) {
      acceptQuic(slot, fromA, packet, udp, flow);
    } else if (DtlsHello.looksLikeClientHello(packet.buffer(), from, limit)) {
      acceptDtls(slot, fromA, packet);
    } else {
      evidences.noteService(slot, packet);
      state = FlowState.withStart(table.get(slot, FlowTable.STATE), fromA);
      told(slot, FlowState.isExhausted(state, fromA) ? FlowState.withDone(state, fromA) : state);
    }
  }

  private void acceptQuic(
      int slot, boolean fromA, Packet packet, UdpDatagram udp, @Nullable QuicFlow known) {
    QuicFlow flow = known;
    if (flow == null) {
      flow = new QuicFlow();
      quicFlows.open(slot, packet.number(), flow);
    }
    QuicInitial.Verdict verdict =
        quic.read(flow, packet.buffer(), packet.payload(), packet.payloadLimit(), udp.isCut());
    if (quic.isFromClient()) {
      told(slot, FlowState.withRequester(table.get(slot, FlowTable.STATE), fromA));
    }
    boolean ended = flow.isSpent();
    switch (verdict) {
      case NAMED -> {
        evidences.write(slot, Evidence.QUIC, quic.serverName(), packet);
        ended = true;
      }
      case NAMELESS -> ended = true;
      case NOT_QUIC -> {
        long state = FlowState.withStart(table.get(slot, FlowTable.STATE), fromA);
        told(slot, state);
        ended |= FlowState.isExhausted(state, fromA);
      }
      case INCOMPLETE -> {}
    }
    if (ended) {
      quicFlows.close(slot);
      told(slot, FlowState.withAllDone(table.get(slot, FlowTable.STATE)));
    }
  }

  private void acceptDtls(int slot, boolean fromA, Packet packet) {
    DtlsFragments fragments = dtlsFlows.find(slot, packet.number());
    if (fragments == null) {
      fragments = new DtlsFragments();
      dtlsFlows.open(slot, packet.number(), fragments);
    }
    long state = FlowState.withRequester(table.get(slot, FlowTable.STATE), fromA);
    state = FlowState.withStart(state, fromA);
    switch (dtls.read(fragments, packet.buffer(), packet.payload(), packet.payloadLimit())) {
      case NAMED -> {
        evidences.write(slot, Evidence.TLS, dtls.serverName(), packet);
        state = FlowState.withAllDone(state);
        dtlsFlows.close(slot);
      }
      case NAMELESS, MALFORMED -> dtlsFlows.close(slot);
      case INCOMPLETE, NOT_TLS -> {}
    }
    told(slot, FlowState.isExhausted(state, fromA) ? FlowState.withDone(state, fromA) : state);
  }

  private void told(int slot, long state) {
    table.set(slot, FlowTable.STATE, state);
  }

  /** The flow is over. */
  void forget(int slot) {
    quicFlows.close(slot);
    dtlsFlows.close(slot);
  }

  /** Gives up what was begun long before this packet. */
  void expire(long packetNumber) {
    quicFlows.expire(packetNumber);
    dtlsFlows.expire(packetNumber);
  }
}
