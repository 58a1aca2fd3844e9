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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of addresses given by {@code --hosts}. */
class HostsOptionTest {
  private static final Path CAPTURE = Program.SAMPLES.resolve("dns-not-asked.pcap");
  private static final String NAMED = "203.0.113.32";
  private static final String OTHER = "203.0.113.33";
  private static final String UNRESOLVED = "none";

  @TempDir Path folder;
  private Path store;
  private Path hosts;

  @BeforeEach
  void nameFiles() {
    store = folder.resolve("imon.db");
    hosts = folder.resolve("hosts");
  }

  private Path hosts(String text) throws IOException {
    return Files.writeString(hosts, text);
  }

  /** What names the flows to a server, in the store. */
  private String namesTo(String server) {
    return Program.query(
            store,
            "SELECT DISTINCT evidence, host FROM flows WHERE scope = 'internet' AND server_ip = '"
                + server
                + "'")
        .stream()
        .map(row -> row.get("evidence").asText() + " " + row.get("host").asText())
        .toList()
        .toString();
  }

  private static List<String> sites(JsonNode report) {
    List<String> sites = new ArrayList<>();
    report.get("sites").forEach(site -> sites.add(site.get("site").asText()));
    return sites;
  }

  @Test
  void namesWhatNothingElseNames() throws IOException {
    hosts("127.0.0.1 localhost\n" + NAMED + " www.named.example www # the web\n");
    JsonNode before = Program.run("analyze", CAPTURE, Analyzed.AS_JSON).done().json();
    Program run = Program.run("analyze", "--hosts", hosts, CAPTURE, Analyzed.AS_JSON).done();
    assertEquals(List.of(), run.complaints());
    assertFalse(sites(before).contains("named.example"), before.toString());
    assertTrue(sites(run.json()).contains("named.example"), run.out());
    assertEquals(before.at("/totals/bytes"), run.json().at("/totals/bytes"));
    List<String> unresolved = new ArrayList<>();
    run.json().get("unresolved").forEach(row -> unresolved.add(row.get("ip").asText()));
    assertEquals(List.of(OTHER), unresolved);
    JsonNode site = run.json().get("sites").get(sites(run.json()).indexOf("named.example"));
    assertEquals("ptr", site.at("/evidence/0/kind").asText());
    assertEquals(0, site.get("proven_bytes").asLong());
  }

  @Test
  void aStoreKeepsThemForLaterReports() throws IOException {
    hosts(NAMED + " www.named.example\n");
    Program first =
        Program.run("analyze", "--db", store, "--hosts", hosts, CAPTURE, Analyzed.AS_JSON).done();
    assertEquals("[ptr www.named.example]", namesTo(NAMED));
    assertEquals(
        "[{\"ip\":\"203.0.113.32\",\"name\":\"www.named.example\",\"capture_id\":null}]",
        Program.query(store, "SELECT ip, name, capture_id FROM answers WHERE kind = 'hosts'")
            .toString());
    Program later = Program.run("analyze", "--db", store, CAPTURE, Analyzed.AS_JSON).done();
    assertEquals(first.out(), later.out());
  }

  @LongTest
  @Test
  void capturesThatWereThereAreNamedAnew() throws IOException {
    Program.run("analyze", "--no-report", "--db", store, CAPTURE).done();
    assertEquals("[none null]", namesTo(NAMED));
    Path other = Program.SAMPLES.resolve("udp-gap.pcap");
    Program.run("analyze", "--db", store, "--hosts", hosts(NAMED + " www.named.example"), other)
        .done();
    assertEquals("[ptr www.named.example]", namesTo(NAMED));
    assertEquals(
        "[{\"status\":\"ok\"}]",
        Program.query(store, "SELECT DISTINCT status FROM captures").toString());
  }

  @LongTest
  @Test
  void theSameFileAgainChangesNothing() throws IOException {
    hosts(NAMED + " www.named.example also.example\n" + OTHER + " other.example\n");
    Program.run("analyze", "--no-report", "--db", store, "--hosts", hosts, CAPTURE).done();
    String before = everything();
    Program.run(
            "analyze", "--no-report", "--db", store, "--hosts", hosts, "--hosts", hosts, CAPTURE)
        .done();
    assertEquals(before, everything());
  }

  @LongTest
  @Test
  void theOrderOfFilesAndRunsDecidesNothing() throws IOException {
    Path more = Files.writeString(folder.resolve("more"), NAMED + " b.example\n");
    hosts(NAMED + " c.example a.example\n");
    Program.run("analyze", "--no-report", "--db", store, "--hosts", hosts, "--hosts", more, CAPTURE)
        .done();
    String together = everything();
    assertEquals("[ptr b.example]", namesTo(NAMED));
    Files.delete(store);
    Program.run("analyze", "--no-report", "--db", store, "--hosts", more, CAPTURE).done();
    assertNotEquals(together, everything());
    Program.run("analyze", "--no-report", "--db", store, "--hosts", hosts, CAPTURE).done();
    assertEquals(together, everything());
  }

  @LongTest
  @Test
  void anotherSourceKnowsNothingOfThem() throws IOException {
    hosts(NAMED + " www.named.example\n");
    Path other = Program.SAMPLES.resolve("udp-gap.pcap");
    Program.run(
            "analyze", "--no-report", "--db", store, "--source", "work", "--hosts", hosts, other)
        .done();
    Program.run("analyze", "--no-report", "--db", store, CAPTURE).done();
    assertEquals("[none null]", namesTo(NAMED));
  }

  @Test
  void aBrokenLineIsSaidFirstAndTheOthersCount() throws IOException {
    hosts("203.0.113 a.example\n" + NAMED + " www.named.example\n" + OTHER + "\n");
    Program run =
        Program.run("analyze", "--hosts", hosts, CAPTURE, Analyzed.AS_JSON)
            .ended(ExitCode.INCOMPLETE);
    List<String> said =
        List.of(
            hosts + ": line 1: not an address '203.0.113'; begin the line with one, or with #",
            hosts
                + ": line 3: no name for '"
                + OTHER
                + "'; write one behind it, or delete the line");
    assertEquals(said.stream().map(line -> "imon: " + line).toList(), run.complaints());
    List<String> unread = new ArrayList<>();
    run.json().get("unread").forEach(row -> unread.add(row.get("message").asText()));
    assertEquals(said, unread);
    assertTrue(sites(run.json()).contains("named.example"), run.out());
  }

  @Test
  void aMissingFileEndsItBeforeAnythingIsDone() {
    Program run = Program.run("analyze", "--db", store, "--hosts", hosts, CAPTURE);
    assertEquals(
        List.of("imon: " + hosts + ": no such file; name a hosts file by --hosts"),
        run.ended(ExitCode.FAILED).complaints());
    assertEquals("", run.out());
    assertFalse(Files.exists(store));
  }

  @Test
  void aNameOfOurOwnIsOnlyForItsOwnAddress() throws IOException {
    hosts("127.0.0.1 localhost\n::1 localhost\n0.0.0.0 ads.example\n" + NAMED + " localhost\n");
    Program.run("analyze", "--no-report", "--db", store, "--hosts", hosts, CAPTURE).done();
    assertEquals("[" + UNRESOLVED + " null]", namesTo(NAMED));
    assertEquals("[]", Program.query(store, "FROM answers WHERE kind = 'hosts'").toString());
  }

  /** All that a user can see of names. */
  private String everything() {
    return Program.query(store, "FROM flows ORDER BY ALL")
        + "\n"
        + Program.query(store, "FROM evidence ORDER BY ALL")
        + "\n"
        + Program.query(store, "FROM answers ORDER BY ALL");
  }
}
