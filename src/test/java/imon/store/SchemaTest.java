package imon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.dns.AnswerKind;
import imon.flow.row.Scope;
import imon.flow.row.UnflowedClass;
import imon.name.Evidence;
import imon.name.ServicePorts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The views that users rely on. */
class SchemaTest {
  private static Facts facts;

  @BeforeAll
  static void begin() throws StoreException {
    facts = new Facts();
    Schema.createViews(facts.staging.database());
  }

  @AfterAll
  static void end() throws StoreException {
    facts.close();
  }

  @ParameterizedTest
  @CsvSource({
    "captures, capture_id source path fingerprint options file_bytes format link_types first_packet"
        + " last_packet packets wire_bytes dropped status message ingested_at",
    "flows, flow_id capture_id start_time end_time protocol client_id client_ip client_port"
        + " server_ip server_port up_packets up_bytes down_packets down_bytes host site evidence"
        + " scope service",
    "traffic, minute capture_id flow_id client_id client_ip server_ip host site evidence scope"
        + " up_packets up_bytes down_packets down_bytes",
    "evidence, flow_id kind host site capture_id packet_number seen_at chosen",
    "answers, capture_id packet_number seen_at client_id client_ip name canonical_name ip ttl kind",
    "clients, client_id source ip name mac seen_by",
    "ledger, minute capture_id class packets bytes",
    "anomalies, capture_id kind count first_packet_number"
  })
  void aViewHasTheDocumentedColumnsInTheirOrder(String view, String columns) throws StoreException {
    assertEquals(
        Arrays.asList(columns.split(" ", -1)),
        facts.ask(
            "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = '"
                + view
                + "' ORDER BY column_index"));
  }

  @Test
  void thereAreNoOtherViews() throws StoreException {
    assertEquals(
        List.of(
            "anomalies",
            "answers",
            "captures",
            "clients",
            "evidence",
            "flows",
            "ledger",
            "traffic"),
        facts.ask(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal"
                + " ORDER BY view_name"));
  }

  @Test
  void timesAreTimestampsWithoutAZone() throws StoreException {
    assertEquals(
        List.of("TIMESTAMP"),
        facts.ask(
            """
            SELECT DISTINCT data_type FROM duckdb_columns() WHERE schema_name = 'main'
            AND column_name IN ('minute', 'start_time', 'end_time', 'seen_at', 'first_packet',
              'last_packet', 'ingested_at')
            """));
  }

  @Test
  void everyCodeHasItsLabel() throws StoreException {
    assertEquals(
        labels(Arrays.stream(Evidence.values()).map(e -> e.code() + " " + e.label()).toList()),
        codes("SELECT concat_ws(' ', kind, label) FROM fact.evidence_kind"));
    assertEquals(
        labels(Arrays.stream(AnswerKind.values()).map(k -> k.ordinal() + " " + k.label()).toList()),
        codes("SELECT concat_ws(' ', kind, label) FROM fact.answer_kind"));
    assertEquals(
        labels(Arrays.stream(UnflowedClass.values()).map(c -> c.code() + " " + c.label()).toList()),
        codes("SELECT concat_ws(' ', class, label) FROM fact.unflowed_class"));
    assertEquals(
        labels(
            Arrays.stream(Scope.values())
                .map(s -> s.ordinal() + " " + s.name().toLowerCase(Locale.ROOT))
                .toList()),
        codes("SELECT concat_ws(' ', scope, label) FROM fact.scope"));
    assertEquals(
        List.of(String.valueOf(ServicePorts.all().size())),
        facts.ask("SELECT count(*) FROM fact.service"));
  }

  @Test
  void evidenceIsOrderedByStrength() throws StoreException {
    assertEquals(
        Arrays.stream(Evidence.values()).map(Evidence::label).toList(),
        facts.ask("SELECT label FROM fact.evidence_kind ORDER BY strength"));
  }

  @Test
  void theVersionIsInTheDatabase() throws StoreException {
    assertEquals(
        List.of(String.valueOf(Schema.VERSION)),
        facts.ask("SELECT value FROM fact.setting WHERE name = 'schema'"));
  }

  private static Set<String> labels(List<String> texts) {
    return new TreeSet<>(texts);
  }

  private static Set<String> codes(String sql) throws StoreException {
    return new TreeSet<>(facts.ask(sql));
  }
}
