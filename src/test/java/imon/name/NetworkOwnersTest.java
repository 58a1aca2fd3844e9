package imon.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NetworkOwners.Owner;
import imon.testing.MaxMindFile;
import imon.wire.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkOwnersTest {
  private static final String NUMBER = "autonomous_system_number";
  private static final String NAME = "autonomous_system_organization";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("asn.mmdb");
  }

  @Test
  void anAddressHasTheOwnerOfItsNetwork() throws IOException {
    Files.write(file, example());
    NetworkOwners owners = NetworkOwners.open(file);
    assertEquals(new Owner(64500L, "Example Networks"), owner(owners, "192.0.2.1"));
    assertEquals(new Owner(64501L, null), owner(owners, "198.51.100.7"));
    assertEquals(new Owner(64502L, "Six \u00d6y"), owner(owners, "2001:db8::1"));
    assertEquals(new Owner(64503L, "Another Form"), owner(owners, "203.0.113.200"));
    assertNull(owner(owners, "203.0.113.1"));
    assertNull(owner(owners, "2001:db9::1"));
  }

  @Test
  void anOwnerIsShownByWhatIsKnownOfIt() {
    assertEquals("AS64500 Example Networks", new Owner(64500L, "Example Networks").text());
    assertEquals("AS64500", new Owner(64500L, null).text());
    assertEquals("Example Networks", new Owner(null, "Example Networks").text());
  }

  @Test
  void aNumberThatCannotBeIsLeftOut() throws IOException {
    for (Object number : List.of("AS", "ASx", "-1", 0x1_0000_0000L, "")) {
      Files.write(file, database(Map.of("asn", number, "as_name", "Name")));
      assertEquals(
          new Owner(null, "Name"), owner(NetworkOwners.open(file), "192.0.2.1"), number::toString);
    }
    Files.write(file, database(Map.of("asn", 0xffff_ffffL)));
    assertEquals(new Owner(0xffff_ffffL, null), owner(NetworkOwners.open(file), "192.0.2.1"));
  }

  @Test
  void aRecordThatSaysNothingIsNoOwner() throws IOException {
    Files.write(file, database(Map.of("country", "XX")));
    assertNull(owner(NetworkOwners.open(file), "192.0.2.1"));
  }

  @Test
  void aPointerToItselfIsDamage() throws IOException {
    byte[] toOffsetZero = {0x20, 0};
    MaxMindFile database = new MaxMindFile("GeoLite2-ASN");
    Files.write(
        file, database.addRaw(InetAddress.getByName("192.0.2.0"), 24, toOffsetZero).bytes());
    NetworkOwners owners = NetworkOwners.open(file);
    IOException failure = assertThrows(IOException.class, () -> owner(owners, "192.0.2.1"));
    assertEquals(file + ": damaged, found at 192.0.2.1; get it anew", failure.getMessage());
  }

  @Test
  void aNameThatIsNotSafeToShowIsLeftOut() throws IOException {
    Files.write(file, database(Map.of(NUMBER, 64500, NAME, "a\u001bb")));
    assertEquals(new Owner(64500L, null), owner(NetworkOwners.open(file), "192.0.2.1"));
  }

  @Test
  void aFileThatIsNoSuchDatabaseIsSaidInOneLine() throws IOException {
    assertRefused(": no such file, or it cannot be read; name one by --asn");
    Files.writeString(file, "not a database");
    assertRefused(": not a database in MaxMind's format, or damaged; get it anew");
    Files.write(file, new MaxMindFile("GeoLite2-City").bytes());
    assertRefused(": a database of GeoLite2-City, not of autonomous systems; name one by --asn");
  }

  @Test
  void aDamagedDatabaseGivesNothingButItsOwnException() throws IOException {
    byte[] whole = example();
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = Arrays.copyOf(whole, whole.length - (i % 4 == 0 ? random.nextInt(200) : 0));
      for (int f = 0; f < 8; f++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      try {
        NetworkOwners owners = NetworkOwners.open(file);
        owner(owners, "192.0.2.1");
        owner(owners, "2001:db8::1");
      } catch (IOException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": "), e::getMessage);
        assertFalse(String.valueOf(e.getMessage()).contains("\n"));
        refused++;
      }
    }
    assertTrue(refused > 100);
  }

  private void assertRefused(String reason) {
    IOException failure = assertThrows(IOException.class, () -> NetworkOwners.open(file));
    assertEquals(file + reason, failure.getMessage());
  }

  private static byte[] database(Map<String, Object> record) throws IOException {
    return new MaxMindFile("GeoLite2-ASN")
        .add(InetAddress.getByName("192.0.2.0"), 24, record)
        .bytes();
  }

  private static byte[] example() throws IOException {
    return new MaxMindFile("GeoLite2-ASN")
        .add(
            InetAddress.getByName("192.0.2.0"), 24, Map.of(NUMBER, 64500, NAME, "Example Networks"))
        .add(InetAddress.getByName("198.51.100.0"), 22, Map.of(NUMBER, 64501))
        .add(InetAddress.getByName("2001:db8::"), 32, Map.of(NUMBER, 64502, NAME, "Six \u00d6y"))
        .add(
            InetAddress.getByName("203.0.113.128"),
            25,
            Map.of("asn", "AS64503", "as_name", "Another Form"))
        .bytes();
  }

  private static Owner owner(NetworkOwners owners, String text) throws IOException {
    Addresses.Words address = Addresses.parse(text);
    return owners.owner(address.high(), address.low());
  }
}
