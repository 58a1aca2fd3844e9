package imon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import imon.testing.Packer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture that was still being written when it was read, and is read again. */
class GrownCaptureTest {
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");
  private static final Path MIDWAY = Program.SAMPLES.resolve("tls-midway.pcap");
  private static final String GREW = "has grown; takes the place of what the store had of it";

  /** How much of the capture the store {@link #begun} was given. */
  private static final double BEGIN = 0.4;

  @TempDir private static Path folder;
  private static Path file;
  private static Path begun;
  private static Path undisturbed;

  /** The views of a store that was only ever given the whole capture. */
  private static List<String> expected;

  private byte[] whole;
  private Path store;

  @BeforeAll
  static void keepTheBeginningAndElsewhereTheWhole() throws IOException {
    file = Files.copy(BROWSING, folder.resolve("growing.pcap"));
    undisturbed = folder.resolve("undisturbed.db");
    ingest(undisturbed, file);
    expected = StoreViews.withoutPathsAndTimeOfIngest(undisturbed);
    begun = folder.resolve("begun.db");
    ingest(begun, grownTo(Files.readAllBytes(BROWSING), BEGIN));
  }

  @BeforeEach
  void nameTheStore() throws IOException {
    whole = Files.readAllBytes(BROWSING);
    store = Files.createTempDirectory(folder, "store").resolve("grown.db");
  }

  private static Path grownTo(byte[] whole, double part) throws IOException {
    return Files.write(file, Arrays.copyOf(whole, (int) (whole.length * part)));
  }

  private Path grownTo(double part) throws IOException {
    return grownTo(whole, part);
  }

  private void begin() throws IOException {
    Files.copy(begun, store);
  }

  private static Program ingest(Path store, Object... captures) {
    return Program.run("analyze", "--no-report", "--db", store, List.of(captures)).done();
  }

  private void assertUndisturbed() {
    assertEquals(expected, StoreViews.withoutPathsAndTimeOfIngest(store));
  }

  @Test
  void aGrownFileTakesThePlaceOfWhatItWas() throws IOException {
    begin();
    ingest(store, grownTo(0.9));
    assertNotEquals(expected, StoreViews.withoutPathsAndTimeOfIngest(store));
    Program last = ingest(store, grownTo(1));
    assertEquals(List.of("imon: " + file + ": " + GREW), last.complaints());
    assertUndisturbed();
  }

  @LongTest
  @Test
  void reportsFromSumsAreThoseOfTheWholeCapture() throws IOException {
    begin();
    ingest(store, grownTo(1));
    assertEquals(
        Program.run("report", "--db", undisturbed, Analyzed.AS_JSON).done().out(),
        Program.run("report", "--db", store, Analyzed.AS_JSON).done().out());
  }

  @LongTest
  @Test
  void itMayHaveAnotherNameByNowAndBePacked() throws IOException {
    begin();
    Path renamed = folder.resolve("night.pcap.zst");
    Files.write(renamed, Packer.ZSTD.pack(whole));
    Program last = ingest(store, renamed);
    assertEquals(List.of("imon: " + renamed + ": " + GREW), last.complaints());
    String packets = "SELECT packets, path FROM captures";
    assertEquals(
        "[{\"packets\":6152,\"path\":\"" + renamed + "\"}]",
        Program.query(store, packets).toString());
  }

  @Test
  void itMayComeOnStandardInput() throws IOException {
    begin();
    Program last = Program.runWithInput(whole, "analyze", "--db", store, "-").done();
    assertEquals(List.of("imon: standard input: " + GREW), last.complaints());
    assertUndisturbed();
  }

  @LongTest
  @Test
  void otherCapturesThatItHelpedToNameAreNamedByTheGrownOne() throws IOException {
    begin();
    ingest(store, MIDWAY);
    ingest(store, grownTo(1));
    Path both = Files.copy(undisturbed, folder.resolve("both.db"));
    ingest(both, MIDWAY);
    assertEquals(
        StoreViews.withoutPathsAndTimeOfIngest(both),
        StoreViews.withoutPathsAndTimeOfIngest(store));
  }

  @LongTest
  @Test
  void itStaysInTheNetworkItWasTakenInFor() throws IOException {
    ingest(store, "--source=home", grownTo(0.6));
    ingest(store, "--source=work", grownTo(1));
    assertEquals(
        "[{\"source\":\"home\",\"packets\":6152}]",
        Program.query(store, "SELECT source, packets FROM captures").toString());
  }

  @Test
  void explainingItGivesThePacketsThatTheStoreKnows() throws IOException {
    begin();
    grownTo(BEGIN);
    Path before = folder.resolve("before.pcapng");
    Path after = folder.resolve("after.pcapng");
    List<Object> explain =
        List.of("explain", "--db", store, "--flows", "kestrelnews.com", "--json", "-", "--pcap");
    String said = Program.run(explain, before).done().out();
    grownTo(1);
    assertEquals(said, Program.run(explain, after).done().out());
    assertArrayEquals(Files.readAllBytes(before), Files.readAllBytes(after));
    whole[100]++;
    grownTo(1);
    Program changed = Program.run(explain, after).ended(ExitCode.INCOMPLETE);
    assertTrue(changed.err().contains("not the capture that was analyzed"), changed.err());
  }

  @LongTest
  @Test
  void severalLengthsInOneRunAreOneCapture() throws IOException {
    Path half = Files.copy(grownTo(0.5), folder.resolve("half.pcap"));
    Path most = Files.copy(grownTo(0.8), folder.resolve("most.pcap"));
    grownTo(1);
    Program kept = ingest(store, file, half, most);
    String taken = ": begins with all of another capture given, and takes its place";
    assertEquals(
        List.of("imon: " + half + ": last record cut at offset ", "imon: " + most + taken),
        List.of(
            kept.complaints().get(0).replaceFirst("(offset ).*", "$1"), kept.complaints().get(2)));
    assertUndisturbed();
    Program inMemory = Program.run("analyze", most, file, half, Analyzed.AS_JSON).done();
    assertEquals(Program.run("analyze", file, Analyzed.AS_JSON).done().out(), inMemory.out());
  }

  @LongTest
  @Test
  void oneThatOnlyBeginsAlikeIsAnother() throws IOException {
    begin();
    whole[whole.length / 3] ^= 1;
    Program other = ingest(store, grownTo(1));
    assertEquals(List.of(), other.complaints());
    assertEquals(
        "[{\"captures\":2}]",
        Program.query(store, "SELECT count(*) AS captures FROM captures").toString());
  }
}
