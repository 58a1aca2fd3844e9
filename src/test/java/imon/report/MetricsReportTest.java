package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics by the grammar of the Prometheus text format 0.0.4, which OpenMetrics 1.0 narrows. */
class MetricsReportTest {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-z_]+) [A-Z][^\\n\\\\]*\\.");
  private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_]+) gauge");
  private static final Pattern UNIT = Pattern.compile("# UNIT ([a-z_]+) ([a-z]+)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_]+)(\\{[a-z_]+=\"(?:[^\"\\\\\\n]++|\\\\[\\\\\"n])*+\""
              + "(?:,[a-z_]+=\"(?:[^\"\\\\\\n]++|\\\\[\\\\\"n])*+\")*\\})? ([0-9]+(?:\\.[0-9]+)?)");

  @TempDir private Path folder;

  @Test
  void everyLineFollowsTheGrammar() throws IOException {
    assertGrammar(Rendering.METRICS.of(ExampleReport.full()));
    assertGrammar(Rendering.METRICS.of(ExampleReport.grouped()));
    assertGrammar(Rendering.METRICS.of(ExampleReport.empty()));
    assertGrammar(Rendering.METRICS.of(ExampleReport.large(3)));
  }

  @Test
  void noNameEndsItsLabel() throws IOException {
    String plain = Rendering.METRICS.of(ExampleReport.hostile("name"));
    for (String name : HostileText.all()) {
      String text = Rendering.METRICS.of(ExampleReport.hostile(name));
      assertGrammar(text);
      assertEquals(plain.lines().count(), text.lines().count(), name);
    }
  }

  @Test
  void classesAndSitesAddUp() throws IOException {
    Report report = ExampleReport.full();
    String text = Rendering.METRICS.of(report);
    assertEquals(report.totals().bytes(), sum(text, "imon_ledger_bytes"));
    assertEquals(report.totals().packets(), sum(text, "imon_ledger_packets"));
    long sites = report.sites().stream().mapToLong(site -> site.traffic().bytes()).sum();
    assertEquals(sites, sum(text, "imon_site_bytes"));
    assertEquals(sites, sum(text, "imon_site_evidence_bytes"));
    assertEquals(412_117, sum(text, "imon_other_sites_bytes"));
    assertEquals(17, sum(text, "imon_dropped_packets"));
  }

  @Test
  void aFigureThatIsNotKnownIsNotThere() throws IOException {
    String text = Rendering.METRICS.of(ExampleReport.empty());
    assertFalse(text.contains("imon_dropped_packets"), text);
    assertFalse(text.contains("_timestamp_seconds"), text);
    assertTrue(text.contains("\nimon_captures{status=\"ok\"} 0\n"), text);
  }

  @Test
  void timesAreSecondsSince1970() throws IOException {
    String text = Rendering.METRICS.of(ExampleReport.full());
    assertTrue(
        text.contains("\nimon_report_first_packet_timestamp_seconds 1793516400.000001\n"), text);
    assertTrue(text.contains("\nimon_report_generated_timestamp_seconds 1793597400\n"), text);
  }

  @Test
  void everyMetricIsDocumented() throws IOException {
    String document = Files.readString(Path.of("docs/metrics.md"));
    String text = Rendering.METRICS.of(ExampleReport.full());
    Set<String> names = new HashSet<>();
    for (String line : text.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      if (type.matches()) {
        names.add(type.group(1));
      }
    }
    for (String name : names) {
      assertTrue(document.contains("`" + name + "`"), name + " is not documented");
    }
  }

  @Test
  void promtoolFindsNothingWrong() throws Exception {
    Environment.requireOrSkip(hasPromtool(), "promtool (Debian package prometheus)");
    Path file = folder.resolve("imon.prom");
    Files.writeString(file, Rendering.METRICS.of(ExampleReport.full()));
    Process process =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(file.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private static boolean hasPromtool() {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, "promtool"))) {
        return true;
      }
    }
    return false;
  }

  private static void assertGrammar(String text) {
    assertTrue(text.endsWith("\n# EOF\n"), text);
    List<String> lines = text.lines().toList();
    Set<String> families = new HashSet<>();
    Set<String> series = new HashSet<>();
    String family = "";
    for (int i = 0; i < lines.size() - 1; i++) {
      Matcher help = HELP.matcher(lines.get(i));
      if (help.matches()) {
        family = help.group(1);
        assertTrue(families.add(family), "twice: " + family);
        assertEquals("# TYPE " + family + " gauge", lines.get(i + 1));
        assertTrue(TYPE.matcher(lines.get(++i)).matches());
        Matcher unit = UNIT.matcher(lines.get(i + 1));
        if (unit.matches()) {
          assertTrue(family.endsWith("_" + unit.group(2)), family);
          i++;
        }
      } else {
        Matcher sample = SAMPLE.matcher(lines.get(i));
        assertTrue(sample.matches(), lines.get(i));
        assertEquals(family, sample.group(1));
        assertTrue(series.add(sample.group(1) + sample.group(2)), "twice: " + lines.get(i));
        assertFalse(family.matches(".*_(total|count|sum|bucket|created)"), family);
      }
    }
    assertFalse(families.isEmpty());
  }

  private static long sum(String text, String family) {
    List<Long> values = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith(family + "{") || line.startsWith(family + " ")) {
        values.add(Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)));
      }
    }
    assertFalse(values.isEmpty(), family);
    return values.stream().mapToLong(Long::longValue).sum();
  }
}
