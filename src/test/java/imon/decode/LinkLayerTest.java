package imon.decode;

import static imon.decode.Layers.TCP;
import static imon.decode.Layers.ethernet;
import static imon.decode.Layers.gre;
import static imon.decode.Layers.ipv4;
import static imon.decode.Layers.vxlan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.AnomalyCounts;
import imon.testing.Hex;
import imon.wire.ArpMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkLayerTest {
  private static final String INNER = ipv4(9, 6, TCP);
  private static final String FRAME = ethernet(0x0800, INNER);
  private static final String ARP =
      "0001 0800 06 04 0002 02005e100020 c0a80114 02005e100001 c0a80101";
  private static final String PADDING = "00".repeat(18);

  private final LinkLayer link = new LinkLayer();

  private void read(int linkType, String fields) {
    byte[] packet = Hex.bytes("ee" + fields);
    link.of(packet, 1, packet.length, linkType);
  }

  /** Both MAC addresses as hex, or "none" when the innermost IP header came in a tunnel. */
  private String macs(int linkType, String fields) {
    byte[] packet = Hex.bytes("ee" + fields);
    int network = new NetworkWalk(new AnomalyCounts()).walk(packet, 1, packet.length, linkType, 1);
    read(linkType, fields);
    return link.carriesIpAt(network)
        ? Long.toHexString(link.sourceMac()) + " > " + Long.toHexString(link.destinationMac())
        : "none";
  }

  @Test
  void aFrameHasBothAddresses() {
    assertEquals("2005e100020 > 2005e100001", macs(1, FRAME));
    assertEquals("2005e100020 > 2005e100001", macs(1, ethernet(0x8100, "002a 0800" + INNER)));
    assertEquals(
        "2005e100020 > 2005e100001", macs(1, ethernet(0x0030, "aaaa03 000000 0800" + INNER)));
    assertEquals("2005e100020 > 2005e100001", macs(192, "00 00 0800 01000000" + FRAME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8909 01 01 0001 0005", // Cisco's metadata, one option
        "8909 01 02 0001 0005 0001 0006",
        "8909 01 01 0001 0005 8100 002a",
        "893f 0001 0002 0000", // an E-tag
        "893f 0001 0002 0000 8100 002a",
        "8926 8001 0002", // a VN-tag
        "8926 8001 0002 8100 002a",
        "9200 0007 8100 002a", // double tags before 802.1ad
        "9300 0007",
        "dada 0000 c00a 0000", // the tag of a switch chip
        "88e5 00 20 00000001", // MACsec that only authenticates
        "88e5 20 22 00000042 caf9df4f509a 0064",
        "d28b 0001 0010 5ceeed57 384f59c8", // the time of an Arista switch
        "d28b 0001 0121 eda11a718bc0 8100 0064",
        "892f 0028 0001" // HSR
      })
  void tagsOfOtherKindsAreSteppedOver(String tags) {
    String ends = "02005e100001 02005e100020";
    assertEquals("2005e100020 > 2005e100001", macs(1, ends + tags + "0800" + INNER));
    assertEquals("none", macs(1, ends + tags));
  }

  @Test
  void linksOfSwitchChipsHaveATagInEachFrame() {
    String ends = "02005e100001 02005e100020";
    assertEquals("2005e100020 > 2005e100001", macs(281, ends + "2c000080 0800" + INNER));
    assertEquals("2005e100020 > 2005e100001", macs(282, "00002005" + FRAME));
    assertEquals("2005e100020 > 2005e100001", macs(284, ends + "c00a0000 0800" + INNER));
    assertEquals("2005e100020 > 2005e100001", macs(285, ends + "dada 0000 c00a0000 0800" + INNER));
    assertEquals("none", macs(1, ends + "88e5 0c 20 00000001 0800" + INNER));
    assertEquals("none", macs(1, ends + "d28b 0002 0010 5ceeed57 384f59c8 0800" + INNER));
  }

  @Test
  void junosTellsWhatKindOfFramesItHasByItsLinkType() {
    assertEquals("2005e100020 > 2005e100001", macs(178, "4d4743 00" + FRAME));
    assertEquals("0 > 0", macs(179, "4d4743 00 0021" + INNER));
    assertEquals("0 > 0", macs(180, "4d4743 00 1841 03 cc" + INNER));
    assertEquals("0 > 0", macs(181, "4d4743 00 0f00 0800" + INNER));
    assertEquals("0 > 0", macs(178, "4d4743 02 02000000" + INNER));
  }

  @Test
  void aFrameBehindAnITagHasItsOwnAddresses() {
    String ends = "0200000000a1 0200000000a2";
    assertEquals("2005e100020 > 2005e100001", macs(1, ends + "88e7 00000005" + FRAME));
    assertEquals("2005e100020 > 2005e100001", macs(1, ends + "88a8 0001 88e7 00000005" + FRAME));
  }

  @Test
  void aFrameBetweenBridgesHasItsOwnAddresses() {
    String ends = "0200000000a1 0200000000a2";
    String mesh = ends + "4305 40 0f 32 05 0200000000a3";
    String bridges = ends + "22f3 0014 0001 0002";
    assertEquals("2005e100020 > 2005e100001", macs(1, mesh + FRAME));
    assertEquals("2005e100020 > 2005e100001", macs(1, bridges + FRAME));
    assertEquals("2005e100020 > 2005e100001", macs(1, mesh + bridges + FRAME));
    assertEquals("none", macs(1, mesh));
    assertEquals("none", macs(1, bridges + ends));
  }

  @Test
  void aCookedHeaderHasTheSendersOnly() {
    assertEquals("2005e100020 > 0", macs(113, "0000 0001 0006 02005e100020 0000 0800" + INNER));
    assertEquals(
        "2005e100020 > 0", macs(276, "0800 0000 00000002 0001 00 06 02005e100020 0000" + INNER));
  }

  private boolean isBroadcast(int linkType, String fields) {
    read(linkType, fields);
    assertNull(link.arp());
    return link.isBroadcast();
  }

  /** Each by itself: a capture may have interfaces of several kinds. */
  @Test
  void aFrameToAllIsTold() {
    String sender = "0006 02005e100020 0000 0800" + INNER;
    assertTrue(isBroadcast(113, "0001 0001" + sender));
    assertFalse(isBroadcast(1, FRAME));
    assertTrue(isBroadcast(1, "ffffffffffff 02005e100020 0800" + INNER));
    assertFalse(isBroadcast(113, "0000 0001" + sender));
    assertTrue(isBroadcast(276, "0800 0000 00000002 0001 01 06 02005e100020 0000" + INNER));
    assertFalse(isBroadcast(101, INNER));
  }

  @Test
  void aLinkWithoutAddressesHasNone() {
    assertEquals("0 > 0", macs(101, INNER));
    assertEquals("0 > 0", macs(9, "0021" + INNER));
    assertEquals("0 > 0", macs(107, "1841 03 cc" + INNER));
    assertEquals("0 > 0", macs(206, "01 1841 03 cc" + INNER));
    assertEquals("0 > 0", macs(242, "00".repeat(40) + "0800 0000" + INNER));
    assertEquals("none", macs(242, "00".repeat(40) + "0000 0000 aaaa03 000000 0800" + INNER));
    assertEquals("0 > 0", macs(8, "01 40" + "00".repeat(14) + INNER));
    assertEquals("0 > 0", macs(109, "02000000 00001001 00000800" + INNER));
  }

  @Test
  void aFrameOnARingHasThoseOfItsEndsUnlessARouteIsInOneOfThem() {
    String packet = "aaaa03 000000 0800" + INNER;
    String ends = "02005e100001 02005e100020";
    assertEquals("2005e100020 > 2005e100001", macs(10, "50" + ends + packet));
    assertEquals("2005e100020 > 2005e100001", macs(6, "10 40" + ends + packet));
    assertEquals(
        "0 > 2005e100001", macs(6, "10 40 02005e100001 82005e100020 0630 0011 0020" + packet));
    assertEquals("none", macs(6, "10 40" + ends + "0630 0011 0020" + packet));
    assertTrue(isBroadcast(10, "50 ffffffffffff 02005e100020" + packet));
    assertTrue(isBroadcast(6, "10 40 ffffffffffff 02005e100020" + packet));
  }

  @Test
  void anAirFrameHasThoseOfItsEnds() {
    String header = "0000 0200000000a1 0200000000a2 0200000000a3 1000 aaaa03 000000 0800";
    assertEquals("200000000a2 > 200000000a3", macs(105, "0801" + header + INNER));
    assertEquals("200000000a3 > 200000000a1", macs(105, "0802" + header + INNER));
    String subframe = "8000 0200000000b1 0200000000b2 0030 aaaa03 000000 0800";
    assertEquals(
        "200000000b2 > 200000000b1",
        macs(105, "8801" + header.replace("aaaa03 000000 0800", subframe) + INNER));
  }

  @Test
  void whatCameInATunnelHasNoAddresses() {
    assertEquals("none", macs(1, ethernet(0x0800, ipv4(1, 17, vxlan(FRAME)))));
    assertEquals("none", macs(1, ethernet(0x0800, ipv4(1, 47, gre(0x0800, INNER)))));
    assertEquals("none", macs(1, ethernet(0x8847, "00010140" + INNER)));
    assertEquals("none", macs(1, ethernet(0x8864, "1100 0001 002a 0021" + INNER)));
  }

  @Test
  void aTunnelThatWasNotOpenedLeavesTheAddresses() {
    String datagram = vxlan(ethernet(0x0806, ARP));
    assertEquals("2005e100020 > 2005e100001", macs(1, ethernet(0x0800, ipv4(1, 17, datagram))));
  }

  @Test
  void anArpMessageIsRead() {
    read(1, ethernet(0x0806, ARP + PADDING));
    ArpMessage arp = link.arp();
    assertNotNull(arp);
    assertEquals(0xc0a80114, arp.senderAddress());
    read(113, "0000 0001 0006 02005e100020 0000 0806" + ARP);
    assertNotNull(link.arp());
  }

  @Test
  void whatIsNoSoundArpIsNone() {
    read(1, FRAME);
    assertNull(link.arp());
    read(1, ethernet(0x0806, ARP.substring(0, 40)));
    assertNull(link.arp());
    read(1, ethernet(0x0800, ipv4(1, 17, vxlan(ethernet(0x0806, ARP)))));
    assertNull(link.arp());
  }
}
