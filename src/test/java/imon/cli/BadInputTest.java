package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs, stores and outputs that cannot serve: one line says what, where and what to do. */
class BadInputTest {
  private static final Path CUT_TAIL = Program.SAMPLES.resolve("cut-tail.pcap");
  private static final Path WHOLE = Program.SAMPLES.resolve("udp-gap.pcap");
  private static final int PACKETS = 10;

  @TempDir Path folder;

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.pcap");
    assertUnread(Program.run("analyze", missing), missing + ": no such file");
  }

  /** Java has one character for all bytes that are none, and so one name for many files. */
  @Test
  void aNameWhoseBytesAreLostIsNotTakenForAnother() {
    String lost = folder + "/k-\ufffd";
    assertUnread(
        Program.run("analyze", lost + ".pcap"),
        lost + ".pcap: a name with bytes that are no UTF-8; give its folder, or a pattern");
    Program run = Program.run("analyze", WHOLE, "--db", lost + ".db").ended(ExitCode.USAGE);
    assertTrue(run.err().contains("has bytes that are no UTF-8"), run.err());
    assertFalse(Files.exists(folder.resolve("k-\ufffd.db")));
  }

  @Test
  void aPatternWithoutMatchIsNamed() {
    String pattern = folder + "/*.pcap";
    assertUnread(Program.run("analyze", pattern), pattern + ": no file matches");
  }

  @Test
  void aFolderWithoutCapturesIsNamed() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "no capture");
    assertOneLine(
        Program.run("analyze", folder).ended(ExitCode.INCOMPLETE).complaints().subList(0, 1),
        folder + ": no captures in this folder (1 other file)");
  }

  @Test
  void aNameOfAFileMakesNoLineOfItsOwn() throws IOException {
    String name = "x\nimon: all fine\u001b[31m\u202e.pcap";
    Files.copy(Program.SAMPLES.resolve("corrupt-record.pcap"), folder.resolve(name));
    Program run = Program.run("analyze", folder).ended(ExitCode.INCOMPLETE);
    assertOneLine(run.complaints(), "", "x\ufffdimon: all fine\ufffd[31m\ufffd.pcap: ");
    Program missing =
        Program.run("report", "--db", folder.resolve("no\nstore")).ended(ExitCode.FAILED);
    assertOneLine(missing.complaints(), "", "no\ufffdstore");
    Program wrong = Program.run("report", "--db", "x.db", "--tz", "Europe\nBerlin");
    assertEquals(1, wrong.ended(ExitCode.USAGE).complaints().size(), wrong.err());
    assertTrue(wrong.err().contains("Europe\ufffdBerlin"), wrong.err());
    Program command = Program.run("bo\ngus").ended(ExitCode.USAGE);
    assertOneLine(command.complaints(), "", "bo\ufffdgus");
  }

  @Test
  void aTextFileIsNoCapture() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.pcap"), "hello world");
    assertUnread(Program.run("analyze", text), text + ": not a capture", "imon reads pcap and");
  }

  @Test
  void anEmptyFileIsNoCapture() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.pcap"));
    assertUnread(Program.run("analyze", empty), empty + ": empty file (0 bytes)");
  }

  @Test
  void aCutHeaderSaysHowMuchThereIs() {
    Path cut = Program.SAMPLES.resolve("cut-header.pcap");
    assertUnread(Program.run("analyze", cut), cut + ": header cut after 10 of 24 bytes");
  }

  @Test
  void emptyStandardInputIsNoCapture() {
    Program run = Program.run("analyze", "-").ended(ExitCode.INCOMPLETE);
    assertOneLine(run.complaints(), "standard input: empty file (0 bytes)");
  }

  @Test
  void aCutLastRecordIsSaidAndIsNoFailure() {
    Program run = Program.run("analyze", "--json", "-", CUT_TAIL).done();
    assertOneLine(run.complaints(), CUT_TAIL + ": last record cut at offset 2888");
    assertEquals("cut", run.json().at("/captures/0/status").asText());
    assertEquals(8, run.json().at("/totals/packets").asInt());
  }

  @Test
  void aCorruptRecordSaysWhereAndHowMuchIsLeftUnread() {
    Path corrupt = Program.SAMPLES.resolve("corrupt-record.pcap");
    Program run = Program.run("analyze", "--json", "-", corrupt).ended(ExitCode.INCOMPLETE);
    assertOneLine(run.complaints(), corrupt + ": ", "at offset 2888", "2980 bytes left unread");
    assertEquals("damaged", run.json().at("/captures/0/status").asText());
    assertEquals(8, run.json().at("/totals/packets").asInt());
  }

  @Test
  void theRestIsReportedBesideWhatCannotBeRead() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
    Path missing = folder.resolve("none.pcap");
    Program run =
        Program.run("analyze", text, WHOLE, missing, "--json", "-").ended(ExitCode.INCOMPLETE);
    assertEquals(2, run.complaints().size(), run.err());
    assertEquals(PACKETS, run.json().at("/totals/packets").asInt());
    JsonNode unread = run.json().get("unread");
    assertEquals(2, unread.size());
    String first = unread.get(0).get("message").asText();
    assertTrue(first.startsWith(text + ": not a capture"), first);
    assertEquals(missing + ": no such file", unread.get(1).get("message").asText());
  }

  @Test
  void aFileThatIsNoDatabaseIsNoStoreAndStaysAsItIs() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello world");
    for (Program run :
        List.of(
            Program.run("analyze", "--db", text, WHOLE),
            Program.run("query", "--db", text, "SELECT 1"))) {
      assertFailed(run, text + ": not an imon store", "name another file by --db");
    }
    assertEquals("hello world", Files.readString(text));
  }

  @Test
  void anotherProgramsDatabaseIsNoStoreAndStaysAsItIs() throws IOException, SQLException {
    Path other = folder.resolve("other.db");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + other);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE plants AS SELECT 'moss' AS name");
    }
    byte[] before = Files.readAllBytes(other);
    Program run = Program.run("analyze", "--db", other, WHOLE);
    assertFailed(run, other + ": a DuckDB database, but not an imon store", "name another");
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(other)));
  }

  @Test
  void aCaptureBeginsOnlyWithAStoreThatCanBeUsed() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello world");
    Path lost = folder.resolve("none").resolve("imon.db");
    assertFailed(capture(text), text + ": not an imon store", "name another file by --db");
    assertFailed(capture(lost), lost + ": there is no folder", "make it first");
    assertFalse(Files.exists(folder.resolve("captures")));
  }

  private Program capture(Path store) {
    Path captures = folder.resolve("captures");
    return Program.run("capture", "-i", "lo", "-w", captures, "--duration=1s", "--db", store);
  }

  @Test
  void aStoreInAMissingFolderIsNotMade() {
    Path store = folder.resolve("none").resolve("imon.db");
    Program run = Program.run("analyze", "--db", store, WHOLE);
    assertFailed(run, store + ": there is no folder " + store.getParent(), "make it first");
  }

  @Test
  void aMissingStoreIsNotMadeByAQuery() throws IOException {
    Path store = folder.resolve("imon.db");
    Program run = Program.run("query", "--db", store, "SELECT 1");
    assertFailed(run, store + ": there is no such store", "imon analyze --db makes one");
    assertEquals(List.of(), files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "store info", "query SHOW"})
  void soItIsWhereItsPathHasSeveralLines(String command) throws IOException {
    Path store = Files.createDirectory(folder.resolve("two\nlines")).resolve("imon.db");
    Program run = Program.run(List.of(command.split(" ")), "--db", store);
    assertTrue(run.err().contains("lines/imon.db: there is no such store; imon "), run.err());
    assertEquals(1, run.complaints().size(), run.err());
  }

  @Test
  void anOutputThatCannotBeWrittenIsFoundBeforeAnythingIsDone() throws IOException {
    Path store = folder.resolve("imon.db");
    Path json = folder.resolve("report.json");
    Path csv = folder.resolve("none").resolve("report.csv");
    Program run = Program.run("analyze", "--db", store, "--json", json, "--csv", csv, WHOLE);
    assertFailed(run, "cannot write " + csv, "create it first");
    assertEquals(List.of(), files());
  }

  @Test
  void aFileInPlaceOfTheOutputFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("reports"), "kept");
    for (Path output : List.of(file, file.resolve("today"))) {
      Program run = Program.run("analyze", "-o", output, WHOLE);
      assertFailed(run, "cannot make the folder " + output + ": ", "choose another place");
    }
    assertEquals("kept", Files.readString(file));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void assertUnread(Program run, String... parts) {
    run.ended(ExitCode.INCOMPLETE);
    assertEquals("", run.out());
    assertOneLine(run.complaints(), parts);
  }

  private static void assertFailed(Program run, String... parts) {
    run.ended(ExitCode.FAILED);
    assertEquals("", run.out());
    assertOneLine(run.complaints(), parts);
  }

  /** The first part follows the program's name, the others come later. */
  private static void assertOneLine(List<String> complaints, String... parts) {
    assertEquals(1, complaints.size(), complaints.toString());
    String line = complaints.get(0);
    assertTrue(line.startsWith("imon: " + parts[0]), line);
    for (String part : parts) {
      assertTrue(line.contains(part), line);
    }
    assertFalse(line.contains("Exception"), line);
  }
}
