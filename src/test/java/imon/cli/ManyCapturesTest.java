package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.samples.Tape;
import imon.testing.LongTest;
import imon.testing.Packer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many captures at once give what they give one after another: sound, cut and damaged ones, equal
 * ones, compressed ones, and one that is worth several workers.
 */
@LongTest
class ManyCapturesTest {
  private static final int ROUNDS = 3;
  private static final String ONE_AFTER_ANOTHER = "--workers=1";

  @TempDir Path folder;
  private Path captures;

  @BeforeEach
  void fill() throws IOException {
    captures = Files.createDirectory(folder.resolve("captures"));
    Packer[] packers = Packer.values();
    List<String> names = SampleFiles.names();
    for (int i = 0; i < 30; i++) {
      byte[] capture = Files.readAllBytes(SampleFiles.capture(names.get(i)));
      write("sample-" + i, i % 2 == 0 ? capture : packers[i % packers.length].pack(capture));
    }
    byte[] large = large();
    write("large", large);
    write("large-again.zst", Packer.ZSTD.pack(large));
    write("large-again.xz", Packer.XZ.pack(large));
    byte[] packed = Packer.GZIP.pack(large);
    write("large-cut.gz", Arrays.copyOf(packed, packed.length / 2));
    packed[packed.length / 3] ^= 0x55;
    write("large-damaged.gz", packed);
  }

  private void write(String name, byte[] capture) throws IOException {
    Files.write(captures.resolve(name), capture);
  }

  private static byte[] large() {
    Tape tape = new Tape();
    for (int i = 0; i < 20_000; i++) {
      tape.udp("10.0.0." + i % 250 + ":50000", "203.0.113." + i % 99 + ":4000", new byte[400]);
    }
    return tape.pcap();
  }

  @Test
  void theReportAndTheMessagesAreTheSame() {
    Program expected = Program.run("analyze", captures, "--json", "-", ONE_AFTER_ANOTHER);
    assertEquals(ExitCode.INCOMPLETE, expected.exitCode(), expected.err());
    assertEquals(2, expected.err().split("the same capture as another one given", -1).length - 1);
    assertTrue(expected.out().contains("captures/large\""), expected.err());
    for (int round = 0; round < ROUNDS; round++) {
      Program run = Program.run("analyze", captures, "--json", "-", "--workers=4");
      assertEquals(expected, run);
    }
  }

  @Test
  void theStoreIsTheSame() {
    Path one = folder.resolve("one.db");
    Path many = folder.resolve("many.db");
    Program expected =
        Program.run("analyze", captures, "--json", "-", "--db", one, ONE_AFTER_ANOTHER);
    Program run = Program.run("analyze", captures, "--json", "-", "--db", many, "--workers=5");
    assertEquals(expected, run);
    for (String sql :
        List.of(
            "SELECT * EXCLUDE ingested_at FROM captures ORDER BY ALL",
            "SELECT * FROM flows ORDER BY ALL",
            "SELECT * FROM ledger ORDER BY ALL",
            "SELECT * FROM anomalies ORDER BY ALL")) {
      assertEquals(Program.query(one, sql), Program.query(many, sql), sql);
    }
  }
}
