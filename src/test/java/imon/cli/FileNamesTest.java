package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the names of files on a command line stand for. */
class FileNamesTest {
  private static final Path CAPTURE = Program.SAMPLES.resolve("udp-gap.pcap");

  @TempDir Path folder;

  @Test
  void aNameThatBeginsWithAnAtSignIsThatOfAFileAndNoListOfOptions() throws IOException {
    String name = "@" + Files.writeString(folder.resolve("options"), "--help");
    List<String> missing = List.of("imon: " + name + ": no such file");
    assertEquals(missing, Program.run("analyze", name).ended(ExitCode.INCOMPLETE).complaints());
    assertEquals(
        missing, Program.run("analyze", "--", name).ended(ExitCode.INCOMPLETE).complaints());
    Program.run("store", "info", "--db", name).ended(ExitCode.FAILED);
  }

  @Test
  void anAtSignIsPartOfAnyOtherValueToo() throws IOException {
    String name = "@" + Files.writeString(folder.resolve("options"), "--help");
    Path store = folder.resolve("imon.db");
    Program.run("analyze", "--no-report", "--db", store, "--source", name, CAPTURE).done();
    assertEquals(
        name, Program.query(store, "SELECT source FROM captures").get(0).get("source").asText());
  }

  @Test
  void anEmptyOperandIsNotTheCurrentFolder() {
    Program run = Program.run("analyze", "").ended(ExitCode.INCOMPLETE);
    assertEquals(List.of("imon: '': no such file; an empty word is no name"), run.complaints());
    Program following = Program.run("analyze", "--follow", "--db", folder.resolve("imon.db"), "");
    assertUsage(following, "'': no folder; --follow watches folders");
  }

  @Test
  void anEmptyNameOfASiteIsNone() {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, CAPTURE);
    assertUsage(Program.run("site", "--db", store, "a.example", ""), ": a NAME is empty; give ");
    assertUsage(
        Program.run("explain", "--db", store, ""), ": NAME is empty; give a site or a host");
  }

  @Test
  void whatIsSkippedIsOneFileOrSeveral() throws IOException {
    Path captures = Files.createDirectory(folder.resolve("captures"));
    Files.copy(CAPTURE, captures.resolve("a.pcap"));
    Files.writeString(captures.resolve("a.txt"), "no capture");
    assertEquals(
        List.of("imon: 1 file in folders is no capture and was skipped"),
        Program.run("analyze", captures).done().complaints());
    Files.writeString(captures.resolve("b.txt"), "no capture");
    assertEquals(
        List.of("imon: 2 files in folders are no captures and were skipped"),
        Program.run("analyze", captures).done().complaints());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--db",
        "--html",
        "--csv",
        "--json",
        "--markdown",
        "--metrics",
        "--bundle",
        "-o",
        "--templates",
        "--hosts",
        "--groups",
        "--asn",
        "--anonymize-key"
      })
  void anOptionWithAnEmptyNameIsNamed(String option) {
    assertUsage(Program.run("analyze", CAPTURE, option, ""), ": it is empty; give a name");
  }

  @Test
  void aVariableNamesTheStoreUnlessItIsSetToNothing() {
    Path store = folder.resolve("imon.db");
    Program.runIn(Map.of("IMON_DB", ""), "analyze", CAPTURE).done();
    assertUsage(Program.runIn(Map.of("IMON_DB", ""), "report"), "--db FILE is missing");
    Program.runIn(Map.of("IMON_DB", store.toString()), "analyze", CAPTURE).done();
    Program.runIn(Map.of("IMON_DB", store.toString()), "report").done();
    Program.runIn(Map.of("IMON_DB", "elsewhere"), "report", "--db", store).done();
  }

  @Test
  void aCaptureNeedsAFolderAndADevice() throws IOException {
    Path file = Files.writeString(folder.resolve("a.pcap"), "");
    Program onto = Program.run("capture", "-i", "none0", "-w", file);
    assertUsage(onto, "-w " + file + ": a file stands there; name a folder");
    Path captures = folder.resolve("captures");
    Program.run("capture", "-i", "none0", "-w", captures).ended(ExitCode.FAILED);
    assertFalse(Files.exists(captures));
  }

  @Test
  void whyAFolderCannotBeMadeIsSaid() throws IOException {
    Path below = Files.writeString(folder.resolve("file"), "").resolve("below");
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, CAPTURE);
    List<String> said =
        List.of(
            "imon: cannot make the folder " + below + ": Not a directory; choose another place");
    assertEquals(
        said,
        Program.run("store", "export", "--db", store, below).ended(ExitCode.FAILED).complaints());
    assertEquals(
        said,
        Program.run("report", "--db", store, "-o", below).ended(ExitCode.FAILED).complaints());
  }

  @Test
  void packetsAreCutOutOfACaptureWhoseNameIsNoText() throws Exception {
    Path captures = Files.createDirectory(folder.resolve("captures"));
    Files.copy(Program.SAMPLES.resolve("browsing.pcap"), captures.resolve("a.pcap"));
    String move = "mv a.pcap \"$(printf 'a[\\377.pcap')\"";
    assertEquals(
        0, new ProcessBuilder("sh", "-c", move).directory(captures.toFile()).start().waitFor());
    Path store = folder.resolve("imon.db");
    Program.run("analyze", "--no-report", "--db", store, captures).done();
    Path cut = folder.resolve("cut.pcapng");
    Program.run("explain", "--db", store, "--pcap", cut, "weatherhollow.com.au").done();
    JsonNode report = Program.run("report", "--db", store, "--sha256", "--json", "-").done().json();
    assertTrue(report.at("/captures/0/sha256").isTextual());
  }

  private static void assertUsage(Program run, String says) {
    run.ended(ExitCode.USAGE);
    assertEquals("", run.out());
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().contains(says), run.err());
  }
}
