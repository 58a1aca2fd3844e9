package imon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, true, 128",
    "192.0.2.7/32, 192.0.2.7, true, 128",
    "192.0.2.7/24, 192.0.2.0/24, true, 120",
    "10.1.2.3/9, 10.0.0.0/9, true, 105",
    "192.0.2.7/0, 0.0.0.0/0, true, 96",
    "2001:db8::1, 2001:db8::1, false, 128",
    "2001:db8:0:1::9/64, 2001:db8:0:1::/64, false, 64",
    "2001:db8:ffff::/33, 2001:db8:8000::/33, false, 33",
    "2001:db8::ff/124, 2001:db8::f0/124, false, 124",
    "::/0, ::/0, false, 0"
  })
  void aBlockIsItsFirstAddressAndTheBitsTheyShare(
      String text, String block, boolean ipv4, int bits) {
    AddressBlock parsed = AddressBlock.parse(text);
    assertNotNull(parsed);
    assertEquals(block, parsed.toString());
    assertEquals(ipv4, parsed.isIpv4());
    assertEquals(bits, parsed.bits());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8",
        "::/129",
        "::/a",
        "x/8",
        "10.0.0.0/8/8",
        "10.0.0.0/+8",
        "10.0.0.0/0008"
      })
  void whatIsNoBlockIsNone(String text) {
    assertNull(AddressBlock.parse(text));
  }
}
