package imon.decode;

import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.wire.Addresses;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import imon.wire.IpProtocol;
import imon.wire.Ipv4Packet;
import imon.wire.Ipv6Packet;
import org.jspecify.annotations.Nullable;

/**
 * Walks from the link layer to the innermost IP header that can be reached. After {@link #walk} the
 * accessors speak of that packet until the next call.
 *
 * <p>A tunnel over UDP is known by a port number, which proves nothing. So its headers are doubted
 * until an IP header is found that is sound and ends within the outer packet; if none is, the
 * packet stays the outer flow's and nothing is odd about it.
 */
final class NetworkWalk {
  /** Tunnels opened inside each other, at most: IP in IP, GRE, MPLS, PPPoE and all others alike. */
  static final int NESTING_LIMIT = 8;

  /** Answer of {@link #walk}: the packet does not claim to be IP. */
  static final int NON_IP = -1;

  /** Answer of {@link #walk}: the packet claims to be IP, but no address pair could be read. */
  static final int UNDECODABLE = -2;

  /** In the place of an answer: a filter rejected the packet, so that it was not walked. */
  static final int FILTERED = -3;

  private final AnomalyCounts anomalies;
  private final LinkWalk link = new LinkWalk();
  private final TunnelWalk tunnel = new TunnelWalk();
  private final Ipv4Packet ipv4 = new Ipv4Packet();
  private final Ipv6Packet ipv6 = new Ipv6Packet();

  private byte[] buffer = new byte[0];
  private long packetNumber;

  /** What comes next, a value of {@link EtherType}; where; and what the outer packet leaves it. */
  private int next;

  private int start;
  private int limit;
  private int wireLimit;

  private int tunnels;
  private boolean doubted;
  private int found;
  private int fragmented;
  private int carrier;
  private long pairHash;

  NetworkWalk(AnomalyCounts anomalies) {
    this.anomalies = anomalies;
  }

  /**
   * Offset of the innermost IP header in {@code packet}, or {@link #NON_IP}, or {@link
   * #UNDECODABLE}.
   *
   * @param packetStart above 0, as in a block, where the record's header stands before a packet:
   *     {@link #fragmented} needs the 0
   */
  int walk(byte[] packet, int packetStart, int packetLimit, int linkType, long number) {
    buffer = packet;
    packetNumber = number;
    wireLimit = Integer.MAX_VALUE;
    tunnels = 0;
    doubted = false;
    found = NON_IP;
    fragmented = 0;
    carrier = 0;
    stepBehindLink(
        linkType == LinkType.ETHERNET
            ? link.openEthernet(packet, packetStart, packetLimit)
            : link.open(linkType, packet, packetStart, packetLimit));
    while (next != EtherType.NOTHING) {
      step();
    }
    return found;
  }

  /**
   * Offset of the innermost IP header on the way that belongs to a fragment, or 0 when none does.
   */
  int fragmented() {
    return fragmented;
  }

  /**
   * Where that fragment came in a tunnel's packet that is in fragments itself: offset of the
   * outermost IP header of these, of which this is the first then; else 0.
   */
  int carrier() {
    return carrier;
  }

  /** A hash of the innermost address pair, the same for both directions. */
  long pairHash() {
    return pairHash;
  }

  private void step() {
    switch (next) {
      case EtherType.IPV4 -> stepOntoIpv4();
      case EtherType.IPV6 -> stepOntoIpv6();
      default -> stepOntoLink();
    }
  }

  private void stepOntoLink() {
    if (next == EtherType.WLAN_SUBFRAMES) {
      stepBehindLink(link.openCarried(next, buffer, start, limit));
      isSound(link.unopened());
    } else if (LinkWalk.isLink(next)) {
      if (!LinkWalk.isTunnel(next) || enter()) {
        stepBehindLink(link.openCarried(next, buffer, start, limit));
      }
    } else {
      Encapsulation header = tunnels > 0 ? tunnel.ofEtherType(next) : null;
      next = EtherType.NOTHING;
      if (header != null && isSound(header.wrap(buffer, start, limit))) {
        stepBehind(header);
      }
    }
  }

  private void stepBehindLink(@Nullable Anomaly anomaly) {
    next = EtherType.NOTHING;
    if (isSound(anomaly)) {
      next = link.carried();
      start = link.payload();
      limit = link.payloadLimit();
    }
  }

  private void stepBehind(Encapsulation header) {
    next = header.carried();
    start = header.payload();
    limit = header.payloadLimit();
  }

  private void stepOntoIpv4() {
    Anomaly anomaly = ipv4.wrap(buffer, start, limit);
    if (!isEntered(anomaly, ipv4.payloadAnomaly(), ipv4.wireLimit())) {
      return;
    }
    pairHash =
        Addresses.pairHash(
            0,
            Addresses.mapped(ipv4.sourceAddress()),
            0,
            Addresses.mapped(ipv4.destinationAddress()));
    wireLimit = ipv4.wireLimit();
    noteFragment(ipv4.isFragment());
    start = ipv4.payload();
    limit = ipv4.payloadLimit();
    if (ipv4.isFirst() && isSound(ipv4.payloadAnomaly())) {
      stepBehindIp(ipv4.protocol());
    }
  }

  private void stepOntoIpv6() {
    Anomaly anomaly = ipv6.wrap(buffer, start, limit);
    if (!isEntered(anomaly, ipv6.payloadAnomaly(), ipv6.wireLimit())) {
      return;
    }
    pairHash =
        Addresses.pairHash(
            ipv6.sourceHigh(), ipv6.sourceLow(), ipv6.destinationHigh(), ipv6.destinationLow());
    wireLimit = ipv6.wireLimit();
    noteFragment(ipv6.isFragment());
    start = ipv6.payload();
    limit = ipv6.payloadLimit();
    if (ipv6.isFirst() && isSound(ipv6.payloadAnomaly())) {
      stepBehindIp(ipv6.protocol());
    }
  }

  /** Whether an IP header is taken; if not, what was found before stays. */
  private boolean isEntered(
      @Nullable Anomaly anomaly, @Nullable Anomaly payloadAnomaly, int itsWireLimit) {
    next = EtherType.NOTHING;
    if (!isSound(anomaly)) {
      found = found == NON_IP ? UNDECODABLE : found;
      return false;
    }
    if (doubted && (payloadAnomaly != null || !fits(itsWireLimit))) {
      return false;
    }
    doubted = false;
    found = start;
    return true;
  }

  /** Whether it ends within its tunnel; of one that offload left without a length nobody knows. */
  private boolean fits(int itsWireLimit) {
    return itsWireLimit == Integer.MAX_VALUE
        ? (buffer[start] & 0xf0) == 0x40 && Ipv4Packet.isChecksumRight(buffer, start, limit)
        : itsWireLimit <= wireLimit;
  }

  /** How long a fragmented datagram is, the length of its first fragment does not say. */
  private void noteFragment(boolean fragment) {
    if (fragment) {
      wireLimit = Integer.MAX_VALUE;
      carrier = carrier == 0 ? fragmented : carrier;
      fragmented = found;
    }
  }

  private void stepBehindIp(int protocol) {
    switch (protocol) {
      case IpProtocol.TCP -> {}
      case IpProtocol.UDP -> stepIntoDatagram();
      case IpProtocol.IPV4 -> next = enter() ? EtherType.IPV4 : EtherType.NOTHING;
      case IpProtocol.IPV6 -> next = enter() ? EtherType.IPV6 : EtherType.NOTHING;
      default -> {
        Encapsulation header = tunnel.ofProtocol(protocol);
        if (header != null && enter() && isSound(header.wrap(buffer, start, limit))) {
          stepBehind(header);
        }
      }
    }
  }

  private void stepIntoDatagram() {
    Encapsulation header = tunnel.inDatagram(buffer, start, limit);
    if (header != null && header.carried() != EtherType.NOTHING && enter()) {
      doubted = true;
      wireLimit = Math.min(wireLimit, tunnel.wireLimit());
      stepBehind(header);
    }
  }

  private boolean enter() {
    if (tunnels == NESTING_LIMIT) {
      anomalies.count(Anomaly.NESTED_TOO_DEEP, packetNumber);
      next = EtherType.NOTHING;
      return false;
    }
    tunnels++;
    return true;
  }

  /** Counts what is odd; what is only doubted may be anything. */
  private boolean isSound(@Nullable Anomaly anomaly) {
    if (anomaly != null && !doubted) {
      anomalies.count(anomaly, packetNumber);
    }
    return anomaly == null;
  }
}
