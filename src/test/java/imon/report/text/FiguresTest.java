package imon.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1000, 0.0 %",
    "1, 100000, < 0.1 %",
    "5, 10000, 0.1 %",
    "931, 1000, 93.1 %",
    "99999, 100000, > 99.9 %",
    "7, 7, 100.0 %",
    "0, 0, 0.0 %",
    "4611686018427387904, 9223372036854775807, 50.0 %"
  })
  void aShareIsNeverRoundedToNothingOrToAll(long part, long whole, String text) {
    assertEquals(text, Figures.percent(part, whole));
  }

  @Test
  void fractionsHaveSixDecimals() {
    assertEquals("0.333333", Figures.fraction(1, 3));
    assertEquals("1.000000", Figures.fraction(3, 3));
    assertEquals("0.000000", Figures.fraction(0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0; 0",
        "999; 999",
        "1000; 1,000",
        "-999; -999",
        "-1000; -1,000",
        "123456; 123,456",
        "9223372036854775807; 9,223,372,036,854,775,807"
      })
  void countsAreGroupedByThree(long number, String text) {
    assertEquals(text, Figures.count(number));
  }

  @Test
  void nounsAgreeWithTheirCount() {
    assertEquals("0 packets", Figures.count(0, "packet"));
    assertEquals("1 packet", Figures.count(1, "packet"));
    assertEquals("1,234 packets", Figures.count(1_234, "packet"));
  }
}
