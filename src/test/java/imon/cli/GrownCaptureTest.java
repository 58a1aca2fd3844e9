package imon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.testing.Packer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture that was still being written when it was read, and is read again. */
class GrownCaptureTest {
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");
  private static final Path MIDWAY = Program.SAMPLES.resolve("tls-midway.pcap");
  private static final String GREW = "has grown; takes the place of what the store had of it";

  @TempDir Path folder;
  private byte[] whole;
  private Path file;
  private Path store;
  private Path undisturbed;

  @BeforeEach
  void keepTheWholeOneElsewhere() throws IOException {
    whole = Files.readAllBytes(BROWSING);
    file = folder.resolve("growing.pcap");
    store = folder.resolve("grown.db");
    undisturbed = folder.resolve("undisturbed.db");
  }

  private Path grownTo(double part) throws IOException {
    return Files.write(file, Arrays.copyOf(whole, (int) (whole.length * part)));
  }

  private static Program ingest(Path store, Object... captures) {
    return Program.run("analyze", "--db", store, List.of(captures)).done();
  }

  /** Fails unless the store shows what one shows that was only ever given the whole capture. */
  private void assertUndisturbed(Object... others) {
    ingest(undisturbed, BROWSING);
    if (others.length > 0) {
      ingest(undisturbed, others);
    }
    assertEquals(
        StoreViews.withoutPathsAndTimeOfIngest(undisturbed),
        StoreViews.withoutPathsAndTimeOfIngest(store));
  }

  @Test
  void aGrownFileTakesThePlaceOfWhatItWas() throws IOException {
    for (double part : new double[] {0.2, 0.9}) {
      ingest(store, grownTo(part));
    }
    List<String> before = StoreViews.all(store);
    Program last = ingest(store, grownTo(1));
    assertEquals(List.of("imon: " + file + ": " + GREW), last.complaints());
    assertNotEquals(before, StoreViews.all(store));
    assertUndisturbed();
  }

  @Test
  void reportsFromSumsAreThoseOfTheWholeCapture() throws IOException {
    ingest(store, grownTo(0.4));
    ingest(store, grownTo(1));
    ingest(undisturbed, file);
    assertEquals(
        Program.run("report", "--db", undisturbed, Analyzed.AS_JSON).done().out(),
        Program.run("report", "--db", store, Analyzed.AS_JSON).done().out());
  }

  @Test
  void itMayHaveAnotherNameByNowAndBePacked() throws IOException {
    ingest(store, grownTo(0.6));
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
    ingest(store, grownTo(0.6));
    Program last = Program.runWithInput(whole, "analyze", "--db", store, "-").done();
    assertEquals(List.of("imon: standard input: " + GREW), last.complaints());
    assertUndisturbed();
  }

  @Test
  void otherCapturesThatItHelpedToNameAreNamedByTheGrownOne() throws IOException {
    ingest(store, grownTo(0.6), MIDWAY);
    ingest(store, grownTo(1));
    assertUndisturbed(MIDWAY);
  }

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
    ingest(store, grownTo(0.6));
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

  @Test
  void oneThatOnlyBeginsAlikeIsAnother() throws IOException {
    ingest(store, grownTo(0.5));
    whole[whole.length / 3] ^= 1;
    Program other = ingest(store, grownTo(1));
    assertEquals(List.of(), other.complaints());
    assertEquals(
        "[{\"captures\":2}]",
        Program.query(store, "SELECT count(*) AS captures FROM captures").toString());
  }
}
