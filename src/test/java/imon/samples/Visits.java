package imon.samples;

import java.util.Random;

/** The usual ways to use a server, each a whole conversation that declares its own name. */
final class Visits {
  private static final int HTTPS = 443;
  private static final int QUIC_PACKET = 1232;

  /** A port that no service is known by. */
  private static final int NO_SERVICE = 7777;

  private final Scene scene;
  private final Random random;

  Visits(Scene scene) {
    this.scene = scene;
    random = scene.random();
  }

  /** A browser loads so many bytes from a site named by SNI. */
  ExpectedFlow browse(Host client, Host server, Name name, double second, int bytes) {
    ExpectedFlow flow = tcp(client, server, HTTPS).named(Naming.tls(name));
    secure(flow, second, TlsMessages.browserHello(name.host(), random), bytes);
    return flow;
  }

  /** The same by a device that speaks TLS 1.2. */
  ExpectedFlow stream(Host client, Host server, Name name, double second, int bytes) {
    ExpectedFlow flow = tcp(client, server, HTTPS).named(Naming.tls(name));
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(second)).open();
    talk.clientSends(TlsMessages.deviceHello(name.host(), random));
    talk.serverSends(TlsMessages.oldServerFlight(random));
    load(talk, bytes);
    return flow;
  }

  /** TLS without SNI to some port. */
  ExpectedFlow nameless(Host client, Endpoint server, Naming naming, double second, int bytes) {
    ExpectedFlow flow = tcp(client, server.host(), server.port()).named(naming);
    secure(flow, second, TlsMessages.browserHello(null, random), bytes);
    return flow;
  }

  /** TLS that begins with this ClientHello. */
  ExpectedFlow secured(Host client, Endpoint server, Naming naming, double second, byte[] hello) {
    ExpectedFlow flow = tcp(client, server.host(), server.port()).named(naming);
    secure(flow, second, hello, 700);
    return flow;
  }

  /** A datagram each way, of a protocol that shows nothing. */
  ExpectedFlow exchange(Host client, Host server, Naming naming, double second) {
    ExpectedFlow flow = udp(client, server, NO_SERVICE).named(naming);
    scene.datagram(flow, true, Scene.at(second), unreadable(90));
    scene.datagram(flow, false, Scene.at(second + 0.019), unreadable(240));
    return flow;
  }

  /** Another one, whose beginning was not captured: the server's datagram is the first. */
  ExpectedFlow midway(Host client, Host server, Naming naming, double second) {
    ExpectedFlow flow = udp(client, server, NO_SERVICE).named(naming);
    scene.datagram(flow, false, Scene.at(second), unreadable(240));
    scene.datagram(flow, true, Scene.at(second + 0.019), unreadable(90));
    return flow;
  }

  /** A protocol that shows nothing: random bytes from the first on. */
  ExpectedFlow opaque(Host client, Endpoint server, Naming naming, double second, int bytes) {
    ExpectedFlow flow = tcp(client, server.host(), server.port()).named(naming);
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(second)).open();
    talk.clientSends(unreadable(180));
    talk.serverStreams(unreadable(bytes));
    talk.close();
    return flow;
  }

  /** Plain HTTP: one request, one response. */
  ExpectedFlow fetch(Host client, Host server, Name name, double second, String path, int bytes) {
    ExpectedFlow flow = tcp(client, server, 80).named(Naming.http(name));
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(second)).open();
    talk.clientSends(HttpMessages.request(path, name.host()));
    talk.serverStreams(HttpMessages.response(bytes));
    talk.close();
    return flow;
  }

  /** What looks like QUIC after its handshake: short headers, all else random. */
  ExpectedFlow quicLike(Host client, Host server, Naming naming, double second, int bytes) {
    ExpectedFlow flow = udp(client, server, HTTPS).named(naming);
    long time = Scene.at(second);
    int packets = bytes / QUIC_PACKET;
    for (int i = 0; i < packets; i++) {
      boolean up = i % 5 == 0;
      scene.datagram(flow, up, time, shortHeader(up ? 64 : QUIC_PACKET), TcpConversation.BULK_SNAP);
      time += 300_000 + random.nextInt(2_000_000);
    }
    return flow;
  }

  /** A question and an answer about the time of day (RFC 5905). */
  void askTime(Host client, Host server, Naming naming, double second) {
    ExpectedFlow flow = udp(client, server, 123).named(naming);
    byte[] question = new Octets().u8(0x23).zeros(39).bytes(scene.randomBytes(8)).toArray();
    byte[] answer = new Octets().u8(0x24).u8(2).zeros(38).bytes(scene.randomBytes(8)).toArray();
    scene.datagram(flow, true, Scene.at(second), question);
    scene.datagram(flow, false, Scene.at(second + 0.021), answer);
  }

  /** Echo requests, one a second, and their replies. */
  void ping(Host client, Host server, Naming naming, double second, int count) {
    int identifier = random.nextInt(0x10000);
    Protocol protocol = client.isV4() ? Protocol.ICMP : Protocol.ICMPV6;
    ExpectedFlow flow =
        ExpectedFlow.of(protocol, client.port(identifier), server.port(identifier)).named(naming);
    for (int i = 0; i < count; i++) {
      echo(flow, true, second + i, i);
      echo(flow, false, second + i + 0.019, i);
    }
  }

  private void echo(ExpectedFlow flow, boolean up, double second, int sequence) {
    Endpoint from = up ? flow.client() : flow.server();
    Endpoint to = up ? flow.server() : flow.client();
    byte[] data = new byte[48];
    byte[] message = Transports.echo(from, to, up, from.port(), sequence, data);
    scene.send(flow, up, Scene.at(second), message, Scene.WHOLE);
  }

  private void secure(ExpectedFlow flow, double second, byte[] hello, int bytes) {
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(second)).open();
    talk.clientSends(hello);
    talk.serverSends(TlsMessages.serverFlight(random));
    load(talk, bytes);
  }

  private void load(TcpConversation talk, int bytes) {
    talk.clientSends(TlsMessages.clientFinished(random));
    talk.cutTo(TcpConversation.BULK_SNAP);
    talk.clientSends(TlsMessages.applicationRecords(400 + random.nextInt(900), random));
    talk.serverStreams(TlsMessages.applicationRecords(bytes, random));
    talk.close();
  }

  private ExpectedFlow tcp(Host client, Host server, int port) {
    return ExpectedFlow.tcp(client.port(scene.freePort()), server.port(port));
  }

  private ExpectedFlow udp(Host client, Host server, int port) {
    return ExpectedFlow.udp(client.port(scene.freePort()), server.port(port));
  }

  /** A first byte that begins neither a TLS record nor a request. */
  private byte[] unreadable(int count) {
    byte[] bytes = scene.randomBytes(count);
    bytes[0] = (byte) 0xee;
    return bytes;
  }

  private byte[] shortHeader(int count) {
    byte[] bytes = scene.randomBytes(count);
    bytes[0] = (byte) (0x40 | (bytes[0] & 0x3f));
    return bytes;
  }
}
