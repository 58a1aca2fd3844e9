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

class EthernetAndLlcTest {
  private static final String MACS = "02005e100001 02005e100020 ";

  private final EthernetFrame ethernet = new EthernetFrame();
  private final LlcHeader llc = new LlcHeader();
  private final LinuxCooked cooked = new LinuxCooked();

  @Test
  void anEtherTypeSaysWhatAFrameCarries() {
    assertCarries(EtherType.IPV4, ethernet, MACS + "0800 > 45");
    assertCarries(EtherType.ARP, ethernet, MACS + "0806 > 0001");
  }

  @Test
  void tagsAreSteppedOver() {
    assertCarries(EtherType.IPV6, ethernet, MACS + "8100 002a | 86dd > 60");
    assertCarries(EtherType.IPV4, ethernet, MACS + "88a8 0007 | 8100 002a | 0800 > 45");
    assertCarries(EtherType.IPV4, ethernet, MACS + "9100 0007 | 8100 002a | 0800 > 45");
  }

  @Test
  void aLengthMeansThatAnLlcHeaderFollows() {
    assertCarries(EtherType.LLC, ethernet, MACS + "0026 > aaaa03");
    assertCarries(EtherType.LLC, ethernet, MACS + "05ff > aaaa03");
    assertCarries(0x0600, ethernet, MACS + "0600 > 00");
  }

  @Test
  void snapOfEthernetSaysWhatItCarries() {
    assertCarries(EtherType.IPV4, llc, "aaaa03 000000 0800 > 45");
    assertCarries(EtherType.IPV6, llc, "aaaa03 0000f8 86dd > 60");
    assertCarries(EtherType.IPV4, llc, "aaaa03 000000 8100 002a 0800 > 45");
  }

  @Test
  void ipStandsRightBehindItsOwnServiceAccessPoint() {
    assertCarries(EtherType.IPV4, llc, "060603 > 45");
  }

  @Test
  void otherLlcHeadersCarryNothing() {
    assertCarriesNothing(llc, "424203 0000 00 00");
    assertCarriesNothing(llc, "aaaa03 00000c 0800 45");
    assertCarriesNothing(llc, "aaaa03 000000 0004 45");
    assertCarriesNothing(llc, "ffff 0026 0000 45");
  }

  @Test
  void cookedHeadersSayWhatTheyCarry() {
    assertCarries(EtherType.IPV4, cooked, "0000 0001 0006 02005e100020 0000 0800 > 45");
    assertCarries(EtherType.IPV6, cooked, "0000 0001 0006 02005e100020 0000 8100 0001 86dd > 60");
    assertCarries(EtherType.LLC, cooked, "0000 0001 0006 02005e100020 0000 0004 > aaaa03");
    assertCarriesNothing(cooked, "0000 0001 0006 02005e100020 0000 0001 ffff");
    assertCarriesNothing(cooked, "0000 0118 0000 000000000000 0000 000c 01");
  }

  @Test
  void aCookedHeaderHasTheSendersAddressOnly() {
    byte[] first = Hex.bytes("0000 0001 0006 02005e100020 0000 0800 45");
    assertNull(cooked.wrap(first, 0, first.length));
    assertEquals(6, cooked.source());
    byte[] second = Hex.bytes("0800 0000 00000002 0001 00 06 02005e100020 0000 45");
    assertNull(cooked.wrapVersion2(second, 0, second.length));
    assertEquals(EtherType.IPV4, cooked.carried());
    assertEquals(20, cooked.payload());
    assertEquals(12, cooked.source());
    byte[] without = Hex.bytes("0000 fffe 0000 000000000000 0000 0800 45");
    assertNull(cooked.wrap(without, 0, without.length));
    assertEquals(-1, cooked.source());
  }

  @Test
  void aFrameWithoutATypeIsCut() {
    assertAnomaly(Anomaly.LINK_HEADER_CUT, ethernet, MACS + "08");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, ethernet, MACS + "8100 002a 08");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, cooked, "0000 0001 0006 02005e100020 0000 08");
  }
}
