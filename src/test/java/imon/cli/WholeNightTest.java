package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.live.Capture;
import imon.live.CaptureLimits;
import imon.live.ClockBorders;
import imon.live.Rotation;
import imon.live.file.CaptureFolder;
import imon.live.file.CaptureListener;
import imon.live.file.FinishedFile;
import imon.live.file.FolderOptions;
import imon.live.file.NamePattern;
import imon.live.file.Retention;
import imon.testing.LongTest;
import imon.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From packets on a device to a pruned store some nights later, in minutes of a settable clock. */
@LongTest
class WholeNightTest {
  private static final Instant EVENING = Instant.parse("2026-03-02T20:10:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path home;
  private final SettableClock clock = new SettableClock(EVENING);
  private Path captures;
  private Path told;
  private Path report;

  @Test
  void anEveningOfThreeFilesIsReportedOnceAndForgottenInTime() throws Exception {
    captures = home.resolve("captures");
    told = home.resolve("told");
    report = home.resolve("reports/2026-03-02/report.json");
    long bytes = captureTheEvening();
    assertEquals(List.of("2010", "2100", "2200"), names(captures));

    clock.set(Instant.parse("2026-03-02T23:50:00Z"));
    Program before = run();
    assertTrue(before.err().contains("new captures: 3, known: 0\n"), before.err());
    assertEquals(List.of("2026-03-01"), Files.readAllLines(told), "the day is not over");

    clock.advance(Duration.ofMinutes(20));
    Program midnight = run();
    assertTrue(midnight.err().contains("new captures: 0, known: 3\n"), midnight.err());
    assertEquals(List.of("2026-03-01", "2026-03-02"), Files.readAllLines(told));
    assertEquals(bytes, totals(Files.readString(report)).path("bytes").asLong());

    aSecondRunChangesNothing();
    daysLaterOnlySumsAreLeft(bytes);
  }

  private long captureTheEvening() throws IOException {
    FolderOptions options =
        new FolderOptions(
            captures,
            new NamePattern("{start:HHmm}.pcap", "eth0", ZoneOffset.UTC),
            new Retention(0, null, 0, 0),
            false);
    Capture[] capture = new Capture[1];
    ReplayedPackets packets =
        new ReplayedPackets(
            Program.SAMPLES.resolve("browsing.pcap"),
            3,
            EVENING,
            clock::set,
            () -> capture[0].stop());
    try (CaptureFolder folder = new CaptureFolder(options, new Silent(), clock)) {
      Rotation hourly = new Rotation(0, new ClockBorders(Duration.ofHours(1), ZoneOffset.UTC));
      capture[0] =
          new Capture(
              packets, folder, hourly, CaptureLimits.NONE, new Silent(), clock, Duration.ZERO);
      assertEquals(packets.wireBytes(), capture[0].run().wireBytes());
    }
    try (Stream<Path> files = Files.list(captures)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      }
    }
    return packets.wireBytes();
  }

  /** Hears nothing. */
  private static final class Silent implements CaptureListener {
    @Override
    public void finished(FinishedFile file) {}

    @Override
    public void said(String line) {}
  }

  private Program run() throws IOException {
    Path job =
        Files.writeString(
            home.resolve("night.toml"),
            """
            timezone = "UTC"
            [captures]
            folder = "captures"
            keep_for = "2d"
            [store]
            file = "imon.db"
            keep_for = "2d"
            [report]
            folder = "reports/{date}"
            formats = ["json"]
            [after_report]
            command = ["sh", "-c", "echo $IMON_REPORT_DATE >> $0", "%s"]
            """
                .formatted(told));
    return Program.runAt(clock, "job", "run", job).done();
  }

  private void aSecondRunChangesNothing() throws IOException {
    String before = Files.readString(report);
    clock.advance(Duration.ofMinutes(10));
    Program again = run();
    assertTrue(again.err().contains("night: nothing to report\n"), again.err());
    assertEquals(2, Files.readAllLines(told).size());
    assertEquals(before, Files.readString(report));
    assertEquals(3, names(captures).size());
  }

  private void daysLaterOnlySumsAreLeft(long bytes) throws IOException {
    clock.advance(DAY.multipliedBy(4));
    Program later = run();
    assertTrue(later.err().contains("night: old captures deleted: 2\n"), later.err());
    assertTrue(later.err().contains("imon: pruned captures: 3;"), later.err());
    assertEquals(
        List.of("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"),
        Files.readAllLines(told));
    Program asked =
        Program.run(
                "report",
                "--db",
                home.resolve("imon.db"),
                "--tz=UTC",
                "--from=2026-03-02",
                "--to=2026-03-02",
                "--json=-")
            .done();
    assertEquals(bytes, totals(asked.out()).path("bytes").asLong());
  }

  private static JsonNode totals(String json) {
    return Program.parse(json).path("totals");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(".pcap", ""))
          .sorted()
          .toList();
    }
  }
}
