package imon.name;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.wire.Addresses;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Hosts files, and the addresses in them. */
class HostsFileFuzz {
  private final NameTable names = new NameTable();

  static List<byte[]> seeds() {
    return List.of(
        "127.0.0.1 localhost\n203.0.113.32\twww.example.com ferry # a comment\n".getBytes(UTF_8),
        "\ufefffe80::1%eth0 router\r\n::ffff:192.0.2.1 a\n2001:db8::1 b c d\n".getBytes(UTF_8),
        "nonsense\n192.0.2.1\n192.0.2.300 x\n192.0.2.1 b\u00fccher.example -\n".getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void everyNameIsAHostAndEveryFaultOneLine(byte[] input) {
    HostsFile hosts = HostsFile.of("hosts", input);
    assertTrue(hosts.faults().size() <= HostsFile.MAX_FAULTS, "faults");
    assertTrue(hosts.faults().stream().allMatch(HostsFileFuzz::isOneLine), "control character");
    for (AddressNames.Entry entry : hosts.names().entries()) {
      byte[] host = entry.name().getBytes(US_ASCII);
      assertEquals(entry.name(), names.host(host, 0, host.length));
      String address = Addresses.text(entry.high(), entry.low());
      assertEquals(new Addresses.Words(entry.high(), entry.low()), Addresses.parse(address));
    }
  }

  private static boolean isOneLine(String fault) {
    return fault.codePoints().noneMatch(Character::isISOControl);
  }
}
