package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.samples.CapturedPackets;
import imon.samples.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One report on all samples together, each with another damage to its packets. */
class DamagedReportTest {
  private static final int SEVERAL = 3;

  @TempDir Path folder;

  @Test
  void itBalancesAndDependsOnNeitherOrderNorWorkers() throws Exception {
    long bytes = damageAll(new Random(1));
    String expected = Analyzed.json(Analyzed.shuffled(1, folder), 1, null);
    assertEquals(expected, Analyzed.json(Analyzed.shuffled(2, folder), SEVERAL, null));
    JsonNode report = Program.parse(expected);
    assertTrue(bytes > 0);
    assertEquals(bytes, report.at("/totals/bytes").asLong());
    assertEquals(bytes, sum(report, "ledger", "bytes"));
    assertEquals(bytes, sum(report, "captures", "wire_bytes"));
    assertEquals(sum(report, "captures", "packets"), sum(report, "ledger", "packets"));
  }

  /** Writes the damaged samples; gives back how many bytes their packets had on the wire. */
  private long damageAll(Random random) throws IOException {
    long bytes = 0;
    for (String name : SampleFiles.names()) {
      if (SampleFiles.truth(name).get("packets").asLong() > 0) {
        CapturedPackets whole = CapturedPackets.of(SampleFiles.capture(name));
        Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
        CapturedPackets damaged = damage.of(whole, random.nextLong());
        Files.write(folder.resolve(name + ".pcapng"), damaged.pcapng());
        bytes += damaged.wireBytes();
      }
    }
    return bytes;
  }

  private static long sum(JsonNode report, String rows, String member) {
    long sum = 0;
    for (JsonNode row : report.get(rows)) {
      sum += row.get(member).asLong();
    }
    return sum;
  }
}
