package imon.report.diff;

import com.fasterxml.jackson.core.JsonGenerator;
import imon.report.JsonReport;
import imon.report.diff.Diff.DiffRow;
import imon.report.diff.Diff.Pair;
import imon.report.diff.Diff.RestRow;
import imon.report.diff.Diff.Side;
import imon.report.diff.Diff.Status;
import imon.report.text.JsonText;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * The comparison as JSON, in the manner of {@link JsonReport}; {@code docs/diff-json.md} says what
 * each field means.
 */
public final class DiffJson {
  /** Raised when a field goes away or changes its meaning; new fields do not raise it. */
  public static final int SCHEMA_VERSION = 1;

  /** Writes the comparison and a final new line, and flushes. */
  public void write(Diff diff, Writer out) throws IOException {
    try (JsonGenerator json = JsonText.generator(out)) {
      json.writeStartObject();
      json.writeNumberField("schema_version", SCHEMA_VERSION);
      json.writeStringField("by", diff.by().name().toLowerCase(Locale.ROOT));
      side(json, "before", diff.before());
      side(json, "now", diff.now());
      json.writeObjectFieldStart("counts");
      for (Status status : Status.values()) {
        json.writeNumberField(status.label(), diff.counts().getOrDefault(status, 0));
      }
      json.writeEndObject();
      JsonText.list(json, "rows", diff.rows(), DiffJson::row);
      Pair other = diff.other();
      if (other == null) {
        json.writeNullField("other");
      } else {
        json.writeObjectFieldStart("other");
        pair(json, other);
        json.writeEndObject();
      }
      JsonText.list(json, "rest", diff.rest(), DiffJson::rest);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    out.flush();
  }

  private static void side(JsonGenerator json, String name, Side side) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("store", side.store());
    JsonReport.scope(json, "scope", side.scope());
    json.writeNumberField("captures", side.captures());
    json.writeNumberField("packets", side.packets());
    json.writeNumberField("bytes", side.bytes());
    json.writeNumberField("connections", side.connections());
    json.writeEndObject();
  }

  private static void row(JsonGenerator json, DiffRow row) throws IOException {
    json.writeStringField("name", row.name());
    json.writeStringField("status", row.status().label());
    pair(json, row.traffic());
  }

  private static void pair(JsonGenerator json, Pair pair) throws IOException {
    json.writeNumberField("change", pair.change());
    JsonText.rest(json, "before", pair.before());
    JsonText.rest(json, "now", pair.now());
  }

  private static void rest(JsonGenerator json, RestRow row) throws IOException {
    json.writeStringField("group", row.group().label().toLowerCase(Locale.ROOT));
    json.writeNumberField("before_packets", row.beforePackets());
    json.writeNumberField("before_bytes", row.beforeBytes());
    json.writeNumberField("now_packets", row.nowPackets());
    json.writeNumberField("now_bytes", row.nowBytes());
  }
}
