package imon.wire.link;

import static imon.wire.Wrapping.assertAnomaly;
import static imon.wire.Wrapping.assertCarries;
import static imon.wire.Wrapping.assertCarriesNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import imon.pcap.Anomaly;
import imon.testing.Hex;
import imon.wire.EtherType;
import org.junit.jupiter.api.Test;

class PointToPointTest {
  private static final String MACS = "02005e100001 02005e100020 ";

  private final PppFrame ppp = new PppFrame();
  private final CiscoHdlc hdlc = new CiscoHdlc();
  private final FrameRelay relay = new FrameRelay();
  private final PppoeSession pppoe = new PppoeSession();
  private final MplsStack mpls = new MplsStack();

  @Test
  void pppHasOneOrTwoBytesOfProtocolWithAndWithoutAddress() {
    assertCarries(EtherType.IPV4, ppp, "ff03 0021 > 45");
    assertCarries(EtherType.IPV6, ppp, "ff03 0057 > 60");
    assertCarries(EtherType.IPV4, ppp, "0021 > 45");
    assertCarries(EtherType.IPV4, ppp, "21 > 4500");
    assertCarries(EtherType.IPV6, ppp, "ff03 57 > 60");
    assertCarries(EtherType.MPLS, ppp, "ff03 0281 > 00");
    assertCarries(EtherType.TRILL, ppp, "ff03 005d > 00");
  }

  @Test
  void theFirstFragmentOfAMultilinkPacketHasAProtocol() {
    assertCarries(EtherType.IPV4, ppp, "ff03 003d | c0 000001 0021 > 45 00");
    assertCarries(EtherType.IPV4, ppp, "3d | 80 000001 21 > 45 00");
    assertCarries(EtherType.IPV6, ppp, "003d | bc 000001 0057 > 60 00"); // of a class
    assertCarries(EtherType.IPV4, ppp, "003d | c001 0021 > 45 00 0030");
    assertCarries(EtherType.IPV6, ppp, "003d | b001 57 > 60 00");
    assertCarries(EtherType.IPV4, ppp, "003d | c021 0021 > 45 00 0030");
  }

  @Test
  void otherFragmentsOfAMultilinkPacketCarryNothing() {
    assertCarriesNothing(ppp, "003d | 00 000002 0021 45 00");
    assertCarriesNothing(ppp, "003d | 40 000002 0021 45 00");
    assertCarriesNothing(ppp, "003d | 80 000001 0021 35 00");
    assertCarriesNothing(ppp, "003d | 80 000001 c021 01 01 0004");
    assertCarriesNothing(ppp, "003d | 80 000001 003d 80 000001 0021 45 00");
    assertCarriesNothing(ppp, "003d | c0 00");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, ppp, "003d | c0");
  }

  @Test
  void pppControlCarriesNothing() {
    assertCarriesNothing(ppp, "ff03 c021 01 01 0004");
    assertCarriesNothing(ppp, "8021 01 01 0004");
  }

  @Test
  void aSerialLineMayHoldCiscoFramesToo() {
    assertCarries(EtherType.IPV4, ppp, "0f00 0800 > 45");
    assertCarries(0x2000, ppp, "8f00 2000 > 02");
  }

  @Test
  void hdlcHasAnEtherType() {
    assertCarries(EtherType.IPV6, hdlc, "0f 00 86dd > 60");
    assertCarriesNothing(hdlc, "0f 00 00fe 83");
  }

  @Test
  void frameRelayHasAProtocolByItsRfcOrAnEtherType() {
    assertCarries(EtherType.IPV4, relay, "1841 03 cc > 45");
    assertCarries(EtherType.IPV6, relay, "1840 0641 03 8e > 60"); // an address of four bytes
    assertCarries(EtherType.IPV4, relay, "1841 03 00 cc > 45");
    assertCarries(EtherType.PPP, relay, "1841 03 cf > 0021 45");
    assertCarries(EtherType.MPLS, relay, "1841 03 00 80 000000 8847 > 00");
    assertCarries(EtherType.TRANSPARENT_ETHERNET, relay, "1841 03 00 80 0080c2 0007 > 02");
    assertCarries(EtherType.IPV4, relay, "1841 0800 > 45");
    assertCarriesNothing(relay, "0001 03 08 00 75 01"); // Q.933
    assertCarriesNothing(relay, "1841 03 00 80 0080c2 000e 00");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, relay, "1941 03 cc 45");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, relay, "1840 0640 03 cc 45");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, relay, "1841 03");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, relay, "1841 03 00 80 000000 88");
  }

  @Test
  void aSessionCarriesPppAndDiscoveryNothing() {
    assertCarries(EtherType.PPP, pppoe, "11 00 0001 0003 > 0021 45");
    assertCarriesNothing(pppoe, "11 09 0000 0004 0101 0000");
  }

  @Test
  void theLengthOfASessionFrameCutsItsPaddingOff() {
    byte[] frame = Hex.bytes("11 00 0001 0003 0021 45 000000");
    assertNull(pppoe.wrap(frame, 0, frame.length));
    assertEquals(9, pppoe.payloadLimit());
  }

  @Test
  void anotherPppoeVersionIsBad() {
    assertAnomaly(Anomaly.LINK_HEADER_BAD, pppoe, "21 00 0001 0003 0021 45");
  }

  @Test
  void belowTheBottomLabelIpIsKnownByItsVersion() {
    assertCarries(EtherType.IPV4, mpls, "00010140 > 45 00");
    assertCarries(EtherType.IPV6, mpls, "00010040 00011140 > 60 00");
    assertCarriesNothing(mpls, "00010140 70 00");
    assertCarriesNothing(mpls, "00010140");
  }

  @Test
  void belowTheBottomLabelEthernetIsKnownByAFamiliarType() {
    assertCarries(EtherType.TRANSPARENT_ETHERNET, mpls, "00010140 00000000 > " + MACS + "0800 45");
    assertCarries(EtherType.TRANSPARENT_ETHERNET, mpls, "00010140 > " + MACS + "8100 002a");
    assertCarries(
        EtherType.TRANSPARENT_ETHERNET, mpls, "00010140 > 44005e100001 02005e100020 0806 00");
    assertCarriesNothing(mpls, "00010140 " + MACS + "1234 45");
  }

  /** RFC 8469: without a control word, an address that begins with 4 or 6 looks like IP. */
  @Test
  void belowTheBottomLabelAnAddressLikeAVersionIsToldByTheRestOfTheHeader() {
    String ipv4 = "4500 001c 0007 0000 40 11 67c9 0800 0001 0a00 0101 0000 0000 0000 0000";
    assertCarries(EtherType.IPV4, mpls, "00010140 > " + ipv4);
    assertCarries(
        EtherType.TRANSPARENT_ETHERNET, mpls, "00010140 > " + ipv4.replace("67c9", "67ca"));
    assertCarries(
        EtherType.TRANSPARENT_ETHERNET, mpls, "00010140 > 45005e100001 02005e100020 0806 00");
    String ipv6 = "6000 0000 0004 11 40 2001 0db8 0800 00000000 00000000 0001";
    String rest = "20010db8 00000000 00000000 00000002 0000 0000";
    assertCarries(EtherType.IPV6, mpls, "00010140 > " + ipv6 + rest);
    assertCarries(
        EtherType.TRANSPARENT_ETHERNET, mpls, "00010140 > 60005e100001 02005e100020 0800 " + rest);
  }

  @Test
  void labelsWithoutABottomAreCut() {
    assertAnomaly(Anomaly.LINK_HEADER_CUT, mpls, "00010040 00011040");
  }
}
