package imon.samples;

import static imon.samples.Network.DISK;
import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.PHONE;
import static imon.samples.Network.PRINTER;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.SHARED_CDN;
import static imon.samples.Network.TV;

/** One address of a content network with several sites on it: who means which. */
final class SharedAddressSamples {
  private static final int HOUR = 3600;
  private static final int TTL = 60;
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name NEWS_IMAGES = Name.of("img", "kestrelnews.com");
  private static final Name PIXELS = Name.of("static", "pixelbarn.net");
  private static final Name FILMS = Name.of("play", "lanternreel.tv");

  private final Scene scene = new Scene(174);
  private final Visits visits = new Visits(scene);
  private final Resolver router = new Resolver(scene, ROUTER, true);

  private SharedAddressSamples() {}

  static Sample sample() {
    SharedAddressSamples story = new SharedAddressSamples();
    story.oneClientAsksForTwo();
    story.twoClientsAskForOneEach();
    story.oneAsksTooLate();
    story.oneNeverAsks();
    story.answersExpire();
    return Sample.pcap(
        "shared-address.pcap",
        "Three sites on one address: asked for by one client, by two, before, after, too long ago,"
            + " and never.",
        Link.ETHERNET.type(),
        story.scene.trace());
  }

  /** Two hosts of one site are one candidate. */
  private void oneClientAsksForTwo() {
    router.address(LAPTOP, 1, NEWS.host(), TTL, SHARED_CDN);
    visit(LAPTOP, Naming.dns(NEWS), 2).candidates("kestrelnews.com");
    router.address(LAPTOP, 3, NEWS_IMAGES.host(), TTL, SHARED_CDN);
    visit(LAPTOP, Naming.dns(NEWS_IMAGES), 4).candidates("kestrelnews.com");
    router.address(LAPTOP, 5, PIXELS.host(), TTL, SHARED_CDN);
    visit(LAPTOP, Naming.dns(PIXELS), 6).candidates("kestrelnews.com", "pixelbarn.net");
  }

  private void twoClientsAskForOneEach() {
    router.address(PHONE, 7, FILMS.host(), TTL, SHARED_CDN);
    visit(PHONE, Naming.dns(FILMS), 8).candidates("lanternreel.tv");
    visit(LAPTOP, Naming.dns(PIXELS), 9).candidates("kestrelnews.com", "pixelbarn.net");
  }

  private void oneAsksTooLate() {
    visit(TV, Naming.dnsOther(NEWS), 10);
    router.address(TV, 20, NEWS.host(), TTL, SHARED_CDN);
    visit(TV, Naming.dns(NEWS), 21).candidates("kestrelnews.com");
  }

  /** Anybody's latest answer is the best guess. */
  private void oneNeverAsks() {
    visit(DISK, Naming.dnsOther(NEWS), 22);
    router.address(PHONE, 23, PIXELS.host(), TTL, SHARED_CDN);
    visit(DISK, Naming.dnsOther(PIXELS), 24);
  }

  /** A site ceases to be a candidate when its last answer is too old. */
  private void answersExpire() {
    double asked = 100 + Resolver.ANSWER_DELAY / 1e9;
    router.address(PRINTER, 100, NEWS.host(), TTL, SHARED_CDN);
    router.address(PRINTER, 130, FILMS.host(), TTL, SHARED_CDN);
    double expiry = asked + TTL + HOUR;
    visit(PRINTER, Naming.dns(FILMS), expiry - 1).candidates("kestrelnews.com", "lanternreel.tv");
    visit(PRINTER, Naming.dns(FILMS), expiry + 1).candidates("lanternreel.tv");
    visit(PRINTER, Naming.dns(FILMS), expiry + 29).candidates("lanternreel.tv");
    visit(PRINTER, Naming.dnsOther(FILMS), expiry + 31);
  }

  private ExpectedFlow visit(Host client, Naming naming, double second) {
    return visits.exchange(client, SHARED_CDN, naming, second);
  }
}
