package imon.decode;

import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.wire.Addresses;
import imon.wire.Bytes;
import imon.wire.EtherType;
import imon.wire.EthernetFrame;
import imon.wire.IpProtocol;
import imon.wire.Ipv4Packet;
import imon.wire.Ipv6Packet;
import imon.wire.LinuxCooked;
import org.jspecify.annotations.Nullable;

/**
 * Walks from the link layer to the innermost IP header that can be reached. After {@link #walk} the
 * accessors speak of that packet until the next call.
 */
final class NetworkWalk {
  /** IP headers opened inside each other, at most. */
  static final int NESTING_LIMIT = 8;

  /** Answer of {@link #walk}: the packet does not claim to be IP. */
  static final int NON_IP = -1;

  /** Answer of {@link #walk}: the packet claims to be IP, but no address pair could be read. */
  static final int UNDECODABLE = -2;

  private static final int LLC_SNAP = 0xaaaa03;

  private final AnomalyCounts anomalies;
  private final EthernetFrame ethernet = new EthernetFrame();
  private final LinuxCooked cooked = new LinuxCooked();
  private final Ipv4Packet ipv4 = new Ipv4Packet();
  private final Ipv6Packet ipv6 = new Ipv6Packet();

  private byte[] buffer = new byte[0];
  private long packetNumber;
  private int innermost;
  private int fragmented;
  private int next;
  private int payload;
  private int payloadLimit;
  private long pairHash;

  NetworkWalk(AnomalyCounts anomalies) {
    this.anomalies = anomalies;
  }

  /**
   * Offset of the innermost IP header in {@code packet}, or {@link #NON_IP}, or {@link
   * #UNDECODABLE}.
   */
  int walk(byte[] packet, int start, int limit, int linkType, long number) {
    buffer = packet;
    packetNumber = number;
    fragmented = 0;
    return switch (linkType) {
      case LinkType.ETHERNET -> ethernet(ethernet.wrap(packet, start, limit));
      case LinkType.LINUX_SLL -> cooked(cooked.wrap(packet, start, limit));
      case LinkType.LINUX_SLL2 -> cooked(cooked.wrapVersion2(packet, start, limit));
      case LinkType.RAW, LinkType.RAW_OLD, LinkType.RAW_OPENBSD -> raw(start, limit);
      case LinkType.IPV4 -> network(EtherType.IPV4, start, limit);
      case LinkType.IPV6 -> network(EtherType.IPV6, start, limit);
      case LinkType.NULL, LinkType.LOOP -> loopback(start, limit);
      default -> nonIp(Anomaly.LINK_TYPE_UNKNOWN);
    };
  }

  /**
   * Offset of the IP header on the way that belongs to a fragment, or 0: the innermost, when it
   * hides what it carries, else the outermost.
   */
  int fragmented() {
    return fragmented;
  }

  /** A hash of the innermost address pair, the same for both directions. */
  long pairHash() {
    return pairHash;
  }

  private int ethernet(@Nullable Anomaly anomaly) {
    if (anomaly != null) {
      return nonIp(anomaly);
    }
    int type = ethernet.etherType();
    int start = ethernet.payload();
    int limit = ethernet.payloadLimit();
    if (type < EtherType.SMALLEST
        && start + 8 <= limit
        && Bytes.i32(buffer, start) >>> 8 == LLC_SNAP
        && ethernet.wrapFromType(buffer, start + 6, limit) == null) {
      return network(ethernet.etherType(), ethernet.payload(), limit);
    }
    return network(type, start, limit);
  }

  private int cooked(@Nullable Anomaly anomaly) {
    return anomaly != null
        ? nonIp(anomaly)
        : network(cooked.etherType(), cooked.payload(), cooked.payloadLimit());
  }

  private int raw(int start, int limit) {
    if (start >= limit) {
      return nonIp(Anomaly.LINK_HEADER_CUT);
    }
    int version = Bytes.u8(buffer, start) >> 4;
    return network(version == 6 ? EtherType.IPV6 : EtherType.IPV4, start, limit);
  }

  /**
   * An address family of four bytes, in the byte order of the host that captured: 2 is IPv4
   * everywhere, IPv6 is 10, 24, 28 or 30, depending on the system.
   */
  private int loopback(int start, int limit) {
    if (start + 4 > limit) {
      return nonIp(Anomaly.LINK_HEADER_CUT);
    }
    int family = Bytes.i32(buffer, start);
    if (family < 0 || family > 0xffff) {
      family = Integer.reverseBytes(family);
    }
    return switch (family) {
      case 2 -> network(EtherType.IPV4, start + 4, limit);
      case 10, 24, 28, 30 -> network(EtherType.IPV6, start + 4, limit);
      default -> NON_IP;
    };
  }

  private int nonIp(Anomaly anomaly) {
    anomalies.count(anomaly, packetNumber);
    return NON_IP;
  }

  private int network(int etherType, int start, int limit) {
    if (etherType != EtherType.IPV4 && etherType != EtherType.IPV6) {
      return NON_IP;
    }
    if (!ip(etherType == EtherType.IPV4, start, limit)) {
      return UNDECODABLE;
    }
    int nesting = 1;
    while (next == IpProtocol.IPV4 || next == IpProtocol.IPV6) {
      if (nesting++ == NESTING_LIMIT) {
        anomalies.count(Anomaly.NESTED_TOO_DEEP, packetNumber);
        break;
      }
      if (!ip(next == IpProtocol.IPV4, payload, payloadLimit)) {
        break;
      }
    }
    return innermost;
  }

  /** Steps onto an IP header; when it is not sound, what was reached before stays. */
  private boolean ip(boolean version4, int start, int limit) {
    Anomaly anomaly = version4 ? ipv4.wrap(buffer, start, limit) : ipv6.wrap(buffer, start, limit);
    if (anomaly != null) {
      anomalies.count(anomaly, packetNumber);
      return false;
    }
    innermost = start;
    if (version4) {
      stepOntoIpv4();
    } else {
      stepOntoIpv6();
    }
    return true;
  }

  private void stepOntoIpv4() {
    count(ipv4.payloadAnomaly());
    pairHash =
        Addresses.pairHash(
            0,
            Addresses.mapped(ipv4.sourceAddress()),
            0,
            Addresses.mapped(ipv4.destinationAddress()));
    noteFragment(ipv4.isFragment(), ipv4.isFirst());
    next = ipv4.isFirst() && ipv4.payloadAnomaly() == null ? ipv4.protocol() : IpProtocol.NO_NEXT;
    payload = ipv4.payload();
    payloadLimit = ipv4.payloadLimit();
  }

  private void stepOntoIpv6() {
    count(ipv6.payloadAnomaly());
    pairHash =
        Addresses.pairHash(
            ipv6.sourceHigh(), ipv6.sourceLow(), ipv6.destinationHigh(), ipv6.destinationLow());
    noteFragment(ipv6.isFragment(), ipv6.isFirst());
    next = ipv6.isFirst() && ipv6.payloadAnomaly() == null ? ipv6.protocol() : IpProtocol.NO_NEXT;
    payload = ipv6.payload();
    payloadLimit = ipv6.payloadLimit();
  }

  private void noteFragment(boolean fragment, boolean first) {
    if (fragment && (fragmented == 0 || !first)) {
      fragmented = innermost;
    }
  }

  private void count(@Nullable Anomaly anomaly) {
    if (anomaly != null) {
      anomalies.count(anomaly, packetNumber);
    }
  }
}
