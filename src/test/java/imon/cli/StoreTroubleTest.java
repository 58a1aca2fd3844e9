package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import imon.testing.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot be written or read is said in one line, and loses nothing. */
class StoreTroubleTest {
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");
  private static final Path VLAN = Program.SAMPLES.resolve("vlan.pcap");

  @TempDir Path folder;

  private static void assertFailedInOneLine(Path store, Program run) {
    run.ended(ExitCode.FAILED);
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().startsWith("imon: " + store + ": "), run.err());
  }

  @LongTest
  @Test
  void aFullDiskLosesNothingAndTheNextRunCompletes() throws Exception {
    Path undisturbed = folder.resolve("undisturbed.db");
    FilledStore.make(undisturbed, VLAN, BROWSING);
    List<String> whole = StoreViews.withoutTimeOfIngest(undisturbed);
    Path mounted = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = SmallDisk.mount(mounted, 65_536)) {
      Path store = mounted.resolve("imon.db");
      Program.run("analyze", "--no-report", "--db", store, VLAN).done();
      for (int kibibytes : new int[] {4, 100, 300}) {
        disk.leave(kibibytes);
        Program full = Program.run("analyze", "--db", store, BROWSING);
        assertFailedInOneLine(store, full);
        assertTrue(full.err().contains("no space left; free some"), full.err());
        assertWholeCaptures(store);
      }
      disk.leave(32_768);
      Program.run("analyze", "--no-report", "--db", store, BROWSING).done();
      assertEquals(whole, StoreViews.withoutTimeOfIngest(store));
    }
  }

  /**
   * The first one is there, and whatever else is there has all its packets. Where one waits for its
   * names, as there is no room for these either, that is said.
   */
  private static void assertWholeCaptures(Path store) {
    Program query =
        Program.run(
                "query",
                "--json",
                "--db",
                store,
                "SELECT path, status, packets = p AND wire_bytes = b AS whole"
                    + " FROM captures LEFT JOIN"
                    + " (SELECT capture_id, sum(packets) AS p, sum(bytes) AS b FROM ledger GROUP BY ALL)"
                    + " USING (capture_id) ORDER BY ingested_at")
            .done();
    JsonNode captures = query.json();
    assertEquals(VLAN.toString(), captures.get(0).get("path").asText());
    captures.forEach(c -> assertTrue(c.get("whole").asBoolean(), c::toString));
    boolean waits = captures.findValuesAsText("status").contains("pending");
    assertEquals(waits ? 1 : 0, query.complaints().size(), query.err());
    assertEquals(waits, query.err().contains("flows that wait for their names"), query.err());
  }

  @Test
  void aNewStoreOnAFullDiskIsNotBegun() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = SmallDisk.mount(mounted, 200)) {
      Path store = mounted.resolve("imon.db");
      Program full = Program.run("analyze", "--db", store, VLAN);
      assertFailedInOneLine(store, full);
      assertTrue(full.err().contains("no space left; free some"), full.err());
      try (var files = Files.list(mounted)) {
        assertEquals(List.of(), files.toList());
      }
      assertTrue(disk.free() > 0);
    }
  }

  @Test
  void aReadOnlyStoreStillAnswers() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = SmallDisk.mount(mounted, 65_536)) {
      Path store = mounted.resolve("imon.db");
      Program.run("analyze", "--no-report", "--db", store, VLAN).done();
      disk.readOnly();
      Program refused = Program.run("analyze", "--db", store, BROWSING);
      assertFailedInOneLine(store, refused);
      assertTrue(refused.err().contains("its file system is read-only"), refused.err());
      Path other = mounted.resolve("other.db");
      assertFailedInOneLine(other, Program.run("analyze", "--db", other, BROWSING));
      Program pruned = Program.run("store", "prune", "--db", store, "--before", "2030-01-01");
      assertEquals(
          List.of(
              "imon: %s: cannot be written to: Read-only file system; its folder must be writable, too"
                  .formatted(store)),
          pruned.ended(ExitCode.FAILED).complaints());
      Program.run("report", "--db", store).done();
      assertEquals(
          "[{\"captures\":1}]",
          Program.query(store, "SELECT count(*) AS captures FROM captures").toString());
    }
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeIsNoStore() throws Exception {
    Path pipe = folder.resolve("pipe.db");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    for (List<Object> words :
        List.<List<Object>>of(
            List.of("analyze", BROWSING),
            List.of("report"),
            List.of("site", "a.example"),
            List.of("query", "SELECT 1"),
            List.of("store", "info"),
            List.of("store", "prune", "--keep-for", "1d"))) {
      Program run = Program.run(words, "--db", pipe);
      assertFailedInOneLine(pipe, run);
      assertTrue(run.err().contains(": a pipe or device; name a file by --db"), run.err());
    }
  }

  @Test
  void aDamagedStoreIsSaidInOneLineAndLeftAsItIs() throws IOException {
    Path store = folder.resolve("imon.db");
    Program.run("analyze", "--no-report", "--db", store, VLAN).done();
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

  @Test
  void aStoreThatIsCutOrHasOtherBytesIsCalledDamaged() throws IOException {
    Path store = folder.resolve("imon.db");
    Program.run("analyze", "--no-report", "--db", store, VLAN).done();
    byte[] sound = Files.readAllBytes(store);
    byte[] noise = sound.clone();
    Arrays.fill(noise, 12288, noise.length, (byte) 0x5a);
    for (byte[] damaged : List.of(Arrays.copyOf(sound, 30_000), noise)) {
      Files.write(store, damaged);
      assertEquals(
          List.of(
              "imon: %s: damaged; bring back a copy, or make it anew from its captures"
                  .formatted(store)),
          Program.run("report", "--db", store).ended(ExitCode.FAILED).complaints());
    }
  }
}
