package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imon.cli.output.ExitCode;
import imon.name.Evidence;
import imon.pcap.CaptureFiles;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
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
  @LongTest
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--from 2026-03-02T08:03",
        "--from 2026-03-02T08:02 --to 2026-03-02T08:07",
        "--from 2026-03-02T08:00 --to 2026-03-02T10:00",
        "--from 2026-03-02T07:30 --to 2026-03-02T11:01",
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

  @LongTest
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
  void whoAsksForATimeWithoutPacketsIsToldWhenThereAreSome() {
    String said = "no packets of this period; those of the captures are of ";
    Program stored =
        Program.run("report", "--db", store, "--tz", "UTC", "--from", "2250-01-01").done();
    assertEquals(1, stored.complaints().size(), stored.err());
    assertTrue(stored.err().startsWith("imon: " + said), stored.err());
    Program analyzed =
        Program.run(
                "analyze",
                Program.SAMPLES.resolve("browsing.pcap"),
                "--tz",
                "Europe/Paris",
                "--to",
                "2026-03-01")
            .done();
    assertEquals(
        List.of("imon: " + said + "2026-03-02 09:00:00 to 09:09:59 Europe/Paris"),
        analyzed.complaints());
    assertEquals(
        List.of(),
        Program.run("report", "--db", store, "--client", "192.0.2.255").done().complaints());
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

  @LongTest
  @Test
  void allKindsOfEvidenceOfARowAreTold() {
    int most = 0;
    for (String by : List.of("host", "client", "source")) {
      for (JsonNode row : report("--by", by).at("/grouping/rows")) {
        assertEquals(row.get("bytes").asLong(), sum(row.get("evidence")), row.toString());
        most = Math.max(most, row.get("evidence").size());
      }
    }
    assertEquals(Evidence.values().length + 1, most, "unresolved traffic beside all kinds");
  }

  @LongTest
  @Test
  void devicesOfOneAddressAreARowWithoutTheNameOfOneOfThem() throws IOException {
    Path devices = Program.SAMPLES.resolve("devices.pcap");
    Path home = folder.resolve("home.db");
    FilledStore.make(home, devices);
    String named =
        "SELECT DISTINCT ip, name, mac FROM clients WHERE name = 'kitchen-laptop' AND ip LIKE '%.%'";
    JsonNode laptop = Program.query(home, named).get(0);
    byte[] other = Files.readAllBytes(devices);
    byte[] mac = HexFormat.ofDelimiter(":").parseHex(laptop.get("mac").asText());
    byte[] otherMac = mac.clone();
    otherMac[5] ^= 0x40;
    assertTrue(replaced(other, mac, otherMac) > 0);
    assertEquals(1, replaced(other, ascii("kitchen-laptop"), ascii("attic-desktop-")));
    Path office = Files.write(folder.resolve("office.pcap"), other);
    assertEquals("kitchen-laptop", nameOf(laptop.get("ip").asText(), home));
    Program.run("analyze", "--no-report", "--db", home, "--source", "office", office).done();
    assertEquals("null", nameOf(laptop.get("ip").asText(), home));
  }

  private static String nameOf(String ip, Path store) {
    JsonNode report =
        Program.run("report", "--db", store, "--local-sites", "--json", "-").done().json();
    for (JsonNode client : report.get("clients")) {
      if (client.get("ip").asText().equals(ip)) {
        return client.get("name").asText();
      }
    }
    throw new AssertionError(ip + " is no client: " + report.get("clients"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static int replaced(byte[] bytes, byte[] from, byte[] to) {
    int count = 0;
    for (int at = 0; at + from.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + from.length, from, 0, from.length)) {
        System.arraycopy(to, 0, bytes, at, to.length);
        count++;
      }
    }
    return count;
  }

  @LongTest
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
