package imon.wire.tunnel;

import static imon.wire.Wrapping.assertAnomaly;
import static imon.wire.Wrapping.assertCarries;
import static imon.wire.Wrapping.assertCarriesNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import imon.pcap.Anomaly;
import imon.testing.Hex;
import imon.wire.EtherType;
import org.junit.jupiter.api.Test;

/** Tunnels behind a UDP header. */
class UdpTunnelTest {
  private static final int ETHERNET = EtherType.TRANSPARENT_ETHERNET;

  @Test
  void aServiceHeaderSaysItsLengthAndWhatFollows() {
    NshHeader nsh = new NshHeader();
    assertCarries(EtherType.IPV4, nsh, "0fc2 02 01 | 000002 ff > 45");
    assertCarries(EtherType.IPV6, nsh, "0fc6 01 02 | 000002 ff" + "00".repeat(16) + "> 60");
    assertCarries(ETHERNET, nsh, "0fc2 02 03 | 000002 ff > 02");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, nsh, "0fc1 02 01 | 000002 ff 45");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, nsh, "4fc2 02 01 | 000002 ff 45");
    assertAnomaly(Anomaly.TUNNEL_HEADER_CUT, nsh, "0fc2 02 01 | 0000");
  }

  @Test
  void vxlanCarriesEthernetOrWhatItsExtensionSays() {
    VxlanHeader vxlan = new VxlanHeader();
    assertCarries(ETHERNET, vxlan, "08 000000 | 00002a 00 > 02");
    assertCarries(ETHERNET, vxlan, "88 0000ff | 00002a 00 > 02");
    assertCarries(ETHERNET, vxlan, "08 000000 | 00002a ff > 02");
    assertCarries(EtherType.IPV4, vxlan, "0c 0000 01 | 00002a 00 > 45");
    assertCarries(EtherType.IPV6, vxlan, "0c 0000 02 | 00002a 00 > 60");
    assertCarries(ETHERNET, vxlan, "0c 0000 03 | 00002a 00 > 02");
    assertCarries(EtherType.MPLS, vxlan, "0c 0000 05 | 00002a 00 > 00");
    assertCarries(EtherType.NSH, vxlan, "0c 0000 04 | 00002a 00 > 0f");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, vxlan, "00 000000 | 00002a 00 02");
  }

  @Test
  void lispCarriesIpOrWhatItsExtensionSays() {
    LispHeader lisp = new LispHeader();
    assertCarries(EtherType.IPV4, lisp, "c0 123456 | 00000001 > 45");
    assertCarries(EtherType.IPV6, lisp, "08 000000 | 00002a01 > 60");
    assertCarries(ETHERNET, lisp, "0c 0000 03 | 00002a00 > 02");
    assertCarriesNothing(lisp, "c1 123456 | 00000001 45");
    assertCarriesNothing(lisp, "c0 123456 | 00000001 02");
    assertAnomaly(Anomaly.TUNNEL_HEADER_CUT, lisp, "c0 123456 | 00000001");
  }

  @Test
  void geneveHasOptions() {
    GeneveHeader geneve = new GeneveHeader();
    assertCarries(ETHERNET, geneve, "00 00 6558 | 00002a 00 > 02");
    assertCarries(ETHERNET, geneve, "00 3f 6558 | 00002a ff > 02");
    assertCarries(EtherType.IPV4, geneve, "02 40 0800 | 00002a 00 | 0102 80 01 00000000 > 45");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, geneve, "40 00 6558 | 00002a 00 02");
    assertAnomaly(Anomaly.TUNNEL_HEADER_CUT, geneve, "3f 00 6558 | 00002a 00 02");
    assertCarriesNothing(geneve, "00 00 0001 | 00002a 00 02");
  }

  @Test
  void gtpCarriesIpBehindItsExtensions() {
    GtpHeader gtp = new GtpHeader();
    assertCarries(EtherType.IPV4, gtp, "30 ff 0001 | 00000001 > 45");
    assertCarries(EtherType.IPV6, gtp, "32 ff 0005 | 00000001 | 0007 00 00 > 60");
    assertCarries(EtherType.IPV4, gtp, "34 ff 0009 | 00000001 | 0000 00 85 | 01 1001 00 > 45");
    assertCarries(
        EtherType.IPV4,
        gtp,
        "34 ff 0011 | 00000001 | 0000 00 85 | 01 1001 c0 | 02 010203040506 00 > 45");
  }

  @Test
  void gtpHasExtensionsOnlyByTheirFlag() {
    GtpHeader gtp = new GtpHeader();
    assertCarries(EtherType.IPV4, gtp, "32 ff 0005 | 00000001 | 0007 00 85 > 45");
    assertCarries(EtherType.IPV6, gtp, "31 ff 0005 | 00000001 | 0000 07 c0 > 60");
    assertAnomaly(Anomaly.TUNNEL_HEADER_CUT, gtp, "32 ff 0004 | 00000001 | 0007 00 85");
    assertAnomaly(Anomaly.TUNNEL_HEADER_CUT, gtp, "32 ff 0005 | 00000001 | 0007");
  }

  @Test
  void gtpOfVersionZeroHasALongerHeader() {
    GtpHeader gtp = new GtpHeader();
    String fields = " 0007 0042 ff ffffff 0123456789abcdef ";
    assertCarries(EtherType.IPV4, gtp, "1e ff 0001" + fields + "> 45");
    assertCarries(EtherType.IPV6, gtp, "1f ff 0001" + fields + "> 60");
    assertCarriesNothing(gtp, "1e 01 0002" + fields + "0e 00");
    assertCarriesNothing(gtp, "1e ff 0001" + fields + "21");
    assertAnomaly(Anomaly.TUNNEL_HEADER_CUT, gtp, "1e ff 0000" + fields + "45");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, gtp, "0e ff 0001" + fields + "45"); // GTP'
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, gtp, "1c ff 0001" + fields + "45");
  }

  @Test
  void gtpSignallingCarriesNothing() {
    GtpHeader gtp = new GtpHeader();
    assertCarriesNothing(gtp, "32 01 0006 | 00000000 | 0007 00 00 | 0e 00");
    assertCarriesNothing(gtp, "30 ff 0001 | 00000001 21");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, gtp, "20 ff 0001 | 00000001 45");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, gtp, "38 ff 0001 | 00000001 45");
    assertAnomaly(
        Anomaly.TUNNEL_HEADER_CUT, gtp, "34 ff 0009 | 00000001 | 0000 00 85 | 00 1001 00 45");
  }

  @Test
  void teredoHasIndicationsBeforeIpv6() {
    TeredoPacket teredo = new TeredoPacket();
    assertCarries(EtherType.IPV6, teredo, "> 60");
    assertCarries(EtherType.IPV6, teredo, "0000 1234 fefdfcfb > 60");
    String authentication = "0001 02 01 'id' 'v' 0102030405060708 00 ";
    assertCarries(EtherType.IPV6, teredo, authentication + "> 60");
    assertCarries(EtherType.IPV6, teredo, authentication + "0000 1234 fefdfcfb > 60");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, teredo, "45 00 0000");
  }

  @Test
  void l2tpOfVersionTwoCarriesPpp() {
    L2tpHeader l2tp = new L2tpHeader();
    assertCarries(EtherType.PPP, l2tp, "0002 | 0001 0001 > ff03");
    assertCarries(EtherType.PPP, l2tp, "4002 | 000a | 0001 0001 > ff03");
    assertCarries(EtherType.PPP, l2tp, "4802 | 000e | 0001 0001 | 0000 0000 > ff03");
    assertCarries(EtherType.PPP, l2tp, "0202 | 0001 0001 | 0003 000000 > ff03");
    assertCarriesNothing(l2tp, "c802 | 000c | 0001 0000 | 0000 0000");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, l2tp, "0012 | 0001 0001 ff03");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, l2tp, "0004 | 0001 0001 ff03");
    assertAnomaly(Anomaly.TUNNEL_HEADER_CUT, l2tp, "0202 | 0001 0001 | 0003 0000");
  }

  @Test
  void l2tpOfVersionThreeCarriesASession() {
    L2tpHeader l2tp = new L2tpHeader();
    String frame = "02005e100001 02005e100020 0800 45";
    assertCarries(ETHERNET, l2tp, "0003 0000 | 00000001 > " + frame);
    assertCarriesNothing(l2tp, "0003 0000 | 00000001 ffff");
  }

  @Test
  void lengthsEndWhatIsCarried() {
    byte[] frame = Hex.bytes("4002 000a 0001 0001 ff03 0000");
    L2tpHeader l2tp = new L2tpHeader();
    assertNull(l2tp.wrap(frame, 0, frame.length));
    assertEquals(10, l2tp.payloadLimit());
    byte[] packet = Hex.bytes("30 ff 0001 00000001 45 0000");
    GtpHeader gtp = new GtpHeader();
    assertNull(gtp.wrap(packet, 0, packet.length));
    assertEquals(9, gtp.payloadLimit());
  }

  @Test
  void gueNamesAProtocolOrIsIpAtOnce() {
    GueHeader gue = new GueHeader();
    assertCarries(EtherType.IPV4, gue, "00 04 0000 > 45");
    assertCarries(EtherType.IPV6, gue, "01 29 8000 | 00000000 > 60");
    assertCarriesNothing(gue, "00 06 0000 45");
    assertCarriesNothing(gue, "00 32 0000 45");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, gue, "20 04 0000 45");
    byte[] packet = Hex.bytes("45000014");
    assertNull(gue.wrap(packet, 0, 4));
    assertEquals(EtherType.IPV4, gue.carried());
    assertEquals(0, gue.payload());
  }

  @Test
  void capwapCarriesEthernetOrTheFrameOfTheAir() {
    CapwapHeader capwap = new CapwapHeader();
    assertCarries(ETHERNET, capwap, "00 100000 | 0000 0000 > 02");
    assertCarries(EtherType.ofLinkType(105), capwap, "00 100300 | 0000 0000 > 08");
    assertCarries(ETHERNET, capwap, "00 200010 | 0000 0000 | 04 c0000201 000000 > 02");
    assertCarriesNothing(capwap, "00 100080 | 0001 0000 02");
    assertCarriesNothing(capwap, "00 100008 | 0000 0000 02");
    assertCarriesNothing(capwap, "00 100500 | 0000 0000 02");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, capwap, "01 000000 | 16feff00");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, capwap, "00 080000 | 0000 0000 02");
  }

  @Test
  void tzspHasTagsBeforeTheFrame() {
    TzspHeader tzsp = new TzspHeader();
    assertCarries(ETHERNET, tzsp, "01 00 0001 | 01 > 02");
    assertCarries(EtherType.ofLinkType(105), tzsp, "01 00 0012 | 0a 01 c8 | 00 00 | 01 > 08");
    assertCarries(EtherType.ofLinkType(119), tzsp, "01 01 0077 | 01 > 44");
    assertCarries(EtherType.ofLinkType(163), tzsp, "01 00 007f | 01 > 80");
    assertCarriesNothing(tzsp, "01 00 0003 | 01 02");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, tzsp, "02 00 0001 | 01 02");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, tzsp, "01 04 0001 | 01 02");
    assertAnomaly(Anomaly.TUNNEL_HEADER_CUT, tzsp, "01 00 0001 | 0a 05 02");
  }
}
