package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.internet;

import org.xbill.DNS.Type;

/** Encrypted ClientHello: an outer name that says who runs the server, not which site is meant. */
final class EchSamples {
  private static final int HTTPS = 443;
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name TRAINS = Name.of("timetable", "opentrackside.org");

  /** Stands before the sites of a content network, as its HTTPS records say. */
  private static final Name COVER = Name.of("cover", "edgecloudcdn.net");

  /** A public name that is known without any record. */
  private static final Name KNOWN = Name.of("cloudflare-ech.com");

  private final Scene scene = new Scene(183);
  private final Visits visits = new Visits(scene);
  private final Resolver router = new Resolver(scene, ROUTER, true);

  private EchSamples() {}

  static Sample sample() {
    EchSamples story = new EchSamples();
    story.tell();
    return Sample.pcap(
        "ech.pcap",
        "Encrypted ClientHello: an empty gesture with a true name; public names from a record and"
            + " well known, with and without a lookup.",
        Link.ETHERNET.type(),
        story.scene.trace());
  }

  private void tell() {
    visit(NEWS, internet("203.0.113.41"), Naming.tls(NEWS), 1);
    Host ferries = internet("203.0.113.42");
    router.exchange(
        LAPTOP,
        2,
        FERRY.host(),
        Type.HTTPS,
        answer -> answer.encryptedHello(FERRY.host(), 300, configuration(COVER.host())));
    router.address(LAPTOP, 2, FERRY.host(), 300, ferries);
    visit(COVER, ferries, Naming.dns(FERRY), 3);
    visit(COVER, internet("203.0.113.43"), Naming.tls(COVER), 4);
    Host trains = internet("203.0.113.44");
    router.address(LAPTOP, 5, TRAINS.host(), 300, trains);
    visit(KNOWN, trains, Naming.dns(TRAINS), 6);
    visit(KNOWN, internet("203.0.113.45"), Naming.tls(KNOWN), 7);
  }

  private void visit(Name outer, Host server, Naming naming, double second) {
    byte[] hello = TlsMessages.encryptedHello(outer.host(), scene.random());
    visits.secured(LAPTOP, server.port(HTTPS), naming, second, hello);
  }

  /** A list with a configuration of a version nobody knows, and one of RFC 9849. */
  private byte[] configuration(String publicName) {
    byte[] contents =
        new Octets()
            .u8(7)
            .u16(0x0020)
            .counted16(scene.randomBytes(32))
            .counted16(new Octets().u32(0x0001_0001L).toArray())
            .u8(0)
            .u8(publicName.length())
            .text(publicName)
            .u16(0)
            .toArray();
    byte[] list =
        new Octets()
            .u16(0xfe99)
            .counted16(scene.randomBytes(9))
            .u16(0xfe0d)
            .counted16(contents)
            .toArray();
    return new Octets().counted16(list).toArray();
  }
}
