package imon.samples;

import java.nio.charset.StandardCharsets;

/** What clients and proxies say to each other before the tunnel is open. */
final class ProxyMessages {
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int DOMAIN = 3;
  private static final int IPV6 = 4;

  private ProxyMessages() {}

  /** {@code target}: host and port (RFC 9110, section 9.3.6). */
  static byte[] connect(String target) {
    String text = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] connected() {
    return "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  }

  /** A request of SOCKS 4a: an address that is none, a user, and a domain. */
  static byte[] socks4a(String host, int port) {
    return new Octets()
        .u8(4)
        .u8(CONNECT)
        .u16(port)
        .u32(1)
        .text("visitor\0")
        .text(host)
        .u8(0)
        .toArray();
  }

  static byte[] socks4Granted() {
    return new Octets().u8(0).u8(90).zeros(6).toArray();
  }

  /** The methods a client of SOCKS 5 offers (RFC 1928, section 3): 0 is none, 2 a password. */
  static byte[] socks5Methods(int... methods) {
    Octets greeting = new Octets().u8(5).u8(methods.length);
    for (int method : methods) {
      greeting.u8(method);
    }
    return greeting.toArray();
  }

  static byte[] socks5Chosen(int method) {
    return new Octets().u8(5).u8(method).toArray();
  }

  /** RFC 1929, section 2. */
  static byte[] socks5Password(String user, String password) {
    return new Octets()
        .u8(1)
        .u8(user.length())
        .text(user)
        .u8(password.length())
        .text(password)
        .toArray();
  }

  static byte[] socks5PasswordAccepted() {
    return new Octets().u8(1).u8(0).toArray();
  }

  static byte[] socks5(String host, int port) {
    return new Octets().u24(0x050100).u8(DOMAIN).u8(host.length()).text(host).u16(port).toArray();
  }

  static byte[] socks5(Endpoint target) {
    return new Octets()
        .u24(0x050100)
        .u8(target.host().isV4() ? IPV4 : IPV6)
        .bytes(target.host().octets())
        .u16(target.port())
        .toArray();
  }

  static byte[] socks5Granted() {
    return new Octets().u24(0x050000).u8(IPV4).zeros(6).toArray();
  }

  /** The line of the PROXY protocol, version 1. */
  static byte[] proxyLine(Endpoint client, Endpoint server) {
    String line =
        "PROXY TCP%d %s %s %d %d\r\n"
            .formatted(
                client.host().isV4() ? 4 : 6,
                client.host().address(),
                server.host().address(),
                client.port(),
                server.port());
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  /** Version 2, for a connection it passes on, with one extension. */
  static byte[] proxyHeader(Endpoint client, Endpoint server) {
    byte[] addresses =
        new Octets()
            .bytes(client.host().octets())
            .bytes(server.host().octets())
            .u16(client.port())
            .u16(server.port())
            .u8(5)
            .counted16(new byte[] {'i', 'd', '-', '7'})
            .toArray();
    return proxyHeader(0x21, client.host().isV4() ? 0x11 : 0x21, addresses);
  }

  /** Version 2, for a connection of the balancer's own. */
  static byte[] proxyHeaderOfItsOwn() {
    return proxyHeader(0x20, 0, new byte[0]);
  }

  private static byte[] proxyHeader(int command, int family, byte[] content) {
    return new Octets()
        .u32(0x0d0a_0d0aL)
        .u8(0)
        .text("\r\nQUIT\n")
        .u8(command)
        .u8(family)
        .counted16(content)
        .toArray();
  }
}
