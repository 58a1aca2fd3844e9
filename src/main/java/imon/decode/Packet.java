package imon.decode;

import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.wire.Addresses;
import imon.wire.ArpMessage;
import imon.wire.Bytes;
import imon.wire.IcmpMessage;
import imon.wire.IpProtocol;
import imon.wire.Ipv4Packet;
import imon.wire.Ipv6Packet;
import imon.wire.TcpSegment;
import imon.wire.UdpDatagram;
import org.jspecify.annotations.Nullable;

/**
 * One packet of a {@link DealtBlock} as a worker sees it: addresses and ports of the innermost
 * flow, and what they carry. What it says is valid until the next {@link #read}, or until the block
 * is given back.
 */
public final class Packet {
  /** Whether and how a packet belongs to a flow. */
  public enum Kind {
    /** Addresses were found, and the accessors speak. */
    FLOW,
    /** Not IP. */
    NON_IP,
    /** Claims to be IP, but no address pair could be read. */
    UNDECODABLE
  }

  /** Which part of a datagram a packet holds. */
  public enum Part {
    WHOLE,
    FIRST_FRAGMENT,
    LATER_FRAGMENT
  }

  private final AnomalyCounts anomalies;
  private final Ipv4Packet ipv4 = new Ipv4Packet();
  private final Ipv6Packet ipv6 = new Ipv6Packet();
  private final TcpSegment tcp = new TcpSegment();
  private final UdpDatagram udp = new UdpDatagram();
  private final IcmpMessage icmp = new IcmpMessage();
  private final FragmentHeader fragment = new FragmentHeader();

  private final LinkLayer link = new LinkLayer();

  private byte[] buffer = new byte[0];
  private int network;
  private long number;
  private long time;
  private int wireLength;
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;
  private int protocol;
  private Part part = Part.WHOLE;
  private boolean ported;
  private int sourcePort;
  private int destinationPort;
  private boolean segment;
  private boolean datagram;
  private boolean echoRequest;
  private int payload;
  private int payloadLimit;

  public Packet(AnomalyCounts anomalies) {
    this.anomalies = anomalies;
  }

  /** Reads packet {@code index} of a block. */
  public Kind read(DealtBlock dealt, int index) {
    Block block = dealt.block();
    buffer = block.bytes();
    number = block.packetNumber(index);
    time = block.time(index);
    wireLength = block.wireLength(index);
    int start = block.start(index);
    int limit = start + block.capturedLength(index);
    link.of(buffer, start, limit, block.linkType(index));
    network = dealt.network(index);
    if (network < 0) {
      return network == NetworkWalk.NON_IP ? Kind.NON_IP : Kind.UNDECODABLE;
    }
    part = part(dealt.fragmented(index));
    readNetwork(limit);
    readTransport();
    return Kind.FLOW;
  }

  private Part part(int fragmented) {
    if (fragmented == 0) {
      return Part.WHOLE;
    }
    fragment.wrap(buffer, fragmented);
    return fragment.isFirst() ? Part.FIRST_FRAGMENT : Part.LATER_FRAGMENT;
  }

  /** The walk that found the header has checked it and counted what is odd about it. */
  private void readNetwork(int limit) {
    if ((buffer[network] & 0xf0) == 0x40) {
      if (ipv4.wrap(buffer, network, limit) != null) {
        throw new IllegalStateException("not a sound IPv4 header");
      }
      sourceHigh = 0;
      sourceLow = Addresses.mapped(ipv4.sourceAddress());
      destinationHigh = 0;
      destinationLow = Addresses.mapped(ipv4.destinationAddress());
      protocol = ipv4.protocol();
      payload = ipv4.payload();
      payloadLimit = ipv4.payloadLimit();
    } else {
      if (ipv6.wrap(buffer, network, limit) != null) {
        throw new IllegalStateException("not a sound IPv6 header");
      }
      sourceHigh = ipv6.sourceHigh();
      sourceLow = ipv6.sourceLow();
      destinationHigh = ipv6.destinationHigh();
      destinationLow = ipv6.destinationLow();
      protocol = ipv6.protocol();
      payload = ipv6.payload();
      payloadLimit = ipv6.payloadLimit();
    }
  }

  private void readTransport() {
    ported = false;
    segment = false;
    datagram = false;
    echoRequest = false;
    sourcePort = 0;
    destinationPort = 0;
    if (part == Part.LATER_FRAGMENT) {
      payload = payloadLimit;
      return;
    }
    int header = payload;
    switch (protocol) {
      case IpProtocol.TCP -> readTcp(header);
      case IpProtocol.UDP -> readUdp(header);
      case IpProtocol.ICMP -> readIcmp(header, false);
      case IpProtocol.ICMPV6 -> readIcmp(header, true);
      default -> readPorts(header);
    }
  }

  /** Ports are kept even when the rest of the header is cut or bad. */
  private void readPorts(int header) {
    if (IpProtocol.hasPorts(protocol) && header + 4 <= payloadLimit) {
      ported = true;
      sourcePort = Bytes.u16(buffer, header);
      destinationPort = Bytes.u16(buffer, header + 2);
    }
  }

  private void readTcp(int header) {
    readPorts(header);
    if (sound(tcp.wrap(buffer, header, payloadLimit))) {
      segment = true;
      payload = tcp.payload();
    }
  }

  private void readUdp(int header) {
    readPorts(header);
    if (sound(udp.wrap(buffer, header, payloadLimit))) {
      datagram = true;
      payload = udp.payload();
      payloadLimit = udp.payloadLimit();
    }
  }

  private void readIcmp(int header, boolean version6) {
    if (sound(icmp.wrap(buffer, header, payloadLimit, version6)) && icmp.isEcho()) {
      echoRequest = icmp.isEchoRequest();
      sourcePort = icmp.identifier();
      destinationPort = sourcePort;
    }
  }

  private boolean sound(@Nullable Anomaly anomaly) {
    if (anomaly != null) {
      anomalies.count(anomaly, number);
      payload = payloadLimit;
    }
    return anomaly == null;
  }

  /** The buffer that {@link #payload()} speaks of. */
  public byte[] buffer() {
    return buffer;
  }

  /** Number of the packet in its capture, from 1. */
  public long number() {
    return number;
  }

  /** Capture time, nanoseconds since 1970 UTC. */
  public long time() {
    return time;
  }

  /** Bytes of the whole frame on the wire. */
  public int wireLength() {
    return wireLength;
  }

  /** The message of a {@link Kind#NON_IP} packet that is sound ARP for IPv4, else null. */
  public @Nullable ArpMessage arp() {
    return network == NetworkWalk.NON_IP ? link.arp() : null;
  }

  /**
   * MAC address of the sender, in the low 48 bits; 0 when the link has none, and when the innermost
   * IP header came in a tunnel: the frame's ends are not the flow's then.
   */
  public long sourceMac() {
    return link.carriesIpAt(network) ? link.sourceMac() : 0;
  }

  /** MAC address of the receiver, like {@link #sourceMac}. */
  public long destinationMac() {
    return link.carriesIpAt(network) ? link.destinationMac() : 0;
  }

  /** High word of the source address, see {@link Addresses}. */
  public long sourceHigh() {
    return sourceHigh;
  }

  public long sourceLow() {
    return sourceLow;
  }

  public long destinationHigh() {
    return destinationHigh;
  }

  public long destinationLow() {
    return destinationLow;
  }

  /** Protocol number of the innermost IP header, see {@link IpProtocol}. */
  public int protocol() {
    return protocol;
  }

  /**
   * Whether this is a whole datagram, its first fragment, or a later one (which has no ports and no
   * payload).
   */
  public Part part() {
    return part;
  }

  /** The same for all fragments of a datagram; only of a fragment. */
  public long fragmentSignature() {
    return fragment.signature();
  }

  /** Whether {@link #sourcePort()} and {@link #destinationPort()} are ports. */
  public boolean isPorted() {
    return ported;
  }

  /** Source port; the identifier of an ICMP echo message; else 0. */
  public int sourcePort() {
    return sourcePort;
  }

  /** Destination port; the identifier of an ICMP echo message; else 0. */
  public int destinationPort() {
    return destinationPort;
  }

  /** Whether the sender of this packet asks for an echo. */
  public boolean isEchoRequest() {
    return echoRequest;
  }

  /** The TCP header, or null when the packet has no sound one. */
  public @Nullable TcpSegment tcp() {
    return segment ? tcp : null;
  }

  /** The UDP header, or null when the packet has no sound one. */
  public @Nullable UdpDatagram udp() {
    return datagram ? udp : null;
  }

  /** Where the transport payload starts in {@link #buffer()}. */
  public int payload() {
    return payload;
  }

  /** Where the captured part of the transport payload ends. */
  public int payloadLimit() {
    return payloadLimit;
  }
}
