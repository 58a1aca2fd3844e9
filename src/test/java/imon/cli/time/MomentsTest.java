package imon.cli.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
  private static final Moments PARIS =
      new Moments(ZoneId.of("Europe/Paris"), Instant.parse("2026-03-30T22:30:00Z"));

  /** The clock says half past midnight in Paris, on the 31st; on the 29th it was set forward. */
  @ParameterizedTest
  @CsvSource({
    "today, 2026-03-30T22:00:00Z, 2026-03-31T22:00:00Z",
    "yesterday, 2026-03-29T22:00:00Z, 2026-03-30T22:00:00Z",
    "2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
    "2026-03-02T08:15, 2026-03-02T07:15:00Z, 2026-03-02T07:15:00Z",
    "2026-03-02 08:15:30, 2026-03-02T07:15:30Z, 2026-03-02T07:15:30Z",
    "2026-03-02T08:15Z, 2026-03-02T08:15:00Z, 2026-03-02T08:15:00Z",
    "2026-03-02T08:15:00-05:00, 2026-03-02T13:15:00Z, 2026-03-02T13:15:00Z",
    "-24h, 2026-03-29T22:30:00Z, 2026-03-29T22:30:00Z",
    "-90m, 2026-03-30T21:00:00Z, 2026-03-30T21:00:00Z",
    "-1w, 2026-03-23T22:30:00Z, 2026-03-23T22:30:00Z"
  })
  void aMomentIsBeginOrEndOfAPeriod(String text, Instant begin, Instant end) {
    assertEquals(begin, PARIS.begin("--from", text));
    assertEquals(end, PARIS.end("--to", text));
  }

  @Test
  void aDayHasTheHoursItsClockHas() {
    assertEquals(Duration.ofHours(23), length("2026-03-29"));
    assertEquals(Duration.ofHours(24), length("2026-03-30"));
    assertEquals(Duration.ofHours(25), length("2026-10-25"));
  }

  private static Duration length(String day) {
    return Duration.between(
        Objects.requireNonNull(PARIS.begin("--from", day)),
        Objects.requireNonNull(PARIS.end("--to", day)));
  }

  @Test
  void whatIsNotGivenIsOpen() {
    assertNull(PARIS.begin("--from", null));
    assertNull(PARIS.end("--to", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "tomorrow", "2026-02-30", "2026-3-2", "08:00", "24h", "-24", "-h", "-1y", "T"})
  void whatIsNoMomentIsNamedWithItsOption(String text) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> PARIS.begin("--from", text))
                .getMessage());
    assertTrue(message.startsWith("--from " + text + ": give a date"), message);
  }
}
