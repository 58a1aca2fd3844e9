package imon.dns.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.Allocation;
import imon.testing.Hex;
import imon.wire.Addresses;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DhcpMessageTest {
  private static final String NONE = "00000000";
  private static final String OF_2 = "c0000202";

  private final DhcpMessage message = new DhcpMessage();

  @Test
  void aRequestTellsTheDevicesLinkAddressNameAndWish() {
    wrap(fixed("01", NONE, NONE), "35 01 03", "32 04 c0000207", "0c 0d 'Anna's iPhone'", "ff");
    assertEquals(DhcpMessage.REQUEST, message.type());
    assertFalse(message.isReply());
    assertEquals(0x5254_0012_3456L, message.mac());
    assertEquals("Anna's iPhone", message.name());
    assertEquals("192.0.2.7", address());
    assertFalse(message.isConfirmed());
  }

  @Test
  void anAcknowledgementGivesTheAddress() {
    wrap(fixed("02", NONE, OF_2), "35 01 05", "ff");
    assertTrue(message.isReply());
    assertEquals("192.0.2.2", address());
    assertTrue(message.isConfirmed());
    assertNull(message.name());
  }

  @Test
  void aDeviceThatRenewsSaysItsAddressItself() {
    wrap(fixed("01", OF_2, NONE), "35 01 03", "32 04 c0000207", "ff");
    assertEquals("192.0.2.2", address());
    assertTrue(message.isConfirmed());
  }

  @Test
  void anOfferIsNotYetAnAddress() {
    wrap(fixed("02", NONE, OF_2), "35 01 02", "ff");
    assertEquals(DhcpMessage.OFFER, message.type());
    assertEquals(0, message.addressLow());
    assertFalse(message.isConfirmed());
    wrap(fixed("01", NONE, NONE), "35 01 01", "32 04 c0000207", "ff");
    assertEquals(0, message.addressLow());
  }

  @Test
  void theFullNameServesWhenThereIsNoShortOne() {
    wrap(fixed("01", NONE, NONE), "51 0a 04 00 00 03'pc1' 02'lo'", "ff");
    assertEquals("pc1.lo", message.name());
    wrap(fixed("01", NONE, NONE), "51 0b 00 00 00 'pc1.lan.'", "ff");
    assertEquals("pc1.lan", message.name());
    wrap(fixed("01", NONE, NONE), "51 0b 00 00 00 'pc1.lan.'", "0c 03 'pc1'", "ff");
    assertEquals("pc1", message.name());
  }

  @Test
  void aNameThatIsNoTextIsNone() {
    wrap(fixed("01", NONE, NONE), "0c 03 41 1b 42", "ff");
    assertNull(message.name());
    wrap(fixed("01", NONE, NONE), "0c 02 ff fe", "ff");
    assertNull(message.name());
    wrap(fixed("01", NONE, NONE), "0c 05 'pc1' 00 00", "ff");
    assertEquals("pc1", message.name());
    wrap(fixed("01", NONE, NONE), "51 05 04 00 00 40'x'", "ff");
    assertNull(message.name());
  }

  @Test
  void optionsMayFillTheFileAndTheServersName() {
    byte[] bytes = bytes(fixed("01", NONE, NONE), "00 00 34 01 03", "ff");
    byte[] type = Hex.bytes("35 01 08 ff");
    byte[] name = Hex.bytes("0c 03 'pc2' ff");
    System.arraycopy(type, 0, bytes, 108, type.length);
    System.arraycopy(name, 0, bytes, 44, name.length);
    assertTrue(message.wrap(bytes, 0, bytes.length));
    assertEquals(DhcpMessage.INFORM, message.type());
    assertEquals("pc2", message.name());
  }

  @Test
  void anotherLinkThanEthernetHasNoMac() {
    byte[] bytes = bytes(fixed("01", NONE, NONE), "ff");
    bytes[1] = 32;
    assertTrue(message.wrap(bytes, 0, bytes.length));
    assertEquals(0, message.mac());
  }

  @Test
  void withoutTheCookieOrTheWholeFixedPartItIsNotDhcp() {
    byte[] bytes = bytes(fixed("01", NONE, NONE), "35 01 03", "ff");
    bytes[236] ^= 1;
    assertFalse(message.wrap(bytes, 0, bytes.length));
    bytes[236] ^= 1;
    assertFalse(message.wrap(bytes, 0, 239));
    assertTrue(message.wrap(bytes, 0, 240));
  }

  @Test
  void everyPrefixKeepsTheOptionsWholeInIt() {
    byte[] bytes = bytes(fixed("01", NONE, NONE), "35 01 03", "0c 03 'pc1'", "32 04 c0000207");
    for (int length = 240; length <= bytes.length; length++) {
      assertTrue(message.wrap(Arrays.copyOf(bytes, length), 0, length));
      assertEquals(length >= 243 ? 3 : 0, message.type());
      assertEquals(length >= 248 ? "pc1" : null, message.name());
      assertEquals(length >= 254, message.addressLow() != 0);
    }
  }

  @Test
  void flippedBytesDoNotThrow() {
    byte[] whole = bytes(fixed("01", OF_2, OF_2), "35 01 05", "51 0a 04 00 00 03'pc1' 02'lo' ff");
    Random random = new Random(1);
    int named = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = whole.clone();
      for (int f = 0; f < 4; f++) {
        bytes[random.nextBoolean() ? random.nextInt(44) : 240 + random.nextInt(16)] =
            (byte) random.nextInt(256);
      }
      assertTrue(message.wrap(bytes, 0, bytes.length));
      assertEquals(0, message.addressHigh());
      named += message.name() == null ? 0 : 1;
    }
    assertTrue(named > 1_000 && named < 99_000);
  }

  @Test
  void readingAKnownNameAllocatesNothing() {
    byte[] bytes = bytes(fixed("01", NONE, NONE), "0c 03 'pc1'", "ff");
    long allocated = Allocation.of(50_000, () -> assertTrue(message.wrap(bytes, 0, bytes.length)));
    assertNotNull(message.name());
    assertTrue(allocated < 10_000, () -> allocated + " bytes");
  }

  private String address() {
    return Addresses.text(message.addressHigh(), message.addressLow());
  }

  private void wrap(String... fields) {
    byte[] bytes = bytes(fields);
    assertTrue(message.wrap(bytes, 0, bytes.length));
  }

  private static byte[] bytes(String... fields) {
    return Hex.bytes(String.join("", fields).replace("Anna's", "Anna' 27 's"));
  }

  /** Everything before the options, of a device with the address 52:54:00:12:34:56. */
  private static String fixed(String op, String ciaddr, String yiaddr) {
    return op
        + "01 06 00 12345678 0000 0000"
        + ciaddr
        + yiaddr
        + "00000000 00000000 525400123456"
        + "00".repeat(10 + 64 + 128)
        + "63825363";
  }
}
