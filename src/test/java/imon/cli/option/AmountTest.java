package imon.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1000000",
    "1B, 1",
    "2.5 kB, 2500",
    "2.5KiB, 2560",
    "3gib, 3221225472",
    "1.9B, 1",
    "999999999999999TB, 9223372036854775807",
  })
  void readsSizesInBothSystems(String text, long bytes) {
    assertEquals(bytes, Amount.bytes("--bytes", text, 1_000_000));
  }

  @Test
  void aNumberWithoutUnitIsNoneUnlessItHasAMeaning() {
    assertEquals(Duration.ofSeconds(90), Amount.duration("--rotate-every", "90", 1));
    IllegalArgumentException time =
        assertThrows(IllegalArgumentException.class, () -> Amount.duration("--keep-age", "7"));
    assertEquals("--keep-age 7: give a time like 90s, 15m or 1h", time.getMessage());
    IllegalArgumentException size =
        assertThrows(IllegalArgumentException.class, () -> Amount.bytes("--keep-bytes", "100"));
    assertEquals("--keep-bytes 100: give a size like 500MB or 2GiB", size.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.4B", "-1", "MB", "1 XB", "1e3", "1,5MB", "1s"})
  void aSizeThatIsNoneIsNamedWithItsOption(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Amount.bytes("--bytes", text, 1));
    assertEquals("--bytes " + text + ": give a size like 500MB or 2GiB", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "1.5m, 90", "2min, 120", "1H, 3600", "1d, 86400", "1w, 604800"})
  void readsTimes(String text, long seconds) {
    assertEquals(Duration.ofSeconds(seconds), Amount.duration("--duration", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.5s", "-1h", "h", "1MB", "99999w"})
  void aTimeThatIsNoneIsNamedWithItsOption(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Amount.duration("--duration", text));
    assertEquals("--duration " + text + ": give a time like 90s, 15m or 1h", e.getMessage());
  }
}
