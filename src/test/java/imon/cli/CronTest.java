package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.LongTest;
import imon.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's cron starts a job by the line that imon prints. */
@LongTest
class CronTest {
  private static final int PATIENCE_SECONDS = 240;
  private static final int LOOK_MILLIS = 200;

  /** What cron needs to read a crontab before its minute. */
  private static final Duration START = Duration.ofSeconds(15);

  /**
   * In a mount namespace of its own, cron finds one crontab and nothing of the machine's; all of it
   * is gone when cron ends.
   */
  private static final String ALONE =
      """
      set -e
      mount -t tmpfs tmpfs /run
      mount -t tmpfs tmpfs /etc/cron.d
      mount --bind /dev/null /etc/crontab
      mount -t tmpfs tmpfs /var/spool/cron
      mkdir -m 1730 /var/spool/cron/crontabs
      cp "$1" /var/spool/cron/crontabs/root
      chmod 600 /var/spool/cron/crontabs/root
      exec cron -f
      """;

  @TempDir private Path home;

  @Test
  void thePrintedLineMakesAReport() throws Exception {
    VethPair.requireNamespaces();
    Programs.required("cron", "cron");
    LocalTime at = LocalTime.now(ZoneOffset.UTC).plus(START).plusMinutes(1);
    Path job = job(at.truncatedTo(ChronoUnit.MINUTES));
    String line = Program.run("job", "install", job, "--cron", "--program", program()).done().out();
    Path crontab = Files.writeString(home.resolve("crontab"), "MAILTO=\"\"\n" + line);
    Process cron = cron(crontab);
    try {
      Path latest = home.resolve("reports/latest");
      awaitReport(cron, latest);
      String day = Files.readSymbolicLink(latest).toString();
      assertTrue(LocalDate.parse(day).isBefore(LocalDate.now(ZoneOffset.UTC)), day);
      String report = Files.readString(latest.resolve("report.json"));
      assertEquals(1, Program.parse(report).path("schema_version").asInt(), report);
    } finally {
      cron.destroy();
      assertTrue(cron.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "cron does not end");
    }
  }

  private Path job(LocalTime at) throws IOException {
    Path captures = Files.createDirectory(home.resolve("captures"));
    Files.copy(Program.SAMPLES.resolve("ech.pcap"), captures.resolve("ech.pcap"));
    return Files.writeString(
        home.resolve("night.toml"),
        """
        timezone = "UTC"
        at = "%s"
        [captures]
        folder = "captures"
        [store]
        file = "imon.db"
        [report]
        folder = "reports/{date}"
        formats = ["json"]
        """
            .formatted(at));
  }

  /** In the place of the launcher, which would build imon first. */
  private Path program() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path program =
        Files.writeString(
            home.resolve("imon"),
            "#!/bin/sh\nexec %s %s -cp '%s' imon.cli.Main \"$@\" >'%s' 2>&1\n"
                .formatted(
                    java,
                    String.join(" ", ImonProcess.QUIET),
                    CaptureProcess.absoluteClassPath(),
                    home.resolve("said")));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  private Process cron(Path crontab) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of("unshare", "--mount", "sh", "-c", ALONE, "sh", crontab.toString()));
    builder.environment().put("TZ", "UTC");
    return builder.redirectErrorStream(true).redirectOutput(home.resolve("cron").toFile()).start();
  }

  private void awaitReport(Process cron, Path latest) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(latest)) {
      boolean ended = cron.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      String said = Files.readString(home.resolve("cron"));
      assertTrue(!ended && System.nanoTime() < end, () -> "no report; cron says: " + said);
    }
  }
}
