package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.PHONE;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.internet;

import java.util.List;
import org.xbill.DNS.Type;

/** How long an answer counts, and for whom: a second before each border and a second after it. */
final class WindowSamples {
  private static final int TTL = 60;
  private static final int HOUR = 3600;
  private static final int DAY = 24 * HOUR;
  private static final double ANSWER_DELAY = Resolver.ANSWER_DELAY / 1e9;
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name PIXELS = Name.of("static", "pixelbarn.net");

  private final Scene scene;
  private final Visits visits;
  private final Resolver router;
  private int servers;

  private WindowSamples(long seed) {
    scene = new Scene(seed);
    visits = new Visits(scene);
    router = new Resolver(scene, ROUTER, true);
  }

  static List<Sample> all() {
    return List.of(
        new WindowSamples(171).ages(),
        new WindowSamples(172).asked(),
        new WindowSamples(173).others());
  }

  private Sample ages() {
    answerThenFlow(LAPTOP, TTL + HOUR - 1, Naming.dns(NEWS));
    answerThenFlow(LAPTOP, TTL + HOUR + 1, Naming.dnsOther(NEWS));
    answerThenFlow(LAPTOP, 7 * DAY - 1, Naming.dnsOther(NEWS));
    answerThenFlow(LAPTOP, 7 * DAY + 1, Naming.NONE);
    flowThenAnswer(HOUR - 1, Naming.dnsOther(NEWS));
    flowThenAnswer(HOUR + 1, Naming.NONE);
    answerThenFlow(PHONE, DAY - 1, Naming.dnsOther(NEWS));
    answerThenFlow(PHONE, DAY + 1, Naming.NONE);
    return sample(
        "dns-windows.pcap",
        "Answers 1 s less and 1 s more than: TTL and an hour, 7 days, an hour late, a day of"
            + " another client.");
  }

  /** The laptop's flow begins so many seconds after a client was answered. */
  private void answerThenFlow(Host asking, double seconds, Naming naming) {
    Host server = nextServer();
    double second = 1 + servers;
    router.address(asking, second, NEWS.host(), TTL, server);
    visits.exchange(LAPTOP, server, naming, second + ANSWER_DELAY + seconds);
  }

  private void flowThenAnswer(double seconds, Naming naming) {
    Host server = nextServer();
    double second = 1 + servers;
    visits.exchange(LAPTOP, server, naming, second);
    router.address(LAPTOP, second + seconds - ANSWER_DELAY, NEWS.host(), TTL, server);
  }

  /** Answers 9 and 11 s after their query, and answers to none 9 and 11 s into the capture. */
  private Sample asked() {
    Host early = nextServer();
    Host late = nextServer();
    router.address(LAPTOP, 0, PIXELS.host(), TTL, nextServer());
    router.unasked(LAPTOP, 9, 1, NEWS.host(), TTL, early.address());
    router.unasked(LAPTOP, 11, 2, FERRY.host(), TTL, late.address());
    visits.exchange(LAPTOP, early, Naming.dns(NEWS), 12);
    visits.exchange(LAPTOP, late, Naming.NONE, 13);
    slowAnswer(20, 9, Naming.dns(NEWS));
    slowAnswer(40, 11, Naming.NONE);
    return sample(
        "dns-asked-windows.pcap",
        "Answers 9 s and 11 s after their query; answers to no query 9 s and 11 s after the"
            + " capture began.");
  }

  private void slowAnswer(double second, double delay, Naming naming) {
    Host server = nextServer();
    ExpectedFlow flow = router.flow(LAPTOP);
    byte[] answer =
        DnsMessages.answer(servers, NEWS.host(), Type.A)
            .address(NEWS.host(), TTL, server.ip())
            .toWire();
    scene.datagram(flow, true, Scene.at(second), DnsMessages.query(servers, NEWS.host(), Type.A));
    scene.datagram(flow, false, Scene.at(second + delay), answer);
    visits.exchange(LAPTOP, server, naming, second + delay + 1);
  }

  /** The client's own answers, old or late, come before another's, however fresh. */
  private Sample others() {
    Host old = nextServer();
    router.address(LAPTOP, 1, NEWS.host(), TTL, old);
    router.address(PHONE, 3 * HOUR - 1, FERRY.host(), TTL, old);
    visits.exchange(LAPTOP, old, Naming.dnsOther(NEWS), 3 * HOUR);
    Host late = nextServer();
    router.address(PHONE, 3 * HOUR, FERRY.host(), TTL, late);
    visits.exchange(LAPTOP, late, Naming.dnsOther(PIXELS), 3 * HOUR + 1);
    router.address(LAPTOP, 3 * HOUR + 30, PIXELS.host(), TTL, late);
    Host foreign = nextServer();
    router.address(PHONE, 3 * HOUR + 40, NEWS.host(), TTL, foreign);
    router.address(PHONE, 3 * HOUR + 41, FERRY.host(), TTL, foreign);
    visits.exchange(LAPTOP, foreign, Naming.dnsOther(FERRY), 3 * HOUR + 42);
    return sample(
        "dns-other.pcap",
        "A client's own older answer, its own later one, and another client's latest.");
  }

  private Host nextServer() {
    return internet("198.51.100." + (10 + servers++));
  }

  private Sample sample(String file, String shows) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
