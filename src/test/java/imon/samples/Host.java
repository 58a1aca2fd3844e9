package imon.samples;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;

/**
 * An address on a network, and the MAC address its frames carry: a router's, for hosts behind it.
 */
record Host(long mac, InetAddress ip) {
  static Host of(long mac, String ip) {
    return new Host(mac, InetAddresses.forString(ip));
  }

  Endpoint port(int port) {
    return new Endpoint(this, port);
  }

  boolean isV4() {
    return ip.getAddress().length == 4;
  }

  byte[] octets() {
    return ip.getAddress();
  }

  /** The address in the form of RFC 5952. */
  String address() {
    return InetAddresses.toAddrString(ip);
  }
}
