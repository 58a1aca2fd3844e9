package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.option.BudgetOptions.Budget;
import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Budgets of sites and hosts. */
class BudgetOptionsTest {
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");
  private static final List<String> JSON = List.of("--tz", "UTC", "--json", "-");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.example=1, 1",
    "a.example=1 B, 1",
    "a.example=2kB, 2000",
    "a.example=1.5MB, 1500000",
    "a.example=3gb, 3000000000",
    "a.example=1KiB, 1024",
    "a.example=1.0009KiB, 1024",
    "a.example=2MiB, 2097152",
    "a.example=1TiB, 1099511627776",
    "a.example=999999999999999TiB, 9223372036854775807"
  })
  void aSizeHasItsUnit(String word, long bytes) {
    assertEquals(new Budget("a.example", bytes), Budget.parse(word));
  }

  @Test
  void aNameStaysAsItIsWritten() {
    assertEquals(new Budget("My Group", 1), Budget.parse(" My Group =1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example", "=5MB", "a.example=", "a.example=5XB", "a=-1", "a=1e3MB"})
  void whatIsNoBudgetIsWrongUsage(String word) {
    assertThrows(IllegalArgumentException.class, () -> Budget.parse(word));
    Program run = Program.run("analyze", "--budget", word, BROWSING).ended(ExitCode.USAGE);
    assertTrue(run.err().startsWith("imon analyze: --budget " + word + ": give a name"), run.err());
    assertEquals("", run.out());
  }

  @Test
  void oneByteTooManyEndsWithFourInAllReports() {
    Path store = folder.resolve("imon.db");
    JsonNode report = Program.run("analyze", "--db", store, BROWSING, JSON).done().json();
    JsonNode site = report.at("/sites/0");
    String name = site.get("site").asText();
    long bytes = site.get("bytes").asLong();
    for (List<Object> words :
        List.<List<Object>>of(
            List.of("analyze", BROWSING),
            List.of("report", "--db", store),
            List.of("site", "--db", store, name))) {
      Program.run(words, JSON, "--budget", name + "=" + bytes).done();
      Program over =
          Program.run(words, JSON, "--budget", name + "=" + (bytes - 1))
              .ended(ExitCode.OVER_BUDGET);
      assertEquals(1, over.complaints().size(), over.err());
      assertTrue(over.err().startsWith("imon: " + name + ": budget of "), over.err());
      assertEquals(bytes, over.json().at("/sites/0/bytes").asLong());
    }
  }

  @LongTest
  @Test
  void aNameIsMeantInAnySpelling() throws IOException {
    Path store = folder.resolve("imon.db");
    Path hosts = Files.writeString(folder.resolve("hosts"), "203.0.113.32 www.b\u00fccher.example");
    Path capture = Program.SAMPLES.resolve("dns-not-asked.pcap");
    String budget = "b\u00fccher.example=1";
    Program.run("analyze", "--db", store, "--hosts", hosts, capture, "--budget", budget)
        .ended(ExitCode.OVER_BUDGET);
    for (String name :
        List.of(
            "b\u00fccher.example",
            "B\u00dcCHER.example.",
            "xn--bcher-kva.example.",
            "www.b\u00fccher.example")) {
      Program.run("site", "--db", store, name, "--budget", name + "=1").ended(ExitCode.OVER_BUDGET);
      Path groups = Files.writeString(folder.resolve("groups"), "B\u00fccherei = " + name);
      List<Object> words = List.of("report", "--db", store, "--groups", groups);
      Program over =
          Program.run(words, "--budget", "B\u00dcCHEREI=1", "--budget", name + "=1")
              .ended(ExitCode.OVER_BUDGET);
      assertEquals(2, over.complaints().size(), over.err());
      assertTrue(over.err().startsWith("imon: B\u00dcCHEREI: budget of 1 byte "), over.err());
    }
  }

  @LongTest
  @Test
  void aSiteThatIsShownInPartsHasItsBudgetAsAWhole() {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, BROWSING);
    List<Object> words = List.of("report", "--db", store, "--site-level", "host");
    long bytes = 0;
    for (JsonNode site : Program.run(words, JSON).done().json().get("sites")) {
      boolean part = site.get("site").asText().endsWith("weatherhollow.com.au");
      bytes += part ? site.get("bytes").asLong() : 0;
    }
    assertTrue(bytes > 0);
    Program.run(words, "--budget", "weatherhollow.com.au=" + bytes).done();
    Program.run(words, "--budget", "weatherhollow.com.au=" + (bytes - 1))
        .ended(ExitCode.OVER_BUDGET);
  }

  @LongTest
  @Test
  void aSiteHasItsBudgetWhateverItsHostsAreShownUnder() throws IOException {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, BROWSING);
    JsonNode site = Program.run("report", "--db", store, JSON).done().json().at("/sites/0");
    String name = site.get("site").asText();
    String host = site.at("/hosts/0/host").asText();
    assertNotEquals(name, host);
    List<String> whole = List.of("--budget", name + "=" + (site.get("bytes").asLong() - 1));
    Path all = Files.writeString(folder.resolve("all"), "All = " + name);
    Path some = Files.writeString(folder.resolve("some"), "Some = " + host);
    for (Path groups : List.of(all, some)) {
      Program.run("report", "--db", store, "--groups", groups, whole).ended(ExitCode.OVER_BUDGET);
      Program.run("analyze", BROWSING, "--groups", groups, whole).ended(ExitCode.OVER_BUDGET);
    }
    Program.run("report", "--db", store, "--site-level", "host", whole).ended(ExitCode.OVER_BUDGET);
    Program.run("report", "--db", store, "--groups", all, "--keep-settings").done();
    Program.run("report", "--db", store, whole).ended(ExitCode.OVER_BUDGET);
  }

  @LongTest
  @Test
  void aGroupGoesBeforeTheSiteItIsCalledLike() throws IOException {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, BROWSING);
    JsonNode sites = Program.run("report", "--db", store, JSON).done().json().get("sites");
    String name = sites.at("/0/site").asText();
    Path groups =
        Files.writeString(
            folder.resolve("groups"),
            "%s = %s\nRest = %s".formatted(name, sites.at("/1/site").asText(), name));
    long bytes = sites.at("/1/bytes").asLong();
    List<Object> words = List.of("report", "--db", store, "--groups", groups);
    Program.run(words, "--budget", name + "=" + bytes).done();
    Program.run(words, "--budget", name + "=" + (bytes - 1)).ended(ExitCode.OVER_BUDGET);
  }

  @LongTest
  @Test
  void aHostHasABudgetAndAPeriodIsItsTime() {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, BROWSING);
    String host = "radar.weatherhollow.com.au=1kB";
    Program.run("report", "--db", store, "--budget", host, "--budget", "nobody.example=1")
        .ended(ExitCode.OVER_BUDGET);
    List<String> before = List.of("--tz", "UTC", "--to", "2026-03-02T08:02");
    Program.run("report", "--db", store, "--budget", host, before).done();
  }
}
