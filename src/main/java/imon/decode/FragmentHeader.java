package imon.decode;

import imon.wire.Addresses;
import imon.wire.Ipv4Packet;
import imon.wire.Ipv6Packet;

/** What a fragment of IPv4 or IPv6 says of the datagram it is a part of. */
final class FragmentHeader {
  private final Ipv4Packet ipv4 = new Ipv4Packet();
  private final Ipv6Packet ipv6 = new Ipv6Packet();
  private long signature;
  private boolean first;

  /** Wraps an IP header that {@link NetworkWalk} has found sound and fragmented. */
  void wrap(byte[] buffer, int offset) {
    if ((buffer[offset] & 0xf0) == 0x40) {
      wrapIpv4(buffer, offset);
    } else {
      wrapIpv6(buffer, offset);
    }
  }

  private void wrapIpv4(byte[] buffer, int offset) {
    if (ipv4.wrap(buffer, offset, buffer.length) != null) {
      throw new IllegalStateException("not a sound IPv4 header");
    }
    first = ipv4.isFirst();
    long pair = Addresses.hash(ipv4.sourceAddress(), Addresses.mapped(ipv4.destinationAddress()));
    signature = Addresses.hash(pair, (long) ipv4.protocolField() << 32 | ipv4.identification());
  }

  private void wrapIpv6(byte[] buffer, int offset) {
    if (ipv6.wrap(buffer, offset, buffer.length) != null) {
      throw new IllegalStateException("not a sound IPv6 header");
    }
    first = ipv6.isFirst();
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

  /** Whether this fragment has the datagram's first byte, and so its ports. */
  boolean isFirst() {
    return first;
  }
}
