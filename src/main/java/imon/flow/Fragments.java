package imon.flow;

import imon.decode.FragmentSpan;
import imon.decode.Packet;
import imon.flow.recent.RecentTable;
import imon.wire.Addresses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Accounts the fragments of a datagram to its flow: the first one has the ports, the others wait
 * for it or come after it. A fragment whose first never comes goes to a flow without ports.
 */
final class Fragments {
  private static final int TIME = 0;
  private static final int KEY = 1;
  private static final int KEY_WORDS = 5;

  private final RecentTable known = new RecentTable(KEY + KEY_WORDS);

  /** Source, destination and ends of the flow of the fragment at hand. */
  private final long[] key = new long[KEY_WORDS];

  private final Map<Long, Deque<Orphan>> orphans = new HashMap<>();
  private final Deque<Orphan> inOrder = new ArrayDeque<>();

  /** A packet of a flow that is known or not; direction is the packet's. */
  private static final class Orphan {
    final long signature;
    final long sourceHigh;
    final long sourceLow;
    final long destinationHigh;
    final long destinationLow;
    final int protocol;
    final long number;
    final long time;
    final int wireLength;
    boolean accounted;

    Orphan(Packet packet) {
      signature = packet.fragmentSignature();
      sourceHigh = packet.sourceHigh();
      sourceLow = packet.sourceLow();
      destinationHigh = packet.destinationHigh();
      destinationLow = packet.destinationLow();
      protocol = packet.protocol();
      number = packet.number();
      time = packet.time();
      wireLength = packet.wireLength();
    }
  }

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
    keyOf(packet, ends);
    knowCarrier(packet);
    int at = know(packet.fragmentSignature(), packet);
    Deque<Orphan> waiting = orphans.remove(packet.fragmentSignature());
    if (waiting != null) {
      for (Orphan orphan : waiting) {
        orphan.accounted = true;
        if (Math.abs(packet.time() - orphan.time) <= FragmentSpan.NANOSECONDS) {
          follow(known.words(), at, orphan.number, orphan.time, orphan.wireLength, account);
        } else {
          abandon(orphan, account);
        }
      }
    }
  }

  /** Another fragment; whether its first one has been seen. */
  boolean later(Packet packet, Account account) {
    int at = known.find(packet.fragmentSignature(), packet.number());
    boolean followed =
        at >= 0 && Math.abs(packet.time() - known.words()[at + TIME]) <= FragmentSpan.NANOSECONDS;
    if (followed) {
      follow(known.words(), at, packet.number(), packet.time(), packet.wireLength(), account);
      System.arraycopy(known.words(), at + KEY, key, 0, KEY_WORDS);
    } else {
      Orphan orphan = new Orphan(packet);
      orphans.computeIfAbsent(orphan.signature, s -> new ArrayDeque<>()).add(orphan);
      inOrder.add(orphan);
      keyOf(packet, portless(packet.protocol()));
    }
    knowCarrier(packet);
    return followed;
  }

  private void keyOf(Packet packet, long ends) {
    key[0] = packet.sourceHigh();
    key[1] = packet.sourceLow();
    key[2] = packet.destinationHigh();
    key[3] = packet.destinationLow();
    key[4] = ends;
  }

  /** Fragments of this signature go to the flow of the key; where that stands in the table. */
  private int know(long signature, Packet packet) {
    int at = known.put(signature, packet.number());
    known.words()[at + TIME] = packet.time();
    System.arraycopy(key, 0, known.words(), at + KEY, KEY_WORDS);
    return at;
  }

  /**
   * A tunnel may have cut a fragment in fragments again: these go where it goes, or to a flow
   * without ports while that is not known. They never wait: whoever deals packets to workers does
   * not either, and has remembered where they belong by now.
   */
  private void knowCarrier(Packet packet) {
    if (packet.isCarried()) {
      know(packet.carrierSignature(), packet);
    }
  }

  /**
   * Gives up waiting for the first fragments of all that came long before this packet. To be called
   * before each packet is accounted, so that what a flow has does not depend on when it is called.
   */
  void expire(long packetNumber, Account account) {
    Orphan oldest = inOrder.peek();
    while (oldest != null && packetNumber - oldest.number > FragmentSpan.PACKETS) {
      inOrder.remove();
      if (!oldest.accounted) {
        forget(oldest);
        abandon(oldest, account);
      }
      oldest = inOrder.peek();
    }
  }

  /** Hashes of the address pairs of the fragments that wait for their first. */
  Set<Long> awaitedPairs() {
    return orphans.values().stream()
        .map(Deque::element)
        .map(
            orphan ->
                Addresses.pairHash(
                    orphan.sourceHigh,
                    orphan.sourceLow,
                    orphan.destinationHigh,
                    orphan.destinationLow))
        .collect(Collectors.toSet());
  }

  private void forget(Orphan oldest) {
    Deque<Orphan> waiting = orphans.get(oldest.signature);
    if (waiting != null) {
      waiting.remove();
      if (waiting.isEmpty()) {
        orphans.remove(oldest.signature);
      }
    }
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
        portless(orphan.protocol),
        orphan.number,
        orphan.time,
        orphan.wireLength);
  }

  private static long portless(int protocol) {
    return FlowKey.ends(protocol, false, 0, 0);
  }
}
