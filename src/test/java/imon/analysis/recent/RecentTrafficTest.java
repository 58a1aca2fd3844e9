package imon.analysis.recent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.analysis.Analysis;
import imon.analysis.Progress;
import imon.live.file.NamePattern;
import imon.pcap.CaptureFiles;
import imon.store.ask.Period;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import imon.testing.LongTest;
import imon.testing.Packer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With files that grow as a capture has them grow. */
class RecentTrafficTest {
  private static final int FILE_HEADER = 24;
  private static final int MOST = 16 << 20;
  private static final NamePattern PATTERN =
      new NamePattern("c{start:HH}.pcap", "eth0", ZoneOffset.UTC);

  @TempDir private Path folder;
  private byte[] file;
  private Path first;
  private Path second;

  @BeforeEach
  void read() throws IOException {
    file = Files.readAllBytes(Path.of("sample-captures", "browsing.pcap"));
    first = folder.resolve("c10.pcap.part");
    second = folder.resolve("c11.pcap.part");
  }

  private AppendedRecords files() {
    return new AppendedRecords(folder, PATTERN, Instant.EPOCH);
  }

  private static void append(Path path, byte[] bytes, int from, int to) throws IOException {
    Files.write(
        path,
        Arrays.copyOfRange(bytes, from, to),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Where the first record behind so many bytes begins. */
  private int border(int bytes) {
    ByteBuffer records = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = FILE_HEADER;
    while (at < bytes) {
      at += 16 + records.getInt(at + 8);
    }
    return at;
  }

  private static Map<String, Long> bytes(List<Questions.Site> sites) {
    Map<String, Long> bytes = new TreeMap<>();
    sites.forEach(site -> bytes.put(site.name(), site.traffic().bytes()));
    return bytes;
  }

  /** What the capture as a whole has in the same time. */
  private static Map<String, Long> whole(RecentSites recent) throws Exception {
    try (Analysis analysis = new Analysis(new Analysis.Options(1, null, ""))) {
      analysis.take(
          CaptureFiles.find(List.of("sample-captures/browsing.pcap")).inputs(),
          System.in,
          Progress.SILENT);
      analysis.finish(Progress.SILENT);
      Period period = Period.between(recent.from(), recent.last().plusSeconds(60));
      return analysis.ask(
          Selection.all(false).in(period), questions -> bytes(questions.sites(100)));
    }
  }

  @LongTest
  @Test
  void piecesAndRotationsGiveWhatTheWholeCaptureHas() throws Exception {
    RecentSites last = inSteps(RecentTraffic.Bounds.USUAL);
    assertEquals(whole(last), bytes(last.sites()));
    assertFalse(last.sites().isEmpty());
    assertEquals(0, last.skippedBytes());
  }

  @LongTest
  @Test
  void aNewBeginningForgetsNoName() throws Exception {
    RecentSites last = inSteps(new RecentTraffic.Bounds(2, MOST));
    assertEquals(whole(last), bytes(last.sites()));
  }

  /** A file grows in steps that cut records, and is turned over to another that does, too. */
  private RecentSites inSteps(RecentTraffic.Bounds bounds) throws Exception {
    int turn = border(file.length * 2 / 3);
    try (AppendedRecords files = files();
        RecentTraffic traffic = new RecentTraffic(bounds)) {
      int step = file.length / 7;
      for (int at = 0; at < turn; at += step) {
        append(first, file, at, Math.min(turn, at + step));
        if (at + step >= turn) {
          turnOver(turn);
        }
        traffic.take(files.look(MOST));
        traffic.sites(100);
      }
      append(second, file, turn, file.length);
      traffic.take(files.look(MOST));
      assertTrue(files.look(MOST).isEmpty());
      return traffic.sites(100).orElseThrow();
    }
  }

  private void turnOver(int turn) throws IOException {
    append(second, file, 0, FILE_HEADER);
    Files.move(first, folder.resolve("c10.pcap"));
    assertTrue(turn > FILE_HEADER);
  }

  @Test
  void halfARecordWaitsForItsRest() throws Exception {
    int border = border(1000);
    try (AppendedRecords files = files()) {
      append(first, file, 0, 10);
      assertTrue(files.look(MOST).isEmpty(), "not even the file's header");
      append(first, file, 10, border + 20);
      assertEquals(border - FILE_HEADER, files.look(MOST).pieces().get(0).length());
      assertTrue(files.look(MOST).isEmpty());
    }
  }

  @Test
  void whatComesTooFastIsSkippedToTheNewest() throws Exception {
    append(first, file, 0, file.length);
    try (AppendedRecords files = files()) {
      Piece newest = onlyPiece(files.look(1 << 19));
      assertTrue(newest.skippedBytes() > 0);
      assertTrue(newest.length() <= 1 << 19);
      int left = file.length - FILE_HEADER - newest.length();
      Piece last = onlyPiece(files.look(1 << 19));
      assertEquals(left, newest.skippedBytes() + last.length());
      assertEquals(0, last.skippedBytes());
    }
  }

  private static Piece onlyPiece(AppendedRecords.Found found) {
    assertEquals(1, found.pieces().size());
    return found.pieces().get(0);
  }

  @Test
  void filesOfOthersAndOldOnesAreLeftAlone() throws Exception {
    append(folder.resolve("other.pcap.part"), file, 0, file.length);
    append(folder.resolve("c10.pcap"), file, 0, file.length);
    try (AppendedRecords files =
        new AppendedRecords(folder, PATTERN, Instant.now().plusSeconds(3600))) {
      assertTrue(files.look(MOST).isEmpty());
    }
    Files.delete(folder.resolve("c10.pcap"));
    try (AppendedRecords files = files()) {
      assertTrue(files.look(MOST).isEmpty());
    }
  }

  @Test
  void whatIsPackedBetweenTwoLooksIsReadOnce() throws Exception {
    try (AppendedRecords files = files()) {
      int half = readToTheHalf(files);
      pack(Files.readAllBytes(first), "c10.pcap.zst");
      Files.delete(first);
      assertEquals(file.length - half, onlyPiece(files.look(MOST)).length(), "the one seen open");
      pack(file, "c11.pcap.zst");
      assertEquals(file.length - FILE_HEADER, onlyPiece(files.look(MOST)).length(), "never seen");
      assertTrue(files.look(MOST).isEmpty());
    }
  }

  /** Reads the first half of the first file, which then is whole; the border between the halves. */
  private int readToTheHalf(AppendedRecords files) throws IOException {
    int half = border(file.length / 2);
    append(first, file, 0, half);
    assertEquals(half - FILE_HEADER, onlyPiece(files.look(MOST)).length());
    append(first, file, half, file.length);
    return half;
  }

  private void pack(byte[] capture, String name) throws IOException {
    Files.write(folder.resolve(name), Packer.ZSTD.pack(capture));
  }

  @Test
  void aFileThatIsGoneIsReadToItsEnd() throws Exception {
    try (AppendedRecords files = files()) {
      int half = readToTheHalf(files);
      Files.delete(first);
      assertEquals(file.length - half, onlyPiece(files.look(MOST)).length());
      assertTrue(files.look(MOST).isEmpty());
    }
  }

  @Test
  void aFileThatIsNoCaptureEndsNothing() throws Exception {
    append(first, new byte[1000], 0, 1000);
    try (AppendedRecords files = files()) {
      assertTrue(files.look(MOST).isEmpty());
      append(second, file, 0, file.length);
      assertFalse(files.look(MOST).isEmpty());
    }
  }
}
