package imon.samples;

import static imon.samples.Network.BROADCAST;
import static imon.samples.Network.DISK;
import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.MDNS_GROUP;
import static imon.samples.Network.PHONE;
import static imon.samples.Network.PHONE_V6;
import static imon.samples.Network.PRINTER;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.TV;
import static imon.samples.Network.UNSPECIFIED_LAPTOP;
import static imon.samples.Network.internet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which addresses are one device, what devices are called, and which are only behind a router. */
final class DeviceSamples {
  private static final int MDNS = 5353;
  private static final int NETBIOS = 137;

  /** One more than a device may have. */
  private static final int BEHIND_ROUTER = 17;

  private static final int FEW_BEHIND_ROUTER = 3;

  private static final long SECOND_ROUTER_MAC = 0x02_00_5e_10_00_02L;
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Host SERVER = internet("203.0.113.51");
  private static final Host SERVER_V6 = internet("2001:db8:51::51");

  private final Scene scene;
  private final Visits visits;
  private final Resolver router;

  private DeviceSamples(long seed) {
    scene = new Scene(seed);
    visits = new Visits(scene);
    router = new Resolver(scene, ROUTER, true);
  }

  static List<Sample> all() {
    return List.of(
        new DeviceSamples(191).named(),
        new DeviceSamples(192).routedForMany(),
        new DeviceSamples(193).routedForFew());
  }

  /** Each name is told in another way; the phone has none, and its ARP tells only its address. */
  private Sample named() {
    ExpectedFlow join =
        ExpectedFlow.udp(UNSPECIFIED_LAPTOP.port(68), BROADCAST.port(67)).multicast();
    scene.datagram(join, true, Scene.at(1), DeviceMessages.dhcpRequest(LAPTOP, "kitchen-laptop"));
    ExpectedFlow claim = ExpectedFlow.udp(DISK.port(NETBIOS), BROADCAST.port(NETBIOS)).multicast();
    scene.datagram(claim, true, Scene.at(2), DeviceMessages.netbiosRegistration(DISK, "vault"));
    announce(PRINTER, 3, answer -> answer.address("upstairs.local", 120, PRINTER.ip()));
    announce(
        TV,
        4,
        answer ->
            answer
                .service("Cinema._airplay._tcp.local", 7000, "glow-7.local")
                .address("glow-7.local", 120, TV.ip()));
    new LanChatter(scene).resolveHardware(PHONE, ROUTER, 5);
    dualStack();
    for (Host device : List.of(DISK, PRINTER, TV)) {
      visits.exchange(device, internet("203.0.113.52"), Naming.NONE, 10);
    }
    String shows =
        "Names of devices by DHCP, NetBIOS and multicast DNS; two addresses of one MAC address are"
            + " one device.";
    Sample sample = sample("devices.pcap", shows);
    sample.truth().with("clients", clients());
    return sample;
  }

  /** A lookup over one IP version names a flow over the other. */
  private void dualStack() {
    router.address(LAPTOP, 6, NEWS.host(), 60, SERVER_V6);
    visits.exchange(LAPTOP_V6, SERVER_V6, Naming.dns(NEWS), 7);
    router.address(PHONE, 8, FERRY.host(), 60, SERVER_V6);
    visits.exchange(PHONE_V6, SERVER_V6, Naming.dns(FERRY), 9);
  }

  private void announce(Host device, double second, UnaryOperator<DnsMessages.Answer> fill) {
    group(device, second, fill.apply(DnsMessages.announcement()).toWire());
  }

  private void group(Host device, double second, byte[] message) {
    ExpectedFlow flow = ExpectedFlow.udp(device.port(MDNS), MDNS_GROUP.port(MDNS)).multicast();
    scene.datagram(flow, true, Scene.at(second), message);
  }

  private static List<Map<String, @Nullable Object>> clients() {
    return List.of(
        client(LAPTOP, "kitchen-laptop", "dhcp"),
        client(LAPTOP_V6, "kitchen-laptop", "dhcp"),
        client(DISK, "VAULT", "netbios"),
        client(PRINTER, "upstairs", "mdns"),
        client(TV, "Cinema", "mdns-service"),
        client(TV, "glow-7", "mdns"),
        client(PHONE, null, "flow"),
        client(PHONE_V6, null, "flow"));
  }

  private static Map<String, @Nullable Object> client(
      Host host, @Nullable String name, String seenBy) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("ip", host.address());
    row.put("name", name);
    row.put("mac", "02:00:5e:10:00:%02x".formatted(host.mac() & 0xff));
    row.put("seen_by", seenBy);
    return row;
  }

  private Sample routedForMany() {
    String shows =
        "Seventeen clients behind one router's MAC address stay apart: the lookup of one is"
            + " another client's to the next.";
    return routed("devices-router.pcap", BEHIND_ROUTER, shows);
  }

  /** They are as few as one device may have addresses. */
  private Sample routedForFew() {
    scene.tapped(
        (link, from, to, packet) ->
            List.of(link.frame(from, to, isBehind(from) ? IpPackets.routed(packet) : packet)));
    for (int i = 1; i <= FEW_BEHIND_ROUTER; i++) {
      visits.midway(behind(i), internet("203.0.113.54"), Naming.NONE, i / 10.0);
    }
    String shows = "Three clients behind a router, told by the hop that it takes off.";
    return routed("devices-hop.pcap", FEW_BEHIND_ROUTER, shows);
  }

  private static boolean isBehind(Host host) {
    return host.mac() == SECOND_ROUTER_MAC;
  }

  /** Who is behind a second router has its MAC address, and is not who else is. */
  private Sample routed(String file, int clients, String shows) {
    for (int i = 1; i <= clients; i++) {
      Name own = Name.of("host-" + i, "tidepost.org");
      Host server = internet("198.51.100." + i);
      router.address(behind(i), i, own.host(), 60, server);
      visits.exchange(behind(i), server, Naming.dns(own), i + 0.5);
    }
    router.address(behind(1), 30, NEWS.host(), 60, SERVER);
    visits.exchange(behind(1), SERVER, Naming.dns(NEWS), 31);
    visits.exchange(behind(2), SERVER, Naming.dnsOther(NEWS), 32);
    return sample(file, shows);
  }

  private static Host behind(int number) {
    return Host.of(SECOND_ROUTER_MAC, "10.20.0." + number);
  }

  private Sample sample(String file, String shows) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
