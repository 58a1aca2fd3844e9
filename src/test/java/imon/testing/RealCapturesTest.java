package imon.testing;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.RealCaptures.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealCapturesTest {
  @TempDir Path folder;

  @Test
  void totalsAreReadByColumnName() throws IOException {
    Path file = folder.resolve("totals.csv");
    Files.writeString(file, "wire_bytes,capture,packets\r\n5000000000,\"a,b.pcap\",3\r\n");
    assertEquals(List.of(new Totals("a,b.pcap", 3, 5_000_000_000L)), RealCaptures.readTotals(file));
  }

  @Test
  void theNamedFolderComesBeforeTheSharedOne() {
    assertEquals(folder.toAbsolutePath(), RealCaptures.named(folder.toString()));
    assertTrue(RealCaptures.named("").endsWith(Path.of("shared", "captures")));
  }

  @Test
  void everyListedCaptureIsThere() throws IOException {
    List<Totals> totals = RealCaptures.totals();
    assertFalse(totals.isEmpty());
    assertAll(
        totals.stream().map(t -> () -> assertTrue(Files.isRegularFile(t.path()), t.capture())));
  }
}
