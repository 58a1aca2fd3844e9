package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ingest that is killed at any moment leaves a store that opens, with each capture whole or
 * absent, and the next ingest completes it. The property {@code imon.kills} gives the number of
 * kills, {@code imon.kills.seed} another choice of moments.
 */
@LongTest
class KilledIngestTest {
  private static final int KILLS = Integer.getInteger("imon.kills", 2);
  private static final long SEED = Long.getLong("imon.kills.seed", 5);

  private static final List<String> CAPTURES =
      List.of("browsing.pcap", "tls-midway.pcap", "dns-shared-address.pcap", "vlan.pcap");

  private static final String WHOLE =
      """
      SELECT c.path, c.packets, c.wire_bytes, l.packets AS ledger_packets, l.bytes AS ledger_bytes
      FROM captures c
      LEFT JOIN (SELECT capture_id, sum(packets)::BIGINT AS packets, sum(bytes)::BIGINT AS bytes
        FROM ledger GROUP BY capture_id) l USING (capture_id)
      """;

  @TempDir Path folder;

  private static List<Object> ingest(Path store) {
    List<Object> words = new ArrayList<>(List.of("analyze", "--db", store));
    CAPTURES.forEach(capture -> words.add(Program.SAMPLES.resolve(capture)));
    return words;
  }

  @Test
  void everyMomentLeavesAStoreThatTheNextRunCompletes() throws Exception {
    Path undisturbed = folder.resolve("undisturbed.db");
    long began = System.nanoTime();
    try (ImonProcess whole = ImonProcess.start(ingest(undisturbed).toArray())) {
      whole.ends(ExitCode.DONE);
    }
    int millis = (int) ((System.nanoTime() - began) / 1_000_000);
    List<String> expected = StoreViews.withoutTimeOfIngest(undisturbed);
    Random moments = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      Path store = folder.resolve("killed-" + i + ".db");
      kill(store, moments.nextInt(millis));
      kill(store, moments.nextInt(millis));
      Program.run(ingest(store).toArray()).done();
      assertEquals(expected, StoreViews.withoutTimeOfIngest(store), "kill " + i);
      Files.delete(store);
    }
  }

  private static void kill(Path store, int millis) throws Exception {
    try (ImonProcess ingest = ImonProcess.start(ingest(store).toArray())) {
      ingest.killAfter(millis);
    }
    if (!Files.exists(store)) {
      return;
    }
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store)));
    Set<String> paths = new HashSet<>();
    for (JsonNode capture : Program.query(store, WHOLE)) {
      assertEquals(capture.get("packets").asLong(), capture.get("ledger_packets").asLong());
      assertEquals(capture.get("wire_bytes").asLong(), capture.get("ledger_bytes").asLong());
      assertTrue(paths.add(capture.get("path").asText()), () -> "twice: " + capture);
    }
    assertTrue(paths.size() <= CAPTURES.size(), paths::toString);
  }
}
