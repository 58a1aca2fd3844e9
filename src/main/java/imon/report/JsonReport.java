package imon.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import imon.name.NetworkOwners.Owner;
import imon.report.Report.AddressRow;
import imon.report.Report.AgeRow;
import imon.report.Report.AnomalyRow;
import imon.report.Report.CaptureGuesses;
import imon.report.Report.CaptureRow;
import imon.report.Report.ClientRow;
import imon.report.Report.EvidenceRow;
import imon.report.Report.GuessRow;
import imon.report.Report.Guesses;
import imon.report.Report.HostRow;
import imon.report.Report.LedgerRow;
import imon.report.Report.Scope;
import imon.report.Report.ServerRow;
import imon.report.Report.SiteRow;
import imon.report.Report.Totals;
import imon.report.Report.UnreadRow;
import imon.store.Traffic;
import imon.store.ask.Agreement.Tally;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
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

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .characterEscapes(new ControlEscapes())
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  /** Writes one row of a list. */
  private interface RowWriter<T> {
    void write(JsonGenerator json, T row) throws IOException;
  }

  /** Writes the report and a final new line, and flushes. */
  public void write(Report report, Writer out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.setPrettyPrinter(indentation());
      json.writeStartObject();
      json.writeNumberField("schema_version", SCHEMA_VERSION);
      scope(json, report.scope());
      totals(json, report.totals());
      list(json, "captures", report.captures(), JsonReport::capture);
      list(json, "unread", report.unread(), JsonReport::unread);
      list(json, "ledger", report.ledger(), JsonReport::ledger);
      list(json, "sites", report.sites(), JsonReport::site);
      rest(json, "other_sites", report.otherSites());
      list(json, "unresolved", report.unresolved(), JsonReport::server);
      rest(json, "other_unresolved", report.otherUnresolved());
      list(json, "clients", report.clients(), JsonReport::client);
      guesses(json, report.guesses());
      list(json, "anomalies", report.anomalies(), JsonReport::anomaly);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    out.flush();
  }

  private static PrettyPrinter indentation() {
    DefaultIndenter twoSpaces = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    return new DefaultPrettyPrinter(separators)
        .withObjectIndenter(twoSpaces)
        .withArrayIndenter(twoSpaces);
  }

  private static void scope(JsonGenerator json, Scope scope) throws IOException {
    json.writeObjectFieldStart("scope");
    time(json, "from", scope.from());
    time(json, "to", scope.to());
    json.writeStringField("zone", scope.zone());
    json.writeNumberField("top", scope.top());
    json.writeBooleanField("local_sites", scope.localSites());
    time(json, "generated_at", scope.generatedAt());
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

  private static void capture(JsonGenerator json, CaptureRow capture) throws IOException {
    json.writeStringField("id", capture.id());
    json.writeStringField("path", capture.path());
    json.writeStringField("fingerprint", capture.fingerprint());
    json.writeStringField("format", capture.format());
    json.writeStringField("link_types", capture.linkTypes());
    json.writeNumberField("file_bytes", capture.fileBytes());
    json.writeNumberField("packets", capture.packets());
    json.writeNumberField("wire_bytes", capture.wireBytes());
    number(json, "dropped", capture.dropped());
    time(json, "first_packet", capture.firstPacket());
    time(json, "last_packet", capture.lastPacket());
    json.writeStringField("status", capture.status());
    json.writeStringField("message", capture.message());
  }

  private static void unread(JsonGenerator json, UnreadRow row) throws IOException {
    json.writeStringField("message", row.message());
  }

  private static void ledger(JsonGenerator json, LedgerRow row) throws IOException {
    json.writeStringField("name", row.name());
    json.writeStringField("group", row.group().label().toLowerCase(Locale.ROOT));
    json.writeNumberField("packets", row.packets());
    json.writeNumberField("bytes", row.bytes());
  }

  private static void site(JsonGenerator json, SiteRow site) throws IOException {
    json.writeStringField("site", site.site());
    traffic(json, site.traffic());
    json.writeNumberField("proven_bytes", site.provenBytes());
    json.writeNumberField("possible_bytes", site.possibleBytes());
    list(json, "evidence", site.evidence(), JsonReport::evidence);
    list(json, "hosts", site.hosts(), JsonReport::host);
    list(json, "clients", site.clients(), JsonReport::address);
  }

  private static void evidence(JsonGenerator json, EvidenceRow row) throws IOException {
    json.writeStringField("kind", row.kind());
    traffic(json, row.traffic());
  }

  private static void host(JsonGenerator json, HostRow row) throws IOException {
    json.writeStringField("host", row.host());
    traffic(json, row.traffic());
  }

  private static void address(JsonGenerator json, AddressRow row) throws IOException {
    json.writeStringField("ip", row.ip());
    traffic(json, row.traffic());
  }

  private static void server(JsonGenerator json, ServerRow server) throws IOException {
    Integer port = server.port();
    json.writeStringField("ip", server.ip());
    number(json, "port", port == null ? null : port.longValue());
    json.writeStringField("protocol", server.protocol());
    json.writeStringField("service", server.service());
    Owner owner = server.owner();
    number(json, "as_number", owner == null ? null : owner.number());
    json.writeStringField("as_name", owner == null ? null : owner.name());
    traffic(json, server.traffic());
  }

  private static void client(JsonGenerator json, ClientRow client) throws IOException {
    json.writeStringField("ip", client.ip());
    json.writeStringField("name", client.name());
    traffic(json, client.traffic());
  }

  private static void guesses(JsonGenerator json, Guesses guesses) throws IOException {
    json.writeObjectFieldStart("guesses");
    json.writeNumberField("proven_flows", guesses.provenFlows());
    list(json, "kinds", guesses.kinds(), JsonReport::guess);
    list(json, "captures", guesses.captures(), JsonReport::captureGuesses);
    json.writeEndObject();
  }

  private static void guess(JsonGenerator json, GuessRow row) throws IOException {
    json.writeStringField("kind", row.kind());
    tally(json, row.tally());
    list(json, "ages", row.ages(), JsonReport::age);
  }

  private static void age(JsonGenerator json, AgeRow row) throws IOException {
    json.writeStringField("age", row.age().name().toLowerCase(Locale.ROOT));
    tally(json, row.tally());
  }

  private static void captureGuesses(JsonGenerator json, CaptureGuesses row) throws IOException {
    json.writeStringField("capture_id", row.captureId());
    list(json, "kinds", row.kinds(), JsonReport::guess);
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

  private static void traffic(JsonGenerator json, Traffic traffic) throws IOException {
    json.writeNumberField("connections", traffic.connections());
    json.writeNumberField("up_packets", traffic.upPackets());
    json.writeNumberField("up_bytes", traffic.upBytes());
    json.writeNumberField("down_packets", traffic.downPackets());
    json.writeNumberField("down_bytes", traffic.downBytes());
    json.writeNumberField("packets", traffic.packets());
    json.writeNumberField("bytes", traffic.bytes());
  }

  private static <T> void list(
      JsonGenerator json, String name, List<T> rows, RowWriter<? super T> writer)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T row : rows) {
      json.writeStartObject();
      writer.write(json, row);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void rest(JsonGenerator json, String name, @Nullable Traffic rest)
      throws IOException {
    if (rest == null) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    traffic(json, rest);
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    json.writeStringField(name, time == null ? null : ReportTimes.utc(time));
  }

  private static void number(JsonGenerator json, String name, @Nullable Long number)
      throws IOException {
    if (number == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, number);
    }
  }

  /** The escapes of RFC 8259 and DEL, the one ASCII control character it lets through. */
  private static final class ControlEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final int DEL = 0x7F;

    private final int[] escapes = standardAsciiEscapesForJSON();

    ControlEscapes() {
      escapes[DEL] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return escapes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return null;
    }
  }
}
