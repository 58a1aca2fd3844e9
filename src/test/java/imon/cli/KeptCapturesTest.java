package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.pcap.CaptureFiles;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store makes of captures: once each, whatever their order, for their owner only. */
class KeptCapturesTest {
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");
  private static final Path VLAN = Program.SAMPLES.resolve("vlan.pcap");
  private static final Path EXPIRED = Program.SAMPLES.resolve("dns-expired.pcap");

  /** One client asks the same names in several of them, and some hold IPv6. */
  private static final List<String> RELATED =
      List.of(
          "dns-shared-address.pcap",
          "dns-not-asked.pcap",
          "tls-midway.pcap",
          "browsing.pcap",
          "dns-https-hints.pcap",
          "ipv6-extensions.pcap",
          "truncated-packets.pcap",
          "udp-gap.pcap");

  @TempDir Path folder;

  @Test
  void theSameCaptureAgainChangesNothing() throws IOException {
    Path store = folder.resolve("imon.db");
    Program first = Program.run("analyze", "--db", store, VLAN, Analyzed.AS_JSON).done();
    List<String> before = StoreViews.all(store);
    Program again = Program.run("analyze", "--db", store, VLAN, Analyzed.AS_JSON).done();
    Path copy = Files.copy(VLAN, folder.resolve("copy.pcap"));
    Program renamed = Program.run("analyze", "--db", store, copy, Analyzed.AS_JSON).done();
    assertEquals(List.of("imon: " + VLAN + ": already in the store"), again.complaints());
    assertEquals(List.of("imon: " + copy + ": already in the store"), renamed.complaints());
    assertEquals(before, StoreViews.all(store));
    assertEquals(first.out(), again.out());
    assertEquals(first.out(), renamed.out());
  }

  @LongTest
  @Test
  void aCaptureKeepsItsSourceAndThatIsSaid() {
    Path store = folder.resolve("imon.db");
    Program.run("analyze", "--no-report", "--db", store, "--source", "home", VLAN).done();
    Program other = Program.run("analyze", "--db", store, "--source", "office", VLAN).done();
    assertEquals(
        List.of("imon: " + VLAN + ": already in the store, with --source home; that stays"),
        other.complaints());
    Program anew = Program.run("analyze", "--db", store, "--again", VLAN).done();
    assertEquals(
        List.of(
            "imon: "
                + VLAN
                + ": taken anew; takes the place of what the store had of it, with --source home;"
                + " that stays"),
        anew.complaints());
    assertEquals("home", Program.query(store, "FROM captures").get(0).get("source").asText());
  }

  @Test
  void theSameCaptureTwiceInOneRunIsTakenOnce() throws IOException {
    Path copy = Files.copy(VLAN, folder.resolve("copy.pcap"));
    Program both = Program.run("analyze", VLAN, copy, "--json", "-").done();
    assertEquals(1, both.complaints().size(), both.err());
    assertTrue(both.err().contains("the same capture as another one given"), both.err());
    assertEquals(1, both.json().get("captures").size());
    assertEquals(48, both.json().at("/totals/packets").asInt());
  }

  @LongTest
  @Test
  void quietNightsAreOneOfEachNetworkAndNothingIsSaid() throws IOException {
    Path store = folder.resolve("imon.db");
    Path first = quiet("first.pcap");
    Path second = quiet("second.pcap");
    for (String source : List.of("home", "office", "home")) {
      Object[] words = {"analyze", "--db", store, "--source", source, first, second, "--json", "-"};
      Program night = Program.run(words).done();
      assertEquals("", night.err());
      assertEquals(1, night.json().get("captures").size());
    }
    Files.copy(VLAN, second, StandardCopyOption.REPLACE_EXISTING);
    Program grown = Program.run("analyze", "--no-report", "--db", store, second).done();
    assertEquals("", grown.err());
    assertEquals(
        "[{\"source\":\"\",\"packets\":48}, {\"source\":\"home\",\"packets\":0},"
            + " {\"source\":\"office\",\"packets\":0}]",
        Program.query(store, "SELECT source, packets FROM captures ORDER BY ALL").toString());
  }

  /** The header of a capture, and no packet. */
  private Path quiet(String name) throws IOException {
    return Files.write(folder.resolve(name), Arrays.copyOf(Files.readAllBytes(VLAN), 24));
  }

  @LongTest
  @Test
  void aReportCoversJustTheCapturesGivenAlsoWhenTheyWereThere() {
    Path store = folder.resolve("imon.db");
    String alone = Program.run("analyze", EXPIRED, Analyzed.AS_JSON).done().out();
    Program.run("analyze", "--no-report", "--db", store, VLAN).done();
    Program fresh = Program.run("analyze", "--db", store, EXPIRED, Analyzed.AS_JSON).done();
    Program known = Program.run("analyze", "--db", store, EXPIRED, Analyzed.AS_JSON).done();
    assertEquals(1, fresh.json().get("captures").size());
    assertEquals(
        Program.parse(alone).get("captures").toString(), fresh.json().get("captures").toString());
    assertEquals(Program.parse(alone).get("totals").get("bytes"), fresh.json().at("/totals/bytes"));
    assertEquals(fresh.out(), known.out());
  }

  @Test
  void aStoreGivesTheReportThatMemoryGives() {
    String inMemory = Program.run("analyze", BROWSING, Analyzed.AS_JSON).done().out();
    Path store = folder.resolve("imon.db");
    assertEquals(
        inMemory, Program.run("analyze", "--db", store, BROWSING, Analyzed.AS_JSON).done().out());
  }

  @Test
  void whatIsKeptWithoutAReportIsReportedLater() {
    Path reported = folder.resolve("reported.db");
    Path store = folder.resolve("imon.db");
    Program loud = Program.run("analyze", "--db", reported, VLAN, BROWSING, Analyzed.AS_JSON);
    Program quiet = Program.run("analyze", "--no-report", "--db", store, VLAN, BROWSING).done();
    assertEquals("", quiet.out());
    assertEquals(loud.done().err(), quiet.err());
    assertEquals(loud.out(), Program.run("report", "--db", store, Analyzed.AS_JSON).done().out());
  }

  @Test
  void whatCannotBeReadIsToldWithoutAReportToo() {
    Path store = folder.resolve("imon.db");
    Path missing = folder.resolve("missing.pcap");
    Program.run("analyze", "--no-report", "--db", store, VLAN, missing).ended(ExitCode.INCOMPLETE);
    assertEquals(1, Program.query(store, "FROM captures").size());
  }

  @Test
  void aStoreIsOneFileThatOnlyItsOwnerReads() throws IOException {
    Path store = folder.resolve("imon.db");
    Program.run("analyze", "--no-report", "--db", store, VLAN).done();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store)));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(store), files.toList());
    }
  }

  @LongTest
  @Test
  void oneSourceKnowsNothingOfAnother() {
    Path store = folder.resolve("imon.db");
    Path midway = Program.SAMPLES.resolve("tls-midway.pcap");
    Program.run("analyze", "--no-report", "--db", store, "--source", "home", BROWSING).done();
    Program.run("analyze", "--no-report", "--db", store, "--source", "work", midway).done();
    String sql =
        "SELECT DISTINCT c.source AS flow_source, s.source AS seen_source FROM evidence e"
            + " JOIN flows f USING (flow_id) JOIN captures c ON c.capture_id = f.capture_id"
            + " JOIN captures s ON s.capture_id = e.capture_id ORDER BY ALL";
    assertEquals(
        "[{\"flow_source\":\"home\",\"seen_source\":\"home\"},"
            + " {\"flow_source\":\"work\",\"seen_source\":\"work\"}]",
        Program.query(store, sql).toString());
  }

  @LongTest
  @Test
  void theOrderOfIngestMakesNoDifference() throws Exception {
    List<CaptureFiles.Input> inputs = related();
    Path forwards = folder.resolve("forwards.db");
    Path backwards = folder.resolve("backwards.db");
    String inMemory = Analyzed.json(inputs, 2, null);
    assertEquals(inMemory, Analyzed.json(inputs, 2, forwards));
    Collections.reverse(inputs);
    assertEquals(inMemory, Analyzed.json(inputs, 2, backwards));
    List<String> views = StoreViews.withoutTimeOfIngest(forwards);
    assertEquals(views, StoreViews.withoutTimeOfIngest(backwards));
    assertNotEquals("0", crossings(forwards));
  }

  /** Flows that an answer in another capture could name: without any, order could not matter. */
  private static String crossings(Path store) {
    String sql =
        "SELECT count(*) AS crossings FROM evidence e JOIN flows f USING (flow_id)"
            + " WHERE e.capture_id <> f.capture_id";
    return Program.query(store, sql).get(0).get("crossings").asText();
  }

  private static List<CaptureFiles.Input> related() {
    List<String> files = RELATED.stream().map(f -> Program.SAMPLES.resolve(f).toString()).toList();
    List<CaptureFiles.Input> inputs = new ArrayList<>(CaptureFiles.find(files).inputs());
    assertEquals(RELATED.size(), inputs.size());
    return inputs;
  }
}
