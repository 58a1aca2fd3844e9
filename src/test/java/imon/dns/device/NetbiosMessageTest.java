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

class NetbiosMessageTest {
  private static final String REGISTRATION = "8001 2910 0001 0000 0000 0001";
  private static final String RECORD = "c00c 0020 0001 000493e0 0006 0000 c0000202";

  private final NetbiosMessage message = new NetbiosMessage();

  @Test
  void aRegistrationNamesItsDevice() {
    assertTrue(wrap(REGISTRATION, name("ANNA-PC", 0x20), "0020 0001", RECORD));
    assertEquals("ANNA-PC", message.name());
    assertEquals(NetbiosMessage.FILE_SERVER, message.suffix());
    assertEquals("192.0.2.2", address());
    assertTrue(message.namesDevice());
  }

  @Test
  void lettersOnTheWireAreHalvesOfCharacters() {
    // RFC 1001, section 14.1, has the same name as its example.
    String wire = "20 'EGFCEFEECACACACACACACACACACACAAA'" + "00";
    assertTrue(wrap(REGISTRATION, wire, "0020 0001", RECORD));
    assertEquals("FRED", message.name());
    assertEquals(NetbiosMessage.WORKSTATION, message.suffix());
  }

  @Test
  void theNameOfAGroupIsNoDevices() {
    String group = "c00c 0020 0001 000493e0 0006 8000 c0000202";
    assertTrue(wrap(REGISTRATION, name("WORKGROUP", 0), "0020 0001", group));
    assertTrue(message.isGroup());
    assertFalse(message.namesDevice());
    assertTrue(wrap(REGISTRATION, name("ANNA-PC", 0x03), "0020 0001", RECORD));
    assertFalse(message.namesDevice(), "the messenger service");
  }

  @Test
  void aNameThatIsOnlyAskedForIsNobodys() {
    assertTrue(wrap("8001 0110 0001 0000 0000 0000", name("ANNA-PC", 0x20), "0020 0001"));
    assertEquals("ANNA-PC", message.name());
    assertEquals(0, message.addressLow());
    assertFalse(message.namesDevice());
  }

  @Test
  void aNameThatIsReleasedOrRefusedIsNobodys() {
    assertTrue(wrap("8001 3010 0001 0000 0000 0001", name("ANNA-PC", 0), "0020 0001", RECORD));
    assertFalse(message.namesDevice());
    String negative = "8001 ad86 0000 0001 0000 0000";
    String entry = "0020 0001 00000000 0006 0000 c0000202";
    assertTrue(wrap(negative, name("ANNA-PC", 0), entry));
    assertFalse(message.namesDevice());
  }

  @Test
  void anAnswerNamesTheDeviceThatHasTheName() {
    String entry = "0020 0001 000493e0 000c 6000 c0000203 6000 c0000204";
    assertTrue(wrap("8001 8500 0000 0001 0000 0000", name("NAS", 0x20), entry));
    assertEquals("NAS", message.name());
    assertEquals("192.0.2.3", address());
    assertTrue(message.namesDevice());
  }

  @Test
  void aNodeStatusGivesTheWorkstationAndItsLinkAddress() {
    assertTrue(
        wrap(
            "8001 8400 0000 0001 0000 0000",
            name("*\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 0),
            "0021 0001 00000000 0065 04",
            "'WORKGROUP      ' 00 8400",
            "'ANNA-PC        ' 20 0400",
            "'ANNA-PC        ' 00 0400",
            "'__NOBODY       ' 00 0400",
            "525400123456",
            "00".repeat(22)));
    assertEquals("ANNA-PC", message.name());
    assertEquals(NetbiosMessage.WORKSTATION, message.suffix());
    assertEquals(0x5254_0012_3456L, message.mac());
    assertEquals(0, message.addressLow());
    assertTrue(message.namesDevice());
  }

  @Test
  void aDatagramTellsItsSender() {
    byte[] bytes =
        Hex.bytes(
            "11 0a 8002 c0000205 008a 00bb 0000"
                + name("ANNA-PC", 0)
                + name("WORKGROUP", 0x1d)
                + "ff'SMB'");
    assertTrue(message.wrapDatagram(bytes, 0, bytes.length));
    assertEquals("ANNA-PC", message.name());
    assertEquals("192.0.2.5", address());
    assertTrue(message.namesDevice());
    bytes[0] = 0x13;
    assertFalse(message.wrapDatagram(bytes, 0, bytes.length));
    assertFalse(message.namesDevice());
  }

  @Test
  void aNameWithAScopeIsReadToo() {
    String scoped = name("ANNA-PC", 0).replaceFirst("00$", "03'lan' 00");
    assertTrue(wrap(REGISTRATION, scoped, "0020 0001", RECORD));
    assertEquals("192.0.2.2", address());
  }

  @Test
  void ordinaryDnsIsNotNetbios() {
    assertFalse(wrap("8001 0100 0001 0000 0000 0000", "03'www' 07'example' 00 0001 0001"));
    assertFalse(wrap("8001 0100 0001 0000 0000 0000", "20 '" + "Z".repeat(32) + "' 00 0020 0001"));
    assertNull(message.name());
  }

  @Test
  void aCutRecordIsAsIfItWereNotThere() {
    byte[] bytes = Hex.bytes(REGISTRATION + name("ANNA-PC", 0) + "0020 0001" + RECORD);
    for (int length = 0; length < bytes.length; length++) {
      boolean named = message.wrap(Arrays.copyOf(bytes, length), 0, length);
      assertEquals(length >= 12 + 34, named);
      assertFalse(message.namesDevice());
    }
  }

  @Test
  void flippedBytesDoNotThrow() {
    byte[] whole = Hex.bytes(REGISTRATION + name("ANNA-PC", 0) + "0020 0001" + RECORD);
    Random random = new Random(3);
    int devices = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = whole.clone();
      for (int f = 0; f < 3; f++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = bytes.length - random.nextInt(3);
      if (i % 2 == 0) {
        message.wrap(bytes, 0, length);
      } else {
        message.wrapDatagram(bytes, 0, length);
      }
      devices += message.namesDevice() ? 1 : 0;
    }
    assertTrue(devices > 1_000 && devices < 100_000);
  }

  private static String name(String text, int suffix) {
    StringBuilder letters = new StringBuilder("20 '");
    for (int i = 0; i < 16; i++) {
      int value = i == 15 ? suffix : i < text.length() ? text.charAt(i) : ' ';
      letters.append((char) ('A' + (value >> 4))).append((char) ('A' + (value & 15)));
    }
    return letters.append("' 00").toString();
  }

  private String address() {
    return Addresses.text(message.addressHigh(), message.addressLow());
  }

  private boolean wrap(String... fields) {
    byte[] bytes = Hex.bytes(String.join("", fields));
    return message.wrap(bytes, 0, bytes.length);
  }
}
