package imon.report;

import imon.report.Report.Filter;
import imon.report.Report.Group;
import imon.report.Report.Scope;
import imon.report.diff.Diff;
import imon.report.diff.Diff.DiffRow;
import imon.report.diff.Diff.Pair;
import imon.report.diff.Diff.RestRow;
import imon.report.diff.Diff.Side;
import imon.report.diff.Diff.Status;
import imon.report.usage.SiteUsage;
import imon.report.usage.SiteUsage.Per;
import imon.report.usage.SiteUsage.SpanRow;
import imon.report.usage.SiteUsage.UnknownName;
import imon.report.usage.SiteUsage.UsageRow;
import imon.store.Traffic;
import imon.store.ask.By;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reports on some sites and comparisons to render. */
final class ExampleSheets {
  private static final Instant MADE = Instant.parse("2026-11-02T05:30:00Z");

  private ExampleSheets() {}

  private static Scope scope(String from, String to) {
    Instant begin = Instant.parse(from);
    Instant end = Instant.parse(to);
    return new Scope(
        begin, end, "Europe/Paris", 3, true, new Filter(begin, end, "192.0.2.0/24"), MADE);
  }

  /** Two sites over the days in which clocks are set back, and a name nobody has. */
  static SiteUsage usage() {
    List<SpanRow> spans =
        List.of(
            span("2026-10-23T22:00:00Z", "2026-10-24T22:00:00Z", 1),
            span("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 2),
            span("2026-10-25T23:00:00Z", "2026-10-26T23:00:00Z", 3));
    return new SiteUsage(
        scope("2026-10-23T22:00:00Z", "2026-10-26T23:00:00Z"),
        Per.DAY,
        4,
        List.of(
            new UsageRow(ExampleReport.full().sites().get(0), spans),
            new UsageRow(ExampleReport.full().sites().get(1), List.of(spans.get(1)))),
        List.of(
            new UnknownName("vidoe-stream.example", List.of("video-stream.example")),
            new UnknownName("x", List.of())));
  }

  private static SpanRow span(String begin, String end, long factor) {
    return new SpanRow(
        Instant.parse(begin),
        Instant.parse(end),
        new Traffic(
            7 * factor, 1_834 * factor, 170_019 * factor, 5_120 * factor, 6_685_334 * factor));
  }

  /** Something of every status, and what is in no row. */
  static Diff diff() {
    Traffic much = new Traffic(42, 11_004, 1_020_114, 30_720, 40_112_007);
    Traffic some = new Traffic(9, 1_450, 110_411, 4_880, 1_205_304);
    return new Diff(
        By.SITE,
        side("nights.db", "2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z", 49_000_000),
        side("nights.db", "2026-10-02T00:00:00Z", "2026-10-03T00:00:00Z", 44_000_000),
        new TreeMap<>(
            Map.of(
                Status.NEW, 1, Status.GONE, 1, Status.GROWN, 2, Status.SHRUNK, 1, Status.SAME, 1)),
        List.of(
            row("video-stream.example", Status.GONE, much, Traffic.NONE),
            row("morning-news.example", Status.NEW, Traffic.NONE, much),
            row(
                "a-very-long-registrable-domain-name-that-does-not-fit.example",
                Status.GROWN,
                some,
                some.plus(some))),
        new Pair(some.plus(some), some),
        List.of(
            new RestRow(Group.UNRESOLVED, 800, 700_000, 900, 650_001),
            new RestRow(Group.NON_IP, 0, 0, 3, 180)));
  }

  private static Side side(String store, String from, String to, long bytes) {
    return new Side(store, scope(from, to), 24, bytes / 700, bytes, 412);
  }

  private static DiffRow row(String name, Status status, Traffic before, Traffic now) {
    return new DiffRow(name, status, new Pair(before, now));
  }

  /** This text in every name. */
  static SiteUsage hostileUsage(String text) {
    Report hostile = ExampleReport.hostile(text);
    return new SiteUsage(
        hostile.scope(),
        Per.MINUTE,
        1,
        List.of(new UsageRow(hostile.sites().get(0), usage().sites().get(0).spans())),
        List.of(new UnknownName(text, List.of(text))));
  }

  /** This text in every name. */
  static Diff hostileDiff(String text) {
    Diff diff = diff();
    Side side = new Side(text, ExampleReport.hostile(text).scope(), 1, 1, 1, 1);
    return new Diff(
        By.HOST,
        side,
        side,
        diff.counts(),
        List.of(row(text, Status.NEW, Traffic.NONE, new Traffic(1, 1, 1, 1, 1))),
        null,
        List.of());
  }
}
