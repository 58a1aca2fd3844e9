package imon.decode;

import static imon.decode.Layers.TCP;
import static imon.decode.Layers.ethernet;
import static imon.decode.Layers.gre;
import static imon.decode.Layers.ipv4;
import static imon.decode.Layers.ipv6;
import static imon.decode.Layers.pair;
import static imon.decode.Layers.udp;
import static imon.decode.Layers.vxlan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import imon.pcap.Anomaly;
import org.junit.jupiter.api.Test;

class NetworkWalkTest {
  private static final int ETHERNET = 1;
  private static final String INNER = ipv4(9, 6, TCP);
  private static final String FRAME = ethernet(0x0800, INNER);

  private static Walked ethernetWith(String packet) {
    return Walked.of(ETHERNET, ethernet(0x0800, packet));
  }

  private static void assertFound(String pair, Walked walked) {
    assertEquals(pair, walked.pair());
    assertEquals(0, walked.anomalies().total(), walked.anomalies()::toString);
  }

  private static void assertOdd(String pair, Anomaly anomaly, Walked walked) {
    assertEquals(pair, walked.pair());
    assertEquals(1, walked.anomalies().count(anomaly), walked.anomalies()::toString);
    assertEquals(1, walked.anomalies().total(), walked.anomalies()::toString);
  }

  @Test
  void layersOfAllKindsAreOpenedInsideEachOther() {
    String greInIpv6 = ipv6(2, 47, gre(0x6558, FRAME));
    String mpls = "00010040 00011140" + greInIpv6;
    String pppoe = "1100 0001" + Layers.u16(2 + Layers.length(mpls)) + "0281" + mpls;
    assertFound(pair(9), Walked.of(ETHERNET, ethernet(0x8100, "002a 8864" + pppoe)));
    assertFound(pair(9), Walked.of(ETHERNET, ethernet(0x894f, "0fc20203 000002ff" + FRAME)));
  }

  @Test
  void eachTunnelInAnIpPacketIsOpened() {
    assertFound(pair(9), ethernetWith(ipv4(1, 4, INNER)));
    assertFound(pair(9), ethernetWith(ipv4(1, 47, gre(0x0800, INNER))));
    assertFound(pair(9), ethernetWith(ipv4(1, 47, "1000 88be 00000001 10010001 00000000" + FRAME)));
    assertFound(pair(9), ethernetWith(ipv4(1, 97, "3000" + FRAME)));
    assertFound(pair(9), ethernetWith(ipv4(1, 143, FRAME)));
    assertFound(pair(9), ethernetWith(ipv4(1, 115, "00000001" + FRAME)));
    assertFound(pair(9), ethernetWith(ipv4(1, 137, "00010140" + INNER)));
    assertFound("2001:db8::3 > 2001:db8:1::3", ethernetWith(ipv4(1, 41, ipv6(3, 6, TCP))));
  }

  @Test
  void eachTunnelInADatagramIsOpened() {
    assertFound(pair(9), ethernetWith(ipv4(1, 17, vxlan(FRAME))));
    assertFound(pair(9), tunnelled(8472, "08000000 00002a00" + FRAME));
    assertFound(pair(9), tunnelled(4790, "0c000001 00002a00" + INNER));
    assertFound(pair(9), tunnelled(4790, "0c000004 00002a00 0fc20201 000002ff" + INNER));
    assertFound(pair(9), tunnelled(6081, "00006558 00002a00" + FRAME));
    assertFound(pair(9), tunnelled(2152, "30ff0028 00000001" + INNER));
    assertFound(pair(9), tunnelled(3386, "1eff0028 0007 0042 ffffffff 0123456789abcdef" + INNER));
    assertFound(pair(1), tunnelled(3386, "0ef00028 0007" + INNER)); // GTP', charging
    assertFound(pair(9), tunnelled(1701, "0003 0000 00000001" + FRAME));
    assertFound(pair(9), tunnelled(6635, "00010140" + INNER));
    assertFound(pair(9), tunnelled(6080, "00040000" + INNER));
    assertFound(pair(9), tunnelled(1701, "0002 0001 0001 ff03 0021" + INNER));
    assertFound(pair(9), tunnelled(5247, "00100000 00000000" + FRAME));
    assertFound(pair(9), tunnelled(37008, "01000001 01" + FRAME));
    assertFound(pair(9), tunnelled(4341, "c0123456 00000001" + INNER));
    assertFound(pair(9), tunnelled(4754, gre(0x0800, INNER)));
    assertFound("2001:db8::3 > 2001:db8:1::3", tunnelled(3544, ipv6(3, 6, TCP)));
  }

  private static Walked tunnelled(int port, String payload) {
    return ethernetWith(ipv4(1, 17, udp(50_000, port, payload)));
  }

  @Test
  void onlySomeTunnelsAreKnownByTheirSourcePort() {
    assertFound(
        pair(9), ethernetWith(ipv4(1, 17, udp(1701, 50_000, "0002 0001 0001 ff03 0021" + INNER))));
    assertFound(pair(1), ethernetWith(ipv4(1, 17, udp(4789, 50_000, "08000000 00002a00" + FRAME))));
  }

  @Test
  void aDatagramThatOnlyLooksLikeATunnelStaysTheOuterFlow() {
    String vxlan = "08000000 00002a00";
    assertFound(pair(1), tunnelled(4789, "ffff"));
    assertFound(pair(1), tunnelled(4789, vxlan + ethernet(0x0806, "0001")));
    assertFound(pair(1), tunnelled(4789, vxlan + ethernet(0x0800, "35" + INNER.substring(2))));
    assertFound(pair(1), tunnelled(4789, vxlan + ethernet(0x0800, "41" + INNER.substring(2))));
    assertFound(pair(1), tunnelled(4789, vxlan + ethernet(0x0800, "45000028")));
    assertFound(pair(1), tunnelled(4789, vxlan + ethernet(0x0800, ipv4(9, 6, 0, 41, TCP))));
    assertFound(pair(1), tunnelled(4789, vxlan + ethernet(0x0800, ipv4(9, 6, 0, 0, TCP))));
    assertFound(pair(1), tunnelled(4789, vxlan + ethernet(0x0800, ipv4(9, 6, 0, 19, TCP))));
  }

  /** Segmentation offload leaves a length of 0, as what it makes is too long for one. */
  @Test
  void aTunnelledPacketWithoutALengthIsBelievedByItsChecksum() {
    String inner = "45000000 00070000 400665e0 0a000009 0a000109" + TCP;
    assertFound(pair(9), tunnelled(4789, "08000000 00002a00" + ethernet(0x0800, inner)));
    assertFound(
        pair(1),
        tunnelled(4789, "08000000 00002a00" + ethernet(0x0800, inner.replace("65e0", "65e1"))));
  }

  @Test
  void theDatagramEndsWhatItsTunnelMayHold() {
    String inner = ipv4(9, 6, 0, 48, TCP + "0102030405060708");
    String whole = "08000000 00002a00" + ethernet(0x0800, inner);
    String datagram = udp(50_000, 4789, whole);
    assertFound(pair(9), ethernetWith(ipv4(1, 17, datagram)));
    String shorter = udp(50_000, 4789, whole.substring(0, whole.length() - 2)) + "08";
    assertFound(pair(1), ethernetWith(ipv4(1, 17, shorter)));
  }

  @Test
  void aSnapLengthDoesNotHideATunnel() {
    String inner = ipv4(9, 6, 0, 1400, TCP);
    String frame = "08000000 00002a00" + ethernet(0x0800, inner);
    String datagram = Layers.u16(50_000) + Layers.u16(4789) + Layers.u16(1430) + "0000" + frame;
    assertFound(pair(9), ethernetWith(ipv4(1, 17, 0, 1450, datagram)));
  }

  @Test
  void aTunnelThatIsCertainSaysWhatIsWrongInside() {
    assertOdd(pair(1), Anomaly.IPV4_HEADER_BAD, ethernetWith(ipv4(1, 47, gre(0x0800, "41" + TCP))));
    assertOdd(pair(1), Anomaly.IPV4_HEADER_CUT, ethernetWith(ipv4(1, 4, "4500")));
    assertOdd(pair(1), Anomaly.TUNNEL_HEADER_CUT, ethernetWith(ipv4(1, 47, "0000")));
    assertOdd(pair(1), Anomaly.LINK_HEADER_CUT, ethernetWith(ipv4(1, 137, "000100")));
    assertFound(pair(1), ethernetWith(ipv4(1, 137, "00010140 70" + INNER)));
    assertOdd(pair(1), Anomaly.TUNNEL_HEADER_BAD, ethernetWith(ipv4(1, 97, "1000" + FRAME)));
  }

  @Test
  void encryptedAndControlTunnelsStayTheirOwnFlow() {
    assertFound(pair(1), ethernetWith(ipv4(1, 50, "00000001 00000001" + INNER)));
    assertFound(pair(1), ethernetWith(ipv4(1, 47, gre(0x0001, "00"))));
    assertFound(pair(1), tunnelled(2152, "32010006 00000000 00070000 0e00"));
  }

  @Test
  void eightTunnelsAreOpenedAndTheNinthIsOdd() {
    String packet = ipv4(9, 6, TCP);
    for (int n = 8; n >= 1; n--) {
      packet = n % 2 == 0 ? ipv4(n, 4, packet) : ipv4(n, 47, gre(0x0800, packet));
    }
    assertFound(pair(9), ethernetWith(packet));
    assertOdd(pair(8), Anomaly.NESTED_TOO_DEEP, ethernetWith(ipv4(0, 4, packet)));
  }

  @Test
  void tunnelsBelowIpCountToo() {
    String packet = "00010140" + INNER;
    for (int n = 0; n < 8; n++) {
      packet = "00010140" + ethernet(0x8847, packet);
    }
    assertOdd("non-ip", Anomaly.NESTED_TOO_DEEP, Walked.of(ETHERNET, ethernet(0x8847, packet)));
  }

  @Test
  void whatIsBehindAnAuthenticationHeaderIsSeen() {
    String authenticated = "0404 0000 00000001 00000001 000102030405060708090a0b" + INNER;
    assertFound(pair(9), ethernetWith(ipv4(1, 51, authenticated)));
  }

  @Test
  void theFirstFragmentOfATunnelShowsTheInnerPair() {
    String inner = ipv4(9, 6, 0, 1400, TCP);
    String datagram =
        Layers.u16(50_000)
            + Layers.u16(4789)
            + Layers.u16(1430)
            + "0000 08000000 00002a00"
            + ethernet(0x0800, inner);
    Walked first = ethernetWith(ipv4(1, 17, 0x2000, 20 + Layers.length(datagram), datagram));
    assertFound(pair(9), first);
    assertEquals(Walked.BEFORE + 14, first.walk().fragmented());
    Walked later = ethernetWith(ipv4(1, 17, 0x0010, 60, INNER));
    assertFound(pair(1), later);
    assertEquals(Walked.BEFORE + 14, later.walk().fragmented());
  }

  @Test
  void aFragmentInATunnelIsTheInnerDatagrams() {
    Walked later = ethernetWith(ipv4(1, 47, gre(0x0800, ipv4(9, 17, 0x0010, 40, TCP))));
    assertFound(pair(9), later);
    assertEquals(Walked.BEFORE + 14 + 20 + 4, later.walk().fragmented());
  }

  @Test
  void bothDirectionsHaveOneHash() {
    String there = "45000014 00070000 40060000 0a000001 0a000102";
    String back = "45000014 00070000 40060000 0a000102 0a000001";
    String other = "45000014 00070000 40060000 0a000103 0a000001";
    long hash = ethernetWith(there).walk().pairHash();
    assertEquals(hash, ethernetWith(ipv4(1, 4, back)).walk().pairHash());
    assertNotEquals(hash, ethernetWith(other).walk().pairHash());
  }

  /** The IP header of the first fragment says how long the packet is, and not the fragment. */
  @Test
  void aMultilinkPacketIsReadFromItsFirstFragment() {
    String whole = ipv4(9, 6, 0, 1400, TCP);
    assertFound(pair(9), Walked.of(9, "ff03 003d 80 000001 0021" + whole));
    assertFound("non-ip", Walked.of(9, "ff03 003d 40 000002" + whole));
  }

  /** What precedes a packet tells its compressed header; the packet itself is whole again. */
  @Test
  void aSerialLineCarriesWholePackets() {
    String compressed = "00 80" + "07".repeat(14);
    assertFound(pair(9), Walked.of(8, compressed + INNER));
    assertFound("2001:db8::3 > 2001:db8:1::3", Walked.of(8, compressed + ipv6(3, 6, TCP)));
    assertOdd("undecodable", Anomaly.IPV4_HEADER_BAD, Walked.of(8, compressed + "7" + INNER + "0"));
    assertOdd("non-ip", Anomaly.LINK_HEADER_CUT, Walked.of(8, compressed));
  }

  @Test
  void linkTypesThatAreNeverIpAreNotOdd() {
    assertFound("non-ip", Walked.of(195, INNER));
    assertFound("non-ip", Walked.of(189, INNER));
    assertFound("non-ip", Walked.of(227, INNER));
    assertOdd("non-ip", Anomaly.LINK_TYPE_UNKNOWN, Walked.of(4711, INNER));
    assertOdd("non-ip", Anomaly.LINK_TYPE_UNKNOWN, Walked.of(149, INNER));
  }

  /** One record is one packet: its bytes cannot be parted among several. */
  @Test
  void anAggregateIsItsFirstPacketsAndSaysSoIfThereAreMore() {
    String header = "88 01 0000 0200000000a1 0200000000a2 0200000000a3 1000 8000";
    String first = "0200000000b1 0200000000b2 0030 aaaa03 000000 0800" + INNER;
    String second = "0200000000b3 0200000000b2 0030 aaaa03 000000 0800" + ipv4(8, 6, TCP);
    assertFound(pair(9), Walked.of(105, header + first));
    assertOdd(
        pair(9), Anomaly.AGGREGATE_NOT_SPLIT, Walked.of(105, header + first + "0000" + second));
    assertOdd("non-ip", Anomaly.LINK_HEADER_CUT, Walked.of(105, header + "0200000000b1 02"));
  }

  @Test
  void aBadFirstIpHeaderIsUndecodable() {
    assertOdd("undecodable", Anomaly.IPV4_HEADER_BAD, ethernetWith("41" + INNER.substring(2)));
    assertOdd("undecodable", Anomaly.IPV6_HEADER_CUT, Walked.of(229, "60000000"));
    assertOdd("non-ip", Anomaly.LINK_HEADER_CUT, Walked.of(ETHERNET, "02005e"));
  }

  @Test
  void aFrameInADescriptionIsOpened() {
    String ppi = "00 00 0800 01000000";
    assertFound(pair(9), Walked.of(192, ppi + FRAME));
  }

  @Test
  void descriptionsOfDescriptionsEnd() {
    String ppi = "00 00 0800 c0000000";
    assertOdd("non-ip", Anomaly.LINK_HEADER_CUT, Walked.of(192, ppi.repeat(500)));
  }
}
