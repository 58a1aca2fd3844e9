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

  /** Source, destination and ends of the flow of the packet at hand. */
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
    final boolean carried;
    final long carrier;
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
      carried = packet.isCarried();
      carrier = carried ? packet.carrierSignature() : 0;
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
    key[0] = packet.sourceHigh();
    key[1] = packet.sourceLow();
    key[2] = packet.destinationHigh();
    key[3] = packet.destinationLow();
    key[4] = ends;
    know(key, packet.fragmentSignature(), packet.number(), packet.time(), account);
    knowCarrier(packet, account);
  }

  /** Another fragment; whether its first one has been seen. */
  boolean later(Packet packet, Account account) {
    int at = known.find(packet.fragmentSignature(), packet.number());
    boolean followed =
        at >= 0 && Math.abs(packet.time() - known.words()[at + TIME]) <= FragmentSpan.NANOSECONDS;
    if (followed) {
      System.arraycopy(known.words(), at + KEY, key, 0, KEY_WORDS);
      follow(key, packet.number(), packet.time(), packet.wireLength(), account);
      knowCarrier(packet, account);
    } else {
      Orphan orphan = new Orphan(packet);
      orphans.computeIfAbsent(orphan.signature, s -> new ArrayDeque<>()).add(orphan);
      inOrder.add(orphan);
    }
    return followed;
  }

  /** A fragment may be cut in fragments itself, by a tunnel: these go where it goes. */
  private void knowCarrier(Packet packet, Account account) {
    if (packet.isCarried()) {
      know(key, packet.carrierSignature(), packet.number(), packet.time(), account);
    }
  }

  /** Fragments of this signature go to the flow of a key, those that wait, too. */
  private void know(long[] of, long signature, long number, long time, Account account) {
    int at = known.put(signature, number);
    known.words()[at + TIME] = time;
    System.arraycopy(of, 0, known.words(), at + KEY, KEY_WORDS);
    Deque<Orphan> waiting = orphans.remove(signature);
    if (waiting != null) {
      for (Orphan orphan : waiting) {
        orphan.accounted = true;
        if (Math.abs(time - orphan.time) <= FragmentSpan.NANOSECONDS) {
          adopt(orphan, of, account);
        } else {
          abandon(orphan, account);
        }
      }
    }
  }

  private void adopt(Orphan orphan, long[] of, Account account) {
    follow(of, orphan.number, orphan.time, orphan.wireLength, account);
    if (orphan.carried) {
      know(of, orphan.carrier, orphan.number, orphan.time, account);
    }
  }

  private void abandon(Orphan orphan, Account account) {
    long ends = FlowKey.ends(orphan.protocol, false, 0, 0);
    long[] own = {
      orphan.sourceHigh, orphan.sourceLow, orphan.destinationHigh, orphan.destinationLow, ends
    };
    adopt(orphan, own, account);
  }

  private static void follow(long[] of, long number, long time, int wireLength, Account account) {
    account.fragment(of[0], of[1], of[2], of[3], of[4], number, time, wireLength);
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
}
