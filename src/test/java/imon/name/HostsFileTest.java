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
            + "fe80::1%lo0 localhost\n192.0.2.1 other\n192.0.2.9 m\u00fcller.example");
    HostsFile hosts = HostsFile.read(file);
    assertEquals(List.of(), hosts.faults());
    assertEquals(
        List.of(
            "192.0.2.1 www.example.com",
            "192.0.2.1 www",
            "2001:db8::1 six",
            "fe80::1 localhost",
            "192.0.2.1 other",
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
            "line 1: not an address: 1.2.3",
            "line 2: no name for 192.0.2.1",
            "line 3: not a host name: a/b",
            "line 3: not a host name: 10.0.0.1",
            "line 3: not a host name: host:80",
            "line 4: not an address: (unprintable)"),
        hosts.faults());
  }

  @Test
  void linesThatBlockNamesNameNothing() {
    assertEquals(List.of(), lines(of("0.0.0.0 ads.example\n:: ads.example\n")));
  }

  @Test
  void faultsAreBounded() {
    HostsFile hosts = of("bad line\n".repeat(1_000));
    assertEquals(HostsFile.MAX_FAULTS, hosts.faults().size());
    assertEquals("and more", hosts.faults().get(HostsFile.MAX_FAULTS - 1));
  }

  @Test
  void entriesAreBounded() {
    HostsFile hosts = of(("192.0.2.1" + " a".repeat(1_000) + "\n").repeat(1_001));
    assertEquals(HostsFile.MAX_ENTRIES, hosts.entries().size());
    assertEquals(List.of("more than 1000000 names; the rest was not read"), hosts.faults());
  }

  @Test
  void whatIsBeyondTheLongestFileIsNotRead() {
    byte[] bytes = new byte[HostsFile.MAX_BYTES + 1];
    byte[] line = "192.0.2.1 a\n#".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(line, 0, bytes, 0, line.length);
    HostsFile hosts = HostsFile.of(bytes);
    assertEquals(List.of("192.0.2.1 a"), lines(hosts));
    assertEquals(1, hosts.faults().size());
  }

  @Test
  void aMissingFileIsSaidByName() {
    Path missing = folder.resolve("none");
    IOException failure = assertThrows(IOException.class, () -> HostsFile.read(missing));
    assertEquals(missing + ": no such file", failure.getMessage());
    IOException directory = assertThrows(IOException.class, () -> HostsFile.read(folder));
    assertTrue(String.valueOf(directory.getMessage()).startsWith(folder + ": "));
  }

  private static HostsFile of(String text) {
    return HostsFile.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(HostsFile hosts) {
    return hosts.entries().stream()
        .map(entry -> Addresses.text(entry.high(), entry.low()) + " " + entry.name())
        .toList();
  }
}
