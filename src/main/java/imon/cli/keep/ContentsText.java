package imon.cli.keep;

import com.fasterxml.jackson.core.JsonGenerator;
import imon.name.SiteNaming;
import imon.report.sheet.Cell;
import imon.report.sheet.Sheet;
import imon.report.sheet.Sheet.Column;
import imon.report.sheet.Sheet.Row;
import imon.report.sheet.Sheet.Table;
import imon.report.text.Figures;
import imon.report.text.JsonText;
import imon.report.text.ReportTimes;
import imon.report.text.Sizes;
import imon.store.keep.StoreContents;
import imon.store.keep.StoreContents.Amounts;
import imon.store.keep.StoreContents.Source;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a store holds, for people and for machines. Times are UTC. */
final class ContentsText {
  private static final long SECOND = 1_000_000_000L;

  private ContentsText() {}

  /** Sums, then a table of sources. */
  static Sheet sheet(String store, StoreContents contents) {
    Amounts whole = contents.whole();
    String size = Sizes.SI.exact(contents.fileBytes());
    String statuses =
        contents.statuses().entrySet().stream()
            .map(status -> Figures.count(status.getValue()) + " " + status.getKey())
            .collect(Collectors.joining(", ", ": ", ""));
    List<String> head = new ArrayList<>();
    Collections.addAll(
        head,
        store + ": " + size + ", schema " + contents.schema(),
        Figures.count(whole.captures(), "capture") + (whole.captures() == 0 ? "" : statuses),
        new ReportTimes("UTC").zonedPeriod(time(whole.firstTime()), time(whole.lastTime())),
        "%s, %s on the wire; %s"
            .formatted(
                Figures.count(whole.packets(), "packet"),
                Sizes.SI.text(whole.wireBytes()),
                Figures.count(whole.flows(), "flow")));
    if (!contents.names().isPlain()) {
      head.add("names kept: " + names(contents.names()));
    }
    List<Row> rows = contents.sources().stream().map(ContentsText::row).toList();
    List<Table> tables = rows.isEmpty() ? List.of() : List.of(table(rows));
    return new Sheet("Contents of a store", head, tables, List.of(), null);
  }

  private static String names(SiteNaming names) {
    Map<String, String> groups = names.groups().groups();
    List<String> kept = new ArrayList<>();
    if (names.byHost()) {
      kept.add("hosts apart");
    }
    if (!groups.isEmpty()) {
      kept.add(
          Figures.count(new HashSet<>(groups.values()).size(), "group")
              + " of "
              + Figures.count(groups.size(), "name"));
    }
    return String.join(", ", kept);
  }

  private static Table table(List<Row> rows) {
    return new Table(
        "",
        false,
        List.of(
            Column.text("source", "SOURCE"),
            Column.number("captures", "CAPTURES"),
            Column.number("pruned", "PRUNED").ifRoom(),
            Column.text("from", "FROM"),
            Column.text("to", "TO"),
            Column.number("packets", "PACKETS").ifRoom(),
            Column.number("bytes", "BYTES"),
            Column.number("flows", "FLOWS")),
        rows);
  }

  private static Row row(Source source) {
    Amounts amounts = source.amounts();
    return new Row(
        "source",
        List.of(
            source.name().isEmpty() ? Cell.words("", "(none)") : Cell.name(source.name(), ""),
            Cell.count(amounts.captures()),
            Cell.count(amounts.pruned()),
            day(amounts.firstTime()),
            day(amounts.lastTime()),
            Cell.count(amounts.packets()),
            Cell.bytes(amounts.wireBytes()),
            Cell.count(amounts.flows())),
        false);
  }

  private static Cell day(@Nullable Long nanos) {
    Instant time = time(nanos);
    String day = time == null ? "" : LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    return Cell.words(day, day);
  }

  private static @Nullable Instant time(@Nullable Long nanos) {
    return nanos == null
        ? null
        : Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  /** Writes JSON and a final new line, and flushes; {@code docs/store.md} has the fields. */
  static void writeJson(StoreContents contents, Writer out) throws IOException {
    try (JsonGenerator json = JsonText.generator(out)) {
      json.writeStartObject();
      json.writeNumberField("schema", contents.schema());
      json.writeNumberField("file_bytes", contents.fileBytes());
      json.writeObjectFieldStart("statuses");
      for (Map.Entry<String, Long> status : contents.statuses().entrySet()) {
        json.writeNumberField(status.getKey(), status.getValue());
      }
      json.writeEndObject();
      amounts(json, contents.whole());
      JsonText.list(json, "sources", contents.sources(), ContentsText::source);
      names(json, contents.names());
      json.writeEndObject();
      json.writeRaw('\n');
    }
    out.flush();
  }

  private static void names(JsonGenerator json, SiteNaming names) throws IOException {
    json.writeStringField("site_level", names.byHost() ? "host" : "domain");
    SortedMap<String, List<String>> groups = new TreeMap<>();
    names
        .groups()
        .groups()
        .forEach((name, group) -> groups.computeIfAbsent(group, g -> new ArrayList<>()).add(name));
    json.writeObjectFieldStart("groups");
    for (Map.Entry<String, List<String>> group : groups.entrySet()) {
      json.writeFieldName(group.getKey());
      json.writeArray(group.getValue().toArray(String[]::new), 0, group.getValue().size());
    }
    json.writeEndObject();
  }

  private static void source(JsonGenerator json, Source source) throws IOException {
    json.writeStringField("source", source.name());
    amounts(json, source.amounts());
  }

  private static void amounts(JsonGenerator json, Amounts amounts) throws IOException {
    json.writeNumberField("captures", amounts.captures());
    json.writeNumberField("pruned", amounts.pruned());
    JsonText.time(json, "first_packet", time(amounts.firstTime()));
    JsonText.time(json, "last_packet", time(amounts.lastTime()));
    json.writeNumberField("packets", amounts.packets());
    json.writeNumberField("wire_bytes", amounts.wireBytes());
    json.writeNumberField("flows", amounts.flows());
  }
}
