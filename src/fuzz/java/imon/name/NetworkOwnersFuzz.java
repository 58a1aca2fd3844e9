package imon.name;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.name.NetworkOwners.Owner;
import imon.testing.MaxMindFile;
import imon.wire.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Databases in MaxMind's format: a damaged one is refused in one line, when opened or asked. */
class NetworkOwnersFuzz {
  private static final long MAPPED = Addresses.mapped(0xc000_0201);

  @TempDir private static Path folder;

  static List<byte[]> seeds() throws IOException {
    InetAddress network = InetAddress.getByAddress(new byte[] {(byte) 0xc0, 0, 2, 0});
    Map<String, Object> owner =
        Map.of("autonomous_system_number", 64500, "autonomous_system_organization", "Example");
    byte[] pointer = {0x20, 0x00};
    return List.of(
        new MaxMindFile("GeoLite2-ASN").add(network, 24, owner).bytes(),
        new MaxMindFile("ipinfo").add(network, 8, Map.of("asn", "AS64500")).bytes(),
        new MaxMindFile("GeoIP2-ISP").addRaw(network, 24, pointer).bytes());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void aDamagedDatabaseIsRefusedInOneLine(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("owners.mmdb"), input);
    try {
      NetworkOwners owners = NetworkOwners.open(file);
      assertShowable(owners.owner(0, MAPPED));
      assertShowable(owners.owner(0x2001_0db8_0000_0000L, 1));
    } catch (IOException refused) {
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.startsWith(file + ": "), message);
      assertFalse(message.contains("\n"), message);
    }
  }

  private static void assertShowable(@Nullable Owner owner) {
    assertTrue(owner == null || owner.text().codePoints().noneMatch(Character::isISOControl));
  }
}
