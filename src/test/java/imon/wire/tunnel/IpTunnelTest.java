package imon.wire.tunnel;

import static imon.wire.Wrapping.assertAnomaly;
import static imon.wire.Wrapping.assertCarries;
import static imon.wire.Wrapping.assertCarriesNothing;

import imon.pcap.Anomaly;
import imon.wire.EtherType;
import org.junit.jupiter.api.Test;

/** Tunnels right behind an IP header. */
class IpTunnelTest {
  private static final String MACS = "02005e100001 02005e100020 ";

  private final GreHeader gre = new GreHeader();
  private final ErspanHeader erspan = new ErspanHeader();
  private final EtherIpHeader etherIp = new EtherIpHeader();
  private final L2tpSession session = new L2tpSession();

  @Test
  void greIsAsLongAsItsFlagsSay() {
    assertCarries(EtherType.IPV4, gre, "0000 0800 > 45");
    assertCarries(EtherType.IPV6, gre, "8000 86dd | abcd 0000 > 60");
    assertCarries(EtherType.TRANSPARENT_ETHERNET, gre, "2000 6558 | 00001001 > 02");
    assertCarries(EtherType.MPLS, gre, "1000 8847 | 00000007 > 00");
    assertCarries(EtherType.IPV4, gre, "b000 0800 | abcd 0000 | 00000001 | 00000002 > 45");
  }

  @Test
  void routingEntriesEndWithAnEmptyOne() {
    assertCarries(
        EtherType.IPV4, gre, "4000 0800 | 0000 0000 | 0800 00 04 c0000201 | 0000 00 00 > 45");
    assertAnomaly(
        Anomaly.TUNNEL_HEADER_CUT, gre, "4000 0800 | 0000 0000 | 0800 00 04 c0000201 | 0000 00");
  }

  @Test
  void aRedirectedPacketMayHaveAHeaderOfItsOwn() {
    assertCarries(EtherType.IPV4, gre, "0000 883e | 80000000 > 45");
    assertCarries(EtherType.IPV4, gre, "0000 883e > 45");
  }

  @Test
  void erspanOfTypeOneHasNoHeader() {
    assertCarries(EtherType.TRANSPARENT_ETHERNET, gre, "0000 88be > 02");
    assertCarries(EtherType.ERSPAN, gre, "1000 88be | 00000007 > 10");
  }

  @Test
  void pptpCarriesPppWhenItHasASequenceNumber() {
    assertCarries(EtherType.PPP, gre, "3001 880b | 0003 0042 | 00000001 > ff0321");
    assertCarries(EtherType.PPP, gre, "3081 880b | 0002 0042 | 00000001 | 00000000 > 0021");
    assertCarriesNothing(gre, "2081 880b | 0000 0042 | 00000001");
  }

  @Test
  void otherGreIsBad() {
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, gre, "0002 0800 45");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, gre, "3001 0800 | 0003 0042 | 00000001 ff0321");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, gre, "1001 880b | 00000001 ff0321");
    assertCarriesNothing(gre, "0000 0001 45");
  }

  @Test
  void erspanSaysItsType() {
    assertCarries(EtherType.TRANSPARENT_ETHERNET, erspan, "1001 0001 | 00000000 > 02");
    assertCarries(EtherType.TRANSPARENT_ETHERNET, erspan, "2001 0001 | 00000000 | 0000 0000 > 02");
    assertCarries(
        EtherType.TRANSPARENT_ETHERNET,
        erspan,
        "2001 0001 | 00000000 | 0000 0001 | 00000000 00000000 > 02");
    assertCarriesNothing(erspan, "2001 0001 | 00000000 | 0000 0800 45");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, erspan, "3001 0001 | 00000000 02");
  }

  @Test
  void etherIpIsOfVersionThree() {
    assertCarries(EtherType.TRANSPARENT_ETHERNET, etherIp, "3000 > 02");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, etherIp, "3001 02");
    assertAnomaly(Anomaly.TUNNEL_HEADER_BAD, etherIp, "0300 02");
  }

  @Test
  void aSessionIsSearchedForEthernetWithIp() {
    String frame = MACS + "0800 45";
    assertCarries(EtherType.TRANSPARENT_ETHERNET, session, "00000001 > " + frame);
    assertCarries(EtherType.TRANSPARENT_ETHERNET, session, "00000001 40000000 > " + frame);
    assertCarries(EtherType.TRANSPARENT_ETHERNET, session, "00000001 c1c2c3c4c5c6c7c8 > " + frame);
    assertCarries(
        EtherType.TRANSPARENT_ETHERNET, session, "00000001 c1c2c3c4c5c6c7c8 40000000 > " + frame);
    assertCarriesNothing(session, "00000000 " + frame);
    assertCarriesNothing(session, "00000001 " + MACS + "0800 65");
  }
}
