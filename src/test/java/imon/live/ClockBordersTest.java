package imon.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockBordersTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "PT1H,   2026-11-22T13:15:00Z, 2026-11-22T14:00:00Z",
    "PT1H,   2026-11-22T14:00:00Z, 2026-11-22T15:00:00Z",
    "PT15M,  2026-11-22T13:59:59.999999999Z, 2026-11-22T14:00:00Z",
    "PT24H,  2026-11-22T22:59:59Z, 2026-11-22T23:00:00Z",
    "PT24H,  2026-11-22T23:00:00Z, 2026-11-23T23:00:00Z",
    "PT7H,   2026-11-22T20:30:00Z, 2026-11-22T23:00:00Z",
    "PT168H, 2026-11-20T12:00:00Z, 2026-11-25T23:00:00Z",
  })
  void aPeriodEndsByTheClockOfItsZone(Duration period, Instant moment, Instant border) {
    assertEquals(border, new ClockBorders(period, BERLIN).after(moment));
  }

  @Test
  void aDayOf23HoursHas23FilesOfAnHour() {
    assertEquals(23, bordersOf(LocalDate.of(2026, 3, 29), Duration.ofHours(1), BERLIN).size());
  }

  @Test
  void aDayOf25HoursHas25FilesOfAnHour() {
    assertEquals(25, bordersOf(LocalDate.of(2026, 10, 25), Duration.ofHours(1), BERLIN).size());
  }

  @Test
  void aSkippedBorderIsAtTheChangeOfTheClock() {
    assertEquals(
        List.of(
            "2026-03-29T00:00+01:00[Europe/Berlin]",
            "2026-03-29T03:00+02:00[Europe/Berlin]",
            "2026-03-29T04:00+02:00[Europe/Berlin]"),
        bordersOf(LocalDate.of(2026, 3, 29), Duration.ofHours(2), BERLIN).subList(0, 3));
  }

  @Test
  void anHourThatHappensTwiceHasItsBordersTwice() {
    assertEquals(
        List.of(
            "2026-10-25T02:00+02:00[Europe/Berlin]",
            "2026-10-25T02:30+02:00[Europe/Berlin]",
            "2026-10-25T02:00+01:00[Europe/Berlin]",
            "2026-10-25T02:30+01:00[Europe/Berlin]",
            "2026-10-25T03:00+01:00[Europe/Berlin]"),
        bordersOf(LocalDate.of(2026, 10, 25), Duration.ofMinutes(30), BERLIN).subList(4, 9));
  }

  @Test
  void sixHoursOfADayOf25AreThoseThatTheClockShows() {
    assertEquals(
        List.of(
            "2026-10-25T00:00+02:00[Europe/Berlin]",
            "2026-10-25T06:00+01:00[Europe/Berlin]",
            "2026-10-25T12:00+01:00[Europe/Berlin]",
            "2026-10-25T18:00+01:00[Europe/Berlin]"),
        bordersOf(LocalDate.of(2026, 10, 25), Duration.ofHours(6), BERLIN));
  }

  @Test
  void aMidnightThatIsSkippedIsStillABorder() {
    ZoneId cairo = ZoneId.of("Africa/Cairo");
    Instant evening = ZonedDateTime.of(2024, 4, 25, 20, 0, 0, 0, cairo).toInstant();
    assertEquals(
        "2024-04-26T01:00+03:00[Africa/Cairo]",
        new ClockBorders(Duration.ofDays(1), cairo).after(evening).atZone(cairo).toString());
  }

  @Test
  void anHourBackAtMidnightMakesTheDayLonger() {
    ZoneId havana = ZoneId.of("America/Havana");
    Instant evening = ZonedDateTime.of(2025, 11, 1, 20, 0, 0, 0, havana).toInstant();
    ClockBorders days = new ClockBorders(Duration.ofDays(1), havana);
    Instant sunday = days.after(evening);
    assertEquals("2025-11-02T00:00-04:00[America/Havana]", sunday.atZone(havana).toString());
    assertEquals(Duration.ofHours(25), Duration.between(sunday, days.after(sunday)));
  }

  @ParameterizedTest
  @CsvSource({"PT0S", "PT0.5S", "PT25H"})
  void whatDoesNotFitTheClockIsRefused(Duration period) {
    assertThrows(IllegalArgumentException.class, () -> new ClockBorders(period, BERLIN));
  }

  /** The starts of the files of a day, as a capture would begin them. */
  private static List<String> bordersOf(LocalDate day, Duration period, ZoneId zone) {
    ClockBorders borders = new ClockBorders(period, zone);
    Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
    List<String> starts = new ArrayList<>();
    Instant start = day.atStartOfDay(zone).toInstant();
    while (start.isBefore(end)) {
      starts.add(start.atZone(zone).toString());
      start = borders.after(start);
    }
    assertEquals(end, start);
    return starts;
  }
}
