package imon.flow.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.row.Scope;
import imon.wire.Addresses;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalNetworksTest {
  private static final LocalNetworks GIVEN = with("203.0.113.128/25", "2001:db8:5::/48");

  private static LocalNetworks with(String... blocks) {
    return LocalNetworks.with(Stream.of(blocks).map(FactOptions::block).toList());
  }

  private static boolean isLocal(LocalNetworks networks, String address) {
    Addresses.Words words = Objects.requireNonNull(Addresses.parse(address));
    return networks.isLocal(words.high(), words.low());
  }

  private static Scope scope(LocalNetworks networks, String a, String b) {
    Addresses.Words first = Objects.requireNonNull(Addresses.parse(a));
    Addresses.Words second = Objects.requireNonNull(Addresses.parse(b));
    return networks.scope(first.high(), first.low(), second.high(), second.low());
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.127, false",
    "203.0.113.128, true",
    "203.0.113.255, true",
    "203.0.114.0, false",
    "2001:db8:4:ffff:ffff:ffff:ffff:ffff, false",
    "2001:db8:5::, true",
    "2001:db8:5:ffff:ffff:ffff:ffff:ffff, true",
    "2001:db8:6::, false",
    "10.0.0.1, true",
    "fd00::1, true"
  })
  void aBlockIsLocalFromItsFirstAddressToItsLastBesideThePrivateOnes(
      String address, boolean expected) {
    assertEquals(expected, isLocal(GIVEN, address));
  }

  @Test
  void bothEndsMustBeLocalOfWhateverKind() {
    assertEquals(Scope.LOCAL, scope(GIVEN, "203.0.113.200", "10.0.0.1"));
    assertEquals(Scope.LOCAL, scope(GIVEN, "203.0.113.200", "203.0.113.201"));
    assertEquals(Scope.INTERNET, scope(GIVEN, "203.0.113.200", "203.0.113.1"));
    assertEquals(Scope.INTERNET, scope(LocalNetworks.PRIVATE, "203.0.113.200", "10.0.0.1"));
  }

  @Test
  void multicastStaysMulticastInABlockThatHoldsIt() {
    assertEquals(Scope.MULTICAST, scope(with("224.0.0.0/3"), "239.1.2.3", "10.0.0.1"));
  }

  @Test
  void allAddressesOfOneVersionAreNoneOfTheOther() {
    assertTrue(isLocal(with("0.0.0.0/0"), "8.8.8.8"));
    assertFalse(isLocal(with("0.0.0.0/0"), "2600::1"));
    assertTrue(isLocal(with("::/0"), "2600::1"));
    assertFalse(isLocal(with("::/0"), "8.8.8.8"));
  }
}
