package imon.decode;

import imon.wire.Addresses;
import imon.wire.Ipv4Packet;
import imon.wire.Ipv6Packet;

/** The innermost IP header of a packet, of either version. */
final class NetworkHeader {
  private final Ipv4Packet ipv4 = new Ipv4Packet();
  private final Ipv6Packet ipv6 = new Ipv6Packet();
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;
  private int hopLimit;
  private int protocol;
  private boolean fragment;
  private int payload;
  private int payloadLimit;

  /** Reads a header that a walk has found sound, and has counted what is odd about it. */
  void read(byte[] buffer, int offset, int limit) {
    if ((buffer[offset] & 0xf0) == 0x40) {
      readIpv4(buffer, offset, limit);
    } else {
      readIpv6(buffer, offset, limit);
    }
  }

  private void readIpv4(byte[] buffer, int offset, int limit) {
    if (ipv4.wrap(buffer, offset, limit) != null) {
      throw new IllegalStateException("not a sound IPv4 header");
    }
    sourceHigh = 0;
    sourceLow = Addresses.mapped(ipv4.sourceAddress());
    destinationHigh = 0;
    destinationLow = Addresses.mapped(ipv4.destinationAddress());
    hopLimit = ipv4.hopLimit();
    protocol = ipv4.protocol();
    fragment = ipv4.isFragment();
    payload = ipv4.payload();
    payloadLimit = ipv4.payloadLimit();
  }

  private void readIpv6(byte[] buffer, int offset, int limit) {
    if (ipv6.wrap(buffer, offset, limit) != null) {
      throw new IllegalStateException("not a sound IPv6 header");
    }
    sourceHigh = ipv6.sourceHigh();
    sourceLow = ipv6.sourceLow();
    destinationHigh = ipv6.destinationHigh();
    destinationLow = ipv6.destinationLow();
    hopLimit = ipv6.hopLimit();
    protocol = ipv6.protocol();
    fragment = ipv6.isFragment();
    payload = ipv6.payload();
    payloadLimit = ipv6.payloadLimit();
  }

  long sourceHigh() {
    return sourceHigh;
  }

  long sourceLow() {
    return sourceLow;
  }

  long destinationHigh() {
    return destinationHigh;
  }

  long destinationLow() {
    return destinationLow;
  }

  int hopLimit() {
    return hopLimit;
  }

  int protocol() {
    return protocol;
  }

  /** Whether this is a part of a datagram only. */
  boolean isFragment() {
    return fragment;
  }

  int payload() {
    return payload;
  }

  int payloadLimit() {
    return payloadLimit;
  }
}
