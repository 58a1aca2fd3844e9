package imon.decode;

import imon.wire.Addresses;
import imon.wire.Ipv4Packet;
import imon.wire.Ipv6Packet;

/** What a fragment of IPv4 or IPv6 says of the datagram it is a part of. */
public final class FragmentHeader {
  private final Ipv4Packet ipv4 = new Ipv4Packet();
  private final Ipv6Packet ipv6 = new Ipv6Packet();
  private boolean version6;
  private long signature;
  private boolean first;
  private boolean last;
  private int offset;
  private int start;
  private int end;
  private boolean cut;

  FragmentHeader() {}

  /** Wraps an IP header that {@link NetworkWalk} has found sound and fragmented. */
  void wrap(byte[] buffer, int header, int limit) {
    version6 = (buffer[header] & 0xf0) != 0x40;
    if (version6) {
      wrapIpv6(buffer, header, limit);
    } else {
      wrapIpv4(buffer, header, limit);
    }
  }

  private void wrapIpv4(byte[] buffer, int header, int limit) {
    if (ipv4.wrap(buffer, header, limit) != null) {
      throw new IllegalStateException("not a sound IPv4 header");
    }
    first = ipv4.isFirst();
    last = !ipv4.hasMoreFragments();
    offset = ipv4.fragmentOffset();
    start = ipv4.fragment();
    end = ipv4.payloadLimit();
    cut = ipv4.wireLimit() != end;
    long pair = Addresses.hash(ipv4.sourceAddress(), Addresses.mapped(ipv4.destinationAddress()));
    signature = Addresses.hash(pair, (long) ipv4.protocolField() << 32 | ipv4.identification());
  }

  private void wrapIpv6(byte[] buffer, int header, int limit) {
    if (ipv6.wrap(buffer, header, limit) != null) {
      throw new IllegalStateException("not a sound IPv6 header");
    }
    first = ipv6.isFirst();
    last = !ipv6.hasMoreFragments();
    offset = ipv6.fragmentOffset();
    start = ipv6.fragment();
    end = ipv6.payloadLimit();
    cut = ipv6.wireLimit() != end;
    long source = Addresses.hash(ipv6.sourceHigh(), ipv6.sourceLow());
    long pair = Addresses.hash(source ^ ipv6.destinationHigh(), ipv6.destinationLow());
    signature = Addresses.hash(pair, ipv6.identification() & 0xffff_ffffL);
  }

  /**
   * The same for all fragments of a datagram: source, destination, identification and, for IPv4,
   * the protocol (RFC 791, section 3.2; RFC 8200, section 4.5).
   */
  long signature() {
    return signature;
  }

  public boolean isVersion6() {
    return version6;
  }

  /** Whether this fragment has the datagram's first byte, and so its ports. */
  public boolean isFirst() {
    return first;
  }

  /** Whether this fragment has the datagram's last byte. */
  public boolean isLast() {
    return last;
  }

  /** Where the fragment stands in its datagram, in bytes. */
  public int offset() {
    return offset;
  }

  /** Where its bytes start in the packet's buffer. */
  public int start() {
    return start;
  }

  /** Where its captured bytes end in the packet's buffer. */
  public int end() {
    return end;
  }

  /** Whether the fragment has more bytes than were captured, or does not say how many. */
  public boolean isCut() {
    return cut;
  }
}
