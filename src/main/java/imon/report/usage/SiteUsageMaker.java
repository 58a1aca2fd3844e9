package imon.report.usage;

import imon.report.Report.CaptureRow;
import imon.report.Report.SiteRow;
import imon.report.ReportMaker;
import imon.report.usage.SiteUsage.Per;
import imon.report.usage.SiteUsage.SpanRow;
import imon.report.usage.SiteUsage.UnknownName;
import imon.report.usage.SiteUsage.UsageRow;
import imon.store.StoreException;
import imon.store.Traffic;
import imon.store.ask.SiteQuestions;
import imon.store.ask.SiteQuestions.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the report on some sites of the answers a store gives. */
public final class SiteUsageMaker {
  private static final int SECONDS = 60;

  private SiteUsageMaker() {}

  /** Makes it; spans are days, hours or minutes of the zone in {@code options}. */
  public static SiteUsage make(SiteQuestions questions, ReportMaker.Options options, Per per)
      throws StoreException {
    List<CaptureRow> captures = questions.captures().stream().map(ReportMaker::capture).toList();
    Map<String, List<Span>> spans = questions.spans();
    List<SiteRow> sites = new ArrayList<>();
    questions.sites(options.top()).forEach(site -> sites.add(ReportMaker.site(site)));
    List<String> silent = new ArrayList<>(questions.known());
    sites.forEach(site -> silent.remove(site.site()));
    silent.sort(null);
    silent.forEach(name -> sites.add(without(name)));
    return new SiteUsage(
        ReportMaker.scope(captures, options, true),
        per,
        captures.size(),
        sites.stream()
            .map(
                site ->
                    new UsageRow(
                        site,
                        folded(spans.getOrDefault(site.site(), List.of()), per, options.zone())))
            .toList(),
        questions.unknown().stream()
            .map(name -> new UnknownName(name.name(), name.near()))
            .toList());
  }

  /** A name that has no traffic in the period. */
  private static SiteRow without(String name) {
    return new SiteRow(name, Traffic.NONE, 0, 0, List.of(), List.of(), List.of());
  }

  private static List<SpanRow> folded(List<Span> spans, Per per, ZoneId zone) {
    TreeMap<Instant, Traffic> sums = new TreeMap<>();
    for (Span span : spans) {
      Instant moment = Instant.ofEpochSecond(span.minute() * SECONDS);
      sums.merge(per.begin(moment, zone), span.traffic(), Traffic::plus);
    }
    return sums.entrySet().stream()
        .map(sum -> new SpanRow(sum.getKey(), per.end(sum.getKey(), zone), sum.getValue()))
        .toList();
  }
}
