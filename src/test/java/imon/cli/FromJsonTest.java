package imon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports made again from a JSON report, and what they are packed into. */
class FromJsonTest {
  private static final Path CAPTURE = Program.SAMPLES.resolve("hostile-names.pcap");
  private static final Path OTHER = Program.SAMPLES.resolve("shared-address.pcap");
  private static final String MADE = "2026-03-03T08:00:00Z";
  private static final List<String> FILES =
      List.of("report.html", "report.csv", "report.json", "report.md");

  @TempDir private static Path folder;
  private static Path first;
  private static Path json;

  @BeforeAll
  static void analyze() {
    first = folder.resolve("first");
    json = first.resolve("report.json");
    Program.run(
            "analyze",
            CAPTURE,
            OTHER,
            "-o",
            first,
            "--sha256",
            "--generated-at",
            MADE,
            "--bundle",
            folder.resolve("first.zip"),
            "--metrics",
            folder.resolve("first.prom"))
        .done();
  }

  @Test
  void everyFormatIsTheSameToTheByte() throws IOException {
    Path again = folder.resolve("again");
    Path zip = folder.resolve("again.zip");
    Path prom = folder.resolve("again.prom");
    Program.run("report", "--from-json", json, "-o", again, "--bundle", zip, "--metrics", prom)
        .done();
    for (String file : FILES) {
      assertEquals(
          Files.readString(first.resolve(file)), Files.readString(again.resolve(file)), file);
    }
    assertArrayEquals(bytes("first.zip"), bytes("again.zip"));
    assertArrayEquals(bytes("first.prom"), bytes("again.prom"));
  }

  @Test
  void theTableIsTheSameAsThatOfTheAnalysis() {
    Program again = Program.run("report", "--from-json", json, "--tz", "UTC").done();
    assertEquals(Program.run("analyze", CAPTURE, OTHER, "--tz", "UTC").done().out(), again.out());
  }

  @Test
  void aBundleHasTheFilesOfAFolder() throws IOException {
    for (String file : FILES) {
      assertEquals(
          Files.readString(first.resolve(file)),
          Unpacked.text(folder.resolve("first.zip"), file),
          file);
    }
  }

  @Test
  void theOrderOfCapturesChangesNothingEvenWhenTheCommandIsTold() throws IOException {
    Program swapped =
        Program.run(
                "analyze",
                OTHER,
                CAPTURE,
                "--workers",
                1,
                "--sha256",
                "--generated-at",
                MADE,
                "--json",
                "-")
            .done();
    assertEquals(Files.readString(json), swapped.out());
  }

  @Test
  void timesCanBeShownInAnotherZone() throws IOException {
    Program again =
        Program.run("report", "--from-json", json, "--tz", "Asia/Tokyo", "--html", "-").done();
    Program direct =
        Program.run(
                "analyze",
                CAPTURE,
                OTHER,
                "--sha256",
                "--generated-at",
                MADE,
                "--tz",
                "Asia/Tokyo",
                "--html",
                "-")
            .done();
    String command = "<dt>Command</dt>.*";
    assertEquals(direct.out().replaceFirst(command, ""), again.out().replaceFirst(command, ""));
  }

  @Test
  void standardInputIsRead() throws IOException {
    Program again =
        Program.runWithInput(Files.readAllBytes(json), "report", "--from-json", "-", "--json", "-")
            .done();
    assertEquals(Files.readString(json), again.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--db x.db",
        "--from today",
        "--to today",
        "--client 192.0.2.1",
        "--by host",
        "--top 3",
        "--local-sites",
        "--asn x.mmdb",
        "--sha256",
        "--budget a=1",
        "--groups x",
        "--site-level host",
        "--anonymize"
      })
  void whatAsksAStoreIsWrongUsage(String option) {
    Program run =
        Program.run("report", "--from-json", json, List.of(option.split(" ", -1)))
            .ended(ExitCode.USAGE);
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().contains(option.split(" ", -1)[0] + " cannot change"), run.err());
    assertEquals("", run.out());
  }

  @Test
  void whatIsNoReportIsOneLine() throws IOException {
    Path site = folder.resolve("site.json");
    Files.writeString(site, "{\"schema_version\": 1, \"sites\": []}");
    assertRefused(site, "not a JSON report of imon");
    assertRefused(CAPTURE, "no JSON report");
    assertRefused(folder, "no such file");
    assertRefused(folder.resolve("none.json"), "no such file");
    Path huge = folder.resolve("huge.json");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(2L << 30);
    }
    assertRefused(huge, "more than");
    Files.delete(huge);
  }

  @Test
  void aBundleCannotGoToStandardOutputAndMetricsAreOfReportsOnly() {
    Program bundle = Program.run("analyze", CAPTURE, "--bundle", "-").ended(ExitCode.USAGE);
    assertTrue(bundle.err().contains("--bundle -"), bundle.err());
    Program metrics =
        Program.run("site", "--db", folder.resolve("x.db"), "--metrics", "x.prom", "example.com")
            .ended(ExitCode.USAGE);
    assertTrue(metrics.err().contains("--metrics"), metrics.err());
  }

  @LongTest
  @Test
  void aBundleOfAnAnonymousReportTellsNoClient() throws IOException {
    Path plain = folder.resolve("plain.json");
    Program.run("analyze", CAPTURE, "--json", plain).done();
    String client = Program.parse(Files.readString(plain)).at("/clients/0/ip").asText();
    Path zip = folder.resolve("anonymous.zip");
    Program.run("analyze", CAPTURE, "--anonymize", "--bundle", zip).done();
    for (String file : FILES) {
      String text = Unpacked.text(zip, file);
      assertFalse(text.contains(client), file);
      assertEquals(!file.endsWith(".md"), text.contains("client-"), file);
    }
  }

  private static void assertRefused(Path file, String says) {
    Program run = Program.run("report", "--from-json", file, "--json", "-").ended(ExitCode.FAILED);
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().startsWith("imon: " + file + ": "), run.err());
    assertTrue(run.err().contains(says), run.err());
    assertEquals("", run.out());
  }

  private static byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(folder.resolve(file));
  }
}
