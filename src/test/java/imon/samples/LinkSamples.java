package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.PUBLIC_RESOLVER_V6;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.internet;

import java.util.List;

/** The same small story over each kind of link, and in each shape of IP packet. */
final class LinkSamples {
  static final Name NEWS = Name.of("www", "kestrelnews.com");
  static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Host NEWS_SERVER = internet("203.0.113.10");
  private static final Host FERRY_SERVER = internet("2001:db8:fe::80");
  private static final int FRAGMENT_SIZE = 800;

  private LinkSamples() {}

  static List<Sample> all() {
    return List.of(
        over("vlan.pcap", "802.1Q tags", Link.vlan(42), 11),
        over("qinq.pcap", "802.1ad service tags with 802.1Q tags in them", qinq(), 12),
        over("sll.pcap", "Linux cooked capture, version 1", Link.COOKED, 13),
        over("sll2.pcap", "Linux cooked capture, version 2", Link.COOKED_TWO, 14),
        over("raw-ip.pcap", "IP packets without a link header", Link.RAW_IP, 15),
        over("null-loop.pcap", "BSD loopback, address family little-endian", Link.NULL_LOOP, 16),
        over("openbsd-loop.pcap", "OpenBSD loopback, big-endian", Link.OPENBSD_LOOP, 17),
        ipv4Options(),
        ipv6Extensions(),
        fragments());
  }

  /** A lookup and a visit over IPv4, then the same over IPv6. */
  static void tellStory(Scene scene) {
    Visits visits = new Visits(scene);
    new Resolver(scene, ROUTER, true).address(LAPTOP, 0.5, NEWS.host(), 300, NEWS_SERVER);
    visits.browse(LAPTOP, NEWS_SERVER, NEWS, 0.6, 2000);
    new Resolver(scene, PUBLIC_RESOLVER_V6, false)
        .address(LAPTOP_V6, 1.5, FERRY.host(), 300, FERRY_SERVER);
    visits.browse(LAPTOP_V6, FERRY_SERVER, FERRY, 1.6, 3000);
  }

  private static Sample over(String file, String shows, Link link, long seed) {
    Scene scene = new Scene(seed).over(link);
    tellStory(scene);
    return Sample.pcap(file, shows + ".", link.type(), scene.trace());
  }

  private static Link qinq() {
    return Link.stackedVlans(7, 42);
  }

  private static Sample ipv4Options() {
    Scene scene = new Scene(18);
    scene.shaped(scene.ip()::withOptions);
    new Visits(scene).browse(LAPTOP, NEWS_SERVER, NEWS, 0.6, 2000);
    String shows = "IPv4 headers of 36 bytes: router alert, record route, padding.";
    return Sample.pcap("ipv4-options.pcap", shows, Link.ETHERNET.type(), scene.trace());
  }

  private static Sample ipv6Extensions() {
    Scene scene = new Scene(19);
    scene.shaped(scene.ip()::withOptions);
    new Visits(scene).browse(LAPTOP_V6, FERRY_SERVER, FERRY, 0.6, 2000);
    String shows = "IPv6 with hop-by-hop, routing and destination headers before TCP.";
    return Sample.pcap("ipv6-extensions.pcap", shows, Link.ETHERNET.type(), scene.trace());
  }

  /** Whatever the order of its fragments, a datagram is in the flow its first fragment tells. */
  private static Sample fragments() {
    Scene scene = new Scene(20);
    fragmentedDatagrams(scene, LAPTOP, internet("192.0.2.70"), 0.1);
    fragmentedDatagrams(scene, LAPTOP_V6, internet("2001:db8:70::70"), 1.1);
    fragmentedSegments(scene);
    String shows =
        "UDP (IPv4, IPv6) and TCP in fragments, in order and last first; ports only in the first.";
    return Sample.pcap("fragments.pcap", shows, Link.ETHERNET.type(), scene.trace());
  }

  private static void fragmentedDatagrams(Scene scene, Host client, Host server, double second) {
    ExpectedFlow flow = ExpectedFlow.udp(client.port(scene.freePort()), server.port(5004));
    scene.shaped(scene.ip().fragments(FRAGMENT_SIZE, false));
    scene.datagram(flow, true, Scene.at(second), scene.randomBytes(3000));
    scene.shaped(scene.ip().fragments(FRAGMENT_SIZE, true));
    scene.datagram(flow, false, Scene.at(second + 0.2), scene.randomBytes(2500));
    scene.shaped(scene.ip()::whole);
  }

  private static void fragmentedSegments(Scene scene) {
    ExpectedFlow flow =
        ExpectedFlow.tcp(LAPTOP.port(scene.freePort()), NEWS_SERVER.port(80))
            .named(Naming.http(NEWS));
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(2.1)).open();
    talk.clientSends(HttpMessages.request("/", NEWS.host()));
    scene.shaped(scene.ip().fragments(FRAGMENT_SIZE, false));
    talk.serverSends(HttpMessages.response(1200));
    scene.shaped(scene.ip().fragments(FRAGMENT_SIZE, true));
    talk.clientSends(HttpMessages.request("/" + "a".repeat(1200), NEWS.host()));
    scene.shaped(scene.ip()::whole);
    talk.serverSends(HttpMessages.response(10));
    talk.close();
  }
}
