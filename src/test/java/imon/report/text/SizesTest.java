package imon.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.00 kB",
    "9994, 9.99 kB",
    "9995, 10.0 kB",
    "99949, 99.9 kB",
    "99950, 100 kB",
    "999499, 999 kB",
    "999500, 1.00 MB",
    "61312455, 61.3 MB",
    "999500000000000, 1.00 PB",
    "9223372036854775807, 9.22 EB",
    "-1500, -1.50 kB",
    "-9223372036854775808, -9.22 EB"
  })
  void siUnitsHaveThreeDigits(long bytes, String text) {
    assertEquals(text, Sizes.SI.text(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "1023, 1023 B",
    "1024, 1.00 KiB",
    "102348, 99.9 KiB",
    "102349, 100 KiB",
    "1048063, 1023 KiB",
    "1048064, 1.00 MiB",
    "9223372036854775807, 8.00 EiB"
  })
  void binaryUnitsStepAt1024(long bytes, String text) {
    assertEquals(text, Sizes.BINARY.text(bytes));
  }

  @Test
  void roundingNeverShowsAWholeStep() {
    for (long step = 1_000; step <= 1_000_000_000_000_000L; step *= 10) {
      for (long less = 0; less < 12; less++) {
        String text = Sizes.SI.text(step - less);
        assertFalse(text.startsWith("1000"), text);
      }
    }
  }
}
