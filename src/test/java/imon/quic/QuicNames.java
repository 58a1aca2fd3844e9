package imon.quic;

import imon.decode.Dealer;
import imon.decode.Packet;
import imon.name.NameTable;
import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.pcap.NotACaptureException;
import imon.wire.Addresses;
import imon.wire.Bytes;
import imon.wire.IpProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads all UDP flows of a capture as the flow table does, each with a state of its own. */
final class QuicNames {
  private static final int UDP_HEADER_BYTES = 8;

  private final QuicInitial reader = new QuicInitial(new NameTable());
  private final Map<String, QuicFlow> flows = new HashMap<>();
  private final Map<String, String> hosts = new TreeMap<>();
  private final Set<String> clients = new TreeSet<>();

  private QuicNames() {}

  static QuicNames of(Path capture) throws IOException {
    QuicNames names = new QuicNames();
    try (CaptureReader file = CaptureReader.open(capture)) {
      names.readAll(file);
    } catch (NotACaptureException none) {
      return names;
    }
    return names;
  }

  /** A flow's name in the maps, whichever way round its endpoints are given. */
  static String flow(String endpoint, String other) {
    return endpoint.compareTo(other) < 0 ? endpoint + " " + other : other + " " + endpoint;
  }

  /** Host by flow. */
  Map<String, String> hosts() {
    return hosts;
  }

  /** Endpoints that sent a ClientHello. */
  Set<String> clients() {
    return clients;
  }

  private void readAll(CaptureReader file) throws IOException {
    Block block = new Block();
    Dealer dealer = new Dealer();
    Packet packet = new Packet(new AnomalyCounts());
    while (file.read(block)) {
      for (int i = 0; i < block.count(); i++) {
        if (dealer.deals(block, i)
            && packet.read(block, i, dealer) == Packet.Kind.FLOW
            && packet.protocol() == IpProtocol.UDP) {
          read(packet);
        }
      }
    }
  }

  private void read(Packet packet) {
    byte[] buffer = packet.buffer();
    int start = packet.payload();
    int limit = packet.payloadLimit();
    if (start >= limit || !QuicInitial.looksLikeInitial(buffer, start, limit)) {
      return;
    }
    String source =
        Addresses.text(packet.sourceHigh(), packet.sourceLow()) + " " + packet.sourcePort();
    String destination =
        Addresses.text(packet.destinationHigh(), packet.destinationLow())
            + " "
            + packet.destinationPort();
    QuicFlow state = flows.computeIfAbsent(flow(source, destination), unseen -> new QuicFlow());
    boolean cut = Bytes.u16(buffer, start - 4) - UDP_HEADER_BYTES > limit - start;
    QuicInitial.Verdict verdict = reader.read(state, buffer, start, limit, cut);
    if (reader.isFromClient()) {
      clients.add(source);
    }
    if (verdict == QuicInitial.Verdict.NAMED) {
      hosts.putIfAbsent(flow(source, destination), String.valueOf(reader.serverName()));
    }
  }
}
