package imon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PruneCommandTest {
  private static final String ALL_OF_IT = "--before=2030-01-01";

  /** Ends within the hour after eight, as all but the last capture do. */
  private static final String SOME_OF_IT = "--before=2026-03-02T08:59";

  @TempDir private static Path folder;
  private static Path filled;
  private Path store;

  @BeforeAll
  static void keepCaptures() {
    filled = folder.resolve("filled.db");
    Program.run("analyze", "--db", filled, samples()).done();
  }

  private static List<Path> samples() {
    List<Path> samples = new ArrayList<>();
    for (String name :
        List.of("browsing", "devices", "shared-address", "http-proxy", "dns-windows")) {
      samples.add(Program.SAMPLES.resolve(name + ".pcap"));
    }
    return samples;
  }

  @BeforeEach
  void copyStore() throws IOException {
    store = Files.createTempDirectory(folder, "store").resolve("imon.db");
    Files.copy(filled, store);
  }

  private void prune(String... words) {
    Program.run("store", "prune", "--db", store, List.of(words)).done();
  }

  private static String report(Path db, String... words) {
    return Program.run("report", "--db", db, "--json", "-", List.of(words)).done().out();
  }

  private String ask(String sql) {
    return Program.run("query", "--db", store, "--csv", sql).done().out();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--by=site",
        "--by=host",
        "--by=client",
        "--by=source",
        "--client=192.168.1.0/24",
        "--from=2026-03-02T08:00",
        "--to=2026-03-02T09:00"
      })
  void aReportOfRolledUpTrafficIsTheSame(String option) {
    for (String age : List.of(SOME_OF_IT, ALL_OF_IT)) {
      prune(age);
      assertEquals(report(filled, option), report(store, option));
    }
    assertEquals("flows\r\n0\r\n", ask("SELECT count(*) AS flows FROM flows"));
  }

  @Test
  void aSiteHasTheSameHours() {
    prune(ALL_OF_IT);
    List<String> words = List.of("--per", "hour", "--json", "-", "kestrelnews.com");
    assertEquals(
        Program.run("site", "--db", filled, words).done().out(),
        Program.run("site", "--db", store, words).done().out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--roll-up", "--drop"})
  void theLedgerStaysToTheMinute(String rest) {
    String sql = "FROM ledger ORDER BY ALL";
    String before = ask(sql);
    prune(SOME_OF_IT, rest);
    prune(ALL_OF_IT, rest);
    assertEquals(before, ask(sql));
    assertEquals(
        "status\r\npruned\r\n",
        ask(
            """
            SELECT DISTINCT status FROM captures c
            JOIN (SELECT capture_id, sum(packets) AS packets, sum(bytes) AS bytes FROM ledger
              GROUP BY capture_id) l USING (capture_id)
            WHERE l.packets = c.packets AND l.bytes = c.wire_bytes
            """));
  }

  @Test
  void trafficStaysByHourAndClient() {
    String sql =
        """
        SELECT date_trunc('hour', minute) AS hour, capture_id, client_id, client_ip, host, site,
          evidence, scope, sum(up_packets), sum(up_bytes), sum(down_packets), sum(down_bytes)
        FROM traffic GROUP BY ALL ORDER BY ALL
        """;
    String before = ask(sql);
    prune(ALL_OF_IT);
    assertEquals(before, ask(sql));
  }

  @Test
  void clientsStay() {
    String before = ask("FROM clients ORDER BY ALL");
    prune(ALL_OF_IT);
    assertEquals(before, ask("FROM clients ORDER BY ALL"));
  }

  @Test
  void droppedTrafficIsInNoReport() {
    prune(ALL_OF_IT);
    prune(ALL_OF_IT, "--drop");
    assertEquals("n\r\n0\r\n", ask("SELECT count(*) AS n FROM traffic"));
    assertEquals("n\r\n0\r\n", ask("SELECT count(*) AS n FROM clients"));
    assertEquals(0, Program.parse(report(store)).path("totals").path("bytes").asLong());
  }

  @Test
  void onlyCapturesThatEndedBeforeThatArePruned() {
    String kept =
        "SELECT * FROM traffic JOIN (SELECT capture_id FROM captures"
            + " WHERE last_packet >= '2026-03-02 08:59:00') USING (capture_id) ORDER BY ALL";
    String before = ask(kept);
    prune(SOME_OF_IT);
    assertTrue(before.lines().count() > 1, before);
    assertEquals(before, ask(kept));
    assertEquals(
        "as_told\r\ntrue\r\n",
        ask(
            """
            SELECT bool_and((last_packet < '2026-03-02 08:59:00') = (status = 'pruned')) AS as_told
            FROM captures
            """));
  }

  @Test
  void aPrunedCaptureIsNotTakenAgain() {
    prune(ALL_OF_IT);
    String before = report(store);
    Program again = Program.run("analyze", "--db", store, samples()).done();
    assertEquals(samples().size(), again.complaints().size(), again.err());
    assertTrue(again.complaints().get(0).endsWith("already in the store"), again.err());
    assertEquals(before, report(store));
  }

  @Test
  void captureReportsOfRolledUpCapturesAreComplete() {
    prune(ALL_OF_IT);
    Path sample = Program.SAMPLES.resolve("browsing.pcap");
    assertEquals(
        Program.run("analyze", "--db", filled, "--json", "-", sample).done().out(),
        Program.run("analyze", "--db", store, "--json", "-", sample).done().out());
  }

  @Test
  void reportsStayTheSameWhenALaterCaptureIsTakenIn() throws IOException {
    Path unpruned = store.resolveSibling("unpruned.db");
    Files.copy(filled, unpruned);
    prune(SOME_OF_IT);
    for (Path db : List.of(store, unpruned)) {
      Program.run("analyze", "--db", db, Program.SAMPLES.resolve("ech.pcap")).done();
    }
    assertEquals(report(unpruned), report(store));
  }

  @Test
  void spaceIsGivenBackAndTheFileIsItsOwnersOnly() throws IOException {
    long before = Files.size(store);
    prune(ALL_OF_IT);
    assertTrue(Files.size(store) < before, Files.size(store) + " of " + before);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store)));
    try (Stream<Path> files = Files.list(store.resolveSibling(""))) {
      assertEquals(List.of(store), files.toList());
    }
  }

  @Test
  void nothingOldLeavesTheFileAlone() throws IOException {
    byte[] before = Files.readAllBytes(store);
    Program run = Program.run("store", "prune", "--db", store, "--before", "2026-03-01").done();
    assertEquals("imon: no capture is as old as that; nothing was pruned\n", run.err());
    assertArrayEquals(before, Files.readAllBytes(store));
  }

  @Test
  void doingItAgainChangesNothing() throws IOException {
    prune(ALL_OF_IT);
    byte[] before = Files.readAllBytes(store);
    prune(ALL_OF_IT);
    assertArrayEquals(before, Files.readAllBytes(store));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--keep-for=400",
        "--keep-for=-1d",
        "--before=someday",
        "--before=2026-03-02 --drop --roll-up",
        "--before=2026-03-02 --keep-for=1d"
      })
  void wrongWordsAreWrongUsage(String words) throws IOException {
    byte[] before = Files.readAllBytes(store);
    List<String> given = words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
    Program run = Program.run("store", "prune", "--db", store, given).ended(ExitCode.USAGE);
    assertEquals(1, run.complaints().size(), run.err());
    assertArrayEquals(before, Files.readAllBytes(store));
  }

  @Test
  void infoTellsWhatIsHeld() {
    prune(ALL_OF_IT);
    var source = Program.run("store", "info", "--db", store, "--json").done().json();
    assertEquals(3, source.path("schema").asInt());
    assertEquals(samples().size(), source.at("/sources/0/captures").asInt());
    assertEquals(samples().size(), source.at("/sources/0/pruned").asInt());
    assertEquals(0, source.at("/sources/0/flows").asInt());
    assertEquals("2026-03-02T08:00:00Z", source.at("/sources/0/first_packet").asText());
    assertTrue(Program.run("store", "info", "--db", store).done().out().startsWith("schema 3, "));
  }
}
