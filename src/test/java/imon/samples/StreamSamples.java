package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.internet;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One capture for each way a name or the border of a flow may hide in a stream. */
final class StreamSamples {
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name TRAINS = Name.of("timetable", "opentrackside.org");
  private static final Host SERVER = internet("203.0.113.10");

  private final Scene scene;

  private StreamSamples(long seed) {
    scene = new Scene(seed);
  }

  static List<Sample> all() {
    return List.of(
        new StreamSamples(51).helloInSegments(),
        new StreamSamples(52).helloInRecords(),
        new StreamSamples(53).joinedMidway(),
        new StreamSamples(54).splitHost(),
        new StreamSamples(55).reusedPort(),
        new StreamSamples(56).longGap());
  }

  private Sample helloInSegments() {
    ExpectedFlow flow = https(LAPTOP.port(50_001), Naming.tls(FERRY));
    byte[] hello = TlsMessages.browserHello(FERRY.host(), scene.random());
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(1)).open();
    talk.segmentsOf(700).clientSendsInOrder(hello, 2, 0, 0, 1);
    answerAndClose(talk);
    return sample(
        "tls-segments.pcap", "A ClientHello over three segments, the last first, one sent twice.");
  }

  private Sample helloInRecords() {
    ExpectedFlow flow = https(LAPTOP.port(50_002), Naming.tls(NEWS));
    byte[] hello = TlsMessages.helloOverRecords(NEWS.host(), 250, scene.random());
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(1)).open();
    talk.clientSends(hello);
    answerAndClose(talk);
    return sample("tls-records.pcap", "A ClientHello over several TLS records.");
  }

  /** Without a SYN the service port tells the client. */
  private Sample joinedMidway() {
    Host unknown = internet("203.0.113.90");
    new Resolver(scene, ROUTER, true).address(LAPTOP, 1, NEWS.host(), 300, SERVER);
    midway(https(LAPTOP.port(50_003), Naming.dns(NEWS)), 2);
    midway(ExpectedFlow.tcp(LAPTOP.port(50_004), unknown.port(443)), 3);
    return sample(
        "tls-midway.pcap",
        "Two connections joined after their start, the server sending first; one address was"
            + " looked up.");
  }

  private void midway(ExpectedFlow flow, double second) {
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(second));
    talk.serverSends(TlsMessages.applicationRecords(4000, scene.random()));
    talk.clientSends(TlsMessages.applicationRecords(300, scene.random()));
    talk.close();
  }

  private Sample splitHost() {
    ExpectedFlow flow =
        ExpectedFlow.tcp(LAPTOP.port(50_005), SERVER.port(80)).named(Naming.http(TRAINS));
    byte[] request = HttpMessages.request("/platforms", TRAINS.host());
    int withinHost = new String(request, StandardCharsets.ISO_8859_1).indexOf(TRAINS.site());
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(1)).open();
    talk.segmentsOf(withinHost).clientSends(request).segmentsOf(1460);
    talk.serverSends(HttpMessages.response(3000));
    talk.close();
    return sample("http-split-host.pcap", "A request cut within the value of its Host field.");
  }

  /** The first SYN is sent twice with one sequence number, which splits nothing. */
  private Sample reusedPort() {
    Endpoint client = LAPTOP.port(50_006);
    TcpConversation first =
        new TcpConversation(scene, https(client, Naming.tls(NEWS)), Scene.at(1));
    first.syn().pause(1).syn().accept();
    first.clientSends(TlsMessages.browserHello(NEWS.host(), scene.random()));
    answerAndClose(first);
    TcpConversation second =
        new TcpConversation(scene, https(client, Naming.tls(FERRY)), Scene.at(20)).open();
    second.clientSends(TlsMessages.browserHello(FERRY.host(), scene.random()));
    answerAndClose(second);
    return sample(
        "tcp-port-reuse.pcap",
        "The same ports twice: a SYN with a new sequence number splits the flow, one sent again"
            + " does not.");
  }

  /** A gap of exactly 120 s keeps a flow together; a longer one splits it. */
  private Sample longGap() {
    Resolver router = new Resolver(scene, ROUTER, true);
    router.address(LAPTOP, 1, NEWS.host(), 300, SERVER);
    ExpectedFlow kept = datagrams(LAPTOP.port(50_007));
    ExpectedFlow before = datagrams(LAPTOP.port(50_008));
    ExpectedFlow after = datagrams(LAPTOP.port(50_008));
    exchange(kept, 2);
    exchange(before, 3);
    exchange(kept, 2 + 0.5 + 120);
    exchange(after, 3 + 0.5 + 125);
    return sample(
        "udp-gap.pcap", "A gap of 120 s stays within a flow, one of 125 s splits a flow in two.");
  }

  private void exchange(ExpectedFlow flow, double second) {
    byte[] payload = scene.randomBytes(400);
    payload[0] = 0x43;
    scene.datagram(flow, true, Scene.at(second), payload);
    scene.datagram(flow, false, Scene.at(second + 0.5), payload);
  }

  private static ExpectedFlow datagrams(Endpoint client) {
    return ExpectedFlow.udp(client, SERVER.port(443)).named(Naming.dns(NEWS));
  }

  private static ExpectedFlow https(Endpoint client, Naming naming) {
    return ExpectedFlow.tcp(client, SERVER.port(443)).named(naming);
  }

  private void answerAndClose(TcpConversation talk) {
    talk.serverSends(TlsMessages.serverFlight(scene.random()));
    talk.clientSends(TlsMessages.clientFinished(scene.random()));
    talk.serverSends(TlsMessages.applicationRecords(1500, scene.random()));
    talk.close();
  }

  private Sample sample(String file, String shows) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
