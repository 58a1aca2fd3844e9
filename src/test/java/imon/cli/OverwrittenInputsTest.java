package imon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.output.ExitCode;
import imon.store.StoreFile;
import imon.testing.LongTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command writes over what it reads. */
class OverwrittenInputsTest {
  private static final Path SAMPLE = Program.SAMPLES.resolve("browsing.pcap");
  private static final String NAME = "weatherhollow.com.au";

  @TempDir Path folder;
  private Path capture;

  @BeforeEach
  void copyACapture() throws IOException {
    capture = Files.copy(SAMPLE, folder.resolve("a.pcap"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--html", "--csv", "--json", "--markdown", "--metrics", "--bundle"})
  void noReportReplacesACapture(String option) throws IOException {
    assertKept(capture, "analyze", capture, option, capture);
    assertKept(capture, "analyze", folder, option, capture);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a.pcap"));
    assertKept(capture, "analyze", capture, option, link);
    assertKept(capture, "analyze", link, option, capture);
  }

  @Test
  void noFileOfAFolderReplacesACapture() throws IOException {
    Path named = Files.copy(SAMPLE, folder.resolve("report.json"));
    assertKept(named, "analyze", folder, "-o", folder);
  }

  @Test
  void noReportReplacesItsStore() throws IOException {
    Path store = folder.resolve("imon.db");
    assertUsage(Program.run("analyze", capture, "--db", store, "--json", store));
    assertFalse(Files.exists(store));
    FilledStore.make(store, SAMPLE);
    assertKept(store, "analyze", capture, "--db", store, "--json", store);
    assertKept(store, "report", "--db", store, "--json", store);
    assertKept(store, "site", "--db", store, "--bundle", store, NAME);
    assertKept(store, "explain", "--db", store, "--pcap", store, NAME);
    assertKept(store, "query", "--db", store, "--parquet", store, "FROM flows");
    Path log = Files.writeString(folder.resolve("imon.db.wal"), "");
    assertKept(log, "report", "--db", store, "--csv", log);
    Path linked = Files.createSymbolicLink(folder.resolve("linked.db"), Path.of("imon.db"));
    assertKept(log, "report", "--db", linked, "--csv", log);
    assertKept(log, "query", "--db", store, "--parquet", log, "FROM flows");
    assertKept(log, "analyze", capture, "--db", store, "--csv", log);
    Files.delete(log);
    assertUsage(Program.run("report", "--db", store, "--csv", log));
    Path other = folder.resolve("other.db");
    FilledStore.make(other, SAMPLE);
    assertKept(other, "diff", "--db", store, "--with-db", other, "--csv", other);
    Path exported = Files.createDirectory(folder.resolve("views")).resolve("flows.parquet");
    Files.copy(store, exported);
    assertKept(exported, "store", "export", "--db", exported, exported.getParent());
  }

  @Test
  void noReportReplacesAnotherFileThatIsRead() throws IOException {
    Path groups = Files.writeString(folder.resolve("groups"), "A = example.com");
    assertKept(groups, "analyze", capture, "--groups", groups, "--csv", groups);
    Path hosts = Files.writeString(folder.resolve("hosts"), "192.0.2.1 a");
    assertKept(hosts, "analyze", capture, "--hosts", hosts, "--csv", hosts);
    Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef");
    assertKept(key, "analyze", capture, "--anonymize", "--anonymize-key", key, "--csv", key);
    Path templates = Files.createDirectory(folder.resolve("templates"));
    Path style = Files.writeString(templates.resolve("report.css"), "");
    assertKept(style, "analyze", capture, "--templates", templates, "--html", style);
    Path page = Files.writeString(templates.resolve("report.html"), "old");
    Program.run("analyze", capture, "--templates", templates, "--html", page).done();
    assertFalse(Files.readString(page).equals("old"), "no template has this name");
    Path json = folder.resolve("report.json");
    Program.run("analyze", capture, "--json", json).done();
    assertKept(json, "report", "--from-json", json, "--html", json);
  }

  @Test
  void packetsReplaceNoCaptureTheyAreCutFrom() throws IOException {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, capture);
    Path cut = folder.resolve("cut.pcapng");
    assertKept(capture, "explain", "--db", store, "--pcap", capture, NAME);
    assertKept(capture, "explain", "--db", store, "--pcap", cut, "--json", capture, NAME);
    assertKept(capture, "report", "--db", store, "--sha256", "--json", capture);
    assertFalse(Files.exists(cut));
  }

  @LongTest
  @Test
  void noOutputReplacesACaptureOfTheStoreWhereverTheProgramIsStarted() throws IOException {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, capture);
    rename(store, "elsewhere/a.pcap");
    assertKept(capture, "explain", "--db", store, "--pcap", capture, NAME);
    assertKept(capture, "explain", "--db", store, "--csv", capture, NAME);
    assertKept(capture, "report", "--db", store, "--csv", capture);
    assertKept(capture, "query", "--db", store, "--parquet", capture, "FROM flows");
    assertKept(capture, "analyze", SAMPLE, "--db", store, "--csv", capture);
    Path other = folder.resolve("other.db");
    FilledStore.make(other, Program.SAMPLES.resolve("udp-gap.pcap"));
    assertKept(capture, "diff", "--db", other, "--with-db", store, "--csv", capture);
    Path packed = folder.resolve("a.pcap.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(capture, out);
    }
    assertKept(packed, "report", "--db", store, "--csv", packed);
    Program.run("report", "--db", other, "--csv", capture).done();
  }

  @LongTest
  @Test
  void aCaptureThatIsNotWhereItWasIsLookedForBesideItsStore() throws IOException {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, capture);
    rename(store, "a.pcap");
    Path cut = folder.resolve("cut.pcapng");
    Program.run("explain", "--db", store, "--pcap", cut, NAME).done();
    assertTrue(Files.size(cut) > 100);
    JsonNode report = Program.run("report", "--db", store, "--sha256", "--json", "-").done().json();
    assertTrue(report.at("/captures/0/sha256").isTextual());
  }

  @Test
  void noPacketsReplaceNoFile() throws IOException {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, capture);
    Path cut = Files.writeString(folder.resolve("cut.pcapng"), "mine");
    Files.delete(capture);
    Program run =
        Program.run("explain", "--db", store, "--pcap", cut, NAME).ended(ExitCode.INCOMPLETE);
    assertTrue(run.err().contains("cut.pcapng: 0 packets; the file that is there stays"));
    assertEquals("mine", Files.readString(cut));
  }

  /** As if the program had been started in another folder when the capture was taken in. */
  private static void rename(Path store, String name) throws IOException {
    new StoreFile(store)
        .change(
            database -> database.execute("UPDATE store.fact.capture SET path = '" + name + "'"));
  }

  @Test
  void twoOutputsAreTwoFilesWhateverLinksLeadToThem() throws IOException {
    Path store = folder.resolve("imon.db");
    FilledStore.make(store, SAMPLE);
    Path csv = folder.resolve("report.csv");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("report.csv"));
    assertUsage(Program.run("report", "--db", store, "--csv", csv, "--json", link));
    assertUsage(Program.run("explain", "--db", store, "--csv", csv, "--pcap", csv, NAME));
    assertFalse(Files.exists(csv));
  }

  private static void assertKept(Path file, Object... words) throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertUsage(Program.run(words));
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  private static void assertUsage(Program run) {
    run.ended(ExitCode.USAGE);
    assertEquals("", run.out());
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().contains("write to another file") || run.err().contains("two outputs"));
  }
}
