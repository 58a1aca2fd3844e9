package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes and one store, and processes that are told to end. */
class StoreProcessesTest {
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");
  private static final Path VLAN = Program.SAMPLES.resolve("vlan.pcap");

  @TempDir Path folder;

  @LongTest
  @Test
  void twoIngestsAtOnceKeepBoth() throws Exception {
    Path store = folder.resolve("imon.db");
    try (ImonProcess one = ImonProcess.start("analyze", "--db", store, BROWSING);
        ImonProcess other = ImonProcess.start("analyze", "--db", store, VLAN)) {
      one.ends(ExitCode.DONE);
      other.ends(ExitCode.DONE);
    }
    Path undisturbed = folder.resolve("undisturbed.db");
    FilledStore.make(undisturbed, BROWSING, VLAN);
    assertEquals(
        StoreViews.withoutTimeOfIngest(undisturbed), StoreViews.withoutTimeOfIngest(store));
  }

  @LongTest
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aFolderIsFollowedUntilTheProcessIsToldToEnd(String signal) throws Exception {
    Path store = folder.resolve("imon.db");
    Path captures = Files.createDirectory(folder.resolve("captures"));
    Path file = captures.resolve("night1.pcap");
    try (ImonProcess follow =
        ImonProcess.start("analyze", "--db", store, "--follow", "--finished-after", 0, captures)) {
      String begins = "imon: follows " + captures + " until it is told to end (Ctrl-C)";
      assertEquals(begins, follow.line());
      copyWhole(VLAN, file);
      assertTaken(file, follow.line());
      Program.run("report", "--db", store).done();
      Path next = captures.resolve("night2.pcap");
      copyWhole(BROWSING, next);
      assertTaken(next, follow.line());
      follow.signal(signal, 0);
      assertEquals(List.of(), follow.ends(ExitCode.DONE));
    }
    String sql = "SELECT count(*) AS captures FROM captures WHERE status = 'ok'";
    assertEquals("[{\"captures\":2}]", Program.query(store, sql).toString());
  }

  /** As a capture program does that renames what is whole. */
  private static void copyWhole(Path from, Path to) throws IOException {
    Path part = Files.copy(from, to.resolveSibling(to.getFileName() + ".part"));
    Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void assertTaken(Path file, String line) {
    assertNotNull(line);
    assertTrue(line.matches("imon: \\Q" + file + "\\E: [0-9,]+ packets, [0-9.]+ .?B"), line);
  }

  @Test
  void followingNeedsAStoreAndFoldersAndWritesNoReport() {
    Path store = folder.resolve("imon.db");
    Program none = Program.run("analyze", "--follow", folder).ended(ExitCode.USAGE);
    assertTrue(none.err().contains("give --db FILE"), none.err());
    Program file = Program.run("analyze", "--db", store, "--follow", VLAN).ended(ExitCode.USAGE);
    assertTrue(file.err().contains("no folder; --follow watches folders"), file.err());
    for (String ofReports : List.of("--json=-", "--budget=example.com=1MB")) {
      Program report =
          Program.run("analyze", "--db", store, "--follow", folder, ofReports)
              .ended(ExitCode.USAGE);
      assertTrue(report.err().contains("--follow writes no report"), report.err());
    }
    Program alone =
        Program.run("analyze", "--db", store, "--finished-after", 5, folder).ended(ExitCode.USAGE);
    assertTrue(alone.err().contains("--finished-after: needs --follow"), alone.err());
    assertFalse(Files.exists(store));
  }

  @LongTest
  @ParameterizedTest
  @CsvSource({"TERM, 2300"})
  void aSignalWhileCapturesAreReadKeepsWholeOnes(String signal, long millis) throws Exception {
    Path store = folder.resolve("imon.db");
    Path captures = Files.createDirectory(folder.resolve("captures"));
    for (String name : SampleFiles.names().subList(0, 20)) {
      Files.copy(SampleFiles.capture(name), captures.resolve(name));
    }
    try (ImonProcess follow =
        ImonProcess.start("analyze", "--db", store, "--follow", "--finished-after", 0, captures)) {
      assertNotNull(follow.line());
      follow.signal(signal, millis);
      follow.ends(ExitCode.DONE);
    }
    assertEquals(
        "[]",
        Program.query(
                store,
                "SELECT path FROM captures JOIN (SELECT capture_id, sum(bytes) AS bytes FROM ledger"
                    + " GROUP BY ALL) USING (capture_id) WHERE wire_bytes <> bytes")
            .toString());
    Path undisturbed = folder.resolve("undisturbed.db");
    int ending = Program.run("analyze", "--db", undisturbed, captures).exitCode();
    Program.run("analyze", "--db", store, captures).ended(ending);
    assertEquals(
        StoreViews.withoutTimeOfIngest(undisturbed), StoreViews.withoutTimeOfIngest(store));
  }

  @LongTest
  @Test
  void reportsAnswerWhileALongIngestReads() throws Exception {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, VLAN);
    String before = Program.run("report", "--db", store, Analyzed.AS_JSON).done().out();
    byte[] capture = Files.readAllBytes(BROWSING);
    int half = capture.length / 2;
    try (ImonProcess ingest = ImonProcess.start("analyze", "--db", store, "-")) {
      // More than a pipe holds: when it is written, most of it has been read.
      ingest.give(capture, 0, half);
      try (ImonProcess report = ImonProcess.start("report", "--db", store);
          ImonProcess site = ImonProcess.start("site", "--db", store, "ferrylane.co.uk")) {
        assertEquals(List.of(), report.ends(ExitCode.DONE));
        site.ends(ExitCode.DONE);
      }
      assertEquals(before, Program.run("report", "--db", store, Analyzed.AS_JSON).done().out());
      ingest.give(capture, half, capture.length - half);
      ingest.giveNoMore();
      ingest.ends(ExitCode.DONE);
    }
    String sql = "SELECT count(*) AS captures, sum(packets)::BIGINT > 6152 AS more FROM captures";
    assertEquals("[{\"captures\":2,\"more\":true}]", Program.query(store, sql).toString());
  }
}
