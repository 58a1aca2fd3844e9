package imon.flow.recent;

import imon.decode.FragmentHeader;
import imon.decode.Packet;
import imon.flow.recent.PartialDatagram.Verdict;
import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.wire.IpProtocol;

/**
 * Puts datagrams together of their fragments, in any order, where a name may hang on it. Bounds: 16
 * KiB and 64 fragments for each, and 4,096 packets of the capture from the first fragment that came
 * to the last.
 *
 * <p>What a fragment of a tunnel packet carries is put together only when the first fragment comes
 * first, as the others are not known to be of that tunnel before.
 */
public final class Reassembly {
  private final AnomalyCounts anomalies;
  private final PartialDatagrams partials;
  private final byte[] whole = new byte[PartialDatagram.MAX_BYTES];

  public Reassembly(AnomalyCounts anomalies) {
    this.anomalies = anomalies;
    partials = new PartialDatagrams(anomalies);
  }

  /**
   * Takes in a first fragment. True when all others came before: then the packet is the whole
   * datagram from now on, valid until the next call of this object.
   *
   * @param wanted whether the datagram could name anything
   */
  public boolean first(Packet packet, boolean wanted) {
    partials.expire(packet.number());
    PartialDatagram partial = partials.find(packet.fragmentSignature());
    if (!wanted) {
      if (partial != null) {
        partial.close();
      }
      return false;
    }
    if (partial == null || partial.isOver()) {
      partial = open(packet);
    }
    int read = packet.payloadLimit() - packet.payload();
    partial.first(packet.layout(), read);
    return add(partial, packet) && assemble(packet, partial, 0);
  }

  /**
   * Takes in another fragment. True when it was the last that was missing: then the packet is the
   * whole datagram from now on, valid until the next call of this object.
   *
   * @param followed whether the first fragment came before
   */
  public boolean later(Packet packet, boolean followed) {
    partials.expire(packet.number());
    PartialDatagram partial = partials.find(packet.fragmentSignature());
    if (partial == null) {
      if (followed || !mayName(packet.protocol())) {
        return false;
      }
      partial = open(packet);
    }
    return add(partial, packet) && assemble(packet, partial, partial.known());
  }

  /** Whether datagrams of this protocol are read at all. */
  public static boolean mayName(int protocol) {
    return protocol == IpProtocol.TCP || protocol == IpProtocol.UDP;
  }

  private PartialDatagram open(Packet packet) {
    return partials.open(
        packet.fragmentSignature(), packet.number(), packet.fragment().isVersion6());
  }

  private boolean add(PartialDatagram partial, Packet packet) {
    FragmentHeader fragment = packet.fragment();
    if (fragment.isCut()) {
      return false;
    }
    Verdict verdict =
        partial.add(
            fragment.offset(),
            fragment.isLast(),
            packet.buffer(),
            fragment.start(),
            fragment.end());
    if (verdict == Verdict.SPOILED) {
      anomalies.count(Anomaly.DATAGRAM_GIVEN_UP, packet.number());
    }
    return verdict == Verdict.WHOLE;
  }

  private boolean assemble(Packet packet, PartialDatagram partial, int known) {
    partial.layOut(whole);
    return packet.assemble(whole, partial.length(), partial.layout(), known);
  }

  /** Gives up what waited too long when this packet comes. */
  public void expire(long packet) {
    partials.expire(packet);
  }
}
