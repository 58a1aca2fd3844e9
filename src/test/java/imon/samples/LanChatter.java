package imon.samples;

import static imon.samples.Network.ALL_NODES;
import static imon.samples.Network.BROADCAST;
import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.MDNS_GROUP;
import static imon.samples.Network.PHONE;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.ROUTER_LINK_LOCAL;
import static imon.samples.Network.SSDP_GROUP;
import static imon.samples.Network.TV;
import static imon.samples.Network.UNSPECIFIED_LAPTOP;

/** What a home network says to itself: none of it leaves the network. */
final class LanChatter {
  private static final String PRINTING = "_ipp._tcp.local";

  private final Scene scene;

  LanChatter(Scene scene) {
    this.scene = scene;
  }

  /** The laptop joins: DHCP by broadcast both ways, then ARP. */
  void laptopJoins(double second) {
    ExpectedFlow ask =
        ExpectedFlow.udp(UNSPECIFIED_LAPTOP.port(68), BROADCAST.port(67)).multicast();
    ExpectedFlow offer = ExpectedFlow.udp(ROUTER.port(67), BROADCAST.port(68)).multicast();
    scene.datagram(ask, true, Scene.at(second), DeviceMessages.dhcp(1, 1, LAPTOP));
    scene.datagram(offer, true, Scene.at(second + 0.03), DeviceMessages.dhcp(2, 2, LAPTOP));
    scene.datagram(ask, true, Scene.at(second + 0.06), DeviceMessages.dhcp(1, 3, LAPTOP));
    scene.datagram(offer, true, Scene.at(second + 0.09), DeviceMessages.dhcp(2, 5, LAPTOP));
    resolveHardware(LAPTOP, ROUTER, second + 0.2);
  }

  /** An ARP request and its reply. */
  void resolveHardware(Host asking, Host asked, double second) {
    scene.nonIp(Scene.at(second), Frames.arp(true, asking, asked));
    scene.nonIp(Scene.at(second + 0.001), Frames.arp(false, asked, asking));
  }

  /** Announcements that come again each half minute, for ten minutes. */
  void announcements() {
    ExpectedFlow question = group(LAPTOP, MDNS_GROUP, 5353, 5353);
    ExpectedFlow reply = group(PHONE, MDNS_GROUP, 5353, 5353);
    ExpectedFlow search = group(TV, SSDP_GROUP, scene.freePort(), 1900);
    ExpectedFlow advertisement =
        ExpectedFlow.of(Protocol.ICMPV6, ROUTER_LINK_LOCAL.port(0), ALL_NODES.port(0)).multicast();
    byte[] answer = DnsMessages.serviceAnswer(PRINTING, "upstairs." + PRINTING);
    for (int second = 5; second < 600; second += 30) {
      scene.nonIp(Scene.at(second), Frames.lldp(ROUTER.mac()));
      scene.datagram(question, true, Scene.at(second + 3), DnsMessages.serviceQuery(PRINTING));
      scene.datagram(reply, true, Scene.at(second + 3.05), answer);
      scene.datagram(search, true, Scene.at(second + 7), HttpMessages.deviceSearch());
      advertise(advertisement, second + 11);
    }
  }

  /** The laptop saves files on the disk at the router, by rsync. */
  void backup(double second, int bytes) {
    ExpectedFlow flow = ExpectedFlow.tcp(LAPTOP.port(scene.freePort()), ROUTER.port(873)).local();
    byte[] greeting = new Octets().text("@RSYNCD: 31.0\n").toArray();
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(second)).open();
    talk.serverSends(greeting);
    talk.clientSends(greeting);
    talk.clientStreams(scene.randomBytes(bytes));
    talk.close();
  }

  private static ExpectedFlow group(Host sender, Host group, int port, int groupPort) {
    return ExpectedFlow.udp(sender.port(port), group.port(groupPort)).multicast();
  }

  private void advertise(ExpectedFlow flow, double second) {
    byte[] message = Transports.routerAdvertisement(flow.client(), flow.server());
    scene.send(flow, true, Scene.at(second), message, Scene.WHOLE);
  }
}
