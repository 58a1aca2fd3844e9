package imon.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import imon.name.Evidence;
import imon.report.Report;
import imon.report.SiteEvidence;
import imon.report.text.JsonText;
import imon.report.text.Sizes;
import imon.report.text.VisibleText;
import imon.store.ask.page.Timeline;
import imon.store.ask.page.Timeline.Cell;
import imon.store.ask.page.Timeline.Kind;
import imon.store.ask.page.Timeline.Rival;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The traffic over time as JSON that stands in a page: no character in it can end a script element.
 * Cells are written column by column, steps as distances from the one before. {@code
 * templates/report.js} reads it.
 */
final class TimelineJson {
  private static final int SECONDS = 60;

  private final Report report;
  private final Timeline timeline;
  private final Sizes sizes;
  private final List<String> evidence;

  TimelineJson(Report report, Timeline timeline, Sizes sizes) {
    this.report = report;
    this.timeline = timeline;
    this.sizes = sizes;
    this.evidence = evidence(timeline.kinds());
  }

  /** What named something, in whatever scope, the strongest first. */
  private static List<String> evidence(List<Kind> kinds) {
    List<String> order = Arrays.stream(Evidence.values()).map(Evidence::label).toList();
    return kinds.stream()
        .flatMap(kind -> Stream.ofNullable(kind.evidence()))
        .distinct()
        .sorted(Comparator.comparingInt(order::indexOf))
        .toList();
  }

  String text() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonText.inlined(text)) {
      json.writeStartObject();
      json.writeBooleanField("binary", sizes == Sizes.BINARY);
      json.writeNumberField("start", timeline.start());
      json.writeNumberField("width", timeline.width());
      json.writeNumberField("steps", timeline.steps());
      json.writeBooleanField("outside", timeline.outside() != null);
      json.writeNumberField("chartSites", new ChartSeries(timeline).sites());
      json.writeNumberField("allBytes", report.totals().bytes());
      offsets(json);
      names(json, "sites", timeline.sites());
      names(json, "clients", timeline.clients());
      names(json, "series", new ChartSeries(timeline).labels());
      JsonText.list(json, "evidence", evidence, TimelineJson::evidence);
      JsonText.list(json, "kinds", timeline.kinds(), this::kind);
      cells(json);
      rivals(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  /** How far local time is from UTC, in minutes: from which minute on (since 1970), and how far. */
  private void offsets(JsonGenerator json) throws IOException {
    ZoneRules rules = ZoneId.of(report.scope().zone()).getRules();
    Instant at = Instant.ofEpochSecond(timeline.start() * SECONDS);
    Instant end = at.plusSeconds((long) timeline.width() * timeline.steps() * SECONDS);
    json.writeArrayFieldStart("offsets");
    while (at.isBefore(end)) {
      json.writeStartArray();
      json.writeNumber(at.getEpochSecond() / SECONDS);
      json.writeNumber(rules.getOffset(at).getTotalSeconds() / SECONDS);
      json.writeEndArray();
      ZoneOffsetTransition next = rules.nextTransition(at);
      at = next == null ? end : next.getInstant();
    }
    json.writeEndArray();
  }

  private static void names(JsonGenerator json, String field, List<String> names)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String name : names) {
      json.writeString(VisibleText.of(name));
    }
    json.writeEndArray();
  }

  private static void evidence(JsonGenerator json, String label) throws IOException {
    json.writeStringField("name", VisibleText.of(label));
    json.writeBooleanField("proof", SiteEvidence.isProof(label));
  }

  private int place(@Nullable String label) {
    return label == null ? Timeline.NONE : evidence.indexOf(label);
  }

  private void kind(JsonGenerator json, Kind kind) throws IOException {
    json.writeStringField("name", VisibleText.of(kind.name()));
    json.writeStringField("group", ChartSeries.group(kind).label().toLowerCase(Locale.ROOT));
    json.writeNumberField("evidence", place(kind.evidence()));
    json.writeBooleanField("proof", kind.proof());
    json.writeBooleanField("listed", kind.listed());
  }

  private void cells(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("cells");
    List<Cell> cells = timeline.cells();
    steps(json, cells, Cell::step);
    column(json, "client", cells, Cell::client);
    column(json, "site", cells, Cell::site);
    column(json, "kind", cells, Cell::kind);
    column(json, "connections", cells, Cell::connections);
    column(json, "siteConnections", cells, cell -> cell.traffic().connections());
    column(json, "packets", cells, cell -> cell.traffic().packets());
    column(json, "up", cells, cell -> cell.traffic().upBytes());
    column(json, "down", cells, cell -> cell.traffic().downBytes());
    json.writeEndObject();
  }

  private void rivals(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("rivals");
    List<Rival> rivals = timeline.rivals();
    steps(json, rivals, Rival::step);
    column(json, "client", rivals, Rival::client);
    column(json, "site", rivals, Rival::site);
    column(json, "bytes", rivals, Rival::bytes);
    json.writeEndObject();
  }

  private static <T> void steps(JsonGenerator json, List<T> rows, ToLongFunction<T> step)
      throws IOException {
    json.writeArrayFieldStart("step");
    long before = 0;
    for (T row : rows) {
      json.writeNumber(step.applyAsLong(row) - before);
      before = step.applyAsLong(row);
    }
    json.writeEndArray();
  }

  private static <T> void column(
      JsonGenerator json, String name, List<T> rows, ToLongFunction<T> value) throws IOException {
    json.writeArrayFieldStart(name);
    for (T row : rows) {
      json.writeNumber(value.applyAsLong(row));
    }
    json.writeEndArray();
  }
}
