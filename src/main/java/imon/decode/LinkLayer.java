package imon.decode;

import imon.pcap.Anomaly;
import imon.wire.ArpMessage;
import imon.wire.Bytes;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the network header of one packet: MAC addresses, or an ARP message behind
 * them. It is looked at for the few packets whose link layer matters, and need not be noted for
 * all.
 */
final class LinkLayer {
  private static final long ALL = 0xffff_ffff_ffffL;

  private final LinkWalk link = new LinkWalk();
  private final ArpMessage arp = new ArpMessage();
  private byte[] buffer = new byte[0];
  private int start;
  private int limit;
  private int linkType;
  private boolean walked;
  private int reached;

  /** From here on this packet is spoken of; nothing is read before it is asked for. */
  void of(byte[] packet, int packetStart, int packetLimit, int packetLinkType) {
    buffer = packet;
    start = packetStart;
    limit = packetLimit;
    linkType = packetLinkType;
    walked = false;
  }

  /** What stands behind the link headers: a network header, a tunnel, or nothing sound. */
  private int reached() {
    if (!walked) {
      walked = true;
      walk();
    }
    return reached;
  }

  private void walk() {
    Anomaly anomaly = link.open(linkType, buffer, start, limit);
    while (anomaly == null && isLinkAlone(link.carried())) {
      anomaly = link.openCarried(link.carried(), buffer, link.payload(), link.payloadLimit());
    }
    reached = anomaly == null ? link.carried() : EtherType.NOTHING;
  }

  private static boolean isLinkAlone(int carried) {
    return LinkWalk.isLink(carried) && !LinkWalk.isTunnel(carried);
  }

  /** Whether an IP header stands at {@code network}, right behind the link headers. */
  boolean carriesIpAt(int network) {
    int carried = reached();
    return (carried == EtherType.IPV4 || carried == EtherType.IPV6) && link.payload() == network;
  }

  /** The ARP message behind the link headers when it is sound, else null. */
  @Nullable ArpMessage arp() {
    boolean sound =
        reached() == EtherType.ARP && arp.wrap(buffer, link.payload(), link.payloadLimit()) == null;
    return sound ? arp : null;
  }

  /** MAC address of the sender, or 0; only where {@link #carriesIpAt} has found IP. */
  long sourceMac() {
    return mac(link.sourceMac());
  }

  /** MAC address of the receiver, like {@link #sourceMac}. */
  long destinationMac() {
    return mac(link.destinationMac());
  }

  /** Whether the frame was sent to all on its link; like {@link #sourceMac}. */
  boolean isBroadcast() {
    int receiver = link.destinationMac();
    return receiver == LinkWalk.NO_MAC
        ? link.isCookedBroadcast()
        : Bytes.u48(buffer, receiver) == ALL;
  }

  private long mac(int offset) {
    return offset == LinkWalk.NO_MAC ? 0 : Bytes.u48(buffer, offset);
  }
}
