package imon.store.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.wire.Addresses;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DictionaryTest {
  private final Dictionary dictionary = new Dictionary();

  private long address(String text) {
    Addresses.Words words = Objects.requireNonNull(Addresses.parse(text));
    return dictionary.address(words.high(), words.low());
  }

  @Test
  void anIpv4AddressIsItsOwnId() {
    assertEquals(0, address("0.0.0.0"));
    assertEquals(0x0a00_0001, address("10.0.0.1"));
    assertEquals(0xffff_ffffL, address("255.255.255.255"));
    assertEquals(List.of(), dictionary.takeNewAddresses());
  }

  @Test
  void ipv6AddressesHaveIdsAboveAllOfIpv4() {
    long first = address("2001:db8::1");
    long second = address("::1");
    assertTrue(first > 0xffff_ffffL && second > 0xffff_ffffL);
    assertNotEquals(first, second);
    assertEquals(first, address("2001:db8::1"));
  }

  @Test
  void aNewAddressIsToldOnceWithItsText() {
    long id = address("2001:db8:0:0::1");
    address("2001:db8::1");
    List<Dictionary.NewAddress6> told = dictionary.takeNewAddresses();
    assertEquals(1, told.size());
    assertEquals(id, told.get(0).id());
    assertEquals("2001:db8::1", told.get(0).ip());
    assertEquals(List.of(), dictionary.takeNewAddresses());
    assertEquals(id, address("2001:db8::1"));
    assertEquals(List.of(), dictionary.takeNewAddresses());
  }

  @Test
  void aNameKeepsItsIdAndIsToldOnceWithItsSite() {
    int id = dictionary.host("www.example.co.uk");
    assertEquals(id, dictionary.host("www.example.co.uk"));
    assertNotEquals(id, dictionary.host("example.co.uk"));
    List<Dictionary.Host> told = dictionary.takeNewHosts();
    assertEquals(2, told.size());
    assertEquals(new Dictionary.Host(id, "www.example.co.uk", "example.co.uk"), told.get(0));
    assertEquals(List.of(), dictionary.takeNewHosts());
  }

  @Test
  void idsAreNotUsedTwiceAfterTheNewNamesWereTaken() {
    int first = dictionary.host("a.example.com");
    dictionary.takeNewHosts();
    int second = dictionary.host("b.example.com");
    assertNotEquals(first, second);
    assertEquals(second, dictionary.takeNewHosts().get(0).id());
  }
}
