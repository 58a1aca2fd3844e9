package imon.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.wire.Addresses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {
  @TempDir Path folder;

  @Test
  void everyNameOfALineBelongsToItsAddress() throws IOException {
    Path file = folder.resolve("hosts");
    Files.writeString(
        file,
        "# a comment\n\n192.0.2.1\tWWW.Example.com. www  # the web\r\n2001:db8::1 six\n"
            + "fe80::1%lo0 printer\n192.0.2.1 other\n192.0.2.9 m\u00fcller.example");
    HostsFile hosts = HostsFile.read(file);
    assertEquals(List.of(), hosts.faults());
    assertEquals(
        List.of(
            "192.0.2.1 www.example.com",
            "192.0.2.1 www",
            "192.0.2.1 other",
            "2001:db8::1 six",
            "fe80::1 printer",
            "192.0.2.9 xn--mller-kva.example"),
        lines(hosts));
  }

  @Test
  void aFaultCostsItsLineOrNameAndIsToldWithItsLine() {
    HostsFile hosts =
        of("1.2.3 a\n192.0.2.1\n192.0.2.2 a/b good 10.0.0.1 host:80\n\u0007 x\n192.0.2.3 last");
    assertEquals(List.of("192.0.2.2 good", "192.0.2.3 last"), lines(hosts));
    assertEquals(
        List.of(
            "hosts: line 1: not an address '1.2.3'; begin the line with one, or with #",
            "hosts: line 2: no name for '192.0.2.1'; write one behind it, or delete the line",
            "hosts: line 3: not a host name 'a/b'; correct or delete it",
            "hosts: line 3: not a host name '10.0.0.1'; correct or delete it",
            "hosts: line 3: not a host name 'host:80'; correct or delete it",
            "hosts: line 4: not an address '(unprintable)'; begin the line with one, or with #"),
        hosts.faults());
  }

  @Test
  void linesThatBlockNamesOrNameThisMachineNameNothing() {
    HostsFile hosts =
        of(
            """
            0.0.0.0 ads.example
            :: ads.example
            127.0.0.1 localhost ads.example
            127.0.1.1 laptop
            ::1 ip6-loopback
            ::ffff:127.0.0.1 laptop
            fe80::1%lo0 localhost
            192.0.2.1 localhost localhost.localdomain a.localhost
            """);
    assertEquals(List.of(), lines(hosts));
    assertEquals(List.of(), hosts.faults());
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstAddress() {
    assertEquals(List.of("192.0.2.1 a"), lines(of("\ufeff192.0.2.1 a")));
  }

  @Test
  void theFirstNameOfAnAddressHasTheBestPlaceAndEachStandsOnce() {
    HostsFile hosts = of("192.0.2.1 b a b\n192.0.2.2 c\n192.0.2.1 a. B c\n");
    assertEquals(
        List.of("b 0", "a 1", "c 2", "c 0"),
        hosts.names().entries().stream().map(e -> e.name() + " " + e.place()).toList());
    assertEquals(4, hosts.names().size());
  }

  @Test
  void faultsAreBounded() {
    HostsFile hosts = of("bad line\n".repeat(1_000));
    assertEquals(HostsFile.MAX_FAULTS, hosts.faults().size());
    assertEquals("hosts: and more lines like these", hosts.faults().get(HostsFile.MAX_FAULTS - 1));
  }

  @Test
  void namesAreBounded() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < HostsFile.MAX_NAMES; i++) {
      text.append("192.0.2.1 n").append(i).append('\n');
    }
    assertEquals(List.of(), of(text.toString()).faults());
    HostsFile hosts = of(text + "192.0.2.2 late");
    assertEquals(HostsFile.MAX_NAMES, hosts.names().entries().size());
    assertEquals(List.of("hosts: more than 262144 names; the rest was not read"), hosts.faults());
  }

  @Test
  void whatIsBeyondTheLongestFileIsNotRead() {
    byte[] bytes = new byte[HostsFile.MAX_BYTES + 1];
    byte[] line = "192.0.2.1 a\n#".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(line, 0, bytes, 0, line.length);
    HostsFile hosts = HostsFile.of("hosts", bytes);
    assertEquals(List.of("192.0.2.1 a"), lines(hosts));
    assertEquals(1, hosts.faults().size());
  }

  @Test
  void aMissingFileIsSaidByName() {
    Path missing = folder.resolve("none");
    IOException failure = assertThrows(IOException.class, () -> HostsFile.read(missing));
    assertEquals(missing + ": no such file; name a hosts file by --hosts", failure.getMessage());
    IOException directory = assertThrows(IOException.class, () -> HostsFile.read(folder));
    assertTrue(String.valueOf(directory.getMessage()).startsWith(folder + ": "));
  }

  private static HostsFile of(String text) {
    return HostsFile.of("hosts", text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(HostsFile hosts) {
    return hosts.names().entries().stream()
        .map(entry -> Addresses.text(entry.high(), entry.low()) + " " + entry.name())
        .toList();
  }
}
