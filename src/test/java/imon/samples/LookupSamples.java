package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.PHONE;
import static imon.samples.Network.PUBLIC_RESOLVER;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.TV;
import static imon.samples.Network.internet;

import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Type;

/** Answers in awkward shapes, and answers that nobody should believe. */
final class LookupSamples {
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name PIXELS = Name.of("static", "pixelbarn.net");
  private static final Name TRAINS = Name.of("timetable", "opentrackside.org");
  private static final Host FIRST = internet("203.0.113.31");
  private static final Host SECOND = internet("203.0.113.32");
  private static final Host THIRD = internet("203.0.113.33");
  private static final Host FAKE = internet("203.0.113.66");

  private final Scene scene;
  private final Visits visits;
  private final Resolver router;

  private LookupSamples(long seed) {
    scene = new Scene(seed);
    visits = new Visits(scene);
    router = new Resolver(scene, ROUTER, true);
  }

  static List<Sample> all() {
    return List.of(
        new LookupSamples(161).streamed(),
        new LookupSamples(162).truncated(),
        new LookupSamples(163).twoQuestions(),
        new LookupSamples(164).spoofed(),
        new LookupSamples(165).reversed());
  }

  /** Two queries at once, the first cut after its length; the answers pass out of order. */
  private Sample streamed() {
    byte[] queries =
        Octets.concat(
            framed(DnsMessages.query(7, NEWS.host(), Type.A)),
            framed(DnsMessages.query(8, FERRY.host(), Type.A)));
    byte[] answers = Octets.concat(framed(longAnswer()), framed(shortAnswer()));
    ExpectedFlow flow =
        ExpectedFlow.tcp(LAPTOP.port(scene.freePort()), ROUTER.port(Resolver.PORT)).local();
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(1)).open();
    talk.clientSends(Arrays.copyOf(queries, 2));
    talk.clientSends(Arrays.copyOfRange(queries, 2, queries.length));
    talk.segmentsOf(200).serverSendsInOrder(answers, 1, 3, 0, 4, 2);
    talk.segmentsOf(1460).close();
    visits.exchange(LAPTOP, FIRST, Naming.dns(NEWS), 2);
    visits.exchange(LAPTOP, SECOND, Naming.dns(FERRY), 3);
    return sample(
        "dns-tcp-segments.pcap",
        "Two lookups over one TCP connection; the answers over five segments, out of order.");
  }

  private static byte[] longAnswer() {
    DnsMessages.Answer answer = DnsMessages.answer(7, NEWS.host(), Type.A);
    for (int i = 0; i < 48; i++) {
      answer.address(NEWS.host(), 60, internet("198.51.100." + (100 + i)).ip());
    }
    return answer.address(NEWS.host(), 60, FIRST.ip()).toWire();
  }

  private static byte[] shortAnswer() {
    return DnsMessages.answer(8, FERRY.host(), Type.A)
        .address(FERRY.host(), 60, SECOND.ip())
        .toWire();
  }

  /** A message cut by its sender, one cut by the capture, and one asked for again over TCP. */
  private Sample truncated() {
    byte[] whole =
        DnsMessages.answer(9, NEWS.host(), Type.A)
            .truncated()
            .address(NEWS.host(), 60, FIRST.ip())
            .address(NEWS.host(), 60, SECOND.ip())
            .toWire();
    answered(1, NEWS, Arrays.copyOf(whole, whole.length - 2), Scene.WHOLE);
    visits.exchange(LAPTOP, FIRST, Naming.dns(NEWS), 2);
    visits.exchange(LAPTOP, SECOND, Naming.NONE, 3);
    byte[] seen =
        DnsMessages.answer(9, FERRY.host(), Type.A)
            .address(FERRY.host(), 60, THIRD.ip())
            .address(FERRY.host(), 60, FAKE.ip())
            .toWire();
    answered(4, FERRY, seen, 14 + 20 + 8 + seen.length - 1);
    visits.exchange(LAPTOP, THIRD, Naming.dns(FERRY), 5);
    visits.exchange(LAPTOP, FAKE, Naming.NONE, 6);
    return sample(
        "dns-truncated.pcap",
        "Answers cut within their second record, by the sender and by the snap length: the first"
            + " record counts.");
  }

  private void answered(double second, Name name, byte[] answer, int snap) {
    ExpectedFlow flow = router.flow(LAPTOP);
    scene.datagram(flow, true, Scene.at(second), DnsMessages.query(9, name.host(), Type.A));
    scene.datagram(flow, false, Scene.at(second + 0.02), answer, snap);
  }

  private Sample twoQuestions() {
    ExpectedFlow flow = router.flow(LAPTOP);
    byte[] answer =
        DnsMessages.answer(10, NEWS.host(), Type.A)
            .question(FERRY.host(), Type.A)
            .address(NEWS.host(), 60, FIRST.ip())
            .alias(FERRY.host(), 60, "ferry.map.edgecloudcdn.net")
            .address("ferry.map.edgecloudcdn.net", 60, SECOND.ip())
            .edns()
            .toWire();
    byte[] query = DnsMessages.doubleQuery(10, NEWS.host(), FERRY.host(), Type.A);
    scene.datagram(flow, true, Scene.at(1), query);
    scene.datagram(flow, false, Scene.at(1.02), answer);
    visits.exchange(LAPTOP, FIRST, Naming.dns(NEWS), 2);
    visits.exchange(LAPTOP, SECOND, Naming.dns(FERRY), 3);
    return sample("dns-two-questions.pcap", "One message with two questions, answered with EDNS.");
  }

  /**
   * The laptop's own queries are in the capture, so what answers none of them counts for nothing.
   */
  private Sample spoofed() {
    router.address(LAPTOP, 1, TRAINS.host(), 60, THIRD);
    ExpectedFlow flow = router.flow(LAPTOP);
    long asked = Scene.at(20);
    scene.datagram(flow, true, asked, DnsMessages.query(500, NEWS.host(), Type.A));
    scene.datagram(flow, false, asked + 1_000_000, answer(501, NEWS, FAKE));
    scene.datagram(flow, false, asked + 2_000_000, answer(500, PIXELS, FAKE));
    scene.datagram(flow, false, asked + 9_000_000, answer(500, NEWS, FIRST));
    Resolver open = new Resolver(scene, PUBLIC_RESOLVER, false);
    open.unasked(LAPTOP, 21, 500, NEWS.host(), 60, FAKE.address());
    router.unasked(LAPTOP, 22, 500, NEWS.host(), 60, FAKE.address());
    visits.exchange(LAPTOP, FIRST, Naming.dns(NEWS), 23);
    visits.exchange(LAPTOP, FAKE, Naming.NONE, 24);
    router.unasked(TV, 25, 7, FERRY.host(), 60, SECOND.address());
    visits.exchange(TV, SECOND, Naming.dns(FERRY), 26);
    return sample(
        "dns-spoofed.pcap",
        "Answers with a wrong id, question, port or resolver name nothing; of a client whose"
            + " queries were never seen an answer counts.");
  }

  private static byte[] answer(int id, Name name, Host server) {
    return DnsMessages.answer(id, name.host(), Type.A)
        .address(name.host(), 60, server.ip())
        .toWire();
  }

  /** Reverse answers are for everyone, before the flow or after it, and weaker than all else. */
  private Sample reversed() {
    Name edge = Name.of("edge-80", "tidepost.org");
    Host edgeHost = internet("203.0.113.80");
    router.reverse(LAPTOP, 1, edgeHost, 3600, edge.host());
    visits.exchange(LAPTOP, edgeHost, Naming.ptr(edge), 2);
    visits.exchange(PHONE, edgeHost, Naming.ptr(edge), 3);
    Name relay = Name.of("relay", "quillandquay.org");
    Host relayHost = internet("2001:db8:80::80");
    visits.exchange(LAPTOP_V6, relayHost, Naming.ptr(relay), 4);
    router.reverse(LAPTOP, 5, relayHost, 3600, relay.host());
    Host told = internet("203.0.113.81");
    router.reverse(LAPTOP, 6, told, 3600, "host-81.tidepost.org");
    router.address(PHONE, 7, NEWS.host(), 60, told);
    visits.exchange(LAPTOP, told, Naming.dnsOther(NEWS), 8);
    return sample(
        "ptr.pcap", "Reverse answers for IPv4 and IPv6, before and after the flows they name.");
  }

  private static byte[] framed(byte[] message) {
    return new Octets().counted16(message).toArray();
  }

  private Sample sample(String file, String shows) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
