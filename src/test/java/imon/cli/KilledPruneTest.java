package imon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import imon.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A prune that is killed or finds the disk full leaves the store as it was, or pruned. The property
 * {@code imon.kills} gives the number of kills, {@code imon.kills.seed} another choice of moments.
 */
@LongTest
class KilledPruneTest {
  private static final int KILLS = Integer.getInteger("imon.kills", 1);
  private static final long SEED = Long.getLong("imon.kills.seed", 7);

  @TempDir private Path folder;
  private Path filled;
  private List<String> before = List.of();

  @BeforeEach
  void keepCaptures() {
    filled = folder.resolve("filled.db");
    FilledStore.make(
        filled,
        Stream.of("browsing", "http-proxy", "shared-address", "dns-windows")
            .map(name -> Program.SAMPLES.resolve(name + ".pcap"))
            .toList());
    before = StoreViews.withoutTimeOfIngest(filled);
  }

  private static Object[] prune(Path store) {
    return new Object[] {"store", "prune", "--db", store, "--before", "2026-03-02T08:59"};
  }

  private static void assertAlone(Path store) throws IOException {
    try (Stream<Path> files = Files.list(store.resolveSibling(""))) {
      assertEquals(List.of(store), files.toList());
    }
  }

  @Test
  void everyMomentLeavesAStoreThatTheNextPruneCompletes() throws Exception {
    Path undisturbed = Files.copy(filled, folder.resolve("undisturbed.db"));
    long began = System.nanoTime();
    try (ImonProcess whole = ImonProcess.start(prune(undisturbed))) {
      whole.ends(ExitCode.DONE);
    }
    int millis = (int) ((System.nanoTime() - began) / 1_000_000);
    List<String> after = StoreViews.withoutTimeOfIngest(undisturbed);
    assertNotEquals(before, after);
    Random moments = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      Path store = Files.createDirectory(folder.resolve("killed-" + i)).resolve("imon.db");
      Files.copy(filled, store);
      try (ImonProcess killed = ImonProcess.start(prune(store))) {
        killed.killAfter(moments.nextInt(millis));
      }
      List<String> found = StoreViews.withoutTimeOfIngest(store);
      assertTrue(found.equals(before) || found.equals(after), "kill " + i + ": " + found);
      assertAlone(store);
      Program.run(prune(store)).done();
      assertEquals(after, StoreViews.withoutTimeOfIngest(store), "kill " + i);
      assertAlone(store);
    }
  }

  /** As a killed prune leaves it: the folder has the number of a process that is gone. */
  @Test
  void whatAKilledPruneLeftGoesWithTheNextCommand() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path store = Files.createDirectory(folder.resolve("left")).resolve("imon.db");
    Files.copy(filled, store);
    for (List<String> command :
        List.of(List.of("report"), List.of("query", "SELECT 1"), List.of("store", "info"))) {
      Path left = store.resolveSibling("imon-scratch-" + gone.pid() + "-1");
      Files.write(Files.createDirectory(left).resolve("store.db"), new byte[100]);
      Path alive = store.resolveSibling("imon-scratch-" + ProcessHandle.current().pid() + "-1");
      Files.createDirectory(alive);
      Program.run(command, "--db", store).done();
      Files.delete(alive);
      assertAlone(store);
    }
  }

  @Test
  void aFullDiskLeavesTheStoreAsItWas() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = SmallDisk.mount(mounted, 65_536)) {
      Path store = Files.copy(filled, mounted.resolve("imon.db"));
      byte[] sound = Files.readAllBytes(store);
      for (int kibibytes : new int[] {0, 4, 300, 1000}) {
        disk.leave(kibibytes);
        Program full = Program.run(prune(store)).ended(ExitCode.FAILED);
        assertEquals(1, full.complaints().size(), full.err());
        assertTrue(full.err().startsWith("imon: " + store + ": "), full.err());
        assertTrue(full.err().contains("no space left; free some"), full.err());
        assertArrayEquals(sound, Files.readAllBytes(store));
        assertAlone(store);
      }
      disk.leave(32_768);
      Program.run(prune(store)).done();
      assertNotEquals(before, StoreViews.withoutTimeOfIngest(store));
      assertAlone(store);
    }
  }
}
