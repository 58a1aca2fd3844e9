package imon.analysis.cut;

import imon.analysis.cut.Excerpt.Flow;
import imon.decode.Dealer;
import imon.decode.Packet;
import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.wire.Addresses.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the packets of flows in a capture, by their innermost addresses, protocol, ports and times,
 * in tunnels and in fragments, too. A fragment is found when the first one of its datagram came
 * before it. Packets of another run of requests on the same connection and at the same time are
 * found as well.
 */
final class FlowSearch {
  /** Datagrams whose later fragments are waited for, at most. */
  private static final int MOST_DATAGRAMS = 4096;

  private final Map<Ends, List<Flow>> flows = new HashMap<>();
  private final Map<Long, Boolean> datagrams = new Recent();
  private final Dealer dealer = new Dealer();
  private final Packet packet = new Packet(new AnomalyCounts());

  /** The two ends of a flow, seen from one of them. */
  private record Ends(
      int protocol, long highA, long lowA, int portA, long highB, long lowB, int portB) {}

  FlowSearch(List<Flow> wanted) {
    for (Flow flow : wanted) {
      add(
          ends(flow.protocol(), flow.client(), flow.clientPort(), flow.server(), flow.serverPort()),
          flow);
      add(
          ends(flow.protocol(), flow.server(), flow.serverPort(), flow.client(), flow.clientPort()),
          flow);
    }
  }

  private void add(Ends ends, Flow flow) {
    flows.computeIfAbsent(ends, unused -> new ArrayList<>()).add(flow);
  }

  private static Ends ends(int protocol, Words a, int portA, Words b, int portB) {
    return new Ends(protocol, a.high(), a.low(), portA, b.high(), b.low(), portB);
  }

  /** Whether the next packet of the capture is one of the flows'. */
  boolean finds(Block block, int index) {
    if (!dealer.deals(block, index) || packet.read(block, index, dealer) != Packet.Kind.FLOW) {
      return false;
    }
    boolean found =
        packet.part() == Packet.Part.LATER_FRAGMENT
            ? datagrams.containsKey(packet.fragmentSignature())
            : isWanted();
    if (found && packet.part() == Packet.Part.FIRST_FRAGMENT) {
      datagrams.put(packet.fragmentSignature(), true);
    }
    if (found && packet.isCarried()) {
      datagrams.put(packet.carrierSignature(), true);
    }
    return found;
  }

  private boolean isWanted() {
    boolean ported = packet.isPorted();
    Ends ends =
        new Ends(
            packet.protocol(),
            packet.sourceHigh(),
            packet.sourceLow(),
            ported ? packet.sourcePort() : 0,
            packet.destinationHigh(),
            packet.destinationLow(),
            ported ? packet.destinationPort() : 0);
    for (Flow flow : flows.getOrDefault(ends, List.of())) {
      if (packet.time() >= flow.start() && packet.time() <= flow.end()) {
        return true;
      }
    }
    return false;
  }

  /** Forgets the oldest when it is full. */
  private static final class Recent extends LinkedHashMap<Long, Boolean> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
      return size() > MOST_DATAGRAMS;
    }
  }
}
