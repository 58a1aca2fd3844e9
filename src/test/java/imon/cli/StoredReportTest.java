package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imon.cli.output.ExitCode;
import imon.pcap.CaptureFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports made of a store's sums by hour say what its flows say, to the byte. */
class StoredReportTest {
  private static final List<String> JSON = List.of("--tz", "UTC", "--json", "-");
  private static final String DAY = "2026-03-02T";

  @TempDir private static Path folder;
  private static Path store;

  private static InMemory flows;

  @BeforeAll
  static void keepAllSamples() throws Exception {
    store = folder.resolve("samples.db");
    Analyzed.keep(Analyzed.shuffled(5, Program.SAMPLES), store);
    flows = new InMemory(CaptureFiles.find(List.of(Program.SAMPLES.toString())).inputs());
  }

  @AfterAll
  static void forgetFlows() throws IOException {
    flows.close();
  }

  /** Half of the period's bounds cut hours, some cut flows that last for minutes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--top 30",
        "--from 2026-03-02T08:03",
        "--to 2026-03-02T08:04",
        "--from 2026-03-02T08:02 --to 2026-03-02T08:07",
        "--from 2026-03-02T08:00 --to 2026-03-02T10:00",
        "--from 2026-03-02T07:30 --to 2026-03-02T11:01",
        "--from 2026-03-02",
        "--client 192.168.1.0/24",
        "--client 192.168.1.20 --from 2026-03-02T08:01 --to 2026-03-02T09:02",
        "--client 2001:db8::/32",
        "--by host",
        "--by client --from 2026-03-02T08:02",
        "--by source --local-sites",
        "--local-sites --to 2026-03-02T08:05",
        "--top 3"
      })
  void aStoreSaysWhatItsFlowsSay(String options) throws IOException {
    List<String> words = new ArrayList<>(JSON);
    words.addAll(List.of(options.split(" ", -1)));
    Program stored = Program.run("report", "--db", store, words).done();
    assertEquals(
        Program.parse(flows.report(words)).toPrettyString(), stored.json().toPrettyString());
  }

  @Test
  void periodsThatFollowEachOtherSumUpToTheLedger() {
    List<String> bounds = List.of("08:00", "08:01", "08:04", "08:59", "09:00", "10:30", "23:59");
    long bytes = 0;
    long connections = 0;
    for (int i = 1; i < bounds.size(); i++) {
      String from = DAY + bounds.get(i - 1);
      String to = DAY + bounds.get(i);
      JsonNode report = report("--from", from, "--to", to);
      assertEquals(ledger(from, to), report.at("/totals/bytes").asLong(), from);
      assertEquals(sum(report.get("ledger")), report.at("/totals/bytes").asLong(), from);
      bytes += report.at("/totals/bytes").asLong();
      connections += report.at("/totals/connections").asLong();
    }
    JsonNode whole = report("--from", DAY + "08:00", "--to", DAY + "23:59");
    assertEquals(whole.at("/totals/bytes").asLong(), bytes);
    assertEquals(whole.at("/totals/connections").asLong(), connections);
    assertTrue(bytes > 0);
  }

  private static long ledger(String from, String to) {
    String sql =
        "SELECT coalesce(sum(bytes), 0)::BIGINT AS bytes FROM ledger"
            + " WHERE minute >= '%s' AND minute < '%s'".formatted(from, to);
    return Program.query(store, sql).get(0).get("bytes").asLong();
  }

  @Test
  void aReportHasItsPeriodAndOnlyCapturesOfIt() {
    JsonNode report = report("--from", DAY + "08:02:59", "--to", DAY + "08:04");
    JsonNode scope = report.get("scope");
    assertEquals("2026-03-02T08:02:00.000000Z", scope.get("period_from").asText());
    assertEquals("2026-03-02T08:04:00.000000Z", scope.get("period_to").asText());
    assertTrue(report.get("captures").size() > 0);
    for (JsonNode capture : report.get("captures")) {
      assertTrue(
          Instant.parse(capture.get("last_packet").asText())
              .isAfter(Instant.parse("2026-03-02T08:02:00Z")),
          capture.toString());
    }
  }

  @Test
  void rowsOfTheMainTableAndTheRestSumUpToTheWhole() {
    for (String by : List.of("host", "client", "source")) {
      JsonNode report = report("--by", by, "--top", "4");
      JsonNode grouping = report.get("grouping");
      assertEquals(by, grouping.get("by").asText());
      long rest = by.equals("host") ? 0 : groupOf(report, "unresolved");
      assertEquals(
          groupOf(report, "proven") + groupOf(report, "inferred") + rest,
          sum(grouping.get("rows")) + grouping.at("/other/bytes").asLong(),
          by);
    }
  }

  @Test
  void aClientHasTheTrafficOfAllAddressesOfItsDevice() {
    Path devices = folder.resolve("devices.db");
    FilledStore.make(devices, Program.SAMPLES.resolve("devices.pcap"));
    List<JsonNode> addresses =
        Program.query(
            devices,
            "SELECT DISTINCT ip FROM clients WHERE client_id = (SELECT client_id FROM clients"
                + " GROUP BY client_id HAVING count(DISTINCT ip) > 1 ORDER BY client_id LIMIT 1)");
    assertTrue(addresses.size() > 1, addresses.toString());
    List<String> answers = new ArrayList<>();
    for (JsonNode address : addresses) {
      JsonNode report =
          Program.run("report", "--db", devices, "--client", address.get("ip").asText(), JSON)
              .done()
              .json();
      ((ObjectNode) report.get("scope")).remove("client");
      answers.add(report.toString());
    }
    assertTrue(Program.parse(answers.get(0)).at("/totals/bytes").asLong() > 0);
    assertEquals(1, answers.stream().distinct().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--from tomorrow",
        "--from 2026-02-30",
        "--from 2026-03-02 --to 2026-03-01",
        "--to -24",
        "--client 10.0.0.0/33",
        "--client nobody",
        "--by colour",
        "--tz Mars/Base",
        "--top 0"
      })
  void whatCannotBeAskedIsSaidInOneLine(String options) {
    Program run = Program.run("report", "--db", store, List.of(options.split(" ", -1)));
    run.ended(ExitCode.USAGE);
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().startsWith("imon report: "), run.err());
    assertEquals("", run.out());
  }

  @Test
  void aStoreThatIsNotThereIsSaidAndNotMade() {
    Path none = folder.resolve("none.db");
    Program run = Program.run("report", "--db", none).ended(ExitCode.FAILED);
    assertEquals(1, run.complaints().size(), run.err());
    assertFalse(none.toFile().exists());
    Program.run("report").ended(ExitCode.USAGE);
  }

  private static JsonNode report(Object... options) {
    return Program.run("report", "--db", store, JSON, List.of(options)).done().json();
  }

  private static long groupOf(JsonNode report, String group) {
    long bytes = 0;
    for (JsonNode row : report.get("ledger")) {
      bytes += row.get("group").asText().equals(group) ? row.get("bytes").asLong() : 0;
    }
    return bytes;
  }

  private static long sum(JsonNode rows) {
    long bytes = 0;
    for (JsonNode row : rows) {
      bytes += row.get("bytes").asLong();
    }
    return bytes;
  }
}
