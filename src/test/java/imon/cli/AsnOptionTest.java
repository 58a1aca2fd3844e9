package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.output.ExitCode;
import imon.testing.MaxMindFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners of networks given by {@code --asn}. */
class AsnOptionTest {
  private static final Path CAPTURE = Program.SAMPLES.resolve("dns-not-asked.pcap");
  private static final String OWNER = "AS64500 Example <Networks>";

  @TempDir private static Path folder;
  private static Path database;
  private static Path reports;

  @BeforeAll
  static void writeDatabaseAndReports() throws IOException {
    database = folder.resolve("asn.mmdb");
    Map<String, Object> record =
        Map.of(
            "autonomous_system_number",
            64500,
            "autonomous_system_organization",
            "Example <Networks>");
    Files.write(
        database,
        new MaxMindFile("GeoLite2-ASN")
            .add(InetAddress.getByName("203.0.113.33"), 32, record)
            .bytes());
    reports = folder.resolve("reports");
    Program.run("analyze", CAPTURE, "--asn", database, "--tz", "UTC", "-o", reports).done();
  }

  private static String report(String format) throws IOException {
    return Files.readString(reports.resolve("report." + format));
  }

  @Test
  void jsonHasNumberAndNameOfUnresolvedServers() throws IOException {
    JsonNode rows = Program.parse(report("json")).get("unresolved");
    assertEquals(2, rows.size());
    for (JsonNode row : rows) {
      boolean known = row.get("ip").asText().equals("203.0.113.33");
      assertEquals(known ? "64500" : "null", row.get("as_number").toString());
      assertEquals(known ? "\"Example <Networks>\"" : "null", row.get("as_name").toString());
    }
  }

  @Test
  void csvHasItAsDetail() throws IOException {
    String row =
        report("csv").lines().filter(l -> l.startsWith("unresolved,203.0.113.33,")).toList().get(0);
    assertTrue(row.contains("," + OWNER + ","), row);
  }

  @Test
  void htmlHasItEscaped() throws IOException {
    String page = report("html");
    assertTrue(page.contains("<bdi>AS64500 Example &lt;Networks&gt;</bdi>"));
    assertFalse(page.contains("<Networks>"));
  }

  @Test
  void markdownAndTheTableNameTheServer() throws IOException {
    String markdown = report("md");
    assertTrue(markdown.contains("- unresolved: `203.0.113.33`, `" + OWNER + "`, "), markdown);
    Program table = Program.run("analyze", CAPTURE, "--asn", database).done();
    assertTrue(table.out().contains("unresolved: 203.0.113.33 (" + OWNER + "), "), table.out());
  }

  @Test
  void withoutItNothingIsSaidOfOwners() throws IOException {
    Path others = folder.resolve("without");
    Program.run("analyze", CAPTURE, "--tz", "UTC", "-o", others).done();
    for (String format : List.of("html", "csv", "md")) {
      String without = Files.readString(others.resolve("report." + format));
      assertEquals(withoutOwner(without), withoutOwner(report(format)), format);
      assertFalse(without.contains("By owner"), format);
    }
    String json = Files.readString(others.resolve("report.json"));
    JsonNode row = Program.parse(json).at("/unresolved/0");
    assertTrue(row.get("as_number").isNull() && row.get("as_name").isNull(), row.toString());
  }

  private static String withoutOwner(String report) {
    return report
        .replace(" <span class=\"fine\"><bdi>AS64500 Example &lt;Networks&gt;</bdi></span>", "")
        .replaceAll("(?s)<table>\\s*<thead><tr><th [^>]*>By owner<.*?</table>\n", "")
        .replaceAll("<dt>Command</dt>.*\n", "")
        .replaceAll("- unresolved: `203.0.113.33`.*\n\n", "")
        .replace(OWNER, "");
  }

  @Test
  void aFileThatIsNoSuchDatabaseEndsItBeforeAnythingIsDone() throws IOException {
    Path missing = folder.resolve("none.mmdb");
    assertRefused(missing, ": no such file, or it cannot be read; name one by --asn");
    Path text = Files.writeString(folder.resolve("text.mmdb"), "not a database");
    assertRefused(text, ": not a database in MaxMind's format, or damaged; get it anew");
    Path cities = folder.resolve("city.mmdb");
    Files.write(cities, new MaxMindFile("GeoLite2-City").bytes());
    assertRefused(cities, ": a database of GeoLite2-City, not of autonomous systems");
  }

  private void assertRefused(Path file, String reason) {
    Path store = folder.resolve("imon.db");
    Program run = Program.run("analyze", "--db", store, "--asn", file, CAPTURE);
    run.ended(ExitCode.FAILED);
    assertEquals("", run.out());
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().startsWith("imon: " + file + reason), run.err());
    assertFalse(Files.exists(store));
  }

  @Test
  void damageThatShowsLateCostsTheOwnersButNotTheReport() throws IOException {
    byte[] pointerToItself = {0x20, 0};
    Files.write(
        database,
        new MaxMindFile("GeoLite2-ASN")
            .addRaw(InetAddress.getByName("203.0.113.33"), 32, pointerToItself)
            .bytes());
    Program run =
        Program.run("analyze", CAPTURE, "--asn", database, "--json", "-")
            .ended(ExitCode.INCOMPLETE);
    String said = database + ": damaged, found at 203.0.113.33; get it anew";
    assertEquals(List.of("imon: " + said), run.complaints());
    assertEquals(said, run.json().at("/unread/0/message").asText());
    assertEquals(2, run.json().get("unresolved").size());
  }
}
