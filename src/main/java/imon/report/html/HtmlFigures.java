package imon.report.html;

import static java.util.stream.Collectors.toMap;

import freemarker.template.AdapterTemplateModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import imon.report.Ledger;
import imon.report.Ledger.Remainder;
import imon.report.Ledger.Slice;
import imon.report.MainTable;
import imon.report.Report;
import imon.report.Report.CaptureGuesses;
import imon.report.Report.CaptureRow;
import imon.report.Report.Group;
import imon.report.Report.GroupRow;
import imon.report.Report.GuessRow;
import imon.report.Report.ServerRow;
import imon.report.Report.SiteRow;
import imon.report.SiteEvidence;
import imon.report.text.Figures;
import imon.report.text.ReportTimes;
import imon.report.text.Sizes;
import imon.store.ask.Agreement.Tally;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The words and lengths a page template needs beside the report itself, so that it formats nothing
 * on its own.
 */
final class HtmlFigures {
  private static final BigDecimal FULL = BigDecimal.valueOf(100);
  private static final int DECIMALS = 2;
  private static final int MOST_SUMS = 8;

  private final Report report;
  private final Sizes sizes;
  private final Ledger ledger;
  private final ReportTimes times;
  private final long whole;

  HtmlFigures(Report report, Sizes sizes) {
    this.report = report;
    this.sizes = sizes;
    this.ledger = new Ledger(report);
    this.times = new ReportTimes(report.scope().zone());
    this.whole = report.totals().bytes();
  }

  /**
   * Values and functions by the names a template knows them by. Functions: {@code size(bytes)},
   * {@code count(n)}, {@code counted(n, noun)}, {@code percent(bytes)} of the report, {@code
   * bar(bytes)} from 0 to 100 against the largest row, {@code ratio(part, whole)}, empty when there
   * is no whole, {@code proof(kind)}, {@code proof_bytes(site)}, {@code time(instant)}, {@code
   * capture_period(capture)}.
   */
  Map<String, Object> model() {
    long largest = largest();
    Map<String, Object> model = new HashMap<>();
    model.put("period", times.zonedPeriod(report.scope().from(), report.scope().to()));
    model.put("slices", slices());
    model.put("unresolved_sums", unresolvedSums());
    model.put("filters", filters());
    model.put("servers_of", function(args -> servers(object(args, SiteRow.class))));
    model.put("sha256_of", function(args -> sha256(object(args, CaptureRow.class))));
    model.put("by", new MainTable(report).noun());
    model.put("remainders", ledger.remainders().stream().map(this::remainder).toList());
    model.put("site_remainders", siteRemainders());
    model.put("group_name", function(args -> MainTable.name(object(args, GroupRow.class))));
    model.put("size", function(args -> sizes.text(number(args, 0))));
    model.put("count", function(args -> Figures.count(number(args, 0))));
    model.put("counted", function(args -> Figures.count(number(args, 0), word(args, 1))));
    model.put("percent", function(args -> Figures.percent(number(args, 0), whole)));
    model.put("ratio", function(args -> ratio(number(args, 0), number(args, 1))));
    model.put("capture_guesses", captureGuesses());
    model.put("bar", function(args -> length(number(args, 0), largest)));
    model.put(
        "proof_bytes", function(args -> SiteEvidence.proofBytes(object(args, SiteRow.class))));
    model.put("proof", function(args -> SiteEvidence.isProof(word(args, 0))));
    model.put("time", function(args -> times.text(object(args, Instant.class))));
    model.put("capture_period", function(args -> period(object(args, CaptureRow.class))));
    return model;
  }

  /** What leads from the sites to the captures, whatever the main table is. */
  private List<Map<String, Object>> siteRemainders() {
    return new Ledger(report.bySite()).remainders().stream().map(this::remainder).toList();
  }

  private long largest() {
    LongStream sites = report.sites().stream().mapToLong(site -> site.traffic().bytes());
    LongStream rest = ledger.remainders().stream().mapToLong(Remainder::bytes);
    return LongStream.concat(sites, rest).max().orElse(0);
  }

  /** The groups from left to right in one bar of length 100. */
  private List<Map<String, Object>> slices() {
    return ledger.slices().stream()
        .map(
            slice ->
                Map.<String, Object>of(
                    "label", slice.group().label(),
                    "class", slice.group().label().toLowerCase(Locale.ROOT),
                    "packets", slice.packets(),
                    "bytes", slice.bytes(),
                    "start", length(bytesBefore(slice.group()), whole),
                    "length", length(slice.bytes(), whole)))
        .toList();
  }

  private long bytesBefore(Group group) {
    return ledger.slices().stream()
        .filter(slice -> slice.group().compareTo(group) < 0)
        .mapToLong(Slice::bytes)
        .sum();
  }

  private Map<String, Object> remainder(Remainder remainder) {
    Map<String, Object> row = new HashMap<>();
    row.put("label", remainder.label());
    row.put("key", key(remainder.group()));
    row.put("bytes", remainder.bytes());
    row.put("traffic", remainder.traffic());
    return row;
  }

  private static String key(@Nullable Group group) {
    return group == null ? "others" : group.label().toLowerCase(Locale.ROOT);
  }

  private List<ServerRow> servers(SiteRow site) {
    return report.details().servers().getOrDefault(site.site(), List.of());
  }

  private String sha256(CaptureRow capture) {
    return report.details().origin().sha256().getOrDefault(capture.id(), "");
  }

  /** The part of all traffic that the report is about. */
  private String filters() {
    Report.Filter filter = report.scope().filter();
    List<String> parts = new ArrayList<>();
    if (filter.from() != null) {
      parts.add("from " + times.text(filter.from()));
    }
    if (filter.to() != null) {
      parts.add("before " + times.text(filter.to()));
    }
    if (filter.client() != null) {
      parts.add("clients " + filter.client());
    }
    return parts.isEmpty() ? "all traffic of the captures" : String.join(", ", parts);
  }

  /** The unresolved servers by what they serve, by port and by owner, the largest first. */
  private Map<String, Object> unresolvedSums() {
    return Map.of(
        "service", sums(server -> server.service() == null ? "unknown" : server.service()),
        "port", sums(HtmlFigures::port),
        "owner", sums(server -> server.owner() == null ? "" : server.owner().text()));
  }

  private static String port(ServerRow server) {
    return server.port() == null ? server.protocol() : server.protocol() + " " + server.port();
  }

  private List<Map<String, Object>> sums(Function<ServerRow, String> label) {
    Map<String, Long> sums = new TreeMap<>();
    report
        .unresolved()
        .forEach(server -> sums.merge(label.apply(server), server.traffic().bytes(), Long::sum));
    sums.remove("");
    return sums.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_SUMS)
        .map(sum -> Map.<String, Object>of("label", sum.getKey(), "bytes", sum.getValue()))
        .toList();
  }

  private static String ratio(long part, long whole) {
    return whole == 0 ? "" : Figures.percent(part, whole);
  }

  /** One row a capture; its cells are in the order of the report's kinds. */
  private List<Map<String, Object>> captureGuesses() {
    Map<String, String> paths =
        report.captures().stream().collect(toMap(CaptureRow::id, CaptureRow::path, (a, b) -> a));
    return report.guesses().captures().stream()
        .map(
            capture ->
                Map.<String, Object>of(
                    "path",
                    paths.getOrDefault(capture.captureId(), capture.captureId()),
                    "tallies",
                    report.guesses().kinds().stream()
                        .map(row -> tally(capture, row.kind()))
                        .toList()))
        .toList();
  }

  private static Tally tally(CaptureGuesses capture, String kind) {
    return capture.kinds().stream()
        .filter(row -> row.kind().equals(kind))
        .map(GuessRow::tally)
        .findFirst()
        .orElse(Tally.NONE);
  }

  private String period(CaptureRow capture) {
    return times.period(capture.firstPacket(), capture.lastPacket());
  }

  private static String length(long part, long of) {
    return Figures.scaled(part, of, FULL, DECIMALS).toPlainString();
  }

  /** A function of a template over its arguments. */
  private interface TemplateFunction {
    Object of(List<?> arguments) throws TemplateModelException;
  }

  private static TemplateMethodModelEx function(TemplateFunction function) {
    return function::of;
  }

  private static long number(List<?> arguments, int index) throws TemplateModelException {
    if (arguments.get(index) instanceof TemplateNumberModel number) {
      return number.getAsNumber().longValue();
    }
    throw new TemplateModelException("argument " + (index + 1) + " must be a number");
  }

  private static String word(List<?> arguments, int index) throws TemplateModelException {
    if (arguments.get(index) instanceof TemplateScalarModel word) {
      return word.getAsString();
    }
    throw new TemplateModelException("argument " + (index + 1) + " must be text");
  }

  private static <T> T object(List<?> arguments, Class<T> type) throws TemplateModelException {
    if (arguments.get(0) instanceof AdapterTemplateModel adapter) {
      return type.cast(adapter.getAdaptedObject(type));
    }
    throw new TemplateModelException("the argument must be a " + type.getSimpleName());
  }
}
