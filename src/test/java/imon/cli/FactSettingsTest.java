package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that change facts: what they change, and what a store makes of others than before. */
class FactSettingsTest {
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");
  private static final Path MIDWAY = Program.SAMPLES.resolve("tls-midway.pcap");
  private static final List<String> ROTATED =
      List.of(
          Program.SAMPLES.resolve("continued-1.pcap").toString(),
          Program.SAMPLES.resolve("continued-2.pcap").toString(),
          Program.SAMPLES.resolve("continued-3.pcap").toString());
  private static final List<String> OTHER =
      List.of("--local-net=203.0.113.0/24", "--tcp-timeout=9");
  private static final String OTHER_TEXT = "local-net 203.0.113.0/24; tcp-timeout 9";
  private static final String OPTIONS = "SELECT DISTINCT options FROM captures";

  @TempDir private static Path folder;

  /** With default options, and with others. */
  private static Path plain;

  private static Path others;
  private static Path rotated;

  private Path store;

  @BeforeAll
  static void keepCaptures() {
    plain = folder.resolve("plain.db");
    ingest(plain, BROWSING, MIDWAY, ROTATED.get(1)).done();
    others = folder.resolve("others.db");
    ingest(others, words(OTHER, BROWSING, MIDWAY, ROTATED.get(1))).done();
    rotated = folder.resolve("rotated.db");
    ingest(rotated, ROTATED).done();
  }

  @BeforeEach
  void nameTheStore() throws IOException {
    store = Files.createTempDirectory(folder, "store").resolve("imon.db");
  }

  private static Program ingest(Path into, Object... words) {
    return Program.run("analyze", "--no-report", "--db", into, List.of(words));
  }

  private static List<String> words(List<String> options, Object... captures) {
    List<String> words = new ArrayList<>(options);
    Arrays.stream(captures).map(String::valueOf).forEach(words::add);
    return words;
  }

  private static Program ingest(Path into, List<String> words) {
    return Program.run("analyze", "--no-report", "--db", into, words);
  }

  private String options() {
    return Program.query(store, OPTIONS).toString();
  }

  @Test
  void theStoreKeepsTheOptionsWithTheCapture() throws IOException {
    Files.copy(others, store);
    assertEquals("[{\"options\":\"" + OTHER_TEXT + "\"}]", options());
    ingest(store, words(OTHER, BROWSING)).done();
    assertEquals("[{\"options\":\"" + OTHER_TEXT + "\"}]", options());
  }

  @LongTest
  @Test
  void otherOptionsForACaptureThatIsKeptAreAnErrorAndChangeNothing() throws IOException {
    Files.copy(plain, store);
    List<String> before = StoreViews.all(store);
    Program refused = ingest(store, words(OTHER, ROTATED.get(0), BROWSING)).ended(ExitCode.FAILED);
    assertEquals(
        List.of(
            "imon: "
                + BROWSING
                + ": the store has it with default options, and it was asked for with '"
                + OTHER_TEXT
                + "'; --again takes it anew"),
        refused.complaints());
    assertEquals(before, StoreViews.all(store));
  }

  @LongTest
  @Test
  void itIsTheSameForACaptureThatHasGrownAndOnStandardInput() throws IOException {
    byte[] whole = Files.readAllBytes(BROWSING);
    Path growing = folder.resolve("growing.pcap");
    Files.write(growing, Arrays.copyOf(whole, whole.length / 2));
    ingest(store, words(OTHER, growing)).done();
    List<String> before = StoreViews.all(store);
    Files.write(growing, whole);
    Program grown = ingest(store, growing).ended(ExitCode.FAILED);
    assertTrue(grown.err().contains("asked for with default options; --again"), grown.err());
    Program piped =
        Program.runWithInput(whole, "analyze", "--db", store, "-").ended(ExitCode.FAILED);
    assertTrue(piped.err().contains("standard input: the store has it with '"), piped.err());
    assertEquals(before, StoreViews.all(store));
  }

  @LongTest
  @Test
  void againTakesACaptureAnewAsIfItHadNeverBeenThereOtherwise() throws IOException {
    Files.copy(plain, store);
    List<String> captures = words(List.of("--again"), BROWSING, MIDWAY, ROTATED.get(1));
    captures.addAll(OTHER);
    Program again = ingest(store, captures).done();
    assertTrue(
        again.err().contains(BROWSING + ": taken anew; takes the place of what the store had"),
        again.err());
    assertEquals(StoreViews.withoutTimeOfIngest(others), StoreViews.withoutTimeOfIngest(store));
  }

  @LongTest
  @Test
  void whatOtherCapturesHadFromOneThatIsTakenAnewIsNamedAnew() throws IOException {
    List<String> second = List.of("--tcp-timeout=9");
    Files.copy(rotated, store);
    ingest(store, words(second, "--again", ROTATED.get(1))).done();
    Path fresh = folder.resolve("fresh.db");
    ingest(fresh, words(second, ROTATED.get(1))).done();
    ingest(fresh, words(List.of(), ROTATED.get(0), ROTATED.get(2))).done();
    List<String> anew = StoreViews.withoutTimeOfIngest(fresh);
    assertEquals(anew, StoreViews.withoutTimeOfIngest(store));
    ingest(store, words(List.of("--again"), ROTATED.get(1))).done();
    List<String> undisturbed = StoreViews.withoutTimeOfIngest(rotated);
    assertEquals(undisturbed, StoreViews.withoutTimeOfIngest(store));
    assertNotEquals(anew, undisturbed);
  }

  @LongTest
  @Test
  void againWithTheSameOptionsGivesTheSame() throws IOException {
    Files.copy(rotated, store);
    ingest(store, words(List.of("--again"), ROTATED.get(0), ROTATED.get(2))).done();
    assertEquals(StoreViews.withoutTimeOfIngest(rotated), StoreViews.withoutTimeOfIngest(store));
  }

  @LongTest
  @Test
  void whatWasPrunedIsNotTakenAgain() throws IOException {
    Files.copy(plain, store);
    Program.run("store", "prune", "--db", store, "--before", "2100-01-01").done();
    List<String> before = StoreViews.withoutTimeOfIngest(store);
    List<String> again = words(OTHER, "--again", BROWSING);
    assertEquals(
        "imon: " + BROWSING + ": already in the store, and pruned; it is not taken again",
        ingest(store, again).done().complaints().get(0));
    assertEquals(before, StoreViews.withoutTimeOfIngest(store));
  }

  @Test
  void trafficWithinANetworkGivenAsLocalIsLocal() {
    String scopes =
        "SELECT DISTINCT scope FROM flows JOIN captures USING (capture_id)"
            + " WHERE server_ip LIKE '203.0.113.%' AND path LIKE '%browsing.pcap'";
    assertEquals("[{\"scope\":\"internet\"}]", Program.query(plain, scopes).toString());
    assertEquals("[{\"scope\":\"local\"}]", Program.query(others, scopes).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tcp-timeout=0 | give a number of seconds from 1 to 86400",
        "--udp-timeout=86401 | give a number of seconds from 1 to 86400",
        "--local-net=10.0.0 | --local-net 10.0.0: give an address block like",
        "--local-net=10.0.0.0/33 | give an address block like",
        "--again | --again is about a store: give --db FILE"
      })
  void whatCannotBeIsSaidInOneLine(String option, String message) {
    Program wrong = Program.run("analyze", option, BROWSING).ended(ExitCode.USAGE);
    assertEquals(1, wrong.complaints().size(), wrong.err());
    assertTrue(wrong.err().contains(message), wrong.err());
  }
}
