package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.PHONE;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.internet;

/** Flows that nothing names but other flows of the same client to the same server and port. */
final class SiblingSamples {
  private static final int DAY = 24 * 3600;
  private static final int HTTPS = 443;
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name PIXELS = Name.of("static", "pixelbarn.net");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");

  private final Scene scene = new Scene(152);
  private final Visits visits = new Visits(scene);

  private SiblingSamples() {}

  static Sample sample() {
    SiblingSamples story = new SiblingSamples();
    story.agreeing();
    story.disagreeing();
    story.ofOthers();
    story.besideAnAnswer();
    story.aDayApart();
    return Sample.pcap(
        "sibling.pcap",
        "Proven flows to one server and port agree, or not; other clients, ports and days do not"
            + " count; proof comes later, too.",
        Link.ETHERNET.type(),
        story.scene.trace());
  }

  private void agreeing() {
    Host server = internet("203.0.113.21");
    proven(server, NEWS, 1);
    proven(server, NEWS, 2);
    nameless(server, Naming.sibling(NEWS), 3);
    Host later = internet("203.0.113.22");
    nameless(later, Naming.sibling(FERRY), 4);
    proven(later, FERRY, 5);
  }

  private void disagreeing() {
    Host server = internet("203.0.113.23");
    proven(server, NEWS, 6);
    nameless(server, Naming.NONE, 7);
    proven(server, PIXELS, 8);
  }

  private void ofOthers() {
    Host server = internet("203.0.113.24");
    proven(server, NEWS, 9);
    visits.opaque(PHONE, server.port(HTTPS), Naming.NONE, 10, 200);
    visits.opaque(LAPTOP, server.port(9443), Naming.NONE, 11, 200);
    Host dual = internet("2001:db8:24::24");
    visits.browse(LAPTOP_V6, dual, FERRY, 12, 200);
    visits.opaque(LAPTOP_V6, dual.port(HTTPS), Naming.sibling(FERRY), 13, 200);
  }

  /** What the client asked for is stronger than what its other flows were. */
  private void besideAnAnswer() {
    Host server = internet("203.0.113.25");
    proven(server, NEWS, 14);
    new Resolver(scene, ROUTER, true).address(LAPTOP, 15, PIXELS.host(), 60, server);
    nameless(server, Naming.dns(PIXELS), 16);
  }

  private void aDayApart() {
    for (int less : new int[] {1, -1}) {
      Host server = internet("203.0.113." + (27 + less));
      proven(server, NEWS, 20);
      nameless(server, less > 0 ? Naming.sibling(NEWS) : Naming.NONE, 20 + DAY - less);
    }
  }

  private void proven(Host server, Name name, double second) {
    visits.stream(LAPTOP, server, name, second, 200);
  }

  private void nameless(Host server, Naming naming, double second) {
    visits.opaque(LAPTOP, server.port(HTTPS), naming, second, 200);
  }
}
