package imon.wire.link;

import static imon.wire.Wrapping.assertAnomaly;
import static imon.wire.Wrapping.assertCarries;
import static imon.wire.Wrapping.assertCarriesNothing;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.Anomaly;
import imon.testing.Hex;
import imon.wire.EtherType;
import org.junit.jupiter.api.Test;

/** FDDI and Token Ring. */
class RingTest {
  private static final String MACS = "02005e100001 02005e100020 ";
  private static final String ROUTED = "02005e100001 82005e100020 ";

  private final FddiFrame fddi = new FddiFrame();
  private final TokenRingFrame ring = new TokenRingFrame();

  @Test
  void fddiSaysWhetherItCarriesLlc() {
    assertCarries(EtherType.LLC, fddi, "50 " + MACS + "> aaaa03");
    assertCarries(EtherType.LLC, fddi, "57 " + MACS + "> aaaa03");
    assertCarries(EtherType.LLC, fddi, "d0 " + MACS + "> aaaa03");
    assertCarriesNothing(fddi, "10 0001 0002 aaaa03 000000 0800 45 00"); // addresses of two bytes
    assertCarriesNothing(fddi, "4f " + MACS + "aaaa03"); // station management
    assertCarriesNothing(fddi, "c2 " + MACS + "aaaa03"); // MAC
    assertAnomaly(Anomaly.LINK_HEADER_CUT, fddi, "50 02005e100001 02005e1000");
  }

  @Test
  void tokenRingSaysWhetherItCarriesLlc() {
    assertCarries(EtherType.LLC, ring, "10 40 " + MACS + "> aaaa03");
    assertCarries(EtherType.LLC, ring, "10 46 " + MACS + "> aaaa03");
    assertCarriesNothing(ring, "10 00 " + MACS + "aaaa03");
    assertCarriesNothing(ring, "10 80 " + MACS + "aaaa03");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, ring, "10 40 02005e100001 02005e1000");
  }

  @Test
  void aRouteIsAsLongAsItSays() {
    assertCarries(EtherType.LLC, ring, "10 40 " + ROUTED + "0230 > aaaa03");
    assertCarries(EtherType.LLC, ring, "10 40 " + ROUTED + "c630 0011 0020 > aaaa03");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, ring, "10 40 " + ROUTED + "0030 aaaa03");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, ring, "10 40 " + ROUTED + "0530 0011 0020");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, ring, "10 40 " + ROUTED + "0630 0011");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, ring, "10 40 " + ROUTED + "06");
  }

  @Test
  void aRouteIsKnownByTheSource() {
    assertTrue(isRouted(ROUTED));
    assertFalse(isRouted(MACS));
    assertFalse(isRouted("82005e100001 02005e100020 "));
  }

  private boolean isRouted(String addresses) {
    byte[] frame = Hex.bytes("10 40 " + addresses + "0230 aaaa03");
    assertNull(ring.wrap(frame, 0, frame.length));
    return ring.isRouted();
  }
}
