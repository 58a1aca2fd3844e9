package imon.samples;

import java.util.List;

/** Where a scene's packets are captured: the frames that each shows there, in order of time. */
@FunctionalInterface
interface Tap {
  /** On the clients' own link. */
  Tap ON_LINK = (link, from, to, packet) -> List.of(link.frame(from, to, packet));

  /** A mirror port that copies what enters the router. */
  Tap BEFORE_ROUTER = (link, from, to, packet) -> List.of(entering(link, from, to, packet));

  /** A mirror port that copies what enters the router and what leaves it. */
  Tap BOTH_SIDES_OF_ROUTER =
      (link, from, to, packet) ->
          List.of(entering(link, from, to, packet), leaving(link, from, to, packet));

  List<byte[]> frames(Link link, Host from, Host to, byte[] packet);

  private static byte[] entering(Link link, Host from, Host to, byte[] packet) {
    return isOutward(to) ? link.frame(from, to, packet) : beyond(link, from, to, packet);
  }

  private static byte[] leaving(Link link, Host from, Host to, byte[] packet) {
    byte[] routed = IpPackets.routed(packet);
    return isOutward(to) ? beyond(link, from, to, routed) : link.frame(from, to, routed);
  }

  private static boolean isOutward(Host to) {
    return to.mac() == Network.ROUTER_MAC;
  }

  /** The frame on the router's other link, where all come from its next hop or go to it. */
  private static byte[] beyond(Link link, Host from, Host to, byte[] packet) {
    long router = Network.ROUTER_OUTER_MAC;
    long next = Network.NEXT_ROUTER_MAC;
    boolean outward = isOutward(to);
    Host sender = new Host(outward ? router : next, from.ip());
    Host receiver = new Host(outward ? next : router, to.ip());
    return link.frame(sender, receiver, packet);
  }
}
