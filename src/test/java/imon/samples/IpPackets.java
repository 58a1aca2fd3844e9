package imon.samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** IPv4 and IPv6 packets around a transport message, in several shapes; counts identifications. */
final class IpPackets {
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int DESTINATION = 60;

  /** A routing type for experiments (RFC 4727), which nobody reads further. */
  private static final int EXPERIMENTAL_ROUTING = 253;

  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int DO_NOT_FRAGMENT = 0x4000;
  private static final int V4_TIME_TO_LIVE = 8;
  private static final int V4_CHECKSUM = 10;
  private static final int V6_HOP_LIMIT = 7;
  private static final byte[] NO_OPTIONS = {};

  private int lastIdentification = 0x1000;

  /** A way to carry a transport message: one packet, or several fragments in order of sending. */
  @FunctionalInterface
  interface Shape {
    List<byte[]> packets(Host from, Host to, Protocol protocol, byte[] message);
  }

  List<byte[]> whole(Host from, Host to, Protocol protocol, byte[] message) {
    int id = ++lastIdentification;
    return List.of(
        from.isV4()
            ? v4(from, to, protocol.number(), id, DO_NOT_FRAGMENT, NO_OPTIONS, message)
            : v6(from, to, protocol.number(), message));
  }

  /** IPv4 with router alert, record route and padding; IPv6 with three extension headers. */
  List<byte[]> withOptions(Host from, Host to, Protocol protocol, byte[] message) {
    int id = ++lastIdentification;
    return List.of(
        from.isV4()
            ? v4(from, to, protocol.number(), id, DO_NOT_FRAGMENT, routerAlertAndRoute(), message)
            : v6(from, to, HOP_BY_HOP, extensionHeaders(protocol, message)));
  }

  /** The datagram in fragments of at most {@code size} bytes, a multiple of 8. */
  Shape fragments(int size, boolean lastFirst) {
    return (from, to, protocol, message) -> {
      List<byte[]> pieces = fragmented(from, to, protocol, message, size);
      if (lastFirst) {
        Collections.reverse(pieces);
      }
      return pieces;
    };
  }

  /** An outer packet around what a tunnel sends, of any IP protocol. */
  static byte[] around(Host from, Host to, int protocol, byte[] message) {
    return from.isV4()
        ? v4(from, to, protocol, 0, DO_NOT_FRAGMENT, NO_OPTIONS, message)
        : v6(from, to, protocol, message);
  }

  private List<byte[]> fragmented(Host from, Host to, Protocol protocol, byte[] message, int size) {
    int id = ++lastIdentification;
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < message.length; at += size) {
      int end = Math.min(message.length, at + size);
      byte[] piece = Arrays.copyOfRange(message, at, end);
      boolean more = end < message.length;
      pieces.add(fragment(from, to, protocol, id, at, more, piece));
    }
    return pieces;
  }

  /** One fragment, whose bytes stand at {@code at} in their datagram. */
  static byte[] fragment(
      Host from, Host to, Protocol protocol, int id, int at, boolean more, byte[] piece) {
    int flags = at / 8 | (more ? MORE_FRAGMENTS : 0);
    return from.isV4()
        ? v4(from, to, protocol.number(), id, flags, NO_OPTIONS, piece)
        : v6(from, to, FRAGMENT, afterFragmentHeader(protocol, id, at, more, piece));
  }

  /** A packet behind one more router. */
  static byte[] routed(byte[] packet) {
    byte[] routed = packet.clone();
    if ((packet[0] & 0xf0) == 0x60) {
      routed[V6_HOP_LIMIT]--;
      return routed;
    }
    routed[V4_TIME_TO_LIVE]--;
    Checksum.put(routed, V4_CHECKSUM, 0);
    int headerLength = (packet[0] & 0x0f) * 4;
    return Checksum.put(routed, V4_CHECKSUM, Checksum.of(Arrays.copyOf(routed, headerLength)));
  }

  private static byte[] v4(
      Host from, Host to, int protocol, int id, int fragment, byte[] options, byte[] message) {
    int headerLength = 20 + options.length;
    byte[] header =
        new Octets()
            .u8(0x40 | headerLength / 4)
            .u8(0)
            .u16(headerLength + message.length)
            .u16(id)
            .u16(fragment)
            .u8(64)
            .u8(protocol)
            .u16(0)
            .bytes(from.octets())
            .bytes(to.octets())
            .bytes(options)
            .toArray();
    return Octets.concat(Checksum.put(header, V4_CHECKSUM, Checksum.of(header)), message);
  }

  private static byte[] v6(Host from, Host to, int nextHeader, byte[] payload) {
    return new Octets()
        .u32(0x6000_0000L)
        .u16(payload.length)
        .u8(nextHeader)
        .u8(64)
        .bytes(from.octets())
        .bytes(to.octets())
        .bytes(payload)
        .toArray();
  }

  private static byte[] routerAlertAndRoute() {
    byte[] recordRoute = new Octets().u8(7).u8(11).u8(4).zeros(8).toArray();
    return new Octets().u8(0x94).u8(4).u16(0).bytes(recordRoute).u8(0).toArray();
  }

  /** Hop-by-hop options, a routing header without segments left, destination options. */
  private static byte[] extensionHeaders(Protocol protocol, byte[] message) {
    byte[] padding = new Octets().u8(1).u8(4).zeros(4).toArray();
    byte[] longPadding = new Octets().u8(1).u8(12).zeros(12).toArray();
    return new Octets()
        .u8(ROUTING)
        .u8(0)
        .bytes(padding)
        .u8(DESTINATION)
        .u8(0)
        .u8(EXPERIMENTAL_ROUTING)
        .u8(0)
        .zeros(4)
        .u8(protocol.number())
        .u8(1)
        .bytes(longPadding)
        .bytes(message)
        .toArray();
  }

  private static byte[] afterFragmentHeader(
      Protocol protocol, int id, int at, boolean more, byte[] piece) {
    return new Octets()
        .u8(protocol.number())
        .u8(0)
        .u16(at | (more ? 1 : 0))
        .u32(id)
        .bytes(piece)
        .toArray();
  }
}
