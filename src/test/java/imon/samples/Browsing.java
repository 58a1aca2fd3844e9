package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.PHONE;
import static imon.samples.Network.PHONE_V6;
import static imon.samples.Network.PUBLIC_RESOLVER;
import static imon.samples.Network.PUBLIC_RESOLVER_V6;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.SHARED_CDN;
import static imon.samples.Network.SHARED_CDN_V6;
import static imon.samples.Network.TV;
import static imon.samples.Network.internet;

/**
 * Ten minutes of three devices at home. Over IPv4 they ask the router for names (the phone at times
 * a public resolver), over IPv6 always the public one, so that a lookup and the flow it names share
 * an address; where they do not, the story says so.
 */
final class Browsing {
  private static final int KB = 1000;
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name NEWS_IMAGES = Name.of("img", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name FERRY_BOOKING = Name.of("booking", "ferrylane.co.uk");
  private static final Name PIXELS = Name.of("static", "pixelbarn.net");
  private static final Name TRAINS = Name.of("timetable", "opentrackside.org");
  private static final Name FILMS = Name.of("play", "lanternreel.tv");
  private static final Name CHAT = Name.of("edge-3.chat", "quillandquay.org");
  private static final Name WEATHER = Name.of("api", "weatherhollow.com.au");
  private static final Name MAIL = Name.of("imap", "tidepost.org");
  private static final Name LOOM = Name.of("shop", "loomandlathe.de");
  private static final Name CLOCK = Name.of("ntp", "beaconhour.org");

  private final Scene scene = new Scene(20260302);
  private final Visits visits = new Visits(scene);
  private final LanChatter lan = new LanChatter(scene);
  private final Resolver router = new Resolver(scene, ROUTER, true);
  private final Resolver open = new Resolver(scene, PUBLIC_RESOLVER, false);
  private final Resolver openV6 = new Resolver(scene, PUBLIC_RESOLVER_V6, false);

  private Browsing() {}

  static Sample sample() {
    Browsing story = new Browsing();
    story.tell();
    Trace trace = story.scene.trace();
    Truth truth = Truth.of(trace).withSites(trace);
    byte[] file = new PcapWriter(Link.ETHERNET.type()).write(trace.packets());
    String shows =
        "Ten minutes of a laptop, a phone and a TV; bulk packets are cut to 96 captured bytes.";
    return new Sample("browsing.pcap", shows, file, trace.packetCount(), truth);
  }

  private void tell() {
    lan.laptopJoins(0.5);
    lan.announcements();
    lan.backup(310, 420 * KB);
    laptopReadsTheNews();
    laptopBooksAFerry();
    laptopReadsMailAndTimetables();
    laptopMeetsUnnamedServers();
    phoneChats();
    phoneChecksTheWeather();
    tvPlaysAFilm();
    everyoneAsksTheTime();
  }

  /** Two sites on one shared address, told apart by SNI only; the news come back later. */
  private void laptopReadsTheNews() {
    router.alias(LAPTOP, 2, NEWS.host(), "kestrelnews.map.edgecloudcdn.net", 300, SHARED_CDN);
    visits.browse(LAPTOP, SHARED_CDN, NEWS, 2.1, 140 * KB);
    router.alias(LAPTOP, 2.6, NEWS_IMAGES.host(), "img.map.edgecloudcdn.net", 300, SHARED_CDN);
    visits.browse(LAPTOP, SHARED_CDN, NEWS_IMAGES, 2.8, 310 * KB);
    router.alias(LAPTOP, 2.7, PIXELS.host(), "pixelbarn.map.edgecloudcdn.net", 300, SHARED_CDN);
    visits.browse(LAPTOP, SHARED_CDN, PIXELS, 2.9, 95 * KB);
    openV6.alias(
        LAPTOP_V6, 200, NEWS.host(), "kestrelnews.map.edgecloudcdn.net", 300, SHARED_CDN_V6);
    visits.browse(LAPTOP_V6, SHARED_CDN_V6, NEWS, 200.2, 180 * KB);
    visits.browse(LAPTOP, SHARED_CDN, NEWS, 402, 60 * KB);
  }

  private void laptopBooksAFerry() {
    Host web = internet("2001:db8:fe::80");
    Host booking = internet("198.51.100.81");
    openV6.address(LAPTOP_V6, 60, FERRY.host(), 600, web);
    visits.browse(LAPTOP_V6, web, FERRY, 60.1, 220 * KB);
    router.address(LAPTOP, 75, FERRY_BOOKING.host(), 600, booking);
    visits.browse(LAPTOP, booking, FERRY_BOOKING, 75.1, 130 * KB);
    router.address(LAPTOP, 90, Name.of("ferrylane.co.uk").host(), 600, internet("198.51.100.82"));
    Naming ping = Naming.dns(Name.of("ferrylane.co.uk"));
    visits.ping(LAPTOP, internet("198.51.100.82"), ping, 91, 12);
  }

  private void laptopReadsMailAndTimetables() {
    Host mail = internet("203.0.113.143");
    Host trains = internet("203.0.113.60");
    router.address(LAPTOP, 110, MAIL.host(), 900, mail);
    visits.nameless(LAPTOP, mail.port(993), Naming.dns(MAIL), 110.2, 85 * KB);
    router.address(LAPTOP, 130, TRAINS.host(), 900, trains);
    visits.fetch(LAPTOP, trains, TRAINS, 130.1, "/north", 60 * KB);
    visits.fetch(LAPTOP, trains, TRAINS, 133, "/south", 90 * KB);
    Host shop = internet("203.0.113.77");
    router.hints(LAPTOP, 150, LOOM.host(), 300, shop.address());
    visits.nameless(LAPTOP, shop.port(443), Naming.dns(LOOM), 150.2, 110 * KB);
  }

  /** Two flows nobody can name, one only another client's answer names, one the other address's. */
  private void laptopMeetsUnnamedServers() {
    visits.opaque(LAPTOP, internet("192.0.2.99").port(51413), Naming.NONE, 230, 70 * KB);
    visits.nameless(LAPTOP, internet("192.0.2.150").port(8443), Naming.NONE, 245, 40 * KB);
    Host meadow = internet("203.0.113.200");
    Name vault = Name.of("app", "meadowvault.com");
    router.address(PHONE, 260, vault.host(), 300, meadow);
    visits.nameless(LAPTOP, meadow.port(443), Naming.dnsOther(vault), 262, 50 * KB);
    Host gallery = internet("2001:db8:9a::11");
    Name herons = Name.of("www", "heronsgallery.org");
    router.address(LAPTOP, 280, herons.host(), 300, gallery);
    visits.nameless(LAPTOP_V6, gallery.port(443), Naming.dns(herons), 280.3, 65 * KB);
  }

  private void phoneChats() {
    Host chat = internet("2001:db8:c4a7::3");
    openV6.address(PHONE_V6, 20, CHAT.host(), 120, chat);
    visits.browse(PHONE_V6, chat, CHAT, 20.1, 90 * KB);
    visits.browse(PHONE_V6, chat, CHAT, 350, 70 * KB);
    router.alias(PHONE, 30, PIXELS.host(), "pixelbarn.map.edgecloudcdn.net", 300, SHARED_CDN);
    visits.browse(PHONE, SHARED_CDN, PIXELS, 30.1, 240 * KB);
    Host relay = internet("198.51.100.190");
    Name relayName = Name.of("relay", "quillandquay.org");
    open.address(PHONE, 365, relayName.host(), 120, relay);
    visits.opaque(PHONE, relay.port(5228), Naming.dns(relayName), 365.2, 45 * KB);
  }

  private void phoneChecksTheWeather() {
    Host weather = internet("198.51.100.120");
    open.address(PHONE, 180, WEATHER.host(), 60, weather);
    visits.browse(PHONE, weather, WEATHER, 180.1, 55 * KB);
    visits.browse(PHONE, weather, WEATHER, 480, 50 * KB);
    Host radar = internet("198.51.100.121");
    Name radarName = Name.of("radar", "weatherhollow.com.au");
    open.address(PHONE, 181, radarName.host(), 60, radar);
    visits.quicLike(PHONE, radar, Naming.dns(radarName), 181.1, 380 * KB);
  }

  /** The film is most of the traffic; the maker's own servers are small beside it. */
  private void tvPlaysAFilm() {
    Host films = internet("203.0.113.240");
    router.alias(TV, 40, FILMS.host(), "lanternreel.map.edgecloudcdn.net", 30, films);
    visits.stream(TV, films, FILMS, 40.1, 700 * KB);
    visits.stream(TV, films, FILMS, 220, 900 * KB);
    visits.stream(TV, films, FILMS, 420, 650 * KB);
    Host maker = internet("192.0.2.20");
    Name firmware = Name.of("firmware", "glowpanel.co.jp");
    router.address(TV, 15, firmware.host(), 3600, maker);
    visits.fetch(TV, maker, firmware, 15.2, "/panel-7/latest", 20 * KB);
    Name usage = Name.of("usage.eu", "glowpanel.co.jp");
    router.address(TV, 500, usage.host(), 3600, internet("192.0.2.21"));
    visits.quicLike(TV, internet("192.0.2.21"), Naming.dns(usage), 500.1, 60 * KB);
  }

  private void everyoneAsksTheTime() {
    Host clock = internet("192.0.2.123");
    router.address(LAPTOP, 8, CLOCK.host(), 1800, clock);
    visits.askTime(LAPTOP, clock, Naming.dns(CLOCK), 8.2);
    visits.askTime(LAPTOP, clock, Naming.dns(CLOCK), 540);
    router.address(TV, 9, CLOCK.host(), 1800, clock);
    visits.askTime(TV, clock, Naming.dns(CLOCK), 9.1);
    lan.resolveHardware(ROUTER, TV, 599.4);
  }
}
