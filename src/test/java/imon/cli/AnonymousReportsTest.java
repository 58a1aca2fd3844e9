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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What --anonymize hides, in every format of every report. */
class AnonymousReportsTest {
  private static final List<String> ALL =
      List.of("--tz", "UTC", "--top", "100000", "--local-sites", "--anonymize");
  private static final List<String> JSON = List.of("--tz", "UTC", "--json", "-");
  private static final List<String> FORMATS = List.of("--html", "--csv", "--json", "--markdown");

  /** Of IPv4 in text; MAC addresses; whatever else may stand in front of and behind them. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?<![0-9.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?![0-9.]*[0-9])");

  private static final Pattern PRIVATE =
      Pattern.compile("(?:10|127|192\\.168|169\\.254|172\\.(?:1[6-9]|2[0-9]|3[01]))\\..*");
  private static final Pattern PRIVATE_IPV6 =
      Pattern.compile("(?<![0-9a-f:])(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):[0-9a-f:]+");
  private static final Pattern MAC =
      Pattern.compile("(?<![0-9a-f:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![0-9a-f:-])");

  private static final Pattern PSEUDONYM = Pattern.compile("(?:client|local)-[0-9a-f]{8}\\b");

  /** A style sheet says screen, as one of the clients is called. */
  private static final Pattern WORDS_OF_THE_PAGE =
      Pattern.compile("(?s)<style.*?</style>|<script>.*?</script>");

  @TempDir private static Path shared;

  @TempDir private Path folder;

  private static Path store;
  private static Set<String> clients;
  private static Set<String> clientNames;

  @BeforeAll
  static void keepAllSamples() {
    store = shared.resolve("samples.db");
    Program run = Program.run("analyze", "--db", store, "--tz", "UTC", Program.SAMPLES);
    assertTrue(run.exitCode() == ExitCode.DONE || run.exitCode() == ExitCode.INCOMPLETE, run.err());
    clients = texts("SELECT DISTINCT client_ip AS text FROM flows WHERE scope <> 'multicast'");
    clientNames = texts("SELECT DISTINCT name AS text FROM clients WHERE name IS NOT NULL");
    assertTrue(clients.size() > 10 && clientNames.size() > 5, clients + " " + clientNames);
  }

  private static Set<String> texts(String sql) {
    Set<String> texts = new TreeSet<>();
    Program.query(store, sql).forEach(row -> texts.add(row.get("text").asText()));
    return texts;
  }

  private List<String> inEveryFormat(Object... words) throws IOException {
    List<Object> run = new ArrayList<>(List.of(words));
    List<Path> files = new ArrayList<>();
    for (String format : FORMATS) {
      Path file = folder.resolve("report" + format + files.size());
      run.addAll(List.of(format, file));
      files.add(file);
    }
    Program made = Program.run(run.toArray());
    assertTrue(Set.of(ExitCode.DONE, ExitCode.INCOMPLETE).contains(made.exitCode()), made.err());
    List<String> texts = new ArrayList<>(List.of(made.out()));
    assertTrue(made.out().length() > 100, made.out());
    for (Path file : files) {
      texts.add(WORDS_OF_THE_PAGE.matcher(Files.readString(file)).replaceAll(""));
    }
    assertTrue(texts.stream().anyMatch(text -> PSEUDONYM.matcher(text).find()), "pseudonyms");
    return texts;
  }

  private static void assertHides(String text) {
    Matcher address = ADDRESS.matcher(text);
    while (address.find()) {
      String found = address.group();
      assertFalse(PRIVATE.matcher(found).matches(), found);
      assertFalse(clients.contains(found), found);
    }
    for (Pattern pattern : List.of(PRIVATE_IPV6, MAC)) {
      Matcher matcher = pattern.matcher(text);
      assertFalse(matcher.find(), () -> matcher.group());
    }
    for (String client : clients) {
      assertFalse(client.contains(":") && isWord(text, client), client);
    }
    clientNames.forEach(name -> assertFalse(isWord(text, name), name));
    assertFalse(Pattern.compile("[a-z0-9-]\\.local\\b").matcher(text).find(), text);
    assertFalse(text.contains(Program.SAMPLES.getFileName() + "/"), "a folder");
  }

  private static boolean isWord(String text, String word) {
    return Pattern.compile("(?<![\\w:.-])" + Pattern.quote(word) + "(?![\\w:.-])")
        .matcher(text)
        .find();
  }

  @LongTest
  @ParameterizedTest
  @ValueSource(strings = {"site", "host", "client", "source"})
  void noFormatOfAReportTellsWhoTheClientsAre(String by) throws IOException {
    for (String text : inEveryFormat("report", "--db", store, "--by", by, ALL)) {
      assertHides(text);
    }
  }

  @Test
  void analysesHideTheSame() throws IOException {
    inEveryFormat("analyze", Program.SAMPLES, ALL).forEach(AnonymousReportsTest::assertHides);
  }

  @Test
  void sitesHideTheirClientsAndLocalNames() throws IOException {
    Set<String> names =
        texts("SELECT DISTINCT site AS text FROM flows WHERE scope <> 'multicast' AND site <> ''");
    List<String> hide = List.of("--tz", "UTC", "--top", "1000", "--anonymize");
    inEveryFormat("site", "--db", store, names, "nowhere.local", hide)
        .forEach(AnonymousReportsTest::assertHides);
  }

  @LongTest
  @Test
  void aDiffHidesItsRowsAndWhereItsStoresAre() throws IOException {
    Path other = folder.resolve("other.db");
    Program.run("analyze", "--db", other, SampleFiles.capture("browsing"), JSON).done();
    for (String text :
        inEveryFormat("diff", "--db", store, "--with-db", other, "--by", "client", ALL)) {
      assertHides(text);
      assertFalse(text.contains(folder.toString()) || text.contains(shared.toString()), text);
    }
    for (String text : inEveryFormat("diff", "--db", store, "--with-db", other, ALL)) {
      assertFalse(Pattern.compile("[a-z0-9-]\\.local\\b").matcher(text).find(), text);
    }
  }

  @Test
  void rowsOfADiffThatAreAlikeStandByTheNamesThatAreShown() {
    JsonNode diff =
        Program.run("diff", "--db", store, "--with-db", store, "--by", "client", ALL, "--json", "-")
            .done()
            .json();
    List<String> shown = diff.get("rows").findValuesAsText("name");
    assertTrue(shown.size() > 10, shown.toString());
    assertEquals(shown.stream().sorted().toList(), shown);
  }

  @Test
  void sitesAndServersOfTheInternetStay() {
    List<Object> words = List.of("report", "--db", store, "--top", "100000");
    JsonNode plain = Program.run(words, JSON).done().json();
    JsonNode hidden = Program.run(words, JSON, "--anonymize").done().json();
    assertEquals(plain.get("totals"), hidden.get("totals"));
    assertEquals(plain.get("ledger"), hidden.get("ledger"));
    Set<String> sites = new TreeSet<>(plain.findValuesAsText("site"));
    Set<String> shown = new TreeSet<>(hidden.findValuesAsText("site"));
    sites.removeAll(shown);
    Set<String> internal =
        texts(
            "SELECT DISTINCT site AS text FROM flows WHERE site NOT LIKE '%.%'"
                + " OR site LIKE '%.local' OR scope = 'local'");
    assertTrue(internal.containsAll(sites), sites + " not in " + internal);
    long kept =
        hidden.findValuesAsText("ip").stream().filter(ip -> ip.startsWith("203.0.113.")).count();
    assertTrue(kept > 0, "servers of the internet");
  }

  @LongTest
  @Test
  void oneKeyMakesTheSameNamesAnotherKeyOthers() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "correct horse battery staple\n");
    Path other = Files.writeString(folder.resolve("other"), "0123456789abcdef");
    List<Object> words = List.of("report", "--db", store, "--anonymize");
    String first = Program.run(words, JSON, "--anonymize-key", key).done().out();
    assertEquals(first, Program.run(words, JSON, "--anonymize-key", key).done().out());
    assertNotEquals(first, Program.run(words, JSON, "--anonymize-key", other).done().out());
    assertNotEquals(Program.run(words, JSON).done().out(), Program.run(words, JSON).done().out());
    assertFalse(first.contains("battery"), "the key");
  }

  @LongTest
  @Test
  void aClientHasOneNameWhereverItStands() throws IOException {
    Path capture = SampleFiles.capture("browsing");
    JsonNode report = Program.run("analyze", capture, JSON, "--anonymize").done().json();
    Set<String> listed = new TreeSet<>(report.get("clients").findValuesAsText("ip"));
    Set<String> ofSites = new TreeSet<>();
    report.get("sites").forEach(site -> ofSites.addAll(site.get("clients").findValuesAsText("ip")));
    assertFalse(ofSites.isEmpty());
    assertTrue(listed.containsAll(ofSites), listed + " " + ofSites);
  }

  @Test
  void whatCouldNotBeReadIsToldWithoutFolders() throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "nas.local 192.168.1.7\n");
    Path capture = SampleFiles.capture("browsing");
    Program run =
        Program.run("analyze", "--hosts", hosts, capture, JSON, "--anonymize")
            .ended(ExitCode.INCOMPLETE);
    String unread = run.json().at("/unread/0").toString();
    assertTrue(unread.contains("hosts: line 1: not an address"), unread);
    assertFalse(unread.contains("nas") || unread.contains(folder.toString()), unread);
  }

  @Test
  void whatCannotHideIsWrongUsage() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "short\n");
    Program explain =
        Program.run("explain", "--db", store, "--anonymize", "a.example").ended(ExitCode.USAGE);
    assertTrue(explain.err().startsWith("imon explain: --anonymize: "), explain.err());
    assertEquals(1, explain.complaints().size());
    Program.run("report", "--db", store, "--anonymize-key", key).ended(ExitCode.USAGE);
    Program run =
        Program.run("report", "--db", store, "--anonymize", "--anonymize-key", key)
            .ended(ExitCode.FAILED);
    assertTrue(run.err().contains("no key; make one of 16 to 4096 random bytes"), run.err());
  }
}
