package imon.samples;

import static imon.samples.Network.DISK;
import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_LINK_LOCAL;
import static imon.samples.Network.LLMNR_GROUP;
import static imon.samples.Network.MDNS_GROUP;
import static imon.samples.Network.MDNS_GROUP_V6;
import static imon.samples.Network.PHONE;
import static imon.samples.Network.PRINTER;
import static imon.samples.Network.PRINTER_V6;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.TV;
import static imon.samples.Network.internet;

import java.util.List;
import org.xbill.DNS.Type;

/** Names that hosts of one link tell each other without a server; local flows are named as well. */
final class LinkNameSamples {
  private static final int MDNS = 5353;
  private static final int LLMNR = 5355;
  private static final int TTL = 120;
  private static final Host SERVER = internet("203.0.113.61");
  private static final Host FAKE = internet("203.0.113.66");
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name UPSTAIRS = Name.of("upstairs.local");
  private static final Name UPSTAIRS_V6 = Name.of("upstairs-6.local");
  private static final Name SCREEN = Name.of("screen.local");
  private static final Name VAULT = Name.of("vault");

  private final Scene scene;
  private final Visits visits;

  private LinkNameSamples(long seed) {
    scene = new Scene(seed);
    visits = new Visits(scene);
  }

  static List<Sample> all() {
    return List.of(new LinkNameSamples(181).multicastDns(), new LinkNameSamples(182).llmnr());
  }

  /** An answer to the group is told to all on the link; one to a single host, to that one. */
  private Sample multicastDns() {
    ExpectedFlow question = ExpectedFlow.udp(LAPTOP.port(MDNS), MDNS_GROUP.port(MDNS)).multicast();
    ExpectedFlow announcement =
        ExpectedFlow.udp(PRINTER.port(MDNS), MDNS_GROUP.port(MDNS)).multicast();
    scene.datagram(question, true, Scene.at(1), DnsMessages.linkQuery(0, UPSTAIRS.host(), Type.A));
    scene.datagram(announcement, true, Scene.at(1.1), own(UPSTAIRS, PRINTER));
    ExpectedFlow overV6 =
        ExpectedFlow.udp(PRINTER_V6.port(MDNS), MDNS_GROUP_V6.port(MDNS)).multicast();
    scene.datagram(overV6, true, Scene.at(1.2), own(UPSTAIRS_V6, PRINTER_V6));
    visits.exchange(LAPTOP_LINK_LOCAL, PRINTER_V6, Naming.dns(UPSTAIRS_V6), 1.5).local();
    visits.exchange(LAPTOP, PRINTER, Naming.dns(UPSTAIRS), 2).local();
    visits.exchange(PHONE, PRINTER, Naming.dns(UPSTAIRS), 3).local();
    ExpectedFlow asked = ExpectedFlow.udp(PHONE.port(MDNS), MDNS_GROUP.port(MDNS)).multicast();
    ExpectedFlow direct = ExpectedFlow.udp(TV.port(MDNS), PHONE.port(MDNS)).local();
    scene.datagram(asked, true, Scene.at(4), DnsMessages.linkQuery(0, SCREEN.host(), Type.A));
    scene.datagram(direct, true, Scene.at(4.1), own(SCREEN, TV));
    visits.exchange(PHONE, TV, Naming.dns(SCREEN), 5).local();
    visits.exchange(LAPTOP, TV, Naming.dnsOther(SCREEN), 6).local();
    return sample(
        "mdns.pcap", "Multicast DNS, answered to the group and to one host, names local flows.");
  }

  private static byte[] own(Name name, Host host) {
    return DnsMessages.announcement().address(name.host(), TTL, host.ip()).toWire();
  }

  /**
   * The reply comes from the very host it is about. The client's other queries are in the capture,
   * so that an answer from afar that only pretends to be of the link counts for nothing.
   */
  private Sample llmnr() {
    new Resolver(scene, ROUTER, true).address(LAPTOP, 1, NEWS.host(), 60, SERVER);
    Endpoint client = LAPTOP.port(scene.freePort());
    ExpectedFlow question = ExpectedFlow.udp(client, LLMNR_GROUP.port(LLMNR)).multicast();
    ExpectedFlow reply =
        ExpectedFlow.udp(client, DISK.port(LLMNR)).named(Naming.dns(VAULT)).local();
    scene.datagram(question, true, Scene.at(20), DnsMessages.linkQuery(77, VAULT.host(), Type.A));
    scene.datagram(reply, false, Scene.at(20.05), answer(VAULT, DISK));
    ExpectedFlow pretended = ExpectedFlow.udp(client, FAKE.port(LLMNR));
    scene.datagram(pretended, false, Scene.at(20.06), answer(NEWS, FAKE));
    visits.exchange(LAPTOP, DISK, Naming.dns(VAULT), 22).local();
    visits.exchange(PHONE, DISK, Naming.dnsOther(VAULT), 23).local();
    visits.exchange(LAPTOP, FAKE, Naming.NONE, 24);
    return sample(
        "llmnr.pcap",
        "A single label asked of all on the link (LLMNR), and an answer from afar to nobody's"
            + " question.");
  }

  private static byte[] answer(Name name, Host host) {
    return DnsMessages.answer(77, name.host(), Type.A).address(name.host(), 30, host.ip()).toWire();
  }

  private Sample sample(String file, String shows) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
