package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only capturing and filters need libpcap, and say so. */
class WithoutLibpcapTest {
  private static final List<String> NO_LIBPCAP =
      List.of("-Dorg.pcap4j.core.pcapLibName=/nowhere/libpcap.so");

  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "interfaces",
        "capture -w captures",
        "analyze --filter tcp sample-captures/dtls.pcap"
      })
  void aMissingLibraryIsSaidWithItsPackage(String command) throws Exception {
    String[] words = command.replace("captures", scratch.toString()).split(" ");
    try (CaptureProcess imon =
        CaptureProcess.start(scratch, List.of(), NO_LIBPCAP, CaptureProcess.classPath(), words)) {
      assertEquals(1, imon.exitCode());
      assertTrue(imon.err().contains("install the package libpcap0.8"), imon.err());
      assertEquals(1, imon.err().lines().count(), imon.err());
    }
  }

  @Test
  void aFilterOfAJobIsNotCheckedThen() throws Exception {
    String[] words = {"job", "check", "docs/jobs/around-the-clock.toml"};
    try (CaptureProcess imon =
        CaptureProcess.start(scratch, List.of(), NO_LIBPCAP, CaptureProcess.classPath(), words)) {
      assertEquals(0, imon.exitCode(), imon.err());
      assertTrue(imon.out().contains("  not checked        the filter: "), imon.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "capture --help", "analyze sample-captures/dtls.pcap"})
  void whatDoesNotCaptureNeedsNeitherLibpcapNorItsJars(String command) throws Exception {
    String without =
        CaptureProcess.classPathEntries().stream()
            .filter(entry -> !entry.matches(".*/(pcap4j|jna|slf4j)[^/]*\\.jar"))
            .collect(Collectors.joining(":"));
    assertFalse(without.equals(CaptureProcess.classPath()));
    try (CaptureProcess imon =
        CaptureProcess.start(scratch, List.of(), List.of(), without, command.split(" "))) {
      assertEquals(0, imon.exitCode(), imon.err());
    }
  }

  @Test
  void wrongUsageIsFoundBeforeLibpcapIsAsked() throws Exception {
    String folder = scratch.toString();
    for (List<String> words :
        List.of(
            List.of("-C", "big"),
            List.of("-G", "25h"),
            List.of("-W", "3"),
            List.of("--files", "3"),
            List.of("--name", "x.pcap"),
            List.of("--tz", "Mars"),
            List.of("-s", "300000"),
            List.of("--buffer", "3GiB"),
            List.of("--compress", "gzip"),
            List.of("--keep-age", "soon"),
            List.of("--keep-age", "7"),
            List.of("--keep-bytes", "100"),
            List.of("--keep-free", "5"),
            List.of("--bytes", "1000"),
            List.of("--duration", "10"),
            List.of("--buffer", "64"),
            List.of("--db", scratch.resolve("a.db").toString(), "--totals", "30"),
            List.of("--keep-files", "-1"),
            List.of("--keep-files", "0"),
            List.of("-C", "1", "-W", "0"),
            List.of("-C", "1", "--files", "0"),
            List.of("--packets", "0"),
            List.of("--packets", "many"))) {
      Program run = Program.run("capture", "-i", "none", "-w", folder, words).ended(2);
      assertEquals(1, run.complaints().size(), run.err());
    }
  }
}
