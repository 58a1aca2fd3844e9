package imon.report.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.report.usage.SiteUsage.Per;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spans follow each other without gap or overlap, also where clocks are changed. */
class SpansTest {
  @ParameterizedTest
  @CsvSource({
    "Australia/Lord_Howe, 2026-10-03T12:00:00Z",
    "Australia/Lord_Howe, 2026-04-04T10:00:00Z",
    "Pacific/Chatham, 2026-04-04T10:00:00Z",
    "Pacific/Chatham, 2026-09-26T10:00:00Z",
    "Europe/Berlin, 2026-03-28T20:00:00Z",
    "Europe/Berlin, 2026-10-24T20:00:00Z"
  })
  void oneBeginsWhereAnotherEnds(String zoneName, Instant since) {
    ZoneId zone = ZoneId.of(zoneName);
    for (Per per : Per.values()) {
      for (int minute = 0; minute < 12 * 60; minute++) {
        Instant moment = since.plus(Duration.ofMinutes(minute));
        Instant begin = per.begin(moment, zone);
        Instant end = per.end(begin, zone);
        assertTrue(!begin.isAfter(moment) && end.isAfter(moment), per + " of " + moment);
        assertEquals(end, per.begin(end, zone), per + " of " + moment);
      }
    }
  }
}
