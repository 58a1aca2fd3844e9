package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.PHONE;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.internet;

import java.util.Random;

/** TLS 1.2 without a server name: only the server's certificate says who it is. */
final class CertificateSamples {
  private static final int HTTPS = 443;
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name PIXELS = Name.of("static", "pixelbarn.net");
  private static final Name MAIL = Name.of("imap", "tidepost.org");

  private final Scene scene = new Scene(151);
  private final Random random = scene.random();
  private final Resolver router = new Resolver(scene, ROUTER, true);

  private CertificateSamples() {}

  static Sample sample() {
    CertificateSamples story = new CertificateSamples();
    story.ofOneSite();
    story.inManyPieces();
    story.ofSeveralSites();
    story.besideAnAnswer();
    return Sample.pcap(
        "certificate.pcap",
        "Certificates of one host, several hosts of a site, a wildcard, a common name; over several"
            + " segments and records; of several sites, which narrow what DNS leaves open.",
        Link.ETHERNET.type(),
        story.scene.trace());
  }

  private void ofOneSite() {
    whole(1, 1, Naming.certificate(MAIL), Certificates.forNames(random, MAIL.host()));
    whole(
        2,
        2,
        Naming.certificateOf(NEWS.site()),
        Certificates.forNames(random, NEWS.site(), NEWS.host(), "img.kestrelnews.com"));
    whole(
        3,
        3,
        Naming.certificateOf(FERRY.site()),
        Certificates.forNames(random, "*.ferrylane.co.uk"));
    whole(4, 4, Naming.certificate(PIXELS), Certificates.withCommonNameOnly(random, PIXELS.host()));
  }

  private void inManyPieces() {
    byte[] certificate = Certificates.forNames(random, MAIL.host());
    byte[] flight = TlsMessages.certifiedFlight(certificate, 90, random);
    TcpConversation talk = asked(5, flow(5, Naming.certificate(MAIL)));
    finish(talk.segmentsOf(70).serverSends(flight).segmentsOf(1460));
  }

  /** The later answer would win, but the certificate is not for its site. */
  private void ofSeveralSites() {
    byte[] both = Certificates.forNames(random, NEWS.host(), FERRY.host());
    whole(6, 6, Naming.NONE, both);
    router.address(LAPTOP, 7, NEWS.host(), 300, server(7));
    router.address(LAPTOP, 8, PIXELS.host(), 300, server(7));
    whole(9, 7, Naming.dns(NEWS), both);
  }

  /** What the client asked for says more than a certificate does. */
  private void besideAnAnswer() {
    router.address(LAPTOP, 10, FERRY.host(), 300, server(8));
    whole(11, 8, Naming.dns(FERRY), Certificates.forNames(random, "*.ferrylane.co.uk"));
    byte[] one = Certificates.forNames(random, NEWS.host());
    router.address(PHONE, 12, PIXELS.host(), 300, server(9));
    whole(13, 9, Naming.certificate(NEWS), one);
  }

  private void whole(double second, int server, Naming naming, byte[] certificate) {
    TcpConversation talk = asked(second, flow(server, naming));
    finish(talk.serverSends(TlsMessages.certifiedFlight(certificate, random)));
  }

  private TcpConversation asked(double second, ExpectedFlow flow) {
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(second)).open();
    return talk.clientSends(TlsMessages.deviceHello(null, random));
  }

  private void finish(TcpConversation talk) {
    talk.clientSends(TlsMessages.clientFinished(random));
    talk.serverSends(TlsMessages.applicationRecords(400, random)).close();
  }

  private ExpectedFlow flow(int server, Naming naming) {
    Endpoint client = LAPTOP.port(scene.freePort());
    return ExpectedFlow.tcp(client, server(server).port(HTTPS)).named(naming);
  }

  private static Host server(int number) {
    return internet("203.0.113." + (150 + number));
  }
}
