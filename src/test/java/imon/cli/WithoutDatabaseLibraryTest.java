package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program whose database has lost its library. */
class WithoutDatabaseLibraryTest {
  @TempDir Path scratch;

  @Test
  void theLastLineSaysWhatIsLacking() throws Exception {
    Path alone = scratch.resolve("duckdb_jdbc.jar");
    String without =
        CaptureProcess.classPathEntries().stream()
            .map(entry -> entry.contains("/duckdb_jdbc-") ? copy(entry, alone) : entry)
            .collect(Collectors.joining(":"));
    try (CaptureProcess imon =
        CaptureProcess.start(
            scratch,
            List.of(),
            List.of(),
            without,
            "analyze",
            Program.SAMPLES.resolve("dtls.pcap").toString())) {
      assertEquals(1, imon.exitCode());
      // The driver prints the trace of its failure before.
      String last = imon.err().lines().reduce((before, line) -> line).orElse("");
      assertTrue(last.startsWith("imon: DuckDB's library cannot be loaded: "), imon.err());
      assertTrue(last.contains("duckdb_java"), last);
      assertTrue(last.endsWith("; install imon for this system"), last);
    }
  }

  private static String copy(String jar, Path to) {
    try {
      return Files.copy(Path.of(jar), to).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
