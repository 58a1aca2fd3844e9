package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sites under the user's own names, and hosts apart. */
class SiteNamesTest {
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");
  private static final Path SHARED = Program.SAMPLES.resolve("dns-shared-address.pcap");
  private static final List<String> JSON = List.of("--tz", "UTC", "--top", "1000", "--json", "-");

  @TempDir private Path folder;

  private Path groups(String... lines) throws IOException {
    return Files.write(folder.resolve("groups.txt"), List.of(lines));
  }

  private static JsonNode site(JsonNode report, String name) {
    return StreamSupport.stream(report.get("sites").spliterator(), false)
        .filter(site -> site.get("site").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + report.get("sites")));
  }

  @LongTest
  @Test
  void aGroupHasWhatItsMembersHave() throws IOException {
    Path groups = groups("Papers = kestrelnews.com, tidepost.org", "TV = lanternreel.tv");
    JsonNode plain = Program.run("analyze", BROWSING, JSON).done().json();
    JsonNode grouped = Program.run("analyze", "--groups", groups, BROWSING, JSON).done().json();
    for (String field : List.of("bytes", "proven_bytes", "connections")) {
      assertEquals(
          site(plain, "kestrelnews.com").get(field).asLong()
              + site(plain, "tidepost.org").get(field).asLong(),
          site(grouped, "Papers").get(field).asLong(),
          field);
    }
    assertEquals(site(plain, "lanternreel.tv").get("bytes"), site(grouped, "TV").get("bytes"));
    assertEquals(site(plain, "pixelbarn.net"), site(grouped, "pixelbarn.net"));
    assertEquals(plain.get("ledger"), grouped.get("ledger"));
  }

  @LongTest
  @Test
  void sitesOfOneGroupAreNoRivals() throws IOException {
    JsonNode plain = Program.run("analyze", SHARED, JSON).done().json();
    JsonNode rival = site(plain, "pixelbarn.net");
    assertNotEquals(rival.get("bytes"), rival.get("possible_bytes"));
    Path groups = groups("Both = kestrelnews.com, pixelbarn.net");
    JsonNode both =
        site(Program.run("analyze", "--groups", groups, SHARED, JSON).done().json(), "Both");
    assertEquals(both.get("bytes"), both.get("possible_bytes"));
    assertEquals(
        site(plain, "kestrelnews.com").get("bytes").asLong() + rival.get("bytes").asLong(),
        both.get("bytes").asLong());
  }

  @LongTest
  @Test
  void theLongestMemberNamesAHost() throws IOException {
    JsonNode hosts = Program.run("analyze", "--by", "host", BROWSING, JSON).done().json();
    JsonNode radar =
        StreamSupport.stream(hosts.at("/grouping/rows").spliterator(), false)
            .filter(host -> host.get("name").asText().equals("radar.weatherhollow.com.au"))
            .findFirst()
            .orElseThrow();
    Path groups =
        groups("Weather = weatherhollow.com.au", "Radar = radar.weatherhollow.com.au, com.au");
    JsonNode grouped = Program.run("analyze", "--groups", groups, BROWSING, JSON).done().json();
    assertEquals(radar.get("bytes"), site(grouped, "Radar").get("bytes"));
    assertTrue(site(grouped, "Weather").get("bytes").asLong() > 0);
  }

  @Test
  void hostsStandApartWhenAsked() {
    JsonNode plain = Program.run("analyze", BROWSING, JSON).done().json();
    JsonNode apart = Program.run("analyze", "--site-level", "Host", BROWSING, JSON).done().json();
    TreeMap<String, Long> bytes = new TreeMap<>();
    for (JsonNode site : plain.get("sites")) {
      long named = 0;
      for (JsonNode host : site.get("hosts")) {
        named += host.get("bytes").asLong();
        bytes.merge(host.get("host").asText(), host.get("bytes").asLong(), Long::sum);
      }
      long rest = site.get("bytes").asLong() - named;
      if (rest > 0) {
        bytes.merge(site.get("site").asText(), rest, Long::sum);
      }
    }
    TreeMap<String, Long> found = new TreeMap<>();
    apart.get("sites").forEach(s -> found.put(s.get("site").asText(), s.get("bytes").asLong()));
    assertEquals(bytes, found);
  }

  @LongTest
  @Test
  void aStoreAnswersUnderTheseNamesInAllCommands() throws IOException {
    Path store = folder.resolve("imon.db");
    Path groups = groups("Die Zeitung = kestrelnews.com, tidepost.org");
    JsonNode analyzed =
        Program.run("analyze", "--db", store, "--groups", groups, BROWSING, SHARED, JSON)
            .done()
            .json();
    JsonNode reported =
        Program.run("report", "--db", store, "--groups", groups, JSON).done().json();
    assertEquals(analyzed.get("sites"), reported.get("sites"));
    JsonNode group = site(reported, "Die Zeitung");
    JsonNode alone =
        Program.run("site", "--db", store, "--groups", groups, "die zeitung", JSON)
            .done()
            .json()
            .at("/sites/0");
    for (String field :
        List.of("site", "bytes", "connections", "proven_bytes", "possible_bytes", "hosts")) {
      assertEquals(group.get(field), alone.get(field), field);
    }
    JsonNode explained =
        Program.run("explain", "--db", store, "--groups", groups, "Die Zeitung", JSON)
            .done()
            .json();
    assertTrue(explained.toString().contains("kestrelnews.com"), explained.toString());
    JsonNode diff =
        Program.run("diff", "--db", store, "--groups", groups, "--with-db", store, JSON)
            .done()
            .json();
    assertTrue(diff.toString().contains("Die Zeitung"), diff.toString());
    Program.run("report", "--db", store, "--groups", groups, "--budget", "Die Zeitung=1")
        .ended(ExitCode.OVER_BUDGET);
    Program plain = Program.run("report", "--db", store, JSON).done();
    assertEquals(
        Set.of("kestrelnews.com", "tidepost.org"),
        StreamSupport.stream(plain.json().get("sites").spliterator(), false)
            .map(s -> s.get("site").asText())
            .filter(Set.of("kestrelnews.com", "tidepost.org", "Die Zeitung")::contains)
            .collect(Collectors.toSet()));
  }

  @LongTest
  @Test
  void aSiteIsKnownByItsNameWhereItIsShownByOthers() throws IOException {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, BROWSING);
    List<Object> words = List.of("site", "--db", store, "lanternreel.tv");
    JsonNode plain = site(Program.run(words, JSON).done().json(), "lanternreel.tv");
    Path groups = groups("TV = lanternreel.tv, tidepost.org");
    for (List<Object> shown :
        List.<List<Object>>of(List.of("--groups", groups), List.of("--site-level", "host"))) {
      JsonNode site = site(Program.run(words, shown, JSON).done().json(), "lanternreel.tv");
      for (String field : List.of("bytes", "connections", "proven_bytes", "hosts", "spans")) {
        assertEquals(plain.get(field), site.get(field), shown + field);
      }
    }
  }

  @Test
  void whatIsNoLevelOrNoFileIsSaid() {
    Program level = Program.run("analyze", "--site-level", "tld", BROWSING).ended(ExitCode.USAGE);
    assertTrue(level.err().startsWith("imon analyze: --site-level tld: give domain or host"));
    Program file =
        Program.run("analyze", "--groups", folder.resolve("none"), BROWSING).ended(ExitCode.FAILED);
    assertEquals(1, file.complaints().size(), file.err());
  }
}
