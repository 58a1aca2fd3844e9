package imon.live.device;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.testing.LongTest;
import imon.testing.RealCaptures;
import imon.wire.filter.FilterCompiler;
import imon.wire.filter.PacketFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Filters that libpcap compiles and we run, held against tcpdump. */
@LongTest
class LibpcapFilterTest {
  private static final Path SAMPLES = Path.of("sample-captures");

  /**
   * Its lengths on the wire cannot be, so that we take the captured ones; tcpdump believes them.
   */
  private static final Path IMPOSSIBLE_LENGTHS = Path.of("impossible-length.pcap");

  /** Every expression is asked of every so many captures. */
  private static final int STRIDE = Boolean.getBoolean("samples.all") ? 12 : 36;

  private static final List<String> EXPRESSIONS =
      List.of(
          "",
          "ip",
          "ip6",
          "arp",
          "not ip",
          "tcp",
          "udp",
          "icmp or icmp6",
          "host 192.0.2.1",
          "src host 10.0.0.1",
          "dst host 192.168.1.1 or src host 192.168.1.1",
          "net 192.168.0.0/16",
          "src net 10.0.0.0/8 and not dst net 10.0.0.0/8",
          "ip6 net 2001:db8::/32",
          "port 53",
          "tcp port 443",
          "udp src port 53",
          "not port 443 and not port 80",
          "portrange 1-1023",
          "tcp dst portrange 8000-9000",
          "tcp[tcpflags] & tcp-syn != 0",
          "tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) = 0",
          "tcp[13] == 18",
          "ip[6:2] & 0x1fff != 0",
          "ip[6:2] & 0x3fff = 0",
          "ip[8] > 63",
          "ip[2:2] - ((ip[0] & 0xf) << 2) > 500",
          "ip6[6] = 17",
          "ether[0] & 1 = 1",
          "ether[12:2] = 0x0800",
          "ether broadcast or ether multicast",
          "ip broadcast",
          "ip multicast or ip6 multicast",
          "vlan",
          "vlan and tcp",
          "vlan 100 or (vlan and ip6)",
          "mpls",
          "pppoes",
          "greater 1000",
          "less 64",
          "len % 7 = 3 or len / 100 = 2",
          "len ^ 0x55 > 100",
          "ip proto 47 or ip proto 41",
          "ip protochain 6",
          "ip6 protochain 17",
          "udp[8:2] = 0x1234 or udp[4:2] > 300",
          "tcp[((tcp[12] & 0xf0) >> 2):4] = 0x47455420",
          "(tcp or udp) and (port 80 or port 443 or port 53) and greater 100",
          "inbound",
          "ether proto 0x88cc or stp");

  @Test
  void theSamplesAreFilteredAsTcpdumpDoes() throws Exception {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      assertLikeTcpdump(
          files
              .filter(file -> file.toString().matches(".*\\.pcap(ng)?"))
              .filter(file -> !file.endsWith(IMPOSSIBLE_LENGTHS))
              .sorted()
              .toList(),
          3000);
    }
  }

  @Test
  void realCapturesAreFilteredAsTcpdumpDoes() throws Exception {
    assertLikeTcpdump(RealCaptures.totals().stream().map(RealCaptures.Totals::path).toList(), 8400);
  }

  private static void assertLikeTcpdump(List<Path> captures, int ofAll) throws Exception {
    Tcpdump.require();
    List<Executable> checks = new ArrayList<>();
    for (int e = 0; e < EXPRESSIONS.size(); e++) {
      FilterCompiler compiler = LibpcapFilter.of(EXPRESSIONS.get(e));
      for (int c = e % STRIDE; c < captures.size(); c += STRIDE) {
        Path capture = captures.get(c);
        OptionalLong expected = Tcpdump.accepts(capture, compiler.expression());
        if (expected.isPresent()) {
          checks.add(
              () ->
                  assertEquals(
                      expected.getAsLong(),
                      accepted(capture, compiler),
                      () -> capture + ": " + compiler.expression()));
        }
      }
    }
    assertTrue(checks.size() * STRIDE >= ofAll, () -> checks.size() + " comparisons");
    assertAll(checks);
  }

  private static long accepted(Path capture, FilterCompiler compiler) throws IOException {
    PacketFilter filter = new PacketFilter(compiler);
    Block block = new Block();
    long accepted = 0;
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (reader.read(block)) {
        for (int i = 0; i < block.count(); i++) {
          accepted += accepts(filter, block, i) ? 1 : 0;
        }
      }
    }
    return accepted;
  }

  private static boolean accepts(PacketFilter filter, Block block, int index) {
    return filter.accepts(
        block.bytes(),
        block.start(index),
        block.capturedLength(index),
        block.wireLength(index),
        block.linkType(index));
  }

  @Test
  void loopbackHeadersAreReadInTheOrderOfTheirMachine() throws IOException {
    byte[] little = {0, 0, 0, 2, 0, 0, 0, 0x45};
    byte[] big = {0, 0, 0, 0, 0, 0, 2, 0x45};
    PacketFilter ip = new PacketFilter(LibpcapFilter.of("ip"));
    PacketFilter other = new PacketFilter(LibpcapFilter.of("not ip"));
    assertTrue(ip.accepts(little, 3, 5, 5, 0));
    assertTrue(ip.accepts(big, 3, 5, 5, 0));
    assertEquals(false, other.accepts(little, 3, 5, 5, 0));
    assertEquals(false, other.accepts(big, 3, 5, 5, 0));
  }

  @Test
  void whatIsWrongForEveryLinkIsRefusedAtOnce() {
    for (String wrong : List.of("tcp prot 443", "host 1.2.3.4.5", "port 70000", "(", "tcp and")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> LibpcapFilter.of(wrong)).getMessage();
      assertTrue(message.startsWith("--filter '" + wrong + "': "), message);
      assertEquals(1, message.lines().count(), message);
    }
  }

  @Test
  void whatIsForOtherLinksIsRefusedWhenThePacketsCome() throws IOException {
    LibpcapFilter wlan = LibpcapFilter.of("wlan type mgt");
    wlan.program(105, ByteOrder.nativeOrder());
    PacketFilter filter = new PacketFilter(wlan);
    UncheckedIOException refusal =
        assertThrows(UncheckedIOException.class, () -> filter.accepts(new byte[60], 0, 60, 60, 1));
    String message = refusal.getMessage();
    assertTrue(
        message.startsWith("--filter 'wlan type mgt' cannot be used with link type EN10MB: "),
        message);
  }

  @Test
  void aProgramIsCompiledOnce() throws IOException {
    LibpcapFilter filter = LibpcapFilter.of("tcp");
    assertEquals(
        filter.program(1, ByteOrder.LITTLE_ENDIAN), filter.program(1, ByteOrder.LITTLE_ENDIAN));
  }
}
