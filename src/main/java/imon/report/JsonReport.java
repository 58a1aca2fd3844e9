package imon.report;

import com.fasterxml.jackson.core.JsonGenerator;
import imon.name.NetworkOwners.Owner;
import imon.report.Report.AddressRow;
import imon.report.Report.AgeRow;
import imon.report.Report.AnomalyRow;
import imon.report.Report.CaptureGuesses;
import imon.report.Report.CaptureRow;
import imon.report.Report.ClientRow;
import imon.report.Report.EvidenceRow;
import imon.report.Report.GroupRow;
import imon.report.Report.Grouping;
import imon.report.Report.GuessRow;
import imon.report.Report.Guesses;
import imon.report.Report.HostRow;
import imon.report.Report.LedgerRow;
import imon.report.Report.NameRow;
import imon.report.Report.Scope;
import imon.report.Report.ServerRow;
import imon.report.Report.SiteRow;
import imon.report.Report.Totals;
import imon.report.Report.UnreadRow;
import imon.report.text.JsonText;
import imon.store.ask.Agreement.Tally;
import imon.store.ask.PrunedCaptures;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The whole report as JSON (RFC 8259), indented by two spaces, lines ended by LF. Fields always
 * stand in the same order and are always there: what is not known is null. Text is exact; all of it
 * outside printable ASCII is escaped. {@code docs/report-json.md} says what each field means,
 * {@code docs/report.schema.json} how it looks.
 */
public final class JsonReport {
  /** Raised when a field goes away or changes its meaning; new fields do not raise it. */
  public static final int SCHEMA_VERSION = 1;

  /** Writes the report and a final new line, and flushes. */
  public void write(Report report, Writer out) throws IOException {
    try (JsonGenerator json = JsonText.generator(out)) {
      json.writeStartObject();
      json.writeNumberField("schema_version", SCHEMA_VERSION);
      scope(json, "scope", report.scope());
      totals(json, report.totals());
      Details details = report.details();
      JsonText.list(
          json, "captures", report.captures(), (rows, row) -> capture(rows, row, details));
      JsonText.list(json, "unread", report.unread(), JsonReport::unread);
      pruned(json, report.scope().pruned());
      JsonText.list(json, "ledger", report.ledger(), JsonReport::ledger);
      JsonText.list(json, "sites", report.sites(), (rows, row) -> site(rows, row, details));
      JsonText.rest(json, "other_sites", report.otherSites());
      grouping(json, report.grouping());
      JsonText.list(json, "unresolved", report.unresolved(), JsonReport::server);
      JsonText.rest(json, "other_unresolved", report.otherUnresolved());
      JsonText.list(json, "clients", report.clients(), JsonReport::client);
      guesses(json, report.guesses());
      JsonText.list(json, "anomalies", report.anomalies(), JsonReport::anomaly);
      DetailsJson.write(json, report);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    out.flush();
  }

  /** Also for other kinds of reports. */
  public static void scope(JsonGenerator json, String name, Scope scope) throws IOException {
    json.writeObjectFieldStart(name);
    JsonText.time(json, "from", scope.from());
    JsonText.time(json, "to", scope.to());
    json.writeStringField("zone", scope.zone());
    json.writeNumberField("top", scope.top());
    json.writeBooleanField("local_sites", scope.localSites());
    JsonText.time(json, "period_from", scope.filter().from());
    JsonText.time(json, "period_to", scope.filter().to());
    json.writeStringField("client", scope.filter().client());
    JsonText.time(json, "generated_at", scope.generatedAt());
    json.writeEndObject();
  }

  private static void totals(JsonGenerator json, Totals totals) throws IOException {
    json.writeObjectFieldStart("totals");
    json.writeNumberField("packets", totals.packets());
    json.writeNumberField("bytes", totals.bytes());
    json.writeNumberField("connections", totals.connections());
    json.writeNumberField("sites", totals.sites());
    json.writeNumberField("clients", totals.clients());
    json.writeEndObject();
  }

  private static void capture(JsonGenerator json, CaptureRow capture, Details details)
      throws IOException {
    json.writeStringField("id", capture.id());
    json.writeStringField("path", capture.path());
    json.writeStringField("fingerprint", capture.fingerprint());
    json.writeStringField("format", capture.format());
    json.writeStringField("link_types", capture.linkTypes());
    json.writeStringField("options", capture.options());
    json.writeNumberField("file_bytes", capture.fileBytes());
    json.writeNumberField("packets", capture.packets());
    json.writeNumberField("wire_bytes", capture.wireBytes());
    JsonText.number(json, "dropped", capture.dropped());
    JsonText.time(json, "first_packet", capture.firstPacket());
    JsonText.time(json, "last_packet", capture.lastPacket());
    json.writeStringField("status", capture.status());
    json.writeStringField("message", capture.message());
    json.writeStringField("sha256", details.origin().sha256().get(capture.id()));
  }

  private static void unread(JsonGenerator json, UnreadRow row) throws IOException {
    json.writeStringField("message", row.message());
  }

  private static void pruned(JsonGenerator json, PrunedCaptures pruned) throws IOException {
    json.writeObjectFieldStart("pruned");
    json.writeNumberField("rolled_up", pruned.rolledUp());
    json.writeNumberField("dropped", pruned.dropped());
    json.writeEndObject();
  }

  private static void ledger(JsonGenerator json, LedgerRow row) throws IOException {
    json.writeStringField("name", row.name());
    json.writeStringField("group", row.group().label().toLowerCase(Locale.ROOT));
    json.writeNumberField("packets", row.packets());
    json.writeNumberField("bytes", row.bytes());
  }

  private static void site(JsonGenerator json, SiteRow site, Details details) throws IOException {
    site(json, site);
    List<ServerRow> servers = details.servers().getOrDefault(site.site(), List.of());
    JsonText.list(json, "servers", servers, JsonReport::server);
  }

  /** Also for reports about some sites only. */
  public static void site(JsonGenerator json, SiteRow site) throws IOException {
    json.writeStringField("site", site.site());
    JsonText.traffic(json, site.traffic());
    json.writeNumberField("proven_bytes", site.provenBytes());
    json.writeNumberField("possible_bytes", site.possibleBytes());
    JsonText.list(json, "evidence", site.evidence(), JsonReport::evidence);
    JsonText.list(json, "hosts", site.hosts(), JsonReport::host);
    JsonText.list(json, "clients", site.clients(), JsonReport::address);
  }

  private static void evidence(JsonGenerator json, EvidenceRow row) throws IOException {
    json.writeStringField("kind", row.kind());
    JsonText.traffic(json, row.traffic());
  }

  private static void host(JsonGenerator json, HostRow row) throws IOException {
    json.writeStringField("host", row.host());
    JsonText.traffic(json, row.traffic());
  }

  private static void address(JsonGenerator json, AddressRow row) throws IOException {
    json.writeStringField("ip", row.ip());
    JsonText.traffic(json, row.traffic());
  }

  private static void grouping(JsonGenerator json, @Nullable Grouping grouping) throws IOException {
    if (grouping == null) {
      json.writeNullField("grouping");
      return;
    }
    json.writeObjectFieldStart("grouping");
    json.writeStringField("by", grouping.by().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("count", grouping.count());
    JsonText.list(json, "rows", grouping.rows(), JsonReport::group);
    JsonText.rest(json, "other", grouping.other());
    json.writeEndObject();
  }

  private static void group(JsonGenerator json, GroupRow group) throws IOException {
    json.writeStringField("name", group.name());
    json.writeStringField("detail", group.detail());
    JsonText.traffic(json, group.traffic());
    JsonText.list(json, "evidence", group.evidence(), JsonReport::evidence);
    JsonText.list(json, "sites", group.sites(), JsonReport::name);
    JsonText.list(json, "clients", group.clients(), JsonReport::address);
  }

  private static void name(JsonGenerator json, NameRow row) throws IOException {
    json.writeStringField("site", row.site());
    JsonText.traffic(json, row.traffic());
  }

  private static void server(JsonGenerator json, ServerRow server) throws IOException {
    Integer port = server.port();
    json.writeStringField("ip", server.ip());
    JsonText.number(json, "port", port == null ? null : port.longValue());
    json.writeStringField("protocol", server.protocol());
    json.writeStringField("service", server.service());
    Owner owner = server.owner();
    JsonText.number(json, "as_number", owner == null ? null : owner.number());
    json.writeStringField("as_name", owner == null ? null : owner.name());
    JsonText.traffic(json, server.traffic());
  }

  private static void client(JsonGenerator json, ClientRow client) throws IOException {
    json.writeStringField("ip", client.ip());
    json.writeStringField("name", client.name());
    JsonText.traffic(json, client.traffic());
  }

  private static void guesses(JsonGenerator json, Guesses guesses) throws IOException {
    json.writeObjectFieldStart("guesses");
    json.writeNumberField("proven_flows", guesses.provenFlows());
    JsonText.list(json, "kinds", guesses.kinds(), JsonReport::guess);
    JsonText.list(json, "captures", guesses.captures(), JsonReport::captureGuesses);
    json.writeEndObject();
  }

  private static void guess(JsonGenerator json, GuessRow row) throws IOException {
    json.writeStringField("kind", row.kind());
    tally(json, row.tally());
    JsonText.list(json, "ages", row.ages(), JsonReport::age);
  }

  private static void age(JsonGenerator json, AgeRow row) throws IOException {
    json.writeStringField("age", row.age().name().toLowerCase(Locale.ROOT));
    tally(json, row.tally());
  }

  private static void captureGuesses(JsonGenerator json, CaptureGuesses row) throws IOException {
    json.writeStringField("capture_id", row.captureId());
    JsonText.list(json, "kinds", row.kinds(), JsonReport::guess);
  }

  private static void tally(JsonGenerator json, Tally tally) throws IOException {
    json.writeNumberField("flows", tally.flows());
    json.writeNumberField("bytes", tally.bytes());
    json.writeNumberField("same_site_flows", tally.sameSiteFlows());
    json.writeNumberField("same_site_bytes", tally.sameSiteBytes());
    json.writeNumberField("host_flows", tally.hostFlows());
    json.writeNumberField("same_host_flows", tally.sameHostFlows());
  }

  private static void anomaly(JsonGenerator json, AnomalyRow anomaly) throws IOException {
    json.writeStringField("capture_id", anomaly.captureId());
    json.writeStringField("kind", anomaly.kind());
    json.writeNumberField("count", anomaly.count());
    json.writeNumberField("first_packet_number", anomaly.firstPacketNumber());
  }
}
