package imon.samples;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Type;

/** A DNS resolver: every exchange with it is a flow of its own, unnamed as resolvers are. */
final class Resolver {
  static final int PORT = 53;
  static final long ANSWER_DELAY = 8_000_000;

  private final Scene scene;
  private final Host host;
  private final boolean onLan;

  Resolver(Scene scene, Host host, boolean onLan) {
    this.scene = scene;
    this.host = host;
    this.onLan = onLan;
  }

  /** A query and the answer {@code fill} makes of it. */
  void exchange(
      Host client, double second, String name, int type, UnaryOperator<DnsMessages.Answer> fill) {
    int id = scene.random().nextInt(0x10000);
    ExpectedFlow flow = flow(client);
    long time = Scene.at(second);
    scene.datagram(flow, true, time, DnsMessages.query(id, name, type));
    byte[] answer = fill.apply(DnsMessages.answer(id, name, type)).toWire();
    scene.datagram(flow, false, time + ANSWER_DELAY, answer);
  }

  /** A client asks for a host's address and gets it. */
  void address(Host client, double second, String name, long ttl, Host server) {
    exchange(client, second, name, type(server), a -> a.address(name, ttl, server.ip()));
  }

  /** A client asks for a host's address and gets it by way of another name. */
  void alias(Host client, double second, String name, String canonical, long ttl, Host server) {
    exchange(
        client,
        second,
        name,
        type(server),
        a -> a.alias(name, 3600, canonical).address(canonical, ttl, server.ip()));
  }

  /** A client asks for a host's HTTPS record and gets address hints. */
  void hints(Host client, double second, String name, long ttl, String... hints) {
    exchange(client, second, name, Type.HTTPS, a -> a.serviceHints(name, ttl, hints));
  }

  /** A client asks whose an address is. */
  void reverse(Host client, double second, Host server, long ttl, String host) {
    String name = DnsMessages.reverseName(server.ip());
    exchange(client, second, name, Type.PTR, a -> a.reverse(server.ip(), ttl, host));
  }

  /** An answer to a query nobody sent; {@code id} is the answer's. */
  void unasked(Host client, double second, int id, String name, long ttl, String address) {
    InetAddress ip = InetAddresses.forString(address);
    byte[] answer = DnsMessages.answer(id, name, Type.A).address(name, ttl, ip).toWire();
    scene.datagram(flow(client), false, Scene.at(second), answer);
  }

  /** A flow between a free port of the client and this resolver. */
  ExpectedFlow flow(Host client) {
    ExpectedFlow flow = ExpectedFlow.udp(client.port(scene.freePort()), host.port(PORT));
    return onLan ? flow.local() : flow;
  }

  /** The type of record an address stands in. */
  static int type(Host server) {
    return server.isV4() ? Type.A : Type.AAAA;
  }
}
