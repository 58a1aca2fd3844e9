package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import imon.testing.LoopbackResolver;
import imon.wire.Addresses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that the DNS has for servers that nothing names. */
class ResolveOptionTest {
  private static final List<String> JSON = List.of("--tz", "UTC", "--json", "-");
  private static final String LOCAL =
      "SELECT DISTINCT server_ip AS ip FROM flows" + " WHERE scope = 'local' AND evidence = 'none'";

  @TempDir private Path folder;
  private Path store;
  private Path capture;
  private LoopbackResolver resolver;

  @BeforeEach
  void listen() throws IOException {
    resolver = new LoopbackResolver();
    store = folder.resolve("imon.db");
    capture = SampleFiles.capture("dns-not-asked");
  }

  @AfterEach
  void close() {
    resolver.close();
  }

  private List<Object> analyze(Object... more) {
    List<Object> words = new ArrayList<>(List.of("analyze", capture, JSON));
    words.addAll(List.of(more));
    return words;
  }

  private static List<String> unresolved(JsonNode report) {
    return report.get("unresolved").findValuesAsText("ip");
  }

  private static Set<String> sitesBy(String evidence, JsonNode report) {
    Set<String> sites = new TreeSet<>();
    for (JsonNode site : report.get("sites")) {
      if (site.get("evidence").findValuesAsText("kind").contains(evidence)) {
        sites.add(site.get("site").asText());
      }
    }
    return sites;
  }

  @Test
  void withoutAskingNothingIsSent() throws IOException {
    Program.run(analyze().toArray()).done();
    assertEquals(0, resolver.questions());
  }

  @Test
  void aServerThatNothingNamesIsCalledAsTheDnsSays() throws IOException {
    String server = unresolved(Program.run(analyze().toArray()).done().json()).get(0);
    resolver.says(server, "mail.looked-up.example.org");
    for (List<Object> kept : List.<List<Object>>of(List.of(), List.of("--db", store))) {
      Program run =
          Program.run(analyze("--resolve", "--resolver", resolver.word(), kept).toArray()).done();
      assertEquals(Set.of("example.org"), sitesBy("ptr", run.json()));
      assertFalse(unresolved(run.json()).contains(server));
      assertTrue(run.err().contains(": 1 named, "), run.err());
    }
    JsonNode later = Program.run("report", "--db", store, JSON).done().json();
    assertEquals(Set.of("example.org"), sitesBy("ptr", later));
    assertEquals(
        "mail.looked-up.example.org",
        Program.query(store, "SELECT name FROM answers WHERE kind = 'lookup'")
            .get(0)
            .get("name")
            .asText());
  }

  @LongTest
  @Test
  void whatIsKnownIsNotAskedAgainFor7Days() throws IOException {
    String server = unresolved(Program.run(analyze().toArray()).done().json()).get(0);
    resolver.says(server, "one.example.org");
    Object[] words = analyze("--resolve", "--resolver", resolver.word(), "--db", store).toArray();
    Program.run(words).done();
    assertEquals(1, resolver.askedFor(server));
    int questions = resolver.questions();
    Program again = Program.run(words).done();
    assertEquals(questions, resolver.questions());
    assertTrue(again.err().contains("looked up 0 servers"), again.err());
    assertEquals(Set.of("example.org"), sitesBy("ptr", again.json()));
    resolver.says(server, "two.example.net");
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(8));
    assertEquals(Set.of("example.net"), sitesBy("ptr", Program.runAt(later, words).done().json()));
  }

  @LongTest
  @Test
  void onlyTheLargestAreAsked() throws IOException {
    capture = SampleFiles.capture("services");
    List<String> servers = unresolved(Program.run(analyze().toArray()).done().json());
    assertTrue(new TreeSet<>(servers).size() > 1, servers.toString());
    Program.run(analyze("--resolve", "--resolve-top", 1, "--resolver", resolver.word()).toArray())
        .done();
    assertEquals(1, resolver.questions(), resolver.toString());
  }

  @LongTest
  @Test
  void localAddressesAreAskedForOnlyWhenAsked() throws IOException {
    capture = Program.SAMPLES;
    assertEquals(ExitCode.INCOMPLETE, Program.run(analyze("--db", store).toArray()).exitCode());
    Set<String> local = new TreeSet<>();
    Program.query(store, LOCAL).forEach(row -> local.add(row.get("ip").asText()));
    local.removeIf(ip -> Addresses.parse(ip) == null);
    assertFalse(local.isEmpty());
    List<Object> words =
        analyze("--resolve", "--resolver", resolver.word(), "--resolve-top", 100_000);
    Program.run(words.toArray()).ended(ExitCode.INCOMPLETE);
    assertTrue(resolver.questions() > 0);
    for (String ip : local) {
      assertEquals(0, resolver.askedFor(ip), ip);
    }
    words.add("--resolve-local");
    Program.run(words.toArray()).ended(ExitCode.INCOMPLETE);
    assertTrue(resolver.askedFor(local.iterator().next()) > 0, local.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--resolver 127.0.0.1:53",
        "--resolve-top 10",
        "--resolve --resolve-local",
        "--resolve --resolver localhost:53",
        "--resolve --resolver 127.0.0.1:99999",
        "--resolve --resolve-top 0",
        "--resolve --db x.db --follow ."
      })
  void whatCannotBeAskedIsWrongUsage(String words) {
    Program run = Program.run("analyze", capture, List.of(words.split(" ")));
    run.ended(ExitCode.USAGE);
    assertEquals(1, run.complaints().size(), run.err());
  }
}
