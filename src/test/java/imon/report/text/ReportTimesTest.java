package imon.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTimesTest {
  /** Clocks in Paris go from 03:00 back to 02:00 on that night. */
  @ParameterizedTest
  @CsvSource({
    "00:55, 01:04, 2026-10-25 02:55:00 +02:00 to 02:04:00 +01:00 Europe/Paris",
    "00:00, 02:00, 2026-10-25 02:00:00 +02:00 to 03:00:00 Europe/Paris",
    "02:00, 03:00, 2026-10-25 03:00:00 to 04:00:00 Europe/Paris",
  })
  void aTimeThatAClockShowsTwiceHasItsOffset(String from, String to, String period) {
    String day = "2026-10-25T";
    assertEquals(
        period,
        new ReportTimes("Europe/Paris")
            .zonedPeriod(Instant.parse(day + from + ":00Z"), Instant.parse(day + to + ":00Z")));
  }
}
