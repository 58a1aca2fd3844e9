package imon.wire.link.described;

import static imon.wire.Wrapping.assertAnomaly;
import static imon.wire.Wrapping.assertCarries;
import static imon.wire.Wrapping.assertCarriesNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import imon.pcap.Anomaly;
import imon.testing.Hex;
import imon.wire.EtherType;
import org.junit.jupiter.api.Test;

/** Headers that capturing programs put before packets. */
class DescribedPacketTest {
  private final PpiHeader ppi = new PpiHeader();
  private final PflogHeader pflog = new PflogHeader();
  private final NflogMessage nflog = new NflogMessage();
  private final IpnetHeader ipnet = new IpnetHeader();
  private final PktapHeader pktap = new PktapHeader();
  private final JunosHeader junos = new JunosHeader().of(1);

  @Test
  void ppiNamesTheLinkTypeOfItsFrame() {
    assertCarries(EtherType.ofLinkType(105), ppi, "00 00 0800 69000000 > 08");
    assertCarries(EtherType.ofLinkType(1), ppi, "00 00 0c00 01000000 ffffffff > 02");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, ppi, "01 00 0800 69000000 08");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, ppi, "00 00 0700 69000000 08");
  }

  @Test
  void pflogIsFilledUpToFourBytes() {
    assertCarries(EtherType.IPV4, pflog, "05 02 00 00 00 000000 > 45");
    assertCarries(EtherType.IPV6, pflog, "08 18 00 00 00000000 > 60");
    assertCarries(EtherType.IPV6, pflog, "04 1e 00 00 > 60");
    assertCarriesNothing(pflog, "04 01 00 00 45");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, pflog, "00 02 00 00 45");
  }

  @Test
  void theLoggedPacketIsOneOfTheAttributes() {
    assertCarries(EtherType.IPV4, nflog, "02 00 0001 | 0500 0a00 00 000000 | 0800 0900 > 45000000");
    assertCarries(EtherType.IPV6, nflog, "0a 00 0001 | 0800 0900 > 60000000");
    assertCarries(EtherType.IPV4, nflog, "02 00 0001 | 0005 000a 00 000000 | 0008 0009 > 45000000");
  }

  @Test
  void theAttributeEndsTheLoggedPacket() {
    byte[] message = Hex.bytes("02 00 0001 | 0500 0900 45 000000 | 0500 0a00 00");
    assertNull(nflog.wrap(message, 0, message.length));
    assertEquals(9, nflog.payloadLimit());
  }

  @Test
  void aLogWithoutAPacketCarriesNothing() {
    assertCarriesNothing(nflog, "02 00 0001 | 0500 0a00 00 000000");
    assertCarriesNothing(nflog, "07 00 0001 | 0800 0900 45000000");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, nflog, "02 01 0001 | 0800 0900 45000000");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, nflog, "02 00 0001 | 0300 0a00 00000000");
  }

  @Test
  void ipnetHasItsOwnAddressFamilies() {
    String rest = "0000 00000054 00000002 00000000 00000000 00000000 ";
    assertCarries(EtherType.IPV4, ipnet, "01 02 " + rest + "> 45");
    assertCarries(EtherType.IPV6, ipnet, "01 1a " + rest + "> 60");
    assertCarriesNothing(ipnet, "01 0a " + rest + "60");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, ipnet, "02 02 " + rest + "45");
  }

  @Test
  void pktapNamesTheLinkTypeOfItsFrame() {
    String rest = "00".repeat(48);
    assertCarries(EtherType.ofLinkType(1), pktap, "3c000000 01000000 01000000" + rest + "> 02");
    assertCarriesNothing(pktap, "3c000000 00000000 01000000" + rest + "02");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, pktap, "3b000000 01000000 01000000" + rest + "02");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, pktap, "3c000000 01000000 00000100" + rest + "02");
  }

  @Test
  void junosHasExtensionsAndWithoutALinkAProtocol() {
    assertCarries(EtherType.ofLinkType(1), junos, "4d4743 00 > 02");
    assertCarries(EtherType.ofLinkType(1), junos, "4d4743 81 0003 010101 > 02");
    assertCarries(EtherType.IPV4, junos, "4d4743 02 00000002 > 45");
    assertCarries(EtherType.IPV6, junos, "4d4743 82 0003 010101 06000000 > 60");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, junos, "4d4744 00 02");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, junos, "4d4743 80 0003 0101");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, junos, "4d4743 02 000000");
  }
}
