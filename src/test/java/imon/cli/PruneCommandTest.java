package imon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import imon.cli.output.ExitCode;
import imon.store.Staging;
import imon.store.StoreFile;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
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

  /** Rolled up: some captures; then all. */
  private static Path someRolledUp;

  private static Path allRolledUp;

  /** What was rolled up is dropped. */
  private static Path someDropped;

  private static Path allDropped;

  @BeforeAll
  static void keepCapturesAndPruneThem() throws IOException {
    filled = folder.resolve("filled.db");
    FilledStore.make(filled, samples());
    someRolledUp = pruned(filled, SOME_OF_IT);
    allRolledUp = pruned(someRolledUp, ALL_OF_IT);
    someDropped = pruned(someRolledUp, SOME_OF_IT, "--drop");
    allDropped = pruned(allRolledUp, ALL_OF_IT, "--drop");
  }

  private static List<Path> samples() {
    List<Path> samples = new ArrayList<>();
    for (String name :
        List.of("browsing", "devices", "shared-address", "http-proxy", "dns-windows")) {
      samples.add(Program.SAMPLES.resolve(name + ".pcap"));
    }
    return samples;
  }

  private static Path copyOf(Path store) throws IOException {
    return Files.copy(store, Files.createTempDirectory(folder, "store").resolve("imon.db"));
  }

  /** A copy of a store, pruned so. */
  private static Path pruned(Path store, String... words) throws IOException {
    Path copy = copyOf(store);
    prune(copy, words);
    return copy;
  }

  private static void prune(Path store, String... words) {
    Program.run("store", "prune", "--db", store, List.of(words)).done();
  }

  private static String report(Path db, String... words) {
    return Program.run("report", "--db", db, "--json", "-", List.of(words)).done().out();
  }

  private static String ask(Path store, String sql) {
    return Program.run("query", "--db", store, "--csv", sql).done().out();
  }

  @LongTest
  @Test
  void reportsOfRolledUpTrafficAreTheSame() {
    Map<String, String> reports = new LinkedHashMap<>();
    for (String option :
        List.of(
            "--by=site",
            "--by=host",
            "--by=client",
            "--by=source",
            "--client=192.168.1.0/24",
            "--from=2026-03-02T08:00",
            "--to=2026-03-02T09:00")) {
      reports.put(option, withoutFlows(report(filled, option)));
    }
    for (Path store : List.of(someRolledUp, allRolledUp)) {
      reports.forEach(
          (option, whole) -> assertEquals(whole, withoutFlows(report(store, option)), option));
    }
    assertEquals("flows\r\n0\r\n", ask(allRolledUp, "SELECT count(*) AS flows FROM flows"));
  }

  /** Without what is of flows, which pruning does away with, and without the word that it did. */
  private static String withoutFlows(String json) {
    ObjectNode report = (ObjectNode) Program.parse(json);
    report.remove(List.of("timeline", "blind_spots", "pruned"));
    report.get("sites").forEach(site -> ((ObjectNode) site).remove("servers"));
    return report.toPrettyString();
  }

  @LongTest
  @Test
  void everyFormatSaysWhatIsLeftOfPrunedCaptures() throws IOException {
    Path reports = folder.resolve("reports");
    String table = Program.run("report", "--db", someRolledUp).done().out();
    Program.run("report", "--db", someRolledUp, "-o", reports).done();
    assertTrue(table.contains("3 pruned captures in this period"), table);
    for (String format : List.of("html", "csv", "md")) {
      String text = Files.readString(reports.resolve("report." + format));
      assertTrue(text.contains("known by the hour only"), format);
    }
    String json = Files.readString(reports.resolve("report.json"));
    assertEquals("{\"rolled_up\":3,\"dropped\":0}", Program.parse(json).get("pruned").toString());
    assertEquals(
        "{\"rolled_up\":0,\"dropped\":0}",
        Program.parse(report(someRolledUp, "--from=2026-03-03")).get("pruned").toString());
    String dropped = Program.run("report", "--db", someDropped).done().out();
    assertTrue(dropped.contains("left out, as it was dropped"), dropped);
  }

  @Test
  void aSiteHasTheSameHours() {
    List<String> words = List.of("--per", "hour", "--json", "-", "kestrelnews.com");
    assertEquals(
        Program.run("site", "--db", filled, words).done().out(),
        Program.run("site", "--db", allRolledUp, words).done().out());
  }

  @Test
  void theLedgerStaysToTheMinute() throws IOException {
    String sql = "FROM ledger ORDER BY ALL";
    String before = ask(filled, sql);
    for (Path store : List.of(allRolledUp, pruned(filled, ALL_OF_IT, "--drop"))) {
      assertEquals(before, ask(store, sql));
      assertLedgerIsThatOfPrunedCaptures(store);
    }
  }

  private static void assertLedgerIsThatOfPrunedCaptures(Path store) {
    assertEquals(
        "status\r\npruned\r\n",
        ask(
            store,
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
    assertEquals(ask(filled, sql), ask(allRolledUp, sql));
  }

  @Test
  void clientsStay() {
    String sql = "FROM clients ORDER BY ALL";
    assertEquals(ask(filled, sql), ask(allRolledUp, sql));
  }

  @Test
  void droppedTrafficIsInNoReport() {
    String rows = "SELECT (SELECT count(*) FROM traffic) + (SELECT count(*) FROM clients) AS n";
    assertEquals("n\r\n0\r\n", ask(allDropped, rows));
    assertEquals(0, Program.parse(report(allDropped)).path("totals").path("bytes").asLong());
  }

  @Test
  void onlyCapturesThatEndedBeforeThatArePruned() {
    String kept =
        "SELECT * FROM traffic JOIN (SELECT capture_id FROM captures"
            + " WHERE last_packet >= '2026-03-02 08:59:00') USING (capture_id) ORDER BY ALL";
    String before = ask(filled, kept);
    assertTrue(before.lines().count() > 1, before);
    assertEquals(before, ask(someRolledUp, kept));
    assertEquals(
        "as_told\r\ntrue\r\n",
        ask(
            someRolledUp,
            """
            SELECT bool_and((last_packet < '2026-03-02 08:59:00') = (status = 'pruned')) AS as_told
            FROM captures
            """));
  }

  @LongTest
  @Test
  void aPrunedCaptureIsNotTakenAgain() throws IOException {
    Path store = copyOf(allRolledUp);
    String before = report(store);
    Program again = Program.run("analyze", "--db", store, samples()).done();
    assertEquals(samples().size(), again.complaints().size(), again.err());
    assertEquals(
        "imon: " + samples().get(0) + ": already in the store, and pruned; it is not taken again",
        again.complaints().get(0));
    assertEquals(before, report(store));
  }

  @LongTest
  @Test
  void captureReportsOfRolledUpCapturesAreComplete() {
    Path sample = Program.SAMPLES.resolve("browsing.pcap");
    assertEquals(
        withoutFlows(Program.run("analyze", "--db", filled, "--json", "-", sample).done().out()),
        withoutFlows(
            Program.run("analyze", "--db", allRolledUp, "--json", "-", sample).done().out()));
  }

  @LongTest
  @Test
  void whatIsRolledUpStaysWhenAnotherCaptureIsTakenIn() throws IOException {
    String pruned = "SELECT * FROM traffic WHERE flow_id IS NULL ORDER BY ALL";
    String ledger =
        "FROM ledger WHERE capture_id IN (SELECT capture_id FROM captures"
            + " WHERE status = 'pruned') ORDER BY ALL";
    Path store = copyOf(someRolledUp);
    String before = ask(store, pruned) + ask(store, ledger);
    FilledStore.add(store, List.of(Program.SAMPLES.resolve("ech.pcap")));
    assertEquals(before, ask(store, pruned) + ask(store, ledger));
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "site kestrelnews.com", "site --per minute kestrelnews.com"})
  void whoAsksForPrunedTrafficIsToldSo(String words) {
    List<String> asking = List.of((words + " --from 2026-03-02T08:00Z").split(" ", -1));
    assertEquals(
        "imon: 3 pruned captures in this period; such traffic is known by the hour only\n",
        Program.run(asking, "--db", someRolledUp, "--json", "-").done().err());
  }

  @Test
  void whoAsksForDroppedTrafficOrForOtherTimesIsToldSo() {
    Program later = Program.run("report", "--db", someRolledUp, "--from", "2026-03-03").done();
    assertEquals("", later.err());
    Program report = Program.run("report", "--db", someDropped).done();
    assertEquals(
        "imon: 3 pruned captures in this period; such traffic is left out, as it was dropped\n",
        report.err());
  }

  @Test
  void anExplanationSaysThatPrunedCapturesAreNotInIt() {
    Program run =
        Program.run("explain", "--db", allRolledUp, "--json", "-", "kestrelnews.com").done();
    assertEquals(
        "imon: 5 pruned captures in this period; such traffic is left out,"
            + " as its packets are no longer known\n",
        run.err());
    assertEquals(0, run.json().path("flows").asLong(-1));
    Program gone =
        Program.run("explain", "--db", allDropped, "kestrelnews.com").ended(ExitCode.FAILED);
    assertEquals(
        List.of(
            "imon: 5 pruned captures in this period; such traffic is left out, as it was dropped",
            "imon: kestrelnews.com: no flow has this name"),
        gone.complaints());
  }

  @Test
  void anHourStandsInItsFirstMinute() {
    assertEquals(begins(filled, "hour"), begins(allRolledUp, "minute"));
  }

  private static List<String> begins(Path db, String per) {
    Program run =
        Program.run("site", "--db", db, "--per", per, "--json", "-", "kestrelnews.com").done();
    return run.json().at("/sites/0/spans").findValuesAsText("begin");
  }

  @Test
  void spaceIsGivenBackAndTheFileIsItsOwnersOnlyAndDoingItAgainChangesNothing() throws IOException {
    Path store = pruned(filled, ALL_OF_IT);
    byte[] once = Files.readAllBytes(store);
    assertTrue(once.length < Files.size(filled), once.length + " bytes");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store)));
    try (Stream<Path> files = Files.list(store.resolveSibling(""))) {
      assertEquals(List.of(store), files.toList());
    }
    prune(store, ALL_OF_IT);
    assertArrayEquals(once, Files.readAllBytes(store));
  }

  @Test
  void nothingOldLeavesTheFileAlone() throws IOException {
    Path store = copyOf(filled);
    Program run = Program.run("store", "prune", "--db", store, "--before", "2026-03-01").done();
    assertEquals("imon: no capture is as old as that; nothing was pruned\n", run.err());
    assertArrayEquals(Files.readAllBytes(filled), Files.readAllBytes(store));
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
    Path store = copyOf(filled);
    List<String> given = words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
    Program run = Program.run("store", "prune", "--db", store, given).ended(ExitCode.USAGE);
    assertEquals(1, run.complaints().size(), run.err());
    assertArrayEquals(Files.readAllBytes(filled), Files.readAllBytes(store));
  }

  @Test
  void infoTellsWhatIsHeld() {
    var info = Program.run("store", "info", "--db", someRolledUp, "--json").done().json();
    assertEquals(7, info.path("schema").asInt());
    assertEquals(someRolledUp.toFile().length(), info.path("file_bytes").asLong());
    assertEquals("{\"ok\":2,\"pruned\":3}", info.path("statuses").toString());
    assertEquals(3, info.path("pruned").asInt());
    assertEquals("2026-03-02T08:00:00.500000Z", info.path("first_packet").asText());
    assertEquals(info.path("flows"), info.at("/sources/0/flows"));
    assertEquals(
        ask(someRolledUp, "SELECT count(*) AS flows FROM flows"),
        "flows\r\n" + info.path("flows") + "\r\n");
    assertEquals(1, info.path("sources").size());
  }

  @LongTest
  @Test
  void infoFitsATerminal() throws IOException {
    Path store = copyOf(someRolledUp);
    String source = "a network with a name that is far too long for a table of 80 columns";
    Path vlan = Program.SAMPLES.resolve("vlan.pcap");
    Program.run("analyze", "--no-report", "--db", store, "--source", source, vlan).done();
    List<String> lines = Program.run("store", "info", "--db", store).done().out().lines().toList();
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines::toString);
    String text = String.join("\n", lines);
    assertTrue(text.contains("6 captures: 3 ok, 3 pruned"), text);
    assertTrue(text.contains("schema 7"), text);
    assertTrue(text.contains("(none)"), text);
    assertTrue(text.contains("2026-03-09"), text);
  }

  @Test
  void anEmptyStoreHasInfo() throws IOException {
    Path empty = folder.resolve("empty.db");
    try (Staging staging = Staging.open()) {
      new StoreFile(empty).prepare(staging);
    }
    Program info = Program.run("store", "info", "--db", empty).done();
    assertTrue(info.out().contains("0 captures\nno packets\n"), info.out());
    assertEquals(
        0, Program.run("store", "info", "--db", empty, "--json").json().path("sources").size());
  }
}
