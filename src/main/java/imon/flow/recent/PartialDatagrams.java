package imon.flow.recent;

import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams that wait for fragments, by signature. Each is kept for {@link #DISTANCE} packets of
 * the capture after its first fragment came, so that there are never more of them at once; what was
 * not whole then is counted as {@link Anomaly#DATAGRAM_INCOMPLETE}. Allocates nothing once it is
 * warm.
 */
final class PartialDatagrams {
  /**
   * For how many packets of the capture, of any flow, fragments are kept: a sender sends them one
   * after the other, and their bytes are many.
   */
  static final long DISTANCE = 1 << 12;

  private static final int PLACES = 1 << 12;

  /** Kept for the next datagrams; in the long run as many come as go. */
  private static final int SPARE = 64;

  private final AnomalyCounts anomalies;
  private final @Nullable PartialDatagram[] places = new @Nullable PartialDatagram[PLACES];
  private final Deque<PartialDatagram> inOrder = new ArrayDeque<>();
  private final Deque<PartialDatagram> spare = new ArrayDeque<>();

  PartialDatagrams(AnomalyCounts anomalies) {
    this.anomalies = anomalies;
  }

  @Nullable PartialDatagram find(long signature) {
    PartialDatagram at = places[place(signature)];
    while (at != null && at.signature() != signature) {
      at = at.next();
    }
    return at;
  }

  /** Makes one, in place of any other of this signature, which gets no more fragments. */
  PartialDatagram open(long signature, long packet, boolean version6) {
    remove(signature);
    PartialDatagram partial = spare.isEmpty() ? new PartialDatagram() : spare.pop();
    partial.open(signature, packet, version6);
    partial.setNext(places[place(signature)]);
    places[place(signature)] = partial;
    inOrder.add(partial);
    return partial;
  }

  private void remove(long signature) {
    int place = place(signature);
    PartialDatagram before = null;
    PartialDatagram at = places[place];
    while (at != null && at.signature() != signature) {
      before = at;
      at = at.next();
    }
    if (at != null && before != null) {
      before.setNext(at.next());
    } else if (at != null) {
      places[place] = at.next();
    }
  }

  /** Gives up those that were opened too long before this packet. */
  void expire(long packet) {
    PartialDatagram oldest = inOrder.peek();
    while (oldest != null && packet - oldest.openedAt() > DISTANCE) {
      inOrder.remove();
      release(oldest);
      oldest = inOrder.peek();
    }
  }

  private void release(PartialDatagram partial) {
    if (!partial.isOver()) {
      anomalies.count(Anomaly.DATAGRAM_INCOMPLETE, partial.openedAt());
    }
    if (find(partial.signature()) == partial) {
      remove(partial.signature());
    }
    if (spare.size() < SPARE) {
      spare.push(partial);
    }
  }

  private static int place(long signature) {
    return (int) (signature >>> 32) & PLACES - 1;
  }
}
