package imon.live.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
  private static final Instant START = Instant.parse("2026-11-22T23:30:05Z");
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  @ParameterizedTest
  @CsvSource({
    "{interface}-{start:yyyyMMdd-HHmmss}.pcap, eth0-20261123-003005.pcap",
    "night {start:yyyy-MM-dd}.pcap,            night 2026-11-23.pcap",
    "{start},                                  20261123-003005",
    "{start:HHmmssZ}-{interface},              003005+0100-eth0"
  })
  void aPatternMakesNamesInItsZone(String pattern, String name) {
    assertEquals(name, new NamePattern(pattern, "eth0", PARIS).name(START, 1));
  }

  @Test
  void aSecondFileOfANameHasANumberBeforeItsSuffix() {
    NamePattern pattern = new NamePattern(NamePattern.DEFAULT, "eth0", PARIS);
    assertEquals("eth0-20261123-003005-2.pcap", pattern.name(START, 2));
  }

  @Test
  void aDeviceNameIsMadeFitForAFileName() {
    NamePattern pattern = new NamePattern("{interface}{start:HH}", "../a b", PARIS);
    assertEquals(".._a_b00", pattern.name(START, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "eth0-20261123-003005.pcap,        true",
    "eth0-20261123-003005-12.pcap,     true",
    "eth0-20261123-003005.pcap.zst,    true",
    "eth0-20261123-003005-2.pcap.zst,  true",
    "eth1-20261123-003005.pcap,        false",
    "eth0-20261123-003005.pcap.part,   false",
    "eth0-20261123-003005.pcapng,      false",
    "eth0-20261123-003005-x.pcap,      false",
    "eth0-20261323-003005.pcap,        false",
    "eth0-2026-003005.pcap,            false",
    "my-eth0-20261123-003005.pcap,     false",
    "eth0-20261123-003005.pcap.pcap,   false"
  })
  void itsOwnFilesAreRecognisedAndNoOthers(String name, boolean own) {
    NamePattern pattern = new NamePattern(NamePattern.DEFAULT, "eth0", PARIS);
    assertEquals(own, pattern.recognises(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.pcap",
        "{start}/x.pcap",
        "{host}-{start}.pcap",
        "{start:yyyy/MM}.pcap",
        "{start:J}.pcap",
        "{start.pcap",
        ""
      })
  void whatIsNoPatternIsRefused(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> new NamePattern(pattern, "eth0", PARIS));
  }
}
