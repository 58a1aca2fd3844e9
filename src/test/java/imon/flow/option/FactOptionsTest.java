package imon.flow.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import imon.wire.AddressBlock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactOptionsTest {
  private static LocalNetworks local(String... blocks) {
    List<AddressBlock> parsed = Stream.of(blocks).map(FactOptions::block).toList();
    return LocalNetworks.with(parsed);
  }

  @Test
  void defaultsHaveNoText() {
    assertEquals("", FactOptions.DEFAULT.text());
    assertEquals(FactOptions.DEFAULT, FactOptions.parse(""));
    assertEquals(List.of(), FactOptions.DEFAULT.words());
  }

  @Test
  void everyOptionStandsInTheTextInOneOrder() {
    FactOptions options =
        new FactOptions(
            true,
            local("2001:db8::/32", "203.0.113.0/24", "198.51.100.7"),
            new IdleTimeouts(600, 30));
    assertEquals(
        "dedupe; local-net 198.51.100.7; local-net 203.0.113.0/24; local-net 2001:db8::/32;"
            + " tcp-timeout 600; udp-timeout 30",
        options.text());
    assertEquals(
        List.of(
            "--dedupe",
            "--local-net=198.51.100.7",
            "--local-net=203.0.113.0/24",
            "--local-net=2001:db8::/32",
            "--tcp-timeout=600",
            "--udp-timeout=30"),
        options.words());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dedupe",
        "local-net 0.0.0.0/0",
        "local-net ::/0",
        "local-net 203.0.113.0/24; local-net 203.0.113.0/25; tcp-timeout 1",
        "dedupe; udp-timeout 86400"
      })
  void aTextBecomesTheOptionsThatWriteIt(String text) {
    assertEquals(text, FactOptions.parse(text).text());
  }

  @Test
  void blocksInAnyOrderAndSeveralTimesAreTheSameOptions() {
    LocalNetworks once = local("203.0.113.0/24", "2001:db8::/32");
    assertEquals(once, local("2001:db8::/32", "203.0.113.9/24", "203.0.113.0/24"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dedup", "local-net x", "tcp-timeout", "dedupe;tcp-timeout 5", "; "})
  void anythingElseIsNoText(String text) {
    assertThrows(IllegalArgumentException.class, () -> FactOptions.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, tcp, 0", "86401, 1, tcp, 86401", "1, 0, udp, 0", "1, -5, udp, -5"})
  void timeoutsAreFromASecondToADay(int tcp, int other, String option, int wrong) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new IdleTimeouts(tcp, other));
    assertEquals(
        "--" + option + "-timeout " + wrong + ": give a number of seconds from 1 to 86400 (a day)",
        e.getMessage());
  }
}
