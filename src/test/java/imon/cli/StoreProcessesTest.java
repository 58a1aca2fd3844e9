package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes and one store, and processes that are told to end. */
class StoreProcessesTest {
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");
  private static final Path VLAN = Program.SAMPLES.resolve("vlan.pcap");

  @TempDir Path folder;

  @Test
  void twoIngestsAtOnceKeepBoth() throws Exception {
    Path store = folder.resolve("imon.db");
    try (ImonProcess one = ImonProcess.start("analyze", "--db", store, BROWSING);
        ImonProcess other = ImonProcess.start("analyze", "--db", store, VLAN)) {
      one.ends(ExitCode.DONE);
      other.ends(ExitCode.DONE);
    }
    Path undisturbed = folder.resolve("undisturbed.db");
    Program.run("analyze", "--db", undisturbed, BROWSING, VLAN).done();
    assertEquals(
        StoreViews.withoutTimeOfIngest(undisturbed), StoreViews.withoutTimeOfIngest(store));
  }

  @Test
  void aFolderIsFollowedUntilTheProcessIsToldToEnd() throws Exception {
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
      follow.terminate();
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
  }

  @Test
  void aDamagedStoreIsSaidInOneLineAndLeftAsItIs() throws IOException {
    Path store = folder.resolve("imon.db");
    Program.run("analyze", "--db", store, VLAN).done();
    byte[] sound = Files.readAllBytes(store);
    byte[] cut = Arrays.copyOf(sound, 5000);
    byte[] noise = sound.clone();
    Arrays.fill(noise, 0, 12288, (byte) 0x5a);
    for (byte[] damaged : List.of(cut, noise, "text".getBytes(StandardCharsets.UTF_8))) {
      Files.write(store, damaged);
      for (Program run :
          List.of(
              Program.run("analyze", "--db", store, BROWSING),
              Program.run("report", "--db", store),
              Program.run("query", "--db", store, "SELECT 1"))) {
        run.ended(ExitCode.FAILED);
        assertEquals(1, run.complaints().size(), run.err());
        assertTrue(run.err().startsWith("imon: " + store + ": "), run.err());
      }
      assertTrue(Arrays.equals(damaged, Files.readAllBytes(store)));
    }
  }
}
