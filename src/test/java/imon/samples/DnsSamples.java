package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.PUBLIC_RESOLVER_V6;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.internet;

import java.util.List;
import org.xbill.DNS.Type;

/** One capture for each rule about which answer names a flow; no flow here shows its name. */
final class DnsSamples {
  private static final int HTTPS = 443;
  private static final int HOUR = 3600;
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name PIXELS = Name.of("static", "pixelbarn.net");
  private static final Host FIRST = internet("203.0.113.31");
  private static final Host SECOND = internet("203.0.113.32");
  private static final Host THIRD = internet("203.0.113.33");

  private final Scene scene;
  private final Visits visits;
  private final Resolver router;

  private DnsSamples(long seed) {
    scene = new Scene(seed);
    visits = new Visits(scene);
    router = new Resolver(scene, ROUTER, true);
  }

  static List<Sample> all() {
    return List.of(
        new DnsSamples(41).cname(),
        new DnsSamples(42).httpsHints(),
        new DnsSamples(43).overTcp(),
        new DnsSamples(44).expired(),
        new DnsSamples(45).notAsked(),
        new DnsSamples(46).sharedAddress(),
        new DnsSamples(47).servers());
  }

  private Sample cname() {
    router.alias(LAPTOP, 1, NEWS.host(), "kestrelnews.map.edgecloudcdn.net", 60, FIRST);
    unnamedVisit(FIRST, Naming.dns(NEWS), 1.1);
    router.exchange(
        LAPTOP,
        2,
        FERRY.host(),
        Type.A,
        answer ->
            answer
                .address("node9.edgecloudcdn.net", 20, SECOND.ip())
                .alias("ferry.map.edgecloudcdn.net", 60, "node9.edgecloudcdn.net")
                .alias(FERRY.host(), 300, "ferry.map.edgecloudcdn.net"));
    unnamedVisit(SECOND, Naming.dns(FERRY), 2.1);
    return sample(
        "dns-cname.pcap",
        "Answers through one and through two CNAMEs, the latter in reverse order.");
  }

  private Sample httpsHints() {
    router.hints(LAPTOP, 1, NEWS.host(), 300, FIRST.address(), "2001:db8:31::1");
    unnamedVisit(FIRST, Naming.dns(NEWS), 1.1);
    Resolver openV6 = new Resolver(scene, PUBLIC_RESOLVER_V6, false);
    openV6.hints(LAPTOP_V6, 2, FERRY.host(), 300, SECOND.address(), "2001:db8:32::1");
    Host server = internet("2001:db8:32::1");
    visits.nameless(LAPTOP_V6, server.port(HTTPS), Naming.dns(FERRY), 2.1, 900);
    return sample("dns-https-hints.pcap", "Addresses known only from the hints of HTTPS records.");
  }

  /** The length stands in one segment, most of the answer in the next. */
  private Sample overTcp() {
    ExpectedFlow flow =
        ExpectedFlow.tcp(LAPTOP.port(scene.freePort()), ROUTER.port(Resolver.PORT)).local();
    byte[] query = DnsMessages.query(77, NEWS.host(), Type.A);
    byte[] answer =
        DnsMessages.answer(77, NEWS.host(), Type.A)
            .alias(NEWS.host(), 300, "kestrelnews.map.edgecloudcdn.net")
            .address("kestrelnews.map.edgecloudcdn.net", 60, FIRST.ip())
            .toWire();
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(1)).open();
    talk.clientSends(new Octets().counted16(query).toArray());
    talk.segmentsOf(60).serverSends(new Octets().counted16(answer).toArray());
    talk.close();
    unnamedVisit(FIRST, Naming.dns(NEWS), 1.5);
    return sample("dns-tcp.pcap", "A lookup over TCP, the answer in two segments.");
  }

  /** An answer counts for its time to live and one hour more. */
  private Sample expired() {
    int ttl = 60;
    router.address(LAPTOP, 1, NEWS.host(), ttl, FIRST);
    router.address(LAPTOP, 2, FERRY.host(), ttl, SECOND);
    unnamedVisit(FIRST, Naming.dns(NEWS), 1 + ttl + HOUR - 5);
    unnamedVisit(SECOND, Naming.dnsOther(FERRY), 2 + ttl + HOUR + 5);
    return sample(
        "dns-expired.pcap",
        "Two answers used just before and just after their time to live plus one hour.");
  }

  /** In the first ten seconds a query may have been sent before the capture began. */
  private Sample notAsked() {
    router.unasked(LAPTOP, 1, 500, NEWS.host(), 300, FIRST.address());
    router.address(LAPTOP, 2, PIXELS.host(), 300, internet("203.0.113.39"));
    unnamedVisit(FIRST, Naming.dns(NEWS), 5);
    router.unasked(LAPTOP, 30, 501, FERRY.host(), 300, SECOND.address());
    unnamedVisit(SECOND, Naming.NONE, 31);
    answeredTooLate(40);
    unnamedVisit(THIRD, Naming.NONE, 55);
    return sample(
        "dns-not-asked.pcap",
        "An answer without a query counts at the start only; later ones, and one 11 s late, name"
            + " nothing.");
  }

  private void answeredTooLate(double second) {
    ExpectedFlow flow = router.flow(LAPTOP);
    byte[] answer =
        DnsMessages.answer(900, FERRY.host(), Type.A)
            .address(FERRY.host(), 300, THIRD.ip())
            .toWire();
    scene.datagram(flow, true, Scene.at(second), DnsMessages.query(900, FERRY.host(), Type.A));
    scene.datagram(flow, false, Scene.at(second + 11), answer);
  }

  private Sample sharedAddress() {
    router.address(LAPTOP, 1, NEWS.host(), 300, FIRST);
    router.address(LAPTOP, 2, PIXELS.host(), 300, FIRST);
    unnamedVisit(FIRST, Naming.dns(PIXELS), 3).candidates("kestrelnews.com", "pixelbarn.net");
    visits.browse(LAPTOP, FIRST, NEWS, 4, 1200);
    router.address(LAPTOP, 5, NEWS.host(), 300, FIRST);
    unnamedVisit(FIRST, Naming.dns(NEWS), 6).candidates("kestrelnews.com", "pixelbarn.net");
    return sample(
        "dns-shared-address.pcap",
        "Two sites on one address: the latest answer names a flow, SNI beats it, both are"
            + " candidates.");
  }

  /** Whoever is told of a server and of its address does not ask for that. */
  private Sample servers() {
    String directory = "_ldap._tcp.dc._msdcs.ferrylane.co.uk";
    Name controller = Name.of("dc1", "ferrylane.co.uk");
    router.exchange(
        LAPTOP,
        1,
        directory,
        Type.SRV,
        answer ->
            answer
                .service(directory, 389, controller.host())
                .additionally()
                .address(controller.host(), 3600, FIRST.ip())
                .edns());
    served(FIRST, 389, Naming.dns(controller), 1.1);
    Name mail = Name.of("mail", "kestrelnews.com");
    router.exchange(
        LAPTOP,
        2,
        "kestrelnews.com",
        Type.MX,
        answer ->
            answer
                .mailServer("kestrelnews.com", mail.host())
                .additionally()
                .address(mail.host(), 300, SECOND.ip()));
    served(SECOND, 25, Naming.dns(mail), 2.1);
    printer();
    router.exchange(
        LAPTOP,
        4,
        PIXELS.host(),
        Type.MX,
        answer ->
            answer
                .nameServer(PIXELS.site(), "ns.pixelbarn.net")
                .additionally()
                .address("ns.pixelbarn.net", 3600, internet("203.0.113.39").ip()));
    served(internet("203.0.113.39"), HTTPS, Naming.NONE, 4.1);
    return sample(
        "dns-servers.pcap",
        "Additional addresses of a domain controller (SRV), a mail server (MX) and a printer (PTR and"
            + " SRV) name flows; those of a referral do not.");
  }

  private void printer() {
    String service = "_ipp._tcp.pixelbarn.net";
    String instance = "Hall 2." + service;
    Name printer = Name.of("p1", "pixelbarn.net");
    router.exchange(
        LAPTOP,
        3,
        service,
        Type.PTR,
        answer ->
            answer
                .instance(service, instance)
                .additionally()
                .service(instance, 631, printer.host())
                .address(printer.host(), 120, THIRD.ip()));
    served(THIRD, 631, Naming.dns(printer), 3.1);
  }

  private void served(Host server, int port, Naming naming, double second) {
    visits.opaque(LAPTOP, server.port(port), naming, second, 300);
  }

  private ExpectedFlow unnamedVisit(Host server, Naming naming, double second) {
    return visits.nameless(LAPTOP, server.port(HTTPS), naming, second, 900);
  }

  private Sample sample(String file, String shows) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
