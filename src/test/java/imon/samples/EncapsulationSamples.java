package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.PUBLIC_RESOLVER_V6;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.internet;

import java.util.ArrayList;
import java.util.List;

/** The same small story over each link layer and through each tunnel that imon opens. */
final class EncapsulationSamples {
  private static final Host FERRY_SERVER = internet("2001:db8:fe::80");

  private EncapsulationSamples() {}

  /** A capture's file, and the link its story is told over. */
  private record Told(String file, String shows, Link link) {}

  private static final List<Told> LINKS =
      List.of(
          new Told("ppp.pcap", "PPP without address and control", OtherLinks.PPP),
          new Told("ppp-hdlc.pcap", "PPP in HDLC-like framing", OtherLinks.PPP_HDLC),
          new Told("ppp-ether.pcap", "PPPoE without Ethernet", OtherLinks.PPPOE),
          new Told("ppp-direction.pcap", "PPP with a direction", OtherLinks.PPP_WITH_DIRECTION),
          new Told("cisco-hdlc.pcap", "Cisco HDLC", OtherLinks.CISCO_HDLC),
          new Told("wlan.pcap", "802.11 data frames with QoS", OtherLinks.WLAN),
          new Told("wlan-amsdu.pcap", "802.11 aggregates", OtherLinks.WLAN_AGGREGATED),
          new Told("wlan-prism.pcap", "802.11 behind Prism headers", OtherLinks.PRISM),
          new Told("wlan-radiotap.pcap", "802.11 behind radiotap, padded", OtherLinks.RADIOTAP),
          new Told("wlan-avs.pcap", "802.11 behind AVS headers", OtherLinks.AVS),
          new Told("ppi.pcap", "802.11 behind PPI", OtherLinks.PPI),
          new Told("pflog.pcap", "A packet filter's log", OtherLinks.PFLOG),
          new Told("nflog.pcap", "Netfilter's log", OtherLinks.NFLOG),
          new Told("ipnet.pcap", "Solaris IPNET", OtherLinks.IPNET),
          new Told("pktap.pcap", "Darwin's PKTAP", OtherLinks.PKTAP),
          new Told("pktap-user2.pcap", "PKTAP as USER2", OtherLinks.PKTAP_UNDER_USER_2),
          new Told("snap.pcap", "802.3 with LLC and SNAP", Tunnels.SNAP));

  private static final List<Told> TUNNELS =
      List.of(
          new Told("mpls.pcap", "Two MPLS labels", Tunnels.MPLS),
          new Told("pseudowire.pcap", "Ethernet in MPLS, control word", Tunnels.PSEUDOWIRE),
          new Told("pppoe.pcap", "PPPoE sessions", Tunnels.PPPOE),
          new Told("gre.pcap", "GRE", Tunnels.GRE),
          new Told("gre-key.pcap", "GRE: checksum, key, sequence", Tunnels.GRE_WITH_ALL),
          new Told("nvgre.pcap", "NVGRE", Tunnels.NVGRE),
          new Told("pptp.pcap", "PPTP's GRE with PPP", Tunnels.PPTP),
          new Told("erspan-1.pcap", "ERSPAN, type I", Tunnels.ERSPAN_1),
          new Told("erspan-2.pcap", "ERSPAN, type II", Tunnels.ERSPAN_2),
          new Told("erspan-3.pcap", "ERSPAN, type III", Tunnels.ERSPAN_3),
          new Told("ip-in-ip.pcap", "IPv4 and IPv6 in IPv4", Tunnels.IP_IN_IP),
          new Told("etherip.pcap", "EtherIP", Tunnels.ETHER_IP),
          new Told("l2tpv3.pcap", "L2TPv3 over IP, with a cookie", Tunnels.L2TP_3),
          new Told("l2tp.pcap", "L2TPv2 over UDP", Tunnels.L2TP),
          new Told("vxlan.pcap", "VXLAN", Tunnels.VXLAN),
          new Told("vxlan-8472.pcap", "VXLAN on its old port", Tunnels.VXLAN_OLD_PORT),
          new Told("vxlan-gpe.pcap", "VXLAN-GPE with IP", Tunnels.VXLAN_GPE),
          new Told("geneve.pcap", "Geneve with an option", Tunnels.GENEVE),
          new Told("gtp.pcap", "GTP-U with an extension", Tunnels.GTP),
          new Told("mpls-udp.pcap", "MPLS over UDP", Tunnels.MPLS_IN_UDP),
          new Told("gue.pcap", "GUE", Tunnels.GUE),
          new Told("capwap.pcap", "CAPWAP with 802.11", Tunnels.CAPWAP),
          new Told("tzsp.pcap", "TZSP", Tunnels.TZSP),
          new Told("nested.pcap", "GRE in IPv6 in a VLAN in VXLAN", Tunnels.NESTED),
          new Told("lisp.pcap", "LISP", Tunnels.LISP),
          new Told("gre-udp.pcap", "GRE over UDP", Tunnels.GRE_IN_UDP));

  /** Behind the tunnels, so that these keep their seeds. */
  private static final List<Told> LATER_LINKS =
      List.of(
          new Told("frame-relay.pcap", "Frame relay", OtherLinks.FRAME_RELAY),
          new Told("infiniband.pcap", "IP over InfiniBand", OtherLinks.INFINIBAND),
          new Told("switch-tag.pcap", "Tags of a switch chip", OtherLinks.SWITCH_TAG),
          new Told("junos.pcap", "Ethernet as Junos captures it", OtherLinks.JUNOS));

  /** Behind all others, for the same reason. */
  private static final List<Told> LATEST_LINKS =
      List.of(
          new Told("fddi.pcap", "FDDI", OtherLinks.FDDI),
          new Told("token-ring.pcap", "Token Ring, with routes one way", OtherLinks.TOKEN_RING),
          new Told("slip.pcap", "SLIP", OtherLinks.SLIP),
          new Told("batman.pcap", "A mesh of batman-adv", Tunnels.BATMAN),
          new Told("trill.pcap", "TRILL", Tunnels.TRILL),
          new Told("ppp-multilink.pcap", "A bundle of PPP links", OtherLinks.MULTILINK),
          new Told("gtp-0.pcap", "GTP of version 0", Tunnels.GTP_0),
          new Told("mpls-ip.pcap", "MPLS in IP", Tunnels.MPLS_IN_IP),
          new Told("l2tpv3-udp.pcap", "L2TPv3 over UDP", Tunnels.L2TP_3_IN_UDP));

  static List<Sample> all() {
    List<Sample> samples = new ArrayList<>();
    long seed = 100;
    for (List<Told> stories : List.of(LINKS, TUNNELS, LATER_LINKS)) {
      for (Told told : stories) {
        samples.add(over(told, seed++));
      }
    }
    samples.add(teredo());
    samples.add(sensors());
    samples.add(airFragments());
    seed = 160;
    for (Told told : LATEST_LINKS) {
      samples.add(over(told, seed++));
    }
    samples.add(meshFragments());
    return samples;
  }

  private static Sample over(Told told, long seed) {
    Scene scene = new Scene(seed).over(told.link()).withWholeBulk();
    LinkSamples.tellStory(scene);
    return Sample.pcap(told.file(), told.shows() + ".", told.link().type(), scene.trace());
  }

  private static Sample teredo() {
    Scene scene = new Scene(150).over(Tunnels.TEREDO).withWholeBulk();
    new Resolver(scene, PUBLIC_RESOLVER_V6, false)
        .address(LAPTOP_V6, 0.5, LinkSamples.FERRY.host(), 300, FERRY_SERVER);
    new Visits(scene).browse(LAPTOP_V6, FERRY_SERVER, LinkSamples.FERRY, 0.6, 3000);
    return Sample.pcap("teredo.pcap", "Teredo.", Tunnels.TEREDO.type(), scene.trace());
  }

  /** Frames that start with what would be an IP version elsewhere. */
  private static Sample sensors() {
    Scene scene = new Scene(151);
    for (int i = 0; i < 5; i++) {
      byte[] frame = scene.randomBytes(40);
      frame[0] = 0x41;
      frame[1] = (byte) 0x88;
      scene.nonIp(Scene.at(i), frame);
    }
    return Sample.pcap("ieee802154.pcap", "IEEE 802.15.4, never IP.", 195, scene.trace());
  }

  private static Sample airFragments() {
    Scene scene = new Scene(152).over(OtherLinks.WLAN);
    byte[] misleading =
        OtherLinks.snap(Frames.IPV4, misleadingPacket(scene, LAPTOP.port(scene.freePort())));
    tellInTwo(scene, misleading, (frame, end, number) -> OtherLinks.wlanFragments(frame, end));
    String shows = "802.11 fragments; later ones are non-IP, as they do not say whose they are.";
    return Sample.pcap("wlan-fragments.pcap", shows, OtherLinks.WLAN.type(), scene.trace());
  }

  private static Sample meshFragments() {
    Scene scene = new Scene(153).over(Tunnels.BATMAN);
    byte[] packet = misleadingPacket(scene, LAPTOP.port(scene.freePort()));
    byte[] misleading = Tunnels.meshPacket(LAPTOP.mac(), ROUTER.mac(), Frames.IPV4, packet);
    tellInTwo(scene, misleading, Tunnels::meshFragments);
    String shows = "Fragments of batman-adv; those that do not begin a packet are non-IP.";
    return Sample.pcap("batman-fragments.pcap", shows, Tunnels.BATMAN.type(), scene.trace());
  }

  /** Makes two of a frame; the second has so many bytes of its end. */
  private interface Splitting {
    List<byte[]> of(byte[] frame, int end, int number);
  }

  /** What is in no packet of a flow, but looks like one. */
  private static byte[] misleadingPacket(Scene scene, Endpoint from) {
    Endpoint to = internet("192.0.2.71").port(5004);
    byte[] message = Transports.udp(from, to, scene.randomBytes(200));
    return IpPackets.around(from.host(), to.host(), 17, message);
  }

  /** Only the first fragment of a frame says whose it is; the others are {@code rest}. */
  private static void tellInTwo(Scene scene, byte[] rest, Splitting splitting) {
    ExpectedFlow flow =
        ExpectedFlow.udp(LAPTOP.port(scene.freePort()), internet("192.0.2.70").port(5004));
    for (int i = 0; i < 10; i++) {
      boolean up = i % 2 == 0;
      byte[] message =
          Transports.udp(
              up ? flow.client() : flow.server(),
              up ? flow.server() : flow.client(),
              Octets.concat(scene.randomBytes(400), rest));
      for (byte[] frame : scene.frames(flow, up, message)) {
        List<byte[]> fragments = splitting.of(frame, rest.length, i);
        byte[] first = fragments.get(0);
        scene.trace().add(flow, up, Packet.of(Scene.at(i), first, Scene.WHOLE), first.length);
        scene.nonIp(Scene.at(i + 0.001), fragments.get(1));
      }
    }
  }
}
