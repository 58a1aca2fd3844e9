package imon.decode;

import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.wire.Addresses;
import imon.wire.ArpMessage;
import imon.wire.IpProtocol;
import imon.wire.TcpSegment;
import imon.wire.UdpDatagram;
import org.jspecify.annotations.Nullable;

/**
 * One packet as its worker sees it: addresses and ports of the innermost flow, and what they carry.
 * What it says is valid until the next {@link #read}, or until the block is filled again.
 */
public final class Packet {
  /** Whether and how a packet belongs to a flow. */
  public enum Kind {
    /** Addresses were found, and the accessors speak. */
    FLOW,
    /** Not IP. */
    NON_IP,
    /** Claims to be IP, but no address pair could be read. */
    UNDECODABLE,
    /** Rejected by the filter, and not looked at. */
    FILTERED
  }

  /** Which part of a datagram a packet holds. */
  public enum Part {
    WHOLE,
    FIRST_FRAGMENT,
    LATER_FRAGMENT,
    /** A datagram put together of its fragments, see {@link Packet#assemble}. */
    ASSEMBLED
  }

  private final NetworkHeader addresses = new NetworkHeader();
  private final Transport transport;
  private final FragmentHeader fragment = new FragmentHeader();
  private final FragmentHeader carrier = new FragmentHeader();
  private final LinkLayer link = new LinkLayer();

  private byte[] buffer = new byte[0];
  private int network;
  private long number;
  private long tick;
  private long time;
  private int wireLength;
  private int protocol;
  private Part part = Part.WHOLE;
  private boolean tunnelled;
  private long fragmentHash;
  private boolean carried;
  private int header;
  private int payload;
  private int payloadLimit;
  private boolean cut;
  private int skipped;
  private int repeated;

  public Packet(AnomalyCounts anomalies) {
    transport = new Transport(anomalies);
  }

  /** Reads packet {@code index} of a block, which the dealer has just found to be the worker's. */
  public Kind read(Block block, int index, Dealer dealer) {
    buffer = block.bytes();
    number = block.packetNumber(index);
    tick = dealer.tick();
    time = block.time(index);
    wireLength = block.wireLength(index);
    int start = block.start(index);
    int limit = start + block.capturedLength(index);
    cut = block.capturedLength(index) < block.wireLength(index);
    link.of(buffer, start, limit, block.linkType(index));
    network = dealer.network();
    if (network < 0) {
      return unflowed(network);
    }
    part = dealer.fragmented() == 0 ? Part.WHOLE : part(dealer, limit);
    skipped = 0;
    repeated = 0;
    readNetwork(limit);
    readTransport();
    return Kind.FLOW;
  }

  private static Kind unflowed(int network) {
    return switch (network) {
      case NetworkWalk.NON_IP -> Kind.NON_IP;
      case NetworkWalk.FILTERED -> Kind.FILTERED;
      default -> Kind.UNDECODABLE;
    };
  }

  private Part part(Dealer dealer, int limit) {
    fragment.wrap(buffer, dealer.fragmented(), limit);
    tunnelled = dealer.isFollowing() || dealer.fragmented() != network;
    fragmentHash = dealer.fragmentHash();
    carried = dealer.carrier() != 0;
    if (carried) {
      carrier.wrap(buffer, dealer.carrier(), limit);
    }
    return fragment.isFirst() ? Part.FIRST_FRAGMENT : Part.LATER_FRAGMENT;
  }

  /**
   * Makes of this packet, which is a fragment, the datagram that it completed: what follows the IP
   * header, or what a tunnel carries, is from now on read from {@code datagram}. Number and time
   * stay, as do the addresses of a datagram in no tunnel.
   *
   * @param datagram what the fragments carry, from the datagram's first byte on
   * @param length how many bytes that are
   * @param layout where in it things stand, as the first fragment showed
   * @param known how many bytes of the transport payload were read before, with the first fragment
   * @return false when there is still no whole packet, because what is inside is a fragment too
   */
  public boolean assemble(byte[] datagram, int length, long layout, int known) {
    buffer = datagram;
    part = Part.ASSEMBLED;
    if (DatagramLayout.isTunnel(layout)) {
      network = DatagramLayout.header(layout);
      readNetwork(length);
      if (addresses.isFragment()) {
        return false;
      }
    } else {
      protocol = DatagramLayout.protocol(layout);
      payload = DatagramLayout.header(layout);
      payloadLimit = length;
    }
    readTransport();
    pass(known);
    return true;
  }

  /** A stream goes on where it was left; a message is read from its start again. */
  private void pass(int known) {
    boolean stream = transport.tcp() != null;
    int count = Math.min(known, payloadLimit - payload);
    skipped = stream ? count : 0;
    repeated = stream ? 0 : count;
    payload += skipped;
  }

  /** Of a first fragment: where things stand in its datagram, for {@link #assemble}. */
  public long layout() {
    return !tunnelled
        ? DatagramLayout.ofTransport(header - fragment.start(), protocol)
        : DatagramLayout.ofTunnel(network - fragment.start());
  }

  private void readNetwork(int limit) {
    addresses.read(buffer, network, limit);
    protocol = addresses.protocol();
    payload = addresses.payload();
    payloadLimit = addresses.payloadLimit();
  }

  private void readTransport() {
    if (part == Part.LATER_FRAGMENT) {
      transport.skip(payloadLimit);
    } else {
      header = payload;
      transport.read(buffer, protocol, payload, payloadLimit, number, part != Part.ASSEMBLED);
    }
    payload = transport.payload();
    payloadLimit = transport.payloadLimit();
  }

  /** The buffer that {@link #payload()} speaks of. */
  public byte[] buffer() {
    return buffer;
  }

  /** Number of the packet in its capture, from 1. */
  public long number() {
    return number;
  }

  /** The capture's own clock, see {@link Dealer#tick}. */
  public long tick() {
    return tick;
  }

  /** Capture time, nanoseconds since 1970 UTC. */
  public long time() {
    return time;
  }

  /** Bytes of the whole frame on the wire. */
  public int wireLength() {
    return wireLength;
  }

  /** Whether bytes of the frame were not captured. */
  public boolean isCut() {
    return cut;
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

  /** Whether the frame was sent to all on its link, as far as {@link #sourceMac} is known. */
  public boolean isLinkBroadcast() {
    return link.carriesIpAt(network) && link.isBroadcast();
  }

  /** How many more routers may pass it on, by the innermost IP header. */
  public int hopLimit() {
    return addresses.hopLimit();
  }

  /** High word of the source address, see {@link Addresses}. */
  public long sourceHigh() {
    return addresses.sourceHigh();
  }

  public long sourceLow() {
    return addresses.sourceLow();
  }

  public long destinationHigh() {
    return addresses.destinationHigh();
  }

  public long destinationLow() {
    return addresses.destinationLow();
  }

  /** Protocol number of the innermost IP header, see {@link IpProtocol}. */
  public int protocol() {
    return protocol;
  }

  /** What of its datagram this is; a later fragment has no ports and no payload. */
  public Part part() {
    return part;
  }

  /** What a fragment says of its datagram; only of a fragment. */
  public FragmentHeader fragment() {
    return fragment;
  }

  /**
   * The same for all fragments of a datagram, and another for those of a tunnel packet that are
   * known to be that: these have the inner addresses in it as well, so that packets of two inner
   * pairs that a tunnel gave one identification never meet; only of a fragment.
   */
  public long fragmentSignature() {
    return tunnelled ? tunnelSignature(fragment) : fragment.signature();
  }

  private long tunnelSignature(FragmentHeader header) {
    return ~Addresses.hash(header.signature(), fragmentHash);
  }

  /**
   * Whether this fragment came in a tunnel's packet that is in fragments, too, of which this is the
   * first.
   */
  public boolean isCarried() {
    return part != Part.WHOLE && carried;
  }

  /** The {@link #fragmentSignature} of that packet's other fragments. */
  public long carrierSignature() {
    return tunnelSignature(carrier);
  }

  /** Whether {@link #sourcePort()} and {@link #destinationPort()} are ports. */
  public boolean isPorted() {
    return transport.isPorted();
  }

  /** Source port; the identifier of an ICMP echo message; else 0. */
  public int sourcePort() {
    return transport.sourcePort();
  }

  /** Destination port; the identifier of an ICMP echo message; else 0. */
  public int destinationPort() {
    return transport.destinationPort();
  }

  /** Whether the sender of this packet asks for an echo. */
  public boolean isEchoRequest() {
    return transport.isEchoRequest();
  }

  /** Whether the sender of this packet answers such a request. */
  public boolean isEchoReply() {
    return transport.isEchoReply();
  }

  /** The TCP header, or null when the packet has no sound one. */
  public @Nullable TcpSegment tcp() {
    return transport.tcp();
  }

  /** The UDP header, or null when the packet has no sound one. */
  public @Nullable UdpDatagram udp() {
    return transport.udp();
  }

  /** Where the innermost IP header starts in {@link #buffer()}; not of an assembled datagram. */
  public int network() {
    return network;
  }

  /** Whether this is a fragment of a tunnel's packet, or follows one. */
  public boolean isTunnelledFragment() {
    return part != Part.WHOLE && tunnelled;
  }

  /** Where the transport payload starts in {@link #buffer()}. */
  public int payload() {
    return payload;
  }

  /** Bytes of a segment before {@link #payload()} that were read with its first fragment. */
  public int skipped() {
    return skipped;
  }

  /** Bytes from {@link #payload()} on that were read before, with a datagram's first fragment. */
  public int repeated() {
    return repeated;
  }

  /** Where the captured part of the transport payload ends. */
  public int payloadLimit() {
    return payloadLimit;
  }
}
