package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import imon.testing.Packer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy that holds the first packets of a capture which a store has already. */
class ShorterCaptureTest {
  private static final Path NAME_BLOCKS = Program.SAMPLES.resolve("name-blocks.pcapng");
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int PACKETS = 48;

  @TempDir private Path folder;
  private byte[] bytes;
  private Path whole;
  private Path store;

  @BeforeEach
  void copyTheCapture() throws IOException {
    bytes = Files.readAllBytes(Program.SAMPLES.resolve("vlan.pcap"));
    whole = Files.write(folder.resolve("whole.pcap"), bytes);
    store = folder.resolve("imon.db");
  }

  private static int end(byte[] capture, int packets) {
    int end = FILE_HEADER;
    for (int i = 0; i < packets; i++) {
      end +=
          RECORD_HEADER + ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 8);
    }
    return end;
  }

  /** A copy with the first packets. */
  private Path first(int packets) throws IOException {
    return write("first-" + packets + ".pcap", Arrays.copyOf(bytes, end(bytes, packets)));
  }

  private Path write(String name, byte[] capture) throws IOException {
    return Files.write(folder.resolve(name), capture);
  }

  private Program ingest(Object... words) {
    return Program.run("analyze", "--no-report", "--db", store, List.of(words)).done();
  }

  private List<String> complaints(Object... words) {
    return ingest(words).complaints();
  }

  private static List<String> known(Path copy, Path whole) {
    return List.of("imon: " + copy + ": already in the store, as the beginning of " + whole);
  }

  private static List<String> doubtful(Path copy, Path whole) {
    return List.of(
        "imon: "
            + copy
            + ": begins at the same instant as "
            + whole
            + ", which was taken in before and cannot be compared with it any more; if it is a"
            + " shorter copy of that, its bytes count twice");
  }

  private String packets() {
    return Program.query(store, "SELECT packets FROM captures ORDER BY ALL").stream()
        .map(row -> row.get("packets").asText())
        .toList()
        .toString();
  }

  @LongTest
  @Test
  void whatACaptureWasBeforeItGrewChangesNothing() throws IOException {
    Path ten = first(10);
    Path thirty = first(30);
    ingest(ten);
    ingest(thirty);
    ingest(whole);
    Files.delete(whole);
    List<String> before = StoreViews.all(store);
    assertEquals(known(ten, whole), complaints(ten));
    assertEquals(known(thirty, whole), complaints(thirty));
    assertEquals(known(ten, whole), complaints("--again", ten));
    assertEquals(before, StoreViews.all(store));
  }

  @Test
  void severalLengthsOfOneRunAreKnownLater() throws IOException {
    Path ten = first(10);
    ingest(ten, whole);
    Files.delete(whole);
    assertEquals(known(ten, whole), complaints(ten));
    assertEquals("[48]", packets());
  }

  @Test
  void aLengthThatWasNeverSeenIsToldByTheFileOfTheWhole() throws IOException {
    ingest(whole);
    List<String> before = StoreViews.all(store);
    Path ten = first(10);
    assertEquals(known(ten, whole), complaints(ten));
    Files.delete(whole);
    assertEquals(known(ten, whole), complaints(ten));
    assertEquals(before, StoreViews.all(store));
    String taken = "SELECT count(*) AS files FROM fact.setting WHERE name = 'file " + ten + "'";
    assertEquals("[{\"files\":1}]", Program.query(store, taken).toString());
  }

  @LongTest
  @Test
  void itsReportIsThatOfTheWhole() throws IOException {
    Program of = Program.run("analyze", "--db", store, whole, Analyzed.AS_JSON).done();
    Program again = Program.run("analyze", "--db", store, first(10), Analyzed.AS_JSON).done();
    assertEquals(of.out(), again.out());
  }

  @LongTest
  @Test
  void theWholeMayHaveGrownSinceAndEitherMayBePacked() throws IOException {
    Path packed = write("growing.pcap.zst", Packer.ZSTD.pack(Files.readAllBytes(first(30))));
    ingest(packed);
    Files.write(packed, Packer.ZSTD.pack(bytes));
    Path copy = write("copy.pcap.gz", Packer.GZIP.pack(Files.readAllBytes(first(20))));
    assertEquals(known(copy, packed), complaints(copy));
    assertEquals("[30]", packets());
  }

  @Test
  void itMayBeCutInARecordAndComeOnStandardInput() throws IOException {
    ingest(whole);
    byte[] cut = Arrays.copyOf(bytes, end(bytes, 10) + 7);
    Program piped = Program.runWithInput(cut, "analyze", "--db", store, "-").done();
    assertEquals(
        "imon: standard input: already in the store, as the beginning of " + whole,
        piped.complaints().get(1));
    assertEquals("[48]", packets());
  }

  @LongTest
  @Test
  void inOneRunItMayComeAfterTheWhole() throws IOException {
    byte[] ten = Files.readAllBytes(first(10));
    List<Object> words = List.of("analyze", whole, "-", "--json", "-");
    Program inMemory = Program.runWithInput(ten, words).done();
    Program kept = Program.runWithInput(ten, words, "--db", store).done();
    List<String> once =
        List.of("imon: standard input: the beginning of another capture given; taken once");
    assertEquals(once, inMemory.complaints());
    assertEquals(once, kept.complaints());
    assertEquals(PACKETS, inMemory.json().at("/totals/packets").asInt());
    Files.delete(whole);
    Path copy = first(10);
    assertEquals(known(copy, whole), complaints(copy));
    assertEquals("[48]", packets());
  }

  @LongTest
  @Test
  void blocksOfPcapngAreTheSame() throws IOException {
    byte[] all = Files.readAllBytes(NAME_BLOCKS);
    Path copy = write("some.pcapng", Arrays.copyOf(all, all.length * 2 / 3));
    ingest(NAME_BLOCKS);
    List<String> before = StoreViews.all(store);
    List<String> said = complaints(copy);
    assertEquals(known(copy, NAME_BLOCKS).get(0), said.get(said.size() - 1));
    assertEquals(before, StoreViews.all(store));
  }

  @LongTest
  @Test
  void withoutTheFileOfTheWholeItIsTakenAndThatIsSaid() throws IOException {
    ingest(whole);
    Files.delete(whole);
    Path ten = first(10);
    assertEquals(doubtful(ten, whole), complaints(ten));
    assertEquals("[10, 48]", packets());
    assertEquals(List.of("imon: " + ten + ": already in the store"), complaints(ten));
  }

  @LongTest
  @Test
  void theWholeGivenOnceMoreTakesThePlaceOfBoth() throws IOException {
    ingest(whole);
    List<String> once = StoreViews.withoutTimeOfIngest(store);
    Files.delete(whole);
    Path ten = first(10);
    ingest(ten);
    assertNotEquals(once, StoreViews.withoutTimeOfIngest(store));
    Files.write(whole, bytes);
    String anew = ": taken anew; takes the place of what the store had of it";
    assertEquals(List.of("imon: " + whole + anew), complaints(whole));
    assertEquals(once, StoreViews.withoutTimeOfIngest(store));
    assertEquals(known(ten, whole), complaints(ten));
    assertEquals(List.of("imon: " + whole + ": already in the store"), complaints(whole));
  }

  @LongTest
  @Test
  void whatIsAnotherFileByNowProvesNothing() throws IOException {
    ingest(whole);
    bytes[end(bytes, 5) - 1] ^= 1;
    Files.write(whole, bytes);
    Path ten = first(10);
    assertEquals(doubtful(ten, whole), complaints(ten));
    assertEquals("[10, 48]", packets());
  }

  @LongTest
  @Test
  void whatTheStoreHasMoreOfMustBeInTheFile() throws IOException {
    ingest(whole);
    bytes[bytes.length - 1] ^= 1;
    Files.write(whole, bytes);
    Path ten = first(10);
    assertEquals(doubtful(ten, whole), complaints(ten));
    Files.copy(first(20), whole, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(
        List.of(
            doubtful(whole, whole).get(0),
            "imon: " + whole + ": has grown; takes the place of what the store had of it"),
        complaints(whole));
    assertEquals("[20, 48]", packets());
  }

  @LongTest
  @Test
  void anotherThatBeginsAtTheSameInstantIsTakenWithoutAWord() throws IOException {
    ingest(whole);
    bytes[end(bytes, 1) - 1] ^= 1;
    assertEquals(List.of(), complaints(first(10)));
    assertEquals("[10, 48]", packets());
  }

  @LongTest
  @Test
  void packetsBeforeTheFirstOneMayComeLater() throws IOException {
    int second = end(bytes, 1);
    byte[] back = Arrays.copyOf(bytes, bytes.length + second - FILE_HEADER);
    System.arraycopy(bytes, FILE_HEADER, back, bytes.length, second - FILE_HEADER);
    ByteBuffer records = ByteBuffer.wrap(back).order(ByteOrder.LITTLE_ENDIAN);
    records.putInt(bytes.length, records.getInt(bytes.length) - 1000);
    Files.write(whole, back);
    ingest(whole);
    Path ten = first(10);
    assertEquals(known(ten, whole), complaints(ten));
    assertEquals("[49]", packets());
  }

  @LongTest
  @Test
  void theNetworkOfTheWholeStays() throws IOException {
    ingest("--source=home", whole);
    Path ten = first(10);
    assertEquals(
        List.of(known(ten, whole).get(0) + ", with --source home; that stays"),
        complaints("--source=work", ten));
    assertEquals("[48]", packets());
  }

  @LongTest
  @Test
  void otherOptionsThanThoseOfTheWholeAreAnErrorAndChangeNothing() throws IOException {
    ingest("--tcp-timeout=9", whole);
    List<String> before = StoreViews.all(store);
    Path ten = first(10);
    Program refused = Program.run("analyze", "--db", store, ten).ended(ExitCode.FAILED);
    assertEquals(
        List.of(
            "imon: "
                + ten
                + ": the store has it with 'tcp-timeout 9', as the beginning of "
                + whole
                + ", and it was asked for with default options; --again with that one takes it"
                + " anew"),
        refused.complaints());
    Program piped =
        Program.runWithInput(Files.readAllBytes(ten), "analyze", "--db", store, "-")
            .ended(ExitCode.FAILED);
    assertTrue(piped.err().contains("standard input: the store has it with 'tcp-"), piped.err());
    assertEquals(known(ten, whole), complaints("--again", ten));
    assertEquals(before, StoreViews.all(store));
  }

  @LongTest
  @Test
  void whatWasPrunedIsNotTakenAgain() throws IOException {
    Path ten = first(10);
    ingest(ten);
    ingest(whole);
    Program.run("store", "prune", "--db", store, "--before", "2100-01-01").done();
    List<String> before = StoreViews.all(store);
    String pruned = ", and pruned; it is not taken again";
    assertEquals(List.of(known(ten, whole).get(0) + pruned), complaints(ten));
    Path twenty = first(20);
    assertEquals(List.of(known(twenty, whole).get(0) + pruned), complaints(twenty));
    assertEquals(before, StoreViews.all(store));
  }

  @LongTest
  @Test
  void beginningsAreKnownWhenTwoCapturesTurnOutToBeOne() throws IOException {
    Path twenty = first(20);
    ingest(twenty);
    Files.delete(twenty);
    Path five = first(5);
    Path ten = first(10);
    ingest(five);
    ingest(ten);
    assertEquals("[10, 20]", packets());
    ingest(whole);
    Files.delete(whole);
    List<String> before = StoreViews.all(store);
    for (int packets : List.of(5, 10, 20)) {
      Path copy = first(packets);
      assertEquals(known(copy, whole), complaints(copy));
    }
    assertEquals(before, StoreViews.all(store));
    Program report = Program.run("analyze", "--db", store, five, "--json", "-").done();
    assertEquals(PACKETS, report.json().at("/totals/packets").asInt());
  }
}
