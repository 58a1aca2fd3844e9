package imon.report.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imon.report.Details;
import imon.report.Details.Origin;
import imon.report.JsonReport;
import imon.report.Report;
import imon.report.Report.AnomalyRow;
import imon.report.Report.CaptureRow;
import imon.report.Report.ClientRow;
import imon.report.Report.LedgerRow;
import imon.report.Report.Scope;
import imon.report.Report.ServerRow;
import imon.report.Report.SiteRow;
import imon.report.Report.Totals;
import imon.report.Report.UnreadRow;
import imon.store.ask.PrunedCaptures;
import imon.store.ask.page.BlindSpot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of a whole report as they come. Long lists are never held as a tree. */
final class ReportFields {
  private static final List<String> LISTS =
      List.of("captures", "unread", "ledger", "sites", "unresolved", "clients", "anomalies");

  private final ObjectMapper mapper = new ObjectMapper();
  private final FigureSum figures = new FigureSum();
  private final ObjectNode singles = mapper.createObjectNode();
  private final List<CaptureRow> captures = new ArrayList<>();
  private final List<UnreadRow> unread = new ArrayList<>();
  private final List<LedgerRow> ledger = new ArrayList<>();
  private final List<SiteRow> sites = new ArrayList<>();
  private final List<ServerRow> unresolved = new ArrayList<>();
  private final List<ClientRow> clients = new ArrayList<>();
  private final List<AnomalyRow> anomalies = new ArrayList<>();
  private final List<BlindSpot> blindSpots = new ArrayList<>();
  private final Map<String, List<ServerRow>> servers = new HashMap<>();
  private final Map<String, String> sha256 = new HashMap<>();

  /** The next field; the parser stands at its value, and after it at its end. */
  void take(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "captures" -> rows(name, parser, this::takeCapture);
      case "unread" -> rows(name, parser, row -> unread.add(Rows.unread(row)));
      case "ledger" -> rows(name, parser, row -> ledger.add(Rows.ledger(row)));
      case "sites" -> rows(name, parser, this::takeSite);
      case "unresolved" -> rows(name, parser, row -> unresolved.add(Rows.server(row)));
      case "clients" -> rows(name, parser, row -> clients.add(Rows.client(row)));
      case "anomalies" -> rows(name, parser, row -> anomalies.add(Rows.anomaly(row)));
      case "blind_spots" -> rows(name, parser, row -> blindSpots.add(TimelineRows.blindSpot(row)));
      case "schema_version",
          "scope",
          "totals",
          "other_sites",
          "grouping",
          "other_unresolved",
          "guesses",
          "timeline",
          "pruned",
          "origin" ->
          takeSingle(name, parser);
      default -> parser.skipChildren();
    }
  }

  private void takeSingle(String name, JsonParser parser) throws IOException {
    JsonNode value = mapper.readTree(parser);
    singles.set(name, value);
    if (name.equals("schema_version")) {
      checkVersion(value);
    }
  }

  private static void checkVersion(JsonNode version) throws UnfitException {
    if (version.isIntegralNumber() && version.asLong() > JsonReport.SCHEMA_VERSION) {
      throw new UnfitException(
          "schema_version",
          "%s is newer than this imon, which reads %d; take a newer imon"
              .formatted(version.asText(), JsonReport.SCHEMA_VERSION));
    }
  }

  /** One row of a list. */
  private interface Taker {
    void take(Fields row) throws UnfitException;
  }

  private void rows(String name, JsonParser parser, Taker taker) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new UnfitException(name, "is no array");
    }
    singles.put(name, true);
    for (int row = 0; parser.nextToken() != JsonToken.END_ARRAY; row++) {
      taker.take(new Fields(name + "[" + row + "]", mapper.readTree(parser), figures));
    }
  }

  private void takeCapture(Fields row) throws UnfitException {
    CaptureRow capture = Rows.capture(row);
    captures.add(capture);
    String sum = row.has("sha256") ? row.textOrNull("sha256") : null;
    if (sum != null) {
      sha256.put(capture.id(), sum);
    }
  }

  private void takeSite(Fields row) throws UnfitException {
    SiteRow site = Rows.site(row);
    sites.add(site);
    List<ServerRow> own = row.has("servers") ? row.rows("servers", Rows::server) : List.of();
    if (!own.isEmpty()) {
      servers.put(site.site(), own);
    }
  }

  /**
   * The report, after its last field.
   *
   * @throws UnfitException when a field is missing, or what it says cannot be
   */
  Report report() throws UnfitException {
    Fields fields = new Fields("", singles, figures);
    for (String list : LISTS) {
      if (!fields.has(list)) {
        throw fields.unfit(list, "is missing");
      }
    }
    fields.whole("schema_version", 1, JsonReport.SCHEMA_VERSION);
    Totals totals = Rows.totals(fields.object("totals"));
    checkLedger(totals);
    return new Report(
        scope(fields),
        captures,
        unread,
        totals,
        ledger,
        sites,
        Rows.rest(fields, "other_sites"),
        fields.isNull("grouping") ? null : Rows.grouping(fields.object("grouping")),
        unresolved,
        Rows.rest(fields, "other_unresolved"),
        clients,
        Rows.guesses(fields.object("guesses")),
        anomalies,
        details(fields));
  }

  /** Earlier builds did not tell what was pruned. */
  private static Scope scope(Fields fields) throws UnfitException {
    PrunedCaptures pruned =
        fields.has("pruned") ? Rows.pruned(fields.object("pruned")) : PrunedCaptures.NONE;
    return Rows.scope(fields.object("scope"), pruned);
  }

  /** Every byte is accounted for, or the file is not what it was. */
  private void checkLedger(Totals totals) throws UnfitException {
    long packets = ledger.stream().mapToLong(LedgerRow::packets).sum();
    long bytes = ledger.stream().mapToLong(LedgerRow::bytes).sum();
    if (packets != totals.packets() || bytes != totals.bytes()) {
      throw new UnfitException("totals", "the ledger does not add up to them");
    }
  }

  /** Earlier builds wrote none. */
  private Details details(Fields fields) throws UnfitException {
    boolean hasTimeline = fields.has("timeline") && !fields.isNull("timeline");
    return new Details(
        hasTimeline ? TimelineRows.timeline(fields.object("timeline")) : null,
        servers,
        blindSpots,
        fields.has("origin") ? origin(fields.object("origin")) : Origin.UNKNOWN);
  }

  private Origin origin(Fields origin) throws UnfitException {
    return new Origin(origin.text("version"), origin.texts("command"), sha256);
  }
}
