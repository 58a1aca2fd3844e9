package imon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
  private static String text(byte[] address) {
    ByteBuffer bytes = ByteBuffer.wrap(address);
    return address.length == 4
        ? Addresses.text(0, Addresses.mapped(bytes.getInt()))
        : Addresses.text(bytes.getLong(), bytes.getLong());
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "192.168.1.20, 192.168.1.20",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:AAAA, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa",
    "0:1:2:3:4:5:6:7, 0:1:2:3:4:5:6:7",
    "0:0:2:3:4:5:0:0, ::2:3:4:5:0:0",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "fe80::, fe80::"
  })
  void theTextIsThatOfRfc5952(String address, String text) {
    assertEquals(text, text(InetAddresses.forString(address).getAddress()));
  }

  @Test
  void theTextLeadsBackToTheAddress() throws UnknownHostException {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] address = randomAddress(random);
      InetAddress expected = InetAddress.getByAddress(address);
      assertEquals(expected, InetAddresses.forString(text(address)));
      assertEquals(InetAddresses.toAddrString(expected), text(address));
    }
  }

  private static byte[] randomAddress(Random random) {
    byte[] address = new byte[random.nextInt(4) == 0 ? 4 : 16];
    random.nextBytes(address);
    for (int i = 0; i < address.length; i += 2) {
      if (random.nextBoolean()) {
        address[i] = 0;
        address[i + 1] = (byte) random.nextInt(2);
      }
    }
    return address;
  }

  @Test
  void onlyMappedAddressesAreIpv4() {
    assertTrue(Addresses.isIpv4(0, Addresses.mapped(-1)));
    assertTrue(Addresses.isIpv4(0, Addresses.mapped(0)));
    assertFalse(Addresses.isIpv4(0, 1));
    assertFalse(Addresses.isIpv4(1, Addresses.mapped(1)));
    assertFalse(Addresses.isIpv4(0, 0xfffe_0a00_0001L));
  }

  @Test
  void theHashOfAPairIsTheSameInEitherOrder() {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      long high = random.nextLong();
      long low = random.nextLong();
      long otherHigh = random.nextLong();
      long otherLow = random.nextLong();
      long hash = Addresses.pairHash(high, low, otherHigh, otherLow);
      assertEquals(hash, Addresses.pairHash(otherHigh, otherLow, high, low));
      assertNotEquals(hash, Addresses.pairHash(high, low, otherHigh, otherLow + 1));
    }
  }
}
