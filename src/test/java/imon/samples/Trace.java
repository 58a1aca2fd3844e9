package imon.samples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All packets of a scene, and the truth about them, gathered while they are sent. */
final class Trace {
  static final String NON_IP = "non-ip";
  static final String UNDECODABLE = "undecodable";

  private final List<Packet> packets = new ArrayList<>();
  private final List<ExpectedFlow> flows = new ArrayList<>();
  private final Map<String, long[]> outsideFlows = new LinkedHashMap<>();

  /** Counts and keeps a packet of a flow; {@code wireBytes} is what the ledger should count. */
  void add(ExpectedFlow flow, boolean up, Packet packet, long wireBytes) {
    if (flow.packets() == 0) {
      flows.add(flow);
    }
    flow.count(up, wireBytes);
    packets.add(packet);
  }

  /** Counts and keeps a packet that belongs to no flow. */
  void addOutsideFlows(String ledgerClass, Packet packet, long wireBytes) {
    long[] sums = outsideFlows.computeIfAbsent(ledgerClass, c -> new long[2]);
    sums[0]++;
    sums[1] += wireBytes;
    packets.add(packet);
  }

  /** The packets in the order of their times. */
  List<Packet> packets() {
    List<Packet> sorted = new ArrayList<>(packets);
    sorted.sort(Comparator.comparingLong(Packet::time));
    return sorted;
  }

  /** The packets in the order they were sent in the scene, whatever their times. */
  List<Packet> packetsAsSent() {
    return List.copyOf(packets);
  }

  List<ExpectedFlow> flows() {
    return List.copyOf(flows);
  }

  long packetCount() {
    return packets.size();
  }

  long wireBytes() {
    long sum = 0;
    for (long[] packetsAndBytes : ledger().values()) {
      sum += packetsAndBytes[1];
    }
    return sum;
  }

  /** Packets and bytes of each class that occurs. */
  Map<String, long[]> ledger() {
    Map<String, long[]> ledger = new LinkedHashMap<>();
    for (ExpectedFlow flow : flows) {
      add(ledger, flow.ledgerClass(), flow.packets(), flow.bytes());
    }
    outsideFlows.forEach((name, sums) -> add(ledger, name, sums[0], sums[1]));
    return ledger;
  }

  private static void add(Map<String, long[]> ledger, String name, long packets, long bytes) {
    long[] sums = ledger.computeIfAbsent(name, c -> new long[2]);
    sums[0] += packets;
    sums[1] += bytes;
  }
}
