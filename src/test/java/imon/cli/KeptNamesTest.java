package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A store that keeps names answers as one that is given them each time. */
class KeptNamesTest {
  private static final List<String> JSON = List.of("--tz", "UTC", "--top", "1000", "--json", "-");

  private static final List<String> ALL_SITES = List.of("report", "--local-sites");

  private static final List<List<String>> QUESTIONS =
      List.of(
          ALL_SITES,
          List.of("report", "--from", "2026-03-02T08:02", "--to", "2026-03-02T09:31"),
          List.of("report", "--by", "host", "--client", "192.168.0.0/16"),
          List.of("report", "--by", "source"));

  private static final List<String> EARLY =
      List.of(
          "browsing.pcap",
          "http-proxy.pcap",
          "http-pipelined.pcap",
          "continued-1.pcap",
          "dns-shared-address.pcap",
          "certificate.pcap");

  private static final List<String> LATE =
      List.of("shared-address.pcap", "continued-2.pcap", "continued-3.pcap", "sibling.pcap");

  @TempDir private Path folder;
  private Path kept;
  private Path plain;

  @BeforeEach
  void keepCaptures() {
    kept = folder.resolve("kept.db");
    plain = folder.resolve("plain.db");
    FilledStore.make(kept, samples(EARLY));
    FilledStore.make(plain, samples(EARLY));
  }

  private static List<Path> samples(List<String> names) {
    return names.stream().map(Program.SAMPLES::resolve).toList();
  }

  private static String ask(List<String> question, Path store, List<String> options) {
    return Program.run(question, "--db", store, options, JSON).done().out();
  }

  private static JsonNode report(Path store, Object... options) {
    return Program.run("report", "--db", store, List.of(options), JSON).done().json();
  }

  /** Sites and hosts of the sample captures, thrown into groups. */
  private Path groups(long seed) throws IOException {
    Random dice = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (JsonNode site : report(plain).get("sites")) {
      lines.add("Group " + dice.nextInt(3) + " = " + site.get("site").asText());
      for (JsonNode host : site.get("hosts")) {
        String name = host.get("host").asText(site.get("site").asText());
        if (dice.nextInt(4) == 0 && !name.equals(site.get("site").asText())) {
          lines.add("Group " + dice.nextInt(3) + " = " + name);
        }
      }
    }
    return Files.write(folder.resolve("groups"), lines);
  }

  private void assertSame(String when, List<String> options) {
    boolean all = Boolean.getBoolean("samples.all");
    List<String> names = new ArrayList<>(List.of("site", "--per", "hour"));
    for (List<String> question : all ? QUESTIONS : QUESTIONS.subList(0, 2)) {
      String answer = ask(question, kept, List.of());
      assertEquals(ask(question, plain, options), answer, when + question + options);
      if (question == ALL_SITES) {
        Program.parse(answer).get("sites").forEach(site -> names.add(site.get("site").asText()));
      }
    }
    assertEquals(ask(names, plain, options), ask(names, kept, List.of()), when + names + options);
  }

  private static List<Arguments> names() {
    List<Arguments> names =
        List.of(
            Arguments.of(2, true, true),
            Arguments.of(1, true, false),
            Arguments.of(3, false, true));
    return Boolean.getBoolean("samples.all") ? names : names.subList(0, 1);
  }

  @LongTest
  @ParameterizedTest
  @MethodSource("names")
  void aStoreThatKeepsNamesAnswersAsIfTheyWereGiven(long seed, boolean grouped, boolean byHost)
      throws IOException {
    List<String> options = new ArrayList<>();
    if (grouped) {
      options.addAll(List.of("--groups", groups(seed).toString()));
    }
    if (byHost) {
      options.addAll(List.of("--site-level", "host"));
    }
    String before = ask(List.of("report"), plain, List.of());
    String answer = Program.run("report", "--db", kept, "--keep-settings", options, JSON).out();
    assertEquals(ask(List.of("report"), plain, options), answer);
    assertNotEquals(before, answer);
    FilledStore.add(kept, samples(LATE));
    FilledStore.add(plain, samples(LATE));
    assertSame("with more ", options);
    for (Path store : List.of(kept, plain)) {
      Program.run("store", "prune", "--db", store, "--before", "2026-03-02T08:01:30Z").done();
    }
    assertSame("pruned ", options);
    Program.run(
            "report", "--db", kept, "--keep-settings", "--groups", "none", "--site-level", "domain")
        .done();
    assertEquals(ask(ALL_SITES, plain, List.of()), ask(ALL_SITES, kept, List.of()));
  }

  @LongTest
  @Test
  void oneOptionWinsAndTheOtherIsStillKept() throws IOException {
    String groups = groups(4).toString();
    report(kept, "--keep-settings", "--groups", groups);
    report(kept, "--keep-settings", "--site-level", "host");
    assertEquals(
        report(plain, "--groups", groups, "--site-level", "host").get("sites"),
        report(kept).get("sites"));
    assertEquals(
        report(plain, "--groups", groups).get("sites"),
        report(kept, "--site-level", "domain").get("sites"));
    assertEquals(
        report(plain, "--site-level", "host").get("sites"),
        report(kept, "--groups", "none").get("sites"));
    assertEquals(
        report(plain).get("sites"),
        report(kept, "--groups", "none", "--site-level", "domain").get("sites"));
  }

  @Test
  void theFileOfGroupsIsNotNeededAgain() throws IOException {
    Path groups = groups(5);
    Program.run("site", "--db", kept, "--keep-settings", "--groups", groups, "Group 1").done();
    Files.delete(groups);
    Program.run("site", "--db", kept, "Group 1").done();
  }

  @LongTest
  @Test
  void anAnalysisKeepsNamesForItsStore() {
    Path other = folder.resolve("other.db");
    Program.run(
            "analyze",
            "--db",
            other,
            "--keep-settings",
            "--site-level",
            "host",
            Program.SAMPLES.resolve("browsing.pcap"))
        .done();
    String host = "SELECT count(*)::INTEGER AS flows FROM flows WHERE site <> host";
    assertEquals(0, Program.query(other, host).get(0).get("flows").asInt());
    assertEquals(report(other, "--site-level", "host").get("sites"), report(other).get("sites"));
  }

  @LongTest
  @Test
  void viewsShowTheNamesThatReportsShow() throws IOException {
    report(kept, "--keep-settings", "--groups", groups(6).toString());
    JsonNode sites = report(kept).get("sites");
    for (String view : List.of("flows", "traffic")) {
      Map<String, Long> bytes = new HashMap<>();
      String sql =
          "SELECT site, sum(up_bytes + down_bytes)::BIGINT AS bytes FROM %s"
              + " WHERE scope IN ('internet', 'local') AND site IS NOT NULL GROUP BY site";
      Program.query(kept, sql.formatted(view))
          .forEach(row -> bytes.put(row.get("site").asText(), row.get("bytes").asLong()));
      for (JsonNode site : sites) {
        assertEquals(site.get("bytes").asLong(), bytes.get(site.get("site").asText()), view + site);
      }
    }
  }

  @LongTest
  @Test
  void twoStoresAreComparedUnderTheNamesOfTheFirst() throws IOException {
    report(kept, "--keep-settings", "--groups", groups(7).toString());
    JsonNode diff =
        Program.run("diff", "--db", kept, "--with-db", plain, "--json", "-").done().json();
    assertTrue(diff.toString().contains("Group 0"), diff.toString());
    assertEquals(0, diff.at("/counts/new").asInt(-1), diff.toString());
  }

  @Test
  void whatIsKeptIsTold() throws IOException {
    JsonNode none = Program.run("store", "info", "--db", kept, "--json").done().json();
    assertEquals("domain", none.get("site_level").asText());
    assertTrue(none.get("groups").isEmpty());
    Path groups = Files.writeString(folder.resolve("g"), "News = b.example, a.example\n");
    report(kept, "--keep-settings", "--groups", groups.toString(), "--site-level", "host");
    JsonNode told = Program.run("store", "info", "--db", kept, "--json").done().json();
    assertEquals("host", told.get("site_level").asText());
    assertEquals("[\"a.example\",\"b.example\"]", told.at("/groups/News").toString());
    String text = Program.run("store", "info", "--db", kept).done().out();
    assertTrue(text.contains("names kept: hosts apart, 1 group of 2 names"), text);
  }

  @Test
  void nothingToKeepIsWrongUsage() {
    Program run = Program.run("report", "--db", kept, "--keep-settings").ended(ExitCode.USAGE);
    assertTrue(run.err().contains("nothing to keep"), run.err());
    Program.run("analyze", "--keep-settings", "--site-level", "host", Program.SAMPLES)
        .ended(ExitCode.USAGE);
    Path missing = folder.resolve("missing.db");
    Program.run("report", "--db", missing, "--keep-settings", "--site-level", "host")
        .ended(ExitCode.FAILED);
    assertFalse(Files.exists(missing));
  }
}
