package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.PUBLIC_RESOLVER;
import static imon.samples.Network.internet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same traffic captured once and twice, and packets that were really sent twice. */
final class DuplicateSamples {
  private static final int KB = 1000;
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name TRAINS = Name.of("timetable", "opentrackside.org");
  private static final Name MAIL = Name.of("imap", "tidepost.org");
  private static final Host WEB = internet("203.0.113.171");
  private static final Host WEB_V6 = internet("2001:db8:171::1");

  private final Scene scene;

  private DuplicateSamples(long seed) {
    scene = new Scene(seed);
  }

  static List<Sample> all() {
    return List.of(
        new DuplicateSamples(171)
            .throughRouter(
                "mirror-once.pcap", Tap.BEFORE_ROUTER, "A mirror port shows what enters a router."),
        new DuplicateSamples(171)
            .throughRouter(
                "mirror-twice.pcap",
                Tap.BOTH_SIDES_OF_ROUTER,
                "The same traffic, and each packet again as it leaves the router."),
        new DuplicateSamples(172).sentAgain());
  }

  /** Every kind of packet that a router passes on, with and without an identification. */
  private Sample throughRouter(String file, Tap tap, String shows) {
    scene.tapped(tap);
    Visits visits = new Visits(scene);
    Resolver resolver = new Resolver(scene, PUBLIC_RESOLVER, false);
    visits.browse(LAPTOP, WEB, NEWS, 1, 60 * KB);
    visits.browse(LAPTOP_V6, WEB_V6, FERRY, 2, 60 * KB);
    visits.fetch(LAPTOP, internet("203.0.113.172"), TRAINS, 3, "/north", 20 * KB);
    Host mail = internet("203.0.113.173");
    resolver.address(LAPTOP, 4, MAIL.host(), 300, mail);
    visits.nameless(LAPTOP, mail.port(993), Naming.dns(MAIL), 4.1, 10 * KB);
    visits.quicLike(LAPTOP_V6, internet("2001:db8:171::2"), Naming.NONE, 5, 30 * KB);
    visits.ping(LAPTOP, internet("203.0.113.174"), Naming.NONE, 6, 3);
    Trace trace = scene.trace();
    int times = tap == Tap.BOTH_SIDES_OF_ROUTER ? 2 : 1;
    long copies = trace.packetCount() / times * (times - 1);
    return sample(file, shows, copies, trace.wireBytes() / times * (times - 1));
  }

  /** Segments and acknowledgements again, as soon as a host can send them. */
  private Sample sentAgain() {
    insistent(https(LAPTOP.port(50_171), WEB, NEWS), 1);
    insistent(https(LAPTOP_V6.port(50_172), WEB_V6, FERRY), 5);
    return sample(
        "retransmissions.pcap", "Every segment is sent twice, which makes no packet a copy.", 0, 0);
  }

  private static ExpectedFlow https(Endpoint client, Host server, Name name) {
    return ExpectedFlow.tcp(client, server.port(443)).named(Naming.tls(name));
  }

  private void insistent(ExpectedFlow flow, double second) {
    byte[] hello = TlsMessages.browserHello(flow.naming().host(), scene.random());
    byte[] page = TlsMessages.applicationRecords(12 * KB, scene.random());
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(second));
    talk.syn().pause(1).syn().accept().segmentsOf(700);
    talk.clientSendsInOrder(hello, eachTwice(hello.length, 700)).segmentsOf(1400);
    talk.serverSendsInOrder(page, eachTwice(page.length, 1400));
    talk.acknowledgesAgain().acknowledgesAgain().acknowledgesAgain();
    talk.close();
  }

  private static int[] eachTwice(int length, int size) {
    int[] order = new int[2 * ((length + size - 1) / size)];
    for (int i = 0; i < order.length; i++) {
      order[i] = i / 2;
    }
    return order;
  }

  private Sample sample(String file, String shows, long copies, long bytes) {
    Map<String, Long> twice = new LinkedHashMap<>();
    twice.put("packets", copies);
    twice.put("bytes", bytes);
    Trace trace = scene.trace();
    byte[] capture = new PcapWriter(Link.ETHERNET.type()).write(trace.packets());
    return new Sample(
        file, shows, capture, trace.packetCount(), Truth.of(trace).with("copies", twice));
  }
}
