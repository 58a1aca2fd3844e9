package imon.dns.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.Hex;
import imon.wire.Addresses;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Dhcpv6MessageTest {
  private static final String DUID_LLT = "0001 000e 0001 0001 1c39cf88 525400123456";
  private static final String DUID_LL = "0001 000a 0003 0001 525400123456";
  private static final String FQDN = "0027 0009 01 03'pc1' 03'lan'";
  private static final String ADDRESS =
      "0005 0018 20010db8000000000000000000000001 00000e10 00001c20";
  private static final String IDENTITY = "0003 0028 00000001 00000e10 00001518" + ADDRESS;

  private final Dhcpv6Message message = new Dhcpv6Message();

  @Test
  void aRenewalTellsTheDevicesLinkAddressAddressAndName() {
    assertTrue(wrap("05 123456", DUID_LLT, IDENTITY, FQDN));
    assertEquals(Dhcpv6Message.RENEW, message.type());
    assertEquals(0x5254_0012_3456L, message.mac());
    assertEquals("2001:db8::1", address());
    assertTrue(message.isConfirmed());
    assertEquals("pc1.lan", message.name());
  }

  @Test
  void anAddressThatIsOnlyWishedForIsNotConfirmed() {
    assertTrue(wrap("01 123456", DUID_LL, IDENTITY));
    assertEquals(0x5254_0012_3456L, message.mac());
    assertEquals("2001:db8::1", address());
    assertFalse(message.isConfirmed());
    assertNull(message.name());
  }

  @Test
  void aTemporaryAddressCountsToo() {
    assertTrue(wrap("07 123456", "0004 0020 00000001", ADDRESS));
    assertEquals("2001:db8::1", address());
  }

  @Test
  void aClientIsReadInsideTheMessagesOfRelays() {
    String relay = "0c 00" + "00".repeat(16) + "fe80000000000000505400fffe123456";
    String seenByRelay = "004f 0008 0001 525400abcdef";
    assertTrue(wrap(relay, "0009 0012", "0b 123456", DUID_LL, seenByRelay));
    assertEquals(Dhcpv6Message.INFORMATION_REQUEST, message.type());
    assertEquals(0x5254_00ab_cdefL, message.mac());
    assertTrue(wrap(relay, "0009 0038", relay, "0009 0012", "03 123456", DUID_LL));
    assertEquals(Dhcpv6Message.REQUEST, message.type());
    assertEquals(0x5254_0012_3456L, message.mac());
    assertTrue(wrap(relay, "0009 0400", "03 123456", DUID_LL), "cut by the snap length");
    assertEquals(0x5254_0012_3456L, message.mac());
  }

  @Test
  void relaysInRelaysHaveAnEnd() {
    StringBuilder nested = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      nested.append("0c00").append("00".repeat(32)).append("00097fff");
    }
    assertFalse(wrap(nested.toString()));
  }

  @Test
  void aDuidWithoutLinkAddressHasNoMac() {
    assertTrue(wrap("01 123456", "0001 0006 0002 00000009"));
    assertEquals(0, message.mac());
    assertTrue(wrap("01 123456", "0001 000a 0003 0006 525400123456"));
    assertEquals(0, message.mac());
  }

  @Test
  void anUnknownTypeOrACutHeaderIsNoMessage() {
    assertFalse(wrap("00 123456"));
    assertFalse(wrap("0e 123456"));
    assertFalse(wrap("01 1234"));
    assertFalse(wrap(""));
  }

  @Test
  void everyPrefixKeepsTheOptionsWholeInIt() {
    byte[] bytes = Hex.bytes("05 123456" + DUID_LLT + IDENTITY + FQDN);
    for (int length = 4; length <= bytes.length; length++) {
      assertTrue(message.wrap(Arrays.copyOf(bytes, length), 0, length));
      assertEquals(length >= 22, message.mac() != 0);
      assertEquals(length >= 66, message.isConfirmed());
      assertEquals(length >= 79 ? "pc1.lan" : null, message.name());
    }
  }

  @Test
  void flippedBytesAndNoiseDoNotThrow() {
    byte[] whole = Hex.bytes("05 123456" + DUID_LLT + IDENTITY + FQDN);
    Random random = new Random(2);
    int named = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = whole.clone();
      for (int f = 0; f < 3; f++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(i % 2 == 0 ? 16 : 256);
      }
      named += message.wrap(bytes, 0, bytes.length) && message.name() != null ? 1 : 0;
    }
    assertTrue(named > 1_000 && named < 199_000);
  }

  private String address() {
    return Addresses.text(message.addressHigh(), message.addressLow());
  }

  private boolean wrap(String... fields) {
    byte[] bytes = Hex.bytes(String.join("", fields));
    return message.wrap(bytes, 0, bytes.length);
  }
}
