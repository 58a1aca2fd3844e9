package imon.report.usage;

import com.fasterxml.jackson.core.JsonGenerator;
import imon.report.JsonReport;
import imon.report.text.JsonText;
import imon.report.usage.SiteUsage.SpanRow;
import imon.report.usage.SiteUsage.UnknownName;
import imon.report.usage.SiteUsage.UsageRow;
import java.io.IOException;
import java.io.Writer;

/**
 * The report on some sites as JSON, in the manner of {@link JsonReport}; {@code docs/site-json.md}
 * says what each field means.
 */
public final class SiteUsageJson {
  /** Raised when a field goes away or changes its meaning; new fields do not raise it. */
  public static final int SCHEMA_VERSION = 1;

  /** Writes the report and a final new line, and flushes. */
  public void write(SiteUsage usage, Writer out) throws IOException {
    try (JsonGenerator json = JsonText.generator(out)) {
      json.writeStartObject();
      json.writeNumberField("schema_version", SCHEMA_VERSION);
      JsonReport.scope(json, "scope", usage.scope());
      json.writeStringField("per", usage.per().label());
      json.writeNumberField("captures", usage.captures());
      JsonText.list(json, "sites", usage.sites(), SiteUsageJson::row);
      JsonText.list(json, "unknown", usage.unknown(), SiteUsageJson::unknown);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    out.flush();
  }

  private static void row(JsonGenerator json, UsageRow row) throws IOException {
    JsonReport.site(json, row.site());
    JsonText.list(json, "spans", row.spans(), SiteUsageJson::span);
  }

  private static void span(JsonGenerator json, SpanRow span) throws IOException {
    JsonText.time(json, "begin", span.begin());
    JsonText.time(json, "end", span.end());
    JsonText.traffic(json, span.traffic());
  }

  private static void unknown(JsonGenerator json, UnknownName unknown) throws IOException {
    json.writeStringField("name", unknown.name());
    json.writeArrayFieldStart("near");
    for (String name : unknown.near()) {
      json.writeString(name);
    }
    json.writeEndArray();
  }
}
