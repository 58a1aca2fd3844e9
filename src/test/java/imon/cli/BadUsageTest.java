package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong command line: exit code 2, one line that says what is wrong, nothing done. */
class BadUsageTest {
  private static final Path CAPTURE = Program.SAMPLES.resolve("udp-gap.pcap");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "--nonsense, 1, --nonsense",
    "--tz, Mars, --tz Mars: no such zone",
    "--top, 0, --top 0: give a number",
    "--top, -5, --top -5: give a number",
    "--top, many, '--top'': ''many'' is not a whole number'",
    "--workers, 0, --workers 0: give a number",
    "--workers, 257, --workers 257: give a number",
    "--workers, two, '--workers'': ''two'''",
    "--hosts, a\0b, '--hosts'' (FILE): ''a?b'' is no name of a file here; a locale of UTF-8'",
    "--generated-at, now, --generated-at now: give a time",
    "--generated-at, 2026-13-01T00:00:00Z, --generated-at 2026-13-01T00:00:00Z: give a time",
  })
  void anOptionThatCannotBeIsNamedAndNothingIsDone(String option, String value, String says)
      throws IOException {
    Path store = folder.resolve("imon.db");
    Path json = folder.resolve("report.json");
    Program run = Program.run("analyze", "--db", store, "--json", json, option, value, CAPTURE);
    assertWrong(run, "imon analyze: ", says);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--by, 'site, host, client or source'",
    "--site-level, domain or host",
  })
  void whatCanBeChosenIsTold(String option, String choice) {
    Program run = Program.run("analyze", option, "foo", CAPTURE);
    assertWrong(run, "imon analyze: ", option + " foo: give " + choice + "; see");
  }

  @Test
  void aZoneForPruningIsNamedAsAnyOther() {
    Path store = folder.resolve("imon.db");
    Program run =
        Program.run("store", "prune", "--db", store, "--before", "2026-01-01", "--tz", "Mars");
    assertWrong(
        run,
        "imon store prune: ",
        "--tz Mars: no such zone; give one like UTC or Europe/Paris; see imon");
  }

  @Test
  void onlyOneReportGoesToStandardOutput() {
    Program run = Program.run("analyze", "--json", "-", "--csv", "-", CAPTURE);
    assertWrong(run, "imon analyze: ", "only one report can go to standard output");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--json=-",
        "--budget=example.com=1MB",
        "--anonymize",
        "--from=yesterday",
        "--tz=UTC",
        "--site-level=host"
      })
  void noReportLeavesNothingToWrite(String option) {
    Path store = folder.resolve("imon.db");
    Program run = Program.run("analyze", "--no-report", "--db", store, option, CAPTURE);
    assertWrong(run, "imon analyze: ", "--no-report");
    assertWrong(
        Program.run("analyze", "--follow", "--db", store, option, folder),
        "imon analyze: ",
        "--follow");
    assertWrong(Program.run("analyze", "--no-report", CAPTURE), "imon analyze: ", "needs --db");
    assertFalse(Files.exists(store));
  }

  @Test
  void analyzeWithoutACaptureSaysWhatIsMissing() {
    assertWrong(Program.run("analyze"), "imon analyze: ", "'CAPTURE'");
  }

  @Test
  void aQueryNeedsSql() {
    assertWrong(Program.run("query", "--db", folder.resolve("imon.db")), "imon query: ", "'SQL'");
  }

  @Test
  void aQueryIsAnsweredInOneFormat() {
    Program run = Program.run("query", "--db", folder.resolve("x"), "--csv", "--json", "SELECT 1");
    assertWrong(run, "imon query: ", "--csv, --json");
  }

  @Test
  void anUnknownCommandIsNamed() {
    assertWrong(Program.run("frobnicate", CAPTURE), "imon: ", "no such command: 'frobnicate'");
  }

  @Test
  void whatIsNearlyRightIsSuggested() {
    assertWrong(
        Program.run("analyse", CAPTURE), "imon: ", "no such command: 'analyse' (analyze?);");
    assertWrong(
        Program.run("Analyze", CAPTURE), "imon: ", "no such command: 'Analyze' (analyze?);");
    assertWrong(
        Program.run("analyze", CAPTURE, "--jsn", "-"),
        "imon analyze: ",
        "no such option: '--jsn' (--json?);");
  }

  @ParameterizedTest
  @ValueSource(strings = {"analyze", "query --db x", "diff", "store prune"})
  void anOptionThatIsNoneIsNamedBeforeWhatIsMissing(String command) {
    List<Object> words = new ArrayList<>(List.of(command.split(" ")));
    words.add("--bogus");
    assertWrong(Program.run(words), "imon ", "no such option: '--bogus';");
  }

  @Test
  void aFileWithTheNameOfAnOptionIsGivenByItsFolder() throws Exception {
    Files.copy(CAPTURE, folder.resolve("-dash.pcap"));
    List<String> inFolder = List.of("env", "-C", folder.toString());
    try (CaptureProcess imon =
        CaptureProcess.start(
            folder,
            inFolder,
            List.of(),
            CaptureProcess.absoluteClassPath(),
            "analyze",
            "-dash.pcap")) {
      assertEquals(ExitCode.USAGE, imon.exitCode());
      String says = "no such option: '-dash.pcap' (./-dash.pcap?)";
      assertTrue(imon.err().contains(says), imon.err());
    }
  }

  @Test
  void aWordTooManyIsNamed() {
    assertWrong(
        Program.run("report", "--db", "x", "y"), "imon report: ", "'y' is one word too many");
  }

  @Test
  void noCommandAtAllShowsTheCommands() {
    Program run = Program.run().ended(ExitCode.USAGE);
    assertEquals("", run.out());
    assertTrue(run.err().contains("analyze") && run.err().contains("query"), run.err());
  }

  private static void assertWrong(Program run, String start, String says) {
    run.ended(ExitCode.USAGE);
    assertEquals("", run.out());
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().startsWith(start), run.err());
    assertTrue(run.err().contains(says), run.err());
    assertTrue(run.err().contains("--help"), run.err());
  }
}
