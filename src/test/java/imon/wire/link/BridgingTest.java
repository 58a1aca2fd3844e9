package imon.wire.link;

import static imon.wire.Wrapping.assertAnomaly;
import static imon.wire.Wrapping.assertCarries;
import static imon.wire.Wrapping.assertCarriesNothing;

import imon.pcap.Anomaly;
import imon.wire.EtherType;
import org.junit.jupiter.api.Test;

/** What bridges and mesh nodes put around whole frames. */
class BridgingTest {
  private static final int ETHERNET = EtherType.TRANSPARENT_ETHERNET;

  private final BatmanPacket batman = new BatmanPacket();
  private final TrillHeader trill = new TrillHeader();

  @Test
  void aMeshPacketSaysByItsTypeHowLongItsHeaderIs() {
    assertCarries(ETHERNET, batman, "01 0f 32 | 00 00000007 0200000000a1 > 02");
    assertCarries(ETHERNET, batman, "40 0f 32 | 05 0200000000a1 > 02");
    assertCarries(ETHERNET, batman, "42 0f 32 | 05 0200000000a1 0200000000a2 01 00 > 02");
  }

  @Test
  void theStartOfAFragmentedMeshPacketHasTheLastNumber() {
    String ends = " 0200000000a1 0200000000a2 0007 ";
    String packet = "40 0f 32 05 0200000000a1 02005e100001 02005e100020 0800 45" + "00".repeat(20);
    String whole = packet.replaceFirst("40", "42");
    assertCarries(EtherType.BATMAN, batman, "41 0f 32 10" + ends + "05f0 > " + packet);
    assertCarries(EtherType.BATMAN, batman, "41 0f 32 1e" + ends + "0ac8 > " + packet);
    assertCarriesNothing(batman, "41 0f 32 10" + ends + "0ac9" + packet); // of three
    assertCarriesNothing(batman, "41 0f 32 0e" + ends + "05f0" + packet);
    assertCarriesNothing(batman, "41 0f 32 10" + ends + "05f0" + whole);
    assertCarriesNothing(batman, "41 0f 32 10" + ends + "05f0" + packet.replace("0f", "0e"));
    assertCarriesNothing(batman, "41 0f 32 10" + ends + "05f0" + packet.replace("0800", "0801"));
    assertCarriesNothing(batman, "41 0f 32 10" + ends + "05f0 40 0f 32 05");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, batman, "41 0f 32 10 0200000000a1 0200000000a2 0007 05");
  }

  @Test
  void routingOfAMeshCarriesNothing() {
    String rest = " 32 00 00000007 0200000000a1 0200000000a2 0001 0003 0800 45";
    assertCarriesNothing(batman, "00 0f" + rest);
    assertCarriesNothing(batman, "02 0f" + rest);
    assertCarriesNothing(batman, "05 0f" + rest);
    assertCarriesNothing(batman, "43 0f" + rest);
    assertCarriesNothing(batman, "40 0e" + rest);
    assertAnomaly(Anomaly.LINK_HEADER_CUT, batman, "40 0f");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, batman, "40 0f 32 05 0200000000");
  }

  @Test
  void aRoutingBridgeHasOptions() {
    assertCarries(ETHERNET, trill, "0014 0001 0002 > 02");
    assertCarries(ETHERNET, trill, "0854 0001 0002 | 00000000 > 02");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, trill, "4014 0001 0002 02");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, trill, "0094 0001 0002 00000000 000000");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, trill, "0014 0001 00");
  }
}
