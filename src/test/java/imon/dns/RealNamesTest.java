package imon.dns;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.decode.Dealer;
import imon.decode.Packet;
import imon.dns.device.DhcpMessage;
import imon.dns.device.Dhcpv6Message;
import imon.dns.device.NetbiosMessage;
import imon.name.NameTable;
import imon.name.service.Service;
import imon.name.service.ServiceProbe;
import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.pcap.NotACaptureException;
import imon.testing.RealCaptures;
import imon.wire.Addresses;
import imon.wire.IpProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every capture we have, read for names and services. What is found stands in {@code
 * target/names-of-captures.txt}.
 */
class RealNamesTest {
  private static final List<String> SEEN_BY_TSHARK =
      List.of(
          "device: mdns / Gabrieles-iPad / 192.168.1.75 / 120 / telegram.pcap",
          "device: mdns-service / Luca\u2019s iMac / 192.168.1.77 / 120 / telegram.pcap",
          "dhcp: c4618b3582a9 / 192.168.2.17 / Lucas-iPhone / iphone.pcap",
          "dhcp: 4c6af69ff627 / 192.168.2.16 / null / android.pcap",
          "dhcpv6: 4c6af69ff627 / :: / null / android.pcap",
          "netbios: 000000000000 / 192.168.1.43 / DESKTOP-RB5T12G / telegram.pcap",
          "reverse: ptr / mil02s06-in-f22.1e100.net / 173.194.40.22 / 21599 / starcraft_battle.pcap",
          "service bittorrent: 5001/udp / targusdataspeed_false_positives.pcap",
          "service openvpn: 1194/udp / openvpn-tlscrypt.pcap",
          "service rdp: 3389/tcp / rdp_over_tls.pcap",
          "service wireguard: 43462/udp / wireguard.pcap");

  private final DnsMessage dns = new DnsMessage(new NameTable());
  private final DhcpMessage dhcp = new DhcpMessage();
  private final Dhcpv6Message dhcpv6 = new Dhcpv6Message();
  private final NetbiosMessage netbios = new NetbiosMessage();
  private final Packet packet = new Packet(new AnomalyCounts());
  private final Map<String, Set<String>> found = new TreeMap<>();
  private String capture = "";

  @Test
  void theNamesOfDevicesAndAddressesAreFound() throws IOException {
    for (RealCaptures.Totals totals : RealCaptures.totals()) {
      read(totals.path());
    }
    Files.write(Path.of("target", "names-of-captures.txt"), lines());
    assertAll(SEEN_BY_TSHARK.stream().map(line -> () -> assertTrue(lines().contains(line), line)));
    assertAll(lines().stream().map(line -> () -> assertVisible(line)));
  }

  private Set<String> lines() {
    Set<String> lines = new TreeSet<>();
    found.forEach((kind, all) -> all.forEach(line -> lines.add(kind + ": " + line)));
    return lines;
  }

  private void read(Path file) throws IOException {
    capture = file.getFileName().toString();
    Block block = new Block();
    Dealer dealer = new Dealer();
    try (CaptureReader reader = CaptureReader.open(file)) {
      while (reader.read(block)) {
        for (int i = 0; i < block.count(); i++) {
          if (dealer.deals(block, i) && packet.read(block, i, dealer) == Packet.Kind.FLOW) {
            accept();
          }
        }
      }
    } catch (NotACaptureException e) {
      assertFalse(e.toString().isEmpty());
    }
  }

  private void accept() {
    byte[] bytes = packet.buffer();
    int from = packet.payload();
    int to = packet.payloadLimit();
    Service service = ServiceProbe.of(packet.protocol(), bytes, from, to);
    if (service != null) {
      note("service " + service.label(), ports());
    }
    if (packet.protocol() != IpProtocol.UDP) {
      return;
    }
    switch (Math.min(packet.sourcePort(), packet.destinationPort())) {
      case 53, 5353, 5355 -> readDns(bytes, from, to);
      case 67 -> readDhcp(bytes, from, to);
      case 546 -> readDhcpv6(bytes, from, to);
      case 137 -> readNetbios(netbios.wrap(bytes, from, to));
      case 138 -> readNetbios(netbios.wrapDatagram(bytes, from, to));
      default -> {}
    }
  }

  private void readDns(byte[] bytes, int from, int to) {
    dns.wrap(bytes, from, to);
    Named.lines(dns.reverseAnswers()).forEach(line -> note("reverse", line));
    if (packet.sourcePort() != 53) {
      Named.lines(dns.devices()).forEach(line -> note("device", line));
    }
    for (int i = 0; i < dns.echCount(); i++) {
      note("ech", dns.echAskedName(i) + " / " + dns.echPublicName(i));
    }
  }

  private void readDhcp(byte[] bytes, int from, int to) {
    if (dhcp.wrap(bytes, from, to)) {
      note("dhcp", device(dhcp.mac(), dhcp.addressHigh(), dhcp.addressLow(), dhcp.name()));
    }
  }

  private void readDhcpv6(byte[] bytes, int from, int to) {
    if (dhcpv6.wrap(bytes, from, to)) {
      note(
          "dhcpv6", device(dhcpv6.mac(), dhcpv6.addressHigh(), dhcpv6.addressLow(), dhcpv6.name()));
    }
  }

  private void readNetbios(boolean sound) {
    if (sound && netbios.namesDevice()) {
      note("netbios", device(netbios.mac(), 0, netbios.addressLow(), netbios.name()));
    }
  }

  private static String device(long mac, long high, long low, String name) {
    return String.join(
        " / ", String.format("%012x", mac), Addresses.text(high, low), String.valueOf(name));
  }

  private String ports() {
    int low = Math.min(packet.sourcePort(), packet.destinationPort());
    return low + (packet.protocol() == IpProtocol.TCP ? "/tcp" : "/udp");
  }

  private void note(String kind, String line) {
    found.computeIfAbsent(kind, k -> new TreeSet<>()).add(line + " / " + capture);
  }

  private static void assertVisible(String line) {
    assertTrue(line.chars().noneMatch(Character::isISOControl), line);
  }
}
