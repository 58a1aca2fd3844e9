package imon.samples;

import java.nio.ByteOrder;

/** A kind of link: its number in the registry of link types, and how it frames a packet. */
record Link(int type, Framing framing) {
  static final Link ETHERNET = new Link(1, Frames::ethernet);
  static final Link RAW_IP = new Link(101, (from, to, etherType, packet) -> packet);
  static final Link COOKED = new Link(113, Frames::cooked);
  static final Link COOKED_TWO = new Link(276, Frames::cookedTwo);

  /** BSD loopback written by a little-endian machine: address family in its byte order. */
  static final Link NULL_LOOP =
      new Link(
          0,
          (from, to, etherType, packet) ->
              new Octets(ByteOrder.LITTLE_ENDIAN).u32(family(etherType)).bytes(packet).toArray());

  /** OpenBSD loopback: the same, always in network order. */
  static final Link OPENBSD_LOOP =
      new Link(
          108,
          (from, to, etherType, packet) ->
              new Octets().u32(family(etherType)).bytes(packet).toArray());

  /** Puts a packet between two MAC addresses into a frame of the link. */
  @FunctionalInterface
  interface Framing {
    byte[] frame(long from, long to, int etherType, byte[] packet);
  }

  static Link vlan(int id) {
    return new Link(
        1, (from, to, etherType, packet) -> Frames.tagged(from, to, id, etherType, packet));
  }

  static Link stackedVlans(int service, int id) {
    return new Link(
        1,
        (from, to, etherType, packet) ->
            Frames.doublyTagged(from, to, service, id, etherType, packet));
  }

  byte[] frame(Host from, Host to, byte[] packet) {
    int etherType = from.isV4() ? Frames.IPV4 : Frames.IPV6;
    return framing.frame(from.mac(), to.mac(), etherType, packet);
  }

  private static int family(int etherType) {
    return etherType == Frames.IPV4 ? 2 : 30;
  }
}
