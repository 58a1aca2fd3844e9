package imon.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.Allocation;
import imon.testing.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinkDevicesTest {
  private static final String NO_QUESTION = "0000 8400 0000 ";

  private final DnsMessage message = new DnsMessage(new NameTable());

  @Test
  void aHostOfTheLinkIsADeviceAndAnAddress() {
    wrap(
        NO_QUESTION + "0002 0000 0000",
        "09'Annas-Mac' 05'local' 00 0001 8001 00000078 0004 c0000201",
        "c00c 001c 8001 00000078 0010 fe800000 00000000 00000000 00000001");
    assertDevices("mdns / Annas-Mac / 192.0.2.1 / 120", "mdns / Annas-Mac / fe80::1 / 120");
    assertEquals(2, message.addressCount());
    assertEquals("annas-mac.local", message.askedName(0));
  }

  @Test
  void addressesInAdditionalRecordsOfAQuestionlessMessageAreKept() {
    wrap(
        NO_QUESTION + "0001 0000 0002",
        "05'_http' 04'_tcp' 05'local' 00 000c 0001 00000078 0006 03'web' c00c",
        "03'mac' c017 0001 8001 00000078 0004 c0000201",
        "07'example' 03'com' 00 0001 0001 00000078 0004 c0000209");
    assertEquals(List.of("a mac.local mac.local 192.0.2.1 120"), Described.addresses(message));
    assertDevices("mdns / mac / 192.0.2.1 / 120");
  }

  @Test
  void aServiceNamedAfterItsDeviceNamesTheAddressesOfItsHost() {
    wrap(
        NO_QUESTION + "0001 0000 0002",
        "0a'Anna-s Mac' 08'_airplay' 04'_tcp' 05'local' 00", // local at 25
        "0021 8001 00000078 000c 0000 0000 1b58 03'mac' c025",
        "03'mac' c025 0001 8001 0000003c 0004 c0000201",
        "c00c 0010 8001 00001194 0001 00");
    assertDevices("mdns / mac / 192.0.2.1 / 60", "mdns-service / Anna-s Mac / 192.0.2.1 / 60");
  }

  @Test
  void aServiceWhoseHostHasNoAddressHereIsTheSenders() {
    wrap(
        NO_QUESTION + "0001 0000 0000",
        "04'Desk' 0c'_device-info' 04'_tcp' 05'local' 00 0010 0001 00001194 0001 00");
    assertDevices("mdns-service / Desk / :: / 4500");
  }

  @Test
  void theIdentifierBeforeTheNameOfAnAudioServiceIsNoName() {
    wrap(
        NO_QUESTION + "0001 0000 0000",
        "15'5855CA1AE288@Apple TV' 05'_raop' 04'_tcp' 05'local' 00 0010 0001 00001194 0001 00");
    assertDevices("mdns-service / Apple TV / :: / 4500");
  }

  @Test
  void theLinkAddressAfterAWorkstationIsNoName() {
    wrap(
        NO_QUESTION + "0001 0000 0000",
        "18'desk [52:54:00:12:34:56]'",
        "0c'_workstation' 04'_tcp' 05'local' 00 0010 0001 00001194 0001 00");
    assertDevices("mdns-service / desk / :: / 4500");
  }

  @Test
  void theFriendlyNameOfACastDeviceStandsInItsText() {
    wrap(
        NO_QUESTION + "0001 0000 0000",
        "06'cc-123' 0b'_googlecast' 04'_tcp' 05'local' 00 0010 0001 00001194 0006",
        "05'md=TV'");
    assertDevices();
    wrap(
        NO_QUESTION + "0001 0000 0000",
        "06'cc-123' 0b'_googlecast' 04'_tcp' 05'local' 00 0010 0001 00001194 0015",
        "05'md=TV' 0e'fn=Living room'");
    assertDevices("mdns-service / Living room / :: / 4500");
  }

  @Test
  void aServiceThatIsNotNamedAfterItsDeviceNamesNone() {
    wrap(
        NO_QUESTION + "0001 0000 0000",
        "08'My pages' 05'_http' 04'_tcp' 05'local' 00 0010 0001 00001194 0001 00");
    assertDevices();
  }

  @Test
  void aNameOnAnotherDomainIsNoDevice() {
    wrap(
        "0001 8180 0001 0001 0000 0000",
        "03'www' 07'example' 03'com' 00 0001 0001",
        "c00c 0001 0001 0000012c 0004 c0000201");
    assertDevices();
    wrap(
        NO_QUESTION + "0001 0000 0000",
        "01'a' 01'b' 05'local' 00 0001 0001 00000001 0004 c0000201");
    assertDevices();
    assertEquals(1, message.addressCount());
  }

  @Test
  void anAnswerToASingleLabelIsADevice() {
    wrap(
        "1234 8000 0001 0001 0000 0000",
        "07'ANNA-PC' 00 0001 0001",
        "07'ANNA-PC' 00 0001 0001 0000001e 0004 c0000201");
    assertDevices("llmnr / ANNA-PC / 192.0.2.1 / 30");
    assertEquals(List.of("a anna-pc anna-pc 192.0.2.1 30"), Described.addresses(message));
  }

  @Test
  void aQueryNamesNoDevice() {
    wrap("0000 0000 0000 0001 0000 0000", "03'mac' 05'local' 00 0001 8001 00000078 0004 c0000201");
    assertDevices();
    assertEquals(0, message.addressCount());
  }

  @Test
  void moreDevicesThanTheLimitAreSaid() {
    wrap(
        NO_QUESTION + "0081 0000 0000",
        "03'mac' 05'local' 00 0001 8001 00000078 0004 c0000201",
        "c00c 0001 8001 00000078 0004 c0000201".repeat(128));
    assertEquals(NamedAddresses.MAX, message.devices().count());
    assertEquals(129, message.addressCount());
    assertEquals(Fault.LIMITED, message.fault());
  }

  @Test
  void prefixesAndFlippedBytesNeitherThrowNorInventDevices() {
    byte[] whole = announcement();
    assertTrue(message.wrap(whole, 0, whole.length));
    List<String> all = Named.lines(message.devices());
    assertEquals(2, all.size());
    for (int length = 12; length < whole.length; length++) {
      assertTrue(message.wrap(Arrays.copyOf(whole, length), 0, length));
      assertEquals(Fault.CUT, message.fault());
      assertTrue(message.devices().count() <= 2);
    }
    Random random = new Random(9);
    int changed = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] wire = whole.clone();
      for (int f = 0; f <= random.nextInt(4); f++) {
        wire[random.nextInt(wire.length)] = (byte) random.nextInt(256);
      }
      assertTrue(message.wrap(wire, 0, wire.length));
      changed += Named.lines(message.devices()).equals(all) ? 0 : 1;
    }
    assertTrue(changed > 1_000);
  }

  @Test
  void readingKnownDevicesAllocatesNothing() {
    byte[] whole = announcement();
    long bytes = Allocation.of(50_000, () -> assertTrue(message.wrap(whole, 0, whole.length)));
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }

  private static byte[] announcement() {
    return Hex.bytes(
        NO_QUESTION
            + "0001 0000 0002"
            + "0a'Annas iMac' 08'_airplay' 04'_tcp' 05'local' 00" // local at 25
            + "0021 8001 00000078 000c 0000 0000 1b58 03'mac' c025"
            + "03'mac' c025 0001 8001 0000003c 0004 c0000201"
            + "c00c 0010 8001 00001194 0001 00");
  }

  private void wrap(String... fields) {
    byte[] bytes = Hex.bytes(String.join("", fields));
    assertTrue(message.wrap(bytes, 0, bytes.length));
  }

  private void assertDevices(String... lines) {
    assertEquals(List.of(lines), Named.lines(message.devices()));
  }
}
