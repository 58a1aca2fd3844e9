package imon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.name.Evidence;
import imon.report.Report.Filter;
import imon.report.ReportMaker;
import imon.report.usage.SiteUsage;
import imon.report.usage.SiteUsage.Per;
import imon.report.usage.SiteUsage.UsageRow;
import imon.report.usage.SiteUsageMaker;
import imon.store.ask.By;
import imon.store.ask.Period;
import imon.store.ask.Selection;
import imon.store.ask.SiteQuestions;
import imon.testing.LongTest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sites day by day, in zones that set their clocks forward and back. */
class DaysOfSitesTest {
  private static final String PARIS = "Europe/Paris";
  private static final String SITE = "example.com";

  @TempDir private static Path folder;
  private static StoreFile store;

  @BeforeAll
  static void keep() throws StoreException {
    store = Facts.store(folder.resolve("imon.db"), DaysOfSitesTest::fill);
  }

  private static void fill(Facts facts) throws StoreException {
    flow(facts, 1, "2026-03-28T22:59:00Z", "www.example.com");
    flow(facts, 2, "2026-03-28T23:00:00Z", "www.example.com");
    flow(facts, 3, "2026-03-29T21:59:59Z", "img.example.com");
    flow(facts, 4, "2026-03-29T22:00:00Z", "www.example.com");
    flow(facts, 5, "2026-10-24T22:00:00Z", "www.example.com");
    flow(facts, 6, "2026-10-25T00:30:00Z", "www.example.com");
    flow(facts, 7, "2026-10-25T01:30:00Z", "www.example.com");
    flow(facts, 8, "2026-10-25T22:59:00Z", "www.example.com");
    flow(facts, 9, "2026-10-25T23:00:00Z", "www.example.com");
    flow(facts, 10, "2026-10-25T23:30:00Z", "other.example.org");
  }

  private static void flow(Facts facts, long packet, String time, String host) {
    long nanos = Instant.parse(time).getEpochSecond() * Facts.SECOND;
    facts.flow(packet, nanos, "10.0.0.1", "203.0.113.1", 300);
    facts.evidence(packet, Evidence.TLS, host, packet);
  }

  private static SiteUsage usage(Per per, String zone, Period period, String... names)
      throws StoreException {
    return usage(store, per, zone, period, names);
  }

  private static SiteUsage usage(
      StoreFile store, Per per, String zone, Period period, String... names) throws StoreException {
    Selection selection = Selection.all(true).in(period);
    ReportMaker.Options options =
        new ReportMaker.Options(ZoneId.of(zone), 30, By.SITE, Filter.NONE, null);
    return store.read(
        db ->
            SiteUsageMaker.make(
                new SiteQuestions(
                    db, selection, List.of(names), per == Per.MINUTE, ZoneId.of(zone)),
                options,
                per));
  }

  private static Period period(String from, String to) {
    return Period.between(Instant.parse(from), Instant.parse(to));
  }

  /** Begin, hours and bytes of each span. */
  private static List<String> spans(SiteUsage usage) {
    return usage.sites().get(0).spans().stream()
        .map(
            s ->
                "%s %d min %d"
                    .formatted(
                        s.begin(),
                        (s.end().getEpochSecond() - s.begin().getEpochSecond()) / 60,
                        s.traffic().bytes()))
        .toList();
  }

  @Test
  void aDayHas23Or25HoursWhereClocksChange() throws StoreException {
    assertEquals(
        List.of(
            "2026-03-27T23:00:00Z 1440 min 300",
            "2026-03-28T23:00:00Z 1380 min 600",
            "2026-03-29T22:00:00Z 1440 min 300",
            "2026-10-24T22:00:00Z 1500 min 1200",
            "2026-10-25T23:00:00Z 1440 min 300"),
        spans(usage(Per.DAY, PARIS, Period.ALL, SITE)));
  }

  @Test
  void anHourThatComesTwiceIsTwoHours() throws StoreException {
    assertEquals(
        List.of("2026-10-25T00:00:00Z 60 min 300", "2026-10-25T01:00:00Z 60 min 300"),
        spans(
            usage(Per.HOUR, PARIS, period("2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z"), SITE)));
  }

  @Test
  void aZoneApartByHalfAnHourHasItsOwnDays() throws StoreException {
    assertEquals(
        List.of("2026-10-24T18:30:00Z 1440 min 900", "2026-10-25T18:30:00Z 1440 min 600"),
        spans(
            usage(
                Per.DAY,
                "Asia/Kolkata",
                period("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"),
                SITE)));
  }

  @Test
  void soHasTrafficOfOneSecond() throws StoreException {
    StoreFile second =
        Facts.store(
            folder.resolve("second.db"),
            facts -> flow(facts, 1, "2026-10-24T18:40:00Z", "www.example.com"));
    assertEquals(
        List.of("2026-10-24T18:30:00Z 1440 min 300"),
        spans(usage(second, Per.DAY, "Asia/Kolkata", Period.ALL, SITE)));
  }

  @LongTest
  @Test
  void minutesAndHoursAndDaysSumUpToTheSame() throws StoreException {
    for (Per per : Per.values()) {
      for (String zone : List.of("UTC", PARIS, "Australia/Lord_Howe")) {
        UsageRow row =
            usage(per, zone, period("2026-03-28T23:00:00Z", "2026-10-25T23:01:00Z"), SITE)
                .sites()
                .get(0);
        assertEquals(2400, row.site().traffic().bytes(), per + " " + zone);
        assertEquals(
            row.site().traffic(),
            row.spans().stream()
                .map(SiteUsage.SpanRow::traffic)
                .reduce(Traffic.NONE, Traffic::plus),
            per + " " + zone);
      }
    }
  }

  @Test
  void aHostIsAskedAboutByItsNameAndASiteHasItsHosts() throws StoreException {
    SiteUsage usage =
        usage(Per.DAY, "UTC", Period.ALL, "IMG.example.com", SITE, "img.example.com.");
    assertEquals(
        List.of("example.com 2700 2", "img.example.com 300 1"),
        usage.sites().stream()
            .map(
                row ->
                    "%s %d %d"
                        .formatted(
                            row.site().site(),
                            row.site().traffic().bytes(),
                            row.site().hosts().size()))
            .toList());
  }

  @Test
  void aNameWithoutTrafficInThePeriodIsShownWithNone() throws StoreException {
    SiteUsage usage =
        usage(
            Per.DAY,
            "UTC",
            period("2026-03-28T00:00:00Z", "2026-03-29T00:00:00Z"),
            "example.org",
            SITE);
    assertEquals(
        List.of(SITE, "example.org"), usage.sites().stream().map(r -> r.site().site()).toList());
    assertEquals(Traffic.NONE, usage.sites().get(1).site().traffic());
    assertEquals(List.of(), usage.sites().get(1).spans());
  }

  @Test
  void aNameThatNoFlowHasIsSaidWithNearOnes() throws StoreException {
    SiteUsage usage = usage(Per.DAY, "UTC", Period.ALL, "exmaple.com", "zzz");
    assertEquals(List.of(), usage.sites());
    assertEquals(
        List.of("exmaple.com", "zzz"), usage.unknown().stream().map(u -> u.name()).toList());
    assertEquals("example.com", usage.unknown().get(0).near().get(0));
    assertEquals(List.of(), usage.unknown().get(1).near());
  }
}
