package imon.flow;

import imon.decode.Packet;
import imon.flow.recent.RecentTable;
import imon.wire.Addresses;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the fragments of a datagram to its flow: the first one has the ports, the others wait for
 * it or come after it. A fragment whose first never comes goes to a flow without ports.
 */
final class Fragments {
  /** How long before or after the first fragment another may be (RFC 8200, section 4.5: 60 s). */
  private static final long WINDOW = 60_000_000_000L;

  private static final int TIME = 0;
  private static final int KEY = 1;

  private final RecentTable known = new RecentTable(6);
  private final Map<Long, List<Orphan>> orphans = new LinkedHashMap<>();

  /** A packet of a flow that is known or not; direction is the packet's. */
  record Orphan(
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow,
      int protocol,
      long number,
      long time,
      int wireLength) {}

  /** Who accounts a fragment to the flow of its datagram. */
  interface Account {
    void fragment(
        long sourceHigh,
        long sourceLow,
        long destinationHigh,
        long destinationLow,
        long ends,
        long number,
        long time,
        int wireLength);
  }

  /** A first fragment, already accounted to its flow: those that waited for it follow. */
  void first(Packet packet, long ends, Account account) {
    int at = known.put(packet.fragmentSignature(), packet.number());
    long[] words = known.words();
    words[at + TIME] = packet.time();
    words[at + KEY] = packet.sourceHigh();
    words[at + KEY + 1] = packet.sourceLow();
    words[at + KEY + 2] = packet.destinationHigh();
    words[at + KEY + 3] = packet.destinationLow();
    words[at + KEY + 4] = ends;
    List<Orphan> waiting = orphans.remove(packet.fragmentSignature());
    if (waiting != null) {
      for (Orphan orphan : waiting) {
        if (Math.abs(packet.time() - orphan.time) <= WINDOW) {
          follow(words, at, orphan.number, orphan.time, orphan.wireLength, account);
        } else {
          abandon(orphan, account);
        }
      }
    }
  }

  /** Another fragment. */
  void later(Packet packet, Account account) {
    long signature = packet.fragmentSignature();
    int at = known.find(signature, packet.number());
    if (at >= 0 && Math.abs(packet.time() - known.words()[at + TIME]) <= WINDOW) {
      follow(known.words(), at, packet.number(), packet.time(), packet.wireLength(), account);
    } else {
      orphans.computeIfAbsent(signature, s -> new ArrayList<>()).add(orphan(packet));
    }
  }

  /** Gives up waiting for the first fragments of all that came long before this packet. */
  void expire(long packetNumber, Account account) {
    Iterator<List<Orphan>> oldest = orphans.values().iterator();
    while (oldest.hasNext()) {
      List<Orphan> waiting = oldest.next();
      if (packetNumber - waiting.get(0).number <= RecentTable.DISTANCE) {
        return;
      }
      waiting.forEach(orphan -> abandon(orphan, account));
      oldest.remove();
    }
  }

  /** Hashes of the address pairs of the fragments that wait for their first. */
  Set<Long> awaitedPairs() {
    return orphans.values().stream()
        .map(waiting -> waiting.get(0))
        .map(
            orphan ->
                Addresses.pairHash(
                    orphan.sourceHigh,
                    orphan.sourceLow,
                    orphan.destinationHigh,
                    orphan.destinationLow))
        .collect(Collectors.toSet());
  }

  private static Orphan orphan(Packet packet) {
    return new Orphan(
        packet.sourceHigh(),
        packet.sourceLow(),
        packet.destinationHigh(),
        packet.destinationLow(),
        packet.protocol(),
        packet.number(),
        packet.time(),
        packet.wireLength());
  }

  private static void follow(
      long[] words, int at, long number, long time, int wireLength, Account account) {
    account.fragment(
        words[at + KEY],
        words[at + KEY + 1],
        words[at + KEY + 2],
        words[at + KEY + 3],
        words[at + KEY + 4],
        number,
        time,
        wireLength);
  }

  private static void abandon(Orphan orphan, Account account) {
    account.fragment(
        orphan.sourceHigh,
        orphan.sourceLow,
        orphan.destinationHigh,
        orphan.destinationLow,
        FlowTable.ends(orphan.protocol, false, 0, 0),
        orphan.number,
        orphan.time,
        orphan.wireLength);
  }
}
