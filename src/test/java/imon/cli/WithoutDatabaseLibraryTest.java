package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
      assertEquals(
          "imon: the program lacks DuckDB's library; install it anew",
          imon.err().lines().reduce((before, last) -> last).orElse(""));
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
