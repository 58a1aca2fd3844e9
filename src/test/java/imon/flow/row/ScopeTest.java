package imon.flow.row;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.net.InetAddresses;
import imon.flow.option.LocalNetworks;
import imon.wire.Addresses;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
  private static final String SERVER = "8.8.8.8";
  private static final String LAPTOP = "192.168.1.20";

  private static Scope between(String a, String b) {
    long[] first = words(a);
    long[] second = words(b);
    return LocalNetworks.PRIVATE.scope(first[0], first[1], second[0], second[1]);
  }

  private static long[] words(String address) {
    ByteBuffer bytes = ByteBuffer.wrap(InetAddresses.forString(address).getAddress());
    return bytes.capacity() == 4
        ? new long[] {0, Addresses.mapped(bytes.getInt())}
        : new long[] {bytes.getLong(), bytes.getLong()};
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.255.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.168.0.0",
        "192.168.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "169.254.0.0",
        "169.254.255.255",
        "127.0.0.0",
        "127.255.255.255",
        "0.0.0.0",
        "fc00::",
        "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fe80::",
        "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "::1",
        "::"
      })
  void eachEdgeOfALocalRangeIsLocal(String address) {
    assertEquals(Scope.LOCAL, between(address, LAPTOP));
    assertEquals(Scope.LOCAL, between("fe80::1", address));
    assertEquals(Scope.INTERNET, between(address, SERVER));
    assertEquals(Scope.INTERNET, between(SERVER, address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "0.0.0.1",
        "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fe00::",
        "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fec0::",
        "::2",
        "1::1"
      })
  void theNeighboursOfLocalRangesAreInternet(String address) {
    assertEquals(Scope.INTERNET, between(address, LAPTOP));
    assertEquals(Scope.INTERNET, between(LAPTOP, address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"})
  void documentationAddressesAreInternet(String address) {
    assertEquals(Scope.INTERNET, between(LAPTOP, address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "224.0.0.0",
        "239.255.255.255",
        "255.255.255.255",
        "ff00::",
        "ff02::fb",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
      })
  void multicastAndBroadcastWinOverWhatTheOtherEndIs(String group) {
    assertEquals(Scope.MULTICAST, between(group, LAPTOP));
    assertEquals(Scope.MULTICAST, between(SERVER, group));
    assertEquals(Scope.MULTICAST, between("2001:db8::1", group));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "223.255.255.255",
        "240.0.0.0",
        "255.255.255.254",
        "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
      })
  void theNeighboursOfMulticastAreInternet(String address) {
    assertEquals(Scope.INTERNET, between(LAPTOP, address));
  }

  @Test
  void oneLocalEndIsNotEnough() {
    assertEquals(Scope.INTERNET, between(SERVER, "1.1.1.1"));
    assertEquals(Scope.INTERNET, between(LAPTOP, SERVER));
    assertEquals(Scope.LOCAL, between(LAPTOP, "10.1.2.3"));
  }
}
