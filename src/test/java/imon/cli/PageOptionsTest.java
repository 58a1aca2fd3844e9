package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page says of how it was made, and whose templates it is made by. */
class PageOptionsTest {
  private static final Path CAPTURE = Program.SAMPLES.resolve("dns-cname.pcap");

  private static final List<String> SUMS = List.of("--sha256", "--json", "-");

  @TempDir private Path folder;

  @Test
  void theChecksumOfTheFileIsThereWhenItIsAskedFor() throws IOException, GeneralSecurityException {
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(CAPTURE));
    String expected = HexFormat.of().formatHex(sum);
    assertTrue(page("analyze", CAPTURE, "--sha256").contains(expected));
    assertFalse(page("analyze", CAPTURE).contains(expected));
  }

  @Test
  void itIsOfTheBytesThatAreThereHoweverManyWereRead()
      throws IOException, GeneralSecurityException {
    Map<String, String> expected = new TreeMap<>();
    for (String name :
        List.of("gzip.pcap.gz", "zstd.pcap.zst", "gzip-by-magic.pcap", "cut-tail.pcap")) {
      Path capture = Program.SAMPLES.resolve(name);
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(capture));
      expected.put(capture.toString(), HexFormat.of().formatHex(sum));
    }
    assertEquals(expected, sums(Program.run("analyze", expected.keySet(), SUMS).done()));
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, expected.keySet().stream().map(Path::of).toList());
    Program reported = Program.run("report", "--db", store, SUMS).done();
    assertEquals(expected, sums(reported));
    assertEquals(List.of(), reported.complaints());
  }

  /** By path as it was given; a store has absolute ones. */
  private static Map<String, String> sums(Program run) {
    Path here = Path.of("").toAbsolutePath();
    Map<String, String> sums = new TreeMap<>();
    for (JsonNode capture : run.json().get("captures")) {
      Path path = here.relativize(Path.of(capture.get("path").asText()).toAbsolutePath());
      sums.put(path.toString(), capture.get("sha256").asText());
    }
    return sums;
  }

  @Test
  void aFileOfTheSameSizeIsNotTheOneThatWasRead() throws IOException {
    byte[] bytes = Files.readAllBytes(CAPTURE);
    Path capture = Files.write(folder.resolve("other.pcap"), bytes);
    Path store = folder.resolve("other.db");
    FilledStore.make(store, capture);
    bytes[bytes.length - 1]++;
    Files.write(capture, bytes);
    Program run = Program.run("report", "--db", store, "--sha256", "--json", "-").done();
    assertTrue(run.json().at("/captures/0/sha256").isNull());
    assertTrue(run.err().contains("other.pcap: no SHA-256"), run.err());
  }

  @LongTest
  @Test
  void aFileThatIsNoLongerAsItWasReadHasNoChecksum() throws IOException {
    Path capture = Files.copy(CAPTURE, folder.resolve("gone.pcap"));
    Path store = folder.resolve("gone.db");
    FilledStore.make(store, capture);
    Files.write(capture, new byte[] {1});
    Program run =
        Program.run("report", "--db", store, "--sha256", "--html", folder.resolve("p.html")).done();
    assertTrue(run.err().contains("gone.pcap: no SHA-256"), run.err());
  }

  @Test
  void theCommandIsToldButNotHowManyThreadsRanIt() throws IOException {
    String one = page("analyze", CAPTURE, "--workers", "1");
    assertTrue(one.contains("<code><bdi>imon analyze " + CAPTURE + "</bdi></code>"), "the command");
    assertEquals(one, page("analyze", CAPTURE, "--workers=2"));
  }

  @Test
  void aFolderOfOnesOwnReplacesWhatItHasAndNothingElse() throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.writeString(own.resolve("report.css"), "body { color: #123456 }\r\n");
    String page = page("analyze", CAPTURE, "--templates", own);
    assertTrue(page.contains("<style>body { color: #123456 }\n</style>"), "own style");
    assertTrue(page.contains("Where every byte went"), "the program's template");
  }

  @Test
  void aFaultInATemplateIsToldInOneLineWithItsPlace() throws IOException {
    Path own = Files.createDirectory(folder.resolve("faulty"));
    Files.writeString(own.resolve("report.ftlh"), "<p>\n  ${nope}</p>\n");
    Path page = folder.resolve("p.html");
    Program run =
        Program.run("analyze", CAPTURE, "--html", page, "--templates", own).ended(ExitCode.FAILED);
    assertEquals(
        List.of(
            "imon: cannot write %s: template report.ftlh, line 2, column 5: nope is missing; what was there is unchanged"
                .formatted(page)),
        run.complaints());
  }

  @Test
  void aScriptThatWouldEndItsElementIsRefused() throws IOException {
    Path own = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(own.resolve("tables.js"), "const end = '</script>';");
    Program run =
        Program.run("analyze", CAPTURE, "--html", folder.resolve("p.html"), "--templates", own)
            .ended(ExitCode.FAILED);
    assertTrue(run.err().contains("tables.js"), run.err());
  }

  @Test
  void aFolderThatIsNotThereIsWrongUsage() {
    Program run =
        Program.run("analyze", CAPTURE, "--html", "-", "--templates", folder.resolve("none"))
            .ended(ExitCode.USAGE);
    assertTrue(run.err().contains("none: no such folder"), run.err());
  }

  @Test
  void templatesWithoutAPageAreWrongUsage() {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, CAPTURE);
    for (List<Object> words :
        List.<List<Object>>of(
            List.of("analyze", CAPTURE),
            List.of("analyze", CAPTURE, "--csv", folder.resolve("a.csv")),
            List.of("report", "--db", store, "--json", "-"),
            List.of("site", "--db", store, "a.example"),
            List.of("explain", "--db", store, "a.example"),
            List.of("diff", "--db", store, "--with-db", store))) {
      Program run = Program.run(words, "--templates", folder).ended(ExitCode.USAGE);
      assertEquals(1, run.complaints().size(), run.err());
      String said = ": --templates says how pages look: give --html, --output or --bundle, too; ";
      assertTrue(run.err().startsWith("imon " + words.get(0) + said), run.err());
    }
    Program none =
        Program.run("analyze", CAPTURE, "--db", store, "--no-report", "--templates", folder)
            .ended(ExitCode.USAGE);
    assertTrue(none.err().contains("--templates is about a report"), none.err());
    Program.run("report", "--db", store, "--templates", folder, "-o", folder.resolve("o")).done();
  }

  private String page(Object... words) throws IOException {
    Path page = folder.resolve("page.html");
    Object[] all = new Object[words.length + 2];
    System.arraycopy(words, 0, all, 0, 2);
    all[2] = "--html";
    all[3] = page;
    System.arraycopy(words, 2, all, 4, words.length - 2);
    Program.run(all).done();
    return Files.readString(page);
  }
}
