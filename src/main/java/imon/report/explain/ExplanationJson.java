package imon.report.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import imon.report.JsonReport;
import imon.report.explain.Explanation.CaptureRow;
import imon.report.explain.Explanation.EvidenceRow;
import imon.report.explain.Explanation.KindRow;
import imon.report.explain.Explanation.Place;
import imon.report.explain.Explanation.RivalRow;
import imon.report.text.JsonText;
import java.io.IOException;
import java.io.Writer;

/**
 * The explanation as JSON, in the manner of {@link JsonReport}; {@code docs/explain-json.md} says
 * what each field means.
 */
public final class ExplanationJson {
  /** Raised when a field goes away or changes its meaning; new fields do not raise it. */
  public static final int SCHEMA_VERSION = 1;

  /** Writes the explanation and a final new line, and flushes. */
  public void write(Explanation explanation, Writer out) throws IOException {
    try (JsonGenerator json = JsonText.generator(out)) {
      json.writeStartObject();
      json.writeNumberField("schema_version", SCHEMA_VERSION);
      JsonReport.scope(json, "scope", explanation.scope());
      json.writeStringField("name", explanation.name());
      json.writeNumberField("flows", explanation.flows());
      json.writeNumberField("bytes", explanation.bytes());
      JsonText.list(json, "kinds", explanation.kinds(), ExplanationJson::kind);
      json.writeNumberField("rival_count", explanation.rivalCount());
      JsonText.list(json, "rivals", explanation.rivals(), ExplanationJson::rival);
      json.writeNumberField("capture_count", explanation.captureCount());
      JsonText.list(json, "captures", explanation.captures(), ExplanationJson::capture);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    out.flush();
  }

  private static void kind(JsonGenerator json, KindRow kind) throws IOException {
    json.writeStringField("kind", kind.kind());
    json.writeBooleanField("proof", kind.proof());
    sums(json, kind.flows(), kind.bytes());
    json.writeNumberField("evidence_count", kind.evidenceCount());
    JsonText.list(json, "evidence", kind.evidence(), ExplanationJson::evidence);
  }

  private static void evidence(JsonGenerator json, EvidenceRow row) throws IOException {
    json.writeStringField("host", row.host());
    place(json, row.place());
    sums(json, row.flows(), row.bytes());
  }

  private static void rival(JsonGenerator json, RivalRow rival) throws IOException {
    json.writeStringField("kind", rival.kind());
    json.writeStringField("host", rival.host());
    json.writeStringField("site", rival.site());
    place(json, rival.place());
    sums(json, rival.flows(), rival.bytes());
  }

  private static void place(JsonGenerator json, Place place) throws IOException {
    json.writeStringField("capture_id", place.captureId());
    json.writeStringField("path", place.path());
    JsonText.number(json, "packet", place.packet());
    JsonText.time(json, "time", place.time());
  }

  private static void capture(JsonGenerator json, CaptureRow capture) throws IOException {
    json.writeStringField("capture_id", capture.id());
    json.writeStringField("path", capture.path());
    json.writeNumberField("packets", capture.packets());
    sums(json, capture.flows(), capture.bytes());
    json.writeStringField("evidence_filter", capture.evidenceFilter());
    json.writeStringField("flow_filter", capture.flowFilter());
  }

  private static void sums(JsonGenerator json, long flows, long bytes) throws IOException {
    json.writeNumberField("flows", flows);
    json.writeNumberField("bytes", bytes);
  }
}
