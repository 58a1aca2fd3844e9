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
  void routingOfAMeshAndItsFragmentsCarryNothing() {
    String rest = " 32 00 00000007 0200000000a1 0200000000a2 0001 0003 0800 45";
    assertCarriesNothing(batman, "00 0f" + rest);
    assertCarriesNothing(batman, "02 0f" + rest);
    assertCarriesNothing(batman, "41 0f" + rest);
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
