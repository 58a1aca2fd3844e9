package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.PUBLIC_RESOLVER_V6;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.internet;

import imon.quic.InitialWriter;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Type;

/** Names that are whole only when the fragments of their datagram are put together. */
final class FragmentSamples {
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name TRAINS = Name.of("timetable", "opentrackside.org");

  /** Four of them are an answer, two a QUIC Initial with the name in the second. */
  private static final int FOURTH = 256;

  private static final int HALF = 504;
  private static final int INITIAL_SIZE = 1008;
  private static final int OTHER_ANSWERS = 56;

  private final Scene scene;
  private final Visits visits;

  private FragmentSamples(long seed) {
    scene = new Scene(seed);
    visits = new Visits(scene);
  }

  static List<Sample> all() {
    return List.of(
        new FragmentSamples(81).answers(),
        new FragmentSamples(82).initials(),
        new FragmentSamples(83).segments(),
        new FragmentSamples(84).flood());
  }

  /** The server asked for is the last of many. */
  private Sample answers() {
    Resolver overV4 = new Resolver(scene, ROUTER, true);
    Resolver overV6 = new Resolver(scene, PUBLIC_RESOLVER_V6, false);
    lookUp(overV4, LAPTOP, 1, HALF, false, internet("203.0.113.201"), NEWS);
    lookUp(overV4, LAPTOP, 2, FOURTH, true, internet("203.0.113.202"), FERRY);
    lookUp(overV6, LAPTOP_V6, 3, HALF, true, internet("2001:db8:aa::1"), NEWS);
    lookUp(overV6, LAPTOP_V6, 4, FOURTH, false, internet("2001:db8:aa::2"), FERRY);
    return sample(
        "fragmented-answers.pcap",
        "DNS answers in two and in four fragments or more, in order and last first.");
  }

  private void lookUp(
      Resolver resolver,
      Host client,
      double second,
      int size,
      boolean lastFirst,
      Host server,
      Name name) {
    scene.shaped(scene.ip().fragments(size, lastFirst));
    int type = server.isV4() ? Type.A : Type.AAAA;
    resolver.exchange(client, second, name.host(), type, a -> withMany(a, name, server));
    scene.shaped(scene.ip()::whole);
    visits.nameless(client, server.port(443), Naming.dns(name), second + 0.2, 900);
  }

  private static DnsMessages.Answer withMany(DnsMessages.Answer answer, Name name, Host server) {
    String before = server.isV4() ? "198.51.100." : "2001:db8:bb::";
    for (int i = 1; i <= OTHER_ANSWERS; i++) {
      answer.address(name.host(), 300, internet(before + i).ip());
    }
    return answer.address(name.host(), 300, server.ip());
  }

  private Sample initials() {
    initial(LAPTOP, internet("203.0.113.10"), 1, false, NEWS);
    initial(LAPTOP, internet("203.0.113.11"), 2, true, FERRY);
    initial(LAPTOP_V6, internet("2001:db8:cd::10"), 3, true, TRAINS);
    return sample(
        "fragmented-quic.pcap",
        "QUIC Initials with a post-quantum ClientHello, in fragments, in order and last first.");
  }

  private void initial(Host client, Host server, double second, boolean lastFirst, Name name) {
    ExpectedFlow flow =
        ExpectedFlow.udp(client.port(scene.freePort()), server.port(443)).named(Naming.quic(name));
    byte[] record = TlsMessages.browserHello(name.host(), scene.random());
    byte[] hello = Arrays.copyOfRange(record, 5, record.length);
    byte[] crypto = InitialWriter.crypto(hello, 0, hello.length);
    byte[] initial = InitialWriter.version1(scene.randomBytes(8)).padded(2000, 0, crypto);
    scene.shaped(scene.ip().fragments(INITIAL_SIZE, lastFirst));
    scene.datagram(flow, true, Scene.at(second), initial);
    scene.shaped(scene.ip()::whole);
    byte[] answer = scene.randomBytes(900);
    answer[0] = 0x43;
    scene.datagram(flow, false, Scene.at(second + 0.02), answer);
  }

  private Sample segments() {
    segment(LAPTOP, internet("203.0.113.10"), 1, false, NEWS);
    segment(LAPTOP_V6, internet("2001:db8:fe::80"), 2, true, FERRY);
    return sample(
        "fragmented-hello.pcap",
        "ClientHellos in TCP segments that came in fragments, in order and last first.");
  }

  private void segment(Host client, Host server, double second, boolean lastFirst, Name name) {
    ExpectedFlow flow =
        ExpectedFlow.tcp(client.port(scene.freePort()), server.port(443)).named(Naming.tls(name));
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(second)).open();
    scene.shaped(scene.ip().fragments(HALF, lastFirst));
    talk.clientSends(TlsMessages.browserHello(name.host(), scene.random()));
    scene.shaped(scene.ip()::whole);
    talk.serverSends(TlsMessages.serverFlight(scene.random()));
    talk.close();
  }

  /** Fragments that never become a datagram, and a name that must be found all the same. */
  private Sample flood() {
    ExpectedFlow flood =
        ExpectedFlow.udp(LAPTOP.port(0), internet("192.0.2.70").port(0)).withoutPorts();
    for (int i = 0; i < 5000; i++) {
      byte[] packet =
          IpPackets.fragment(
              flood.client().host(),
              flood.server().host(),
              Protocol.UDP,
              i,
              1480,
              true,
              new byte[24]);
      byte[] frame = Link.ETHERNET.frame(LAPTOP, flood.server().host(), packet);
      scene
          .trace()
          .add(flood, true, Packet.of(Scene.at(i / 1000.0), frame, Scene.WHOLE), frame.length);
    }
    initial(LAPTOP, internet("203.0.113.10"), 2.5, false, NEWS);
    return sample(
        "fragments-flood.pcap",
        "5,000 fragments of as many datagrams that never get another, and a QUIC Initial in two.");
  }

  private Sample sample(String file, String shows) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
