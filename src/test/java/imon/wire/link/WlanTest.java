package imon.wire.link;

import static imon.wire.Wrapping.assertAnomaly;
import static imon.wire.Wrapping.assertCarries;
import static imon.wire.Wrapping.assertCarriesNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.Anomaly;
import imon.testing.Hex;
import imon.wire.EtherType;
import imon.wire.link.described.PrismHeader;
import imon.wire.link.described.RadiotapHeader;
import org.junit.jupiter.api.Test;

class WlanTest {
  private static final int WLAN_FRAME = EtherType.ofLinkType(105);
  private static final String ADDRESSES = "0000 | 0200000000a1 | 0200000000a2 | 0200000000a3 ";

  private final WlanFrame wlan = new WlanFrame();
  private final WlanSubframe subframe = new WlanSubframe();
  private final RadiotapHeader radiotap = new RadiotapHeader();
  private final PrismHeader prism = new PrismHeader();

  @Test
  void aDataFrameCarriesAnLlcHeader() {
    assertCarries(EtherType.LLC, wlan, "08 01 " + ADDRESSES + "1000 > aaaa03");
    assertCarries(EtherType.LLC, wlan, "88 02 " + ADDRESSES + "1000 | 0000 > aaaa03");
    assertCarries(EtherType.LLC, wlan, "88 82 " + ADDRESSES + "1000 | 0000 00000000 > aaaa03");
    assertCarries(EtherType.LLC, wlan, "08 03 " + ADDRESSES + "1000 | 0200000000a4 > aaaa03");
  }

  @Test
  void theDistributionSystemSaysWhoIsSenderAndReceiver() {
    assertAddresses("00", 10, 4);
    assertAddresses("01", 10, 16);
    assertAddresses("02", 16, 4);
    assertAddresses("03", 24, 16);
  }

  private void assertAddresses(String flags, int source, int destination) {
    byte[] frame = Hex.bytes("08" + flags + ADDRESSES + "1000 | 0200000000a4 | aaaa03 00");
    assertNull(wlan.wrap(frame, 0, frame.length));
    assertEquals(source, wlan.source(), flags);
    assertEquals(destination, wlan.destination(), flags);
  }

  @Test
  void anAggregateHasSubframes() {
    assertCarries(EtherType.WLAN_SUBFRAMES, wlan, "88 01 " + ADDRESSES + "1000 | 8000 > 02");
    assertCarries(EtherType.LLC, subframe, "0200000000b1 0200000000b2 0003 > aaaa03");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, subframe, "0200000000b1 0200000000b2 00");
  }

  @Test
  void aSubframeEndsWhereItsLengthSays() {
    String header = "0200000000b1 0200000000b2 0003 ";
    assertSubframe(17, true, header + "aaaa03");
    assertSubframe(17, true, header + "aaaa03 000000 ffffffff"); // padding, check sequence
    assertSubframe(17, false, header + "aaaa03 000000 " + header);
    assertSubframe(17, true, header + "aaaa03 000000 0200000000b1 0200000000b2 00");
    assertSubframe(16, true, "0200000000b1 0200000000b2 ffff aaaa");
  }

  private void assertSubframe(int payloadLimit, boolean last, String fields) {
    byte[] frame = Hex.bytes(fields);
    assertNull(subframe.wrap(frame, 0, frame.length), fields);
    assertEquals(payloadLimit, subframe.payloadLimit(), fields);
    assertEquals(last, subframe.isLast(), fields);
  }

  @Test
  void meshControlHasAddressesOfWhoIsOutsideOfTheMesh() {
    String frame = "88 03 " + ADDRESSES + "1000 | 0200000000a4 | 0001 | ";
    String outside = "0200000000b1 0200000000b2 ";
    assertMesh(24, 16, frame + "00 1f 07000000 > aaaa03");
    assertMesh(38, 16, frame + "01 1f 07000000 0200000000b1 > aaaa03");
    assertMesh(44, 38, frame + "02 1f 07000000 " + outside + " > aaaa03");
  }

  private void assertMesh(int source, int destination, String fields) {
    assertCarries(EtherType.LLC, wlan, fields);
    byte[] frame = Hex.bytes(fields.replace(">", ""));
    assertNull(wlan.wrap(frame, 0, frame.length));
    assertEquals(source, wlan.source(), fields);
    assertEquals(destination, wlan.destination(), fields);
  }

  @Test
  void withoutAMeshTheSameBitSaysSomethingElse() {
    assertCarries(EtherType.LLC, wlan, "88 01 " + ADDRESSES + "1000 | 0001 > 00");
    assertCarries(EtherType.LLC, wlan, "88 02 " + ADDRESSES + "1000 | 0001 > aaaa03");
  }

  @Test
  void whatIsNoClearDataCarriesNothing() {
    String header = ADDRESSES + "1000 aaaa03 000000 0800";
    assertCarriesNothing(wlan, "80 00 " + header);
    assertCarriesNothing(wlan, "d4 00 0000 0200000000a1");
    assertCarriesNothing(wlan, "48 01 " + header);
    assertCarriesNothing(wlan, "08 41 " + header);
    assertCarriesNothing(wlan, "08 01 " + ADDRESSES + "1100 aaaa03 000000 0800");
    assertCarriesNothing(wlan, "09 01 " + header);
  }

  @Test
  void aPaddedHeaderEndsOnFourBytes() {
    byte[] frame = Hex.bytes("8802" + ADDRESSES + "1000 0000 0000 aaaa03");
    assertNull(wlan.wrap(frame, 0, frame.length, true));
    assertEquals(28, wlan.payload());
  }

  @Test
  void aDataFrameWithoutItsHeaderIsCut() {
    assertAnomaly(Anomaly.LINK_HEADER_CUT, wlan, "08 01 " + ADDRESSES + "10");
    assertAnomaly(Anomaly.LINK_HEADER_CUT, wlan, "08 01 0000 0200");
  }

  @Test
  void radiotapIsSteppedOverByItsLength() {
    assertCarries(WLAN_FRAME, radiotap, "00 00 0800 00000000 > 08");
    assertCarries(WLAN_FRAME, radiotap, "00 00 0a00 00000020 0000 > 08");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, radiotap, "01 00 0800 00000000 08");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, radiotap, "00 00 0700 00000000 08");
  }

  @Test
  void radiotapFlagsSayWhetherTheFrameIsPadded() {
    assertTrue(isPadded("00 00 0900 02000000 20"));
    assertFalse(isPadded("00 00 0900 02000000 10"));
    assertFalse(isPadded("00 00 0900 04000000 20"));
    assertTrue(isPadded("00 00 1100 03000000 ffffffffffffffff 20"));
    assertTrue(isPadded("00 00 1900 03000080 00000000 00000000 ffffffffffffffff 20"));
    assertFalse(isPadded("00 00 0800 02000000"));
    assertFalse(isPadded("00 00 0c00 020000a0 000000a0"));
  }

  private boolean isPadded(String fields) {
    byte[] header = Hex.bytes(fields);
    assertNull(radiotap.wrap(header, 0, header.length));
    return radiotap.isPadded();
  }

  @Test
  void prismAndAvsHeadersAreSteppedOverByTheirLengths() {
    assertCarries(WLAN_FRAME, prism, "44000000 0c000000 'wlan' > 08");
    assertCarries(WLAN_FRAME, prism, "00000044 0000000c 'wlan' > 08");
    assertCarries(WLAN_FRAME, prism, "80211001 0000000c 00000000 > 08");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, prism, "80211001 00000007 00");
    assertAnomaly(Anomaly.LINK_HEADER_BAD, prism, "80211001 0c000000 00000000 08");
  }
}
