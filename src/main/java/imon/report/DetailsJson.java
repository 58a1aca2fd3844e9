package imon.report;

import com.fasterxml.jackson.core.JsonGenerator;
import imon.report.text.JsonText;
import imon.store.Traffic;
import imon.store.ask.page.BlindSpot;
import imon.store.ask.page.Timeline;
import imon.store.ask.page.Timeline.Cell;
import imon.store.ask.page.Timeline.Kind;
import imon.store.ask.page.Timeline.Outside;
import imon.store.ask.page.Timeline.Rival;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON report that stand for what a page shows beside its tables. */
final class DetailsJson {
  private static final int SECONDS = 60;

  private DetailsJson() {}

  static void write(JsonGenerator json, Report report) throws IOException {
    Details details = report.details();
    timeline(json, details.timeline());
    JsonText.list(json, "blind_spots", details.blindSpots(), DetailsJson::blindSpot);
    losses(json, Losses.of(report));
    origin(json, report);
  }

  private static void timeline(JsonGenerator json, @Nullable Timeline timeline) throws IOException {
    if (timeline == null) {
      json.writeNullField("timeline");
      return;
    }
    json.writeObjectFieldStart("timeline");
    JsonText.time(json, "start", Instant.ofEpochSecond(timeline.start() * SECONDS));
    json.writeNumberField("step_minutes", timeline.width());
    json.writeNumberField("steps", timeline.steps());
    outside(json, timeline);
    names(json, "sites", timeline.sites());
    names(json, "clients", timeline.clients());
    JsonText.list(json, "kinds", timeline.kinds(), DetailsJson::kind);
    JsonText.list(json, "cells", timeline.cells(), DetailsJson::cell);
    JsonText.list(json, "rivals", timeline.rivals(), DetailsJson::rival);
    json.writeEndObject();
  }

  private static void outside(JsonGenerator json, Timeline timeline) throws IOException {
    Outside outside = timeline.outside();
    if (outside == null) {
      json.writeNullField("outside");
      return;
    }
    Traffic traffic = timeline.outsideTraffic();
    json.writeObjectFieldStart("outside");
    JsonText.time(json, "from", Instant.ofEpochSecond(outside.from() * SECONDS));
    JsonText.time(json, "to", Instant.ofEpochSecond(outside.to() * SECONDS));
    json.writeNumberField("packets", traffic.packets());
    json.writeNumberField("bytes", traffic.bytes());
    json.writeEndObject();
  }

  private static void names(JsonGenerator json, String field, List<String> names)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  private static void kind(JsonGenerator json, Kind kind) throws IOException {
    json.writeStringField("name", kind.name());
    json.writeStringField("evidence", kind.evidence());
    json.writeBooleanField("proof", kind.proof());
    json.writeBooleanField("listed", kind.listed());
  }

  private static void cell(JsonGenerator json, Cell cell) throws IOException {
    Traffic traffic = cell.traffic();
    place(json, "step", cell.step());
    place(json, "client", cell.client());
    place(json, "site", cell.site());
    json.writeNumberField("kind", cell.kind());
    json.writeNumberField("report_connections", cell.connections());
    json.writeNumberField("connections", traffic.connections());
    json.writeNumberField("up_packets", traffic.upPackets());
    json.writeNumberField("up_bytes", traffic.upBytes());
    json.writeNumberField("down_packets", traffic.downPackets());
    json.writeNumberField("down_bytes", traffic.downBytes());
  }

  private static void rival(JsonGenerator json, Rival rival) throws IOException {
    place(json, "step", rival.step());
    place(json, "client", rival.client());
    place(json, "site", rival.site());
    json.writeNumberField("bytes", rival.bytes());
  }

  private static void place(JsonGenerator json, String field, int place) throws IOException {
    JsonText.number(json, field, place == Timeline.NONE ? null : (long) place);
  }

  private static void blindSpot(JsonGenerator json, BlindSpot spot) throws IOException {
    json.writeStringField("kind", spot.kind().label());
    json.writeNumberField("connections", spot.connections());
    json.writeNumberField("bytes", spot.bytes());
    json.writeNumberField("unresolved_connections", spot.unresolvedConnections());
    json.writeNumberField("unresolved_bytes", spot.unresolvedBytes());
  }

  private static void losses(JsonGenerator json, Losses losses) throws IOException {
    json.writeObjectFieldStart("losses");
    JsonText.number(json, "dropped_packets", losses.droppedPackets());
    json.writeNumberField("silent_captures", losses.silentCaptures());
    json.writeNumberField("missing_bytes", losses.missingBytes());
    json.writeNumberField("cut_headers", losses.cutHeaders());
    json.writeNumberField("copies_counted", losses.copiesCounted());
    json.writeNumberField("copies_apart", losses.copiesApart());
    json.writeEndObject();
  }

  private static void origin(JsonGenerator json, Report report) throws IOException {
    json.writeObjectFieldStart("origin");
    json.writeStringField("version", report.details().origin().version());
    names(json, "command", report.commandOfRun());
    json.writeEndObject();
  }
}
