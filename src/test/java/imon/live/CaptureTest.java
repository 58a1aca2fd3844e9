package imon.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.live.file.CaptureFolder;
import imon.live.file.CaptureListener;
import imon.live.file.FinishedFile;
import imon.live.file.FolderOptions;
import imon.live.file.LostFiles;
import imon.live.file.NamePattern;
import imon.live.file.Retention;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.testing.Hex;
import imon.testing.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as they come out of packets and a clock that the test makes. */
class CaptureTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final ClockBorders HOURS = new ClockBorders(Duration.ofHours(1), ZoneOffset.UTC);

  @TempDir Path folder;

  private final Packets packets = new Packets();
  private final SettableClock clock = new SettableClock(NOON);
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final List<FinishedFile> finished = Collections.synchronizedList(new ArrayList<>());
  private final List<String> settled = Collections.synchronizedList(new ArrayList<>());
  private Retention retention = Retention.ALL;
  private boolean packed;
  private LostFiles lost = new LostFiles(0, 0, 0, 0);

  @Test
  void recordsAreWrittenAsTheyCame() throws IOException {
    Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    packets.packet(Instant.parse("2026-11-22T12:00:01.000000002Z"), 3);
    capture(Rotation.NONE, CaptureLimits.NONE);
    assertArrayEquals(
        Hex.bytes(
            "4d3cb2a1 | 0200 0400 | 00000000 00000000 | e8030000 | 01000000"
                + "41d9026b | 02000000 | 03000000 | 03000000 | 000000"),
        Files.readAllBytes(folder.resolve("eth0-120000.pcap")));
  }

  @Test
  void filesAreTheirOwnersAlone() throws IOException {
    packets.packet(NOON, 60);
    capture(Rotation.NONE, CaptureLimits.NONE);
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("eth0-120000.pcap"))));
  }

  @Test
  void noFileIsLargerThanItsLimit() throws IOException {
    for (int i = 0; i < 10; i++) {
      packets.packet(NOON.plusSeconds(i), 84);
    }
    CaptureTotals totals = capture(new Rotation(24 + 300, null), CaptureLimits.NONE);
    assertEquals(
        Map.of(
            "eth0-120000.pcap", 3L,
            "eth0-120003.pcap", 3L,
            "eth0-120006.pcap", 3L,
            "eth0-120009.pcap", 1L),
        packetsByFile());
    assertEquals(4, totals.files());
    assertEquals(4 * 24 + 10 * 100, totals.fileBytes());
  }

  @Test
  void aPacketLargerThanTheLimitHasAFileOfItsOwn() throws IOException {
    packets.packet(NOON, 500).packet(NOON.plusSeconds(1), 500);
    capture(new Rotation(100, null), CaptureLimits.NONE);
    assertEquals(Map.of("eth0-120000.pcap", 1L, "eth0-120001.pcap", 1L), packetsByFile());
  }

  @Test
  void theFirstPacketOfAnHourIsInTheFileOfThatHour() throws IOException {
    packets
        .packet(NOON.plusSeconds(3599).plusNanos(999_999_999), 60)
        .packet(NOON.plusSeconds(3600), 60)
        .packet(NOON.plusSeconds(3601), 60);
    capture(new Rotation(0, HOURS), CaptureLimits.NONE);
    assertEquals(Map.of("eth0-120000.pcap", 1L, "eth0-130000.pcap", 2L), packetsByFile());
  }

  @Test
  void sizeAndClockTurnFilesOverTogether() throws IOException {
    packets
        .packet(NOON.plusSeconds(10), 500)
        .packet(NOON.plusSeconds(20), 500)
        .packet(NOON.plusSeconds(3700), 400);
    capture(new Rotation(700, HOURS), CaptureLimits.NONE);
    assertEquals(
        Map.of("eth0-120000.pcap", 1L, "eth0-120020.pcap", 1L, "eth0-130000.pcap", 1L),
        packetsByFile());
  }

  @Test
  void withoutPacketsTheClockTurnsFilesOver() throws IOException {
    packets
        .packet(NOON, 60)
        .then(() -> clock.advance(Duration.ofSeconds(3600)))
        .packet(NOON.plusSeconds(3599), 60)
        .then(() -> clock.advance(Duration.ofSeconds(1)))
        .then(() -> clock.advance(Duration.ofSeconds(3600)));
    capture(new Rotation(0, HOURS), CaptureLimits.NONE);
    assertEquals(
        Map.of("eth0-120000.pcap", 2L, "eth0-130000.pcap", 0L, "eth0-140000.pcap", 0L),
        packetsByFile());
  }

  @Test
  void afterAJumpInTimeAFileBeginsAtItsFirstPacket() throws IOException {
    packets.packet(NOON, 60).packet(NOON.plusSeconds(50_000), 60);
    capture(new Rotation(0, HOURS), CaptureLimits.NONE);
    assertEquals(Map.of("eth0-120000.pcap", 1L, "eth0-015320.pcap", 1L), packetsByFile());
  }

  @Test
  void aClockSetBackByMoreThanAPeriodBeginsAFile() throws IOException {
    packets
        .packet(NOON, 60)
        .packet(NOON.minusSeconds(60), 60)
        .then(() -> clock.advance(Duration.ofSeconds(-8000)))
        .packet(NOON.minusSeconds(8000), 60)
        .packet(NOON.minusSeconds(7990), 60);
    capture(new Rotation(0, HOURS), CaptureLimits.NONE);
    assertEquals(Map.of("eth0-120000.pcap", 2L, "eth0-094640.pcap", 2L), packetsByFile());
  }

  @Test
  void theCaptureEndsAfterSoManyPackets() throws IOException {
    packets.packet(NOON, 60).packet(NOON, 60).packet(NOON, 60);
    CaptureTotals totals = capture(Rotation.NONE, new CaptureLimits(null, 2, 0, 0), false);
    assertEquals(2, totals.packets());
    assertEquals(120, totals.wireBytes());
    assertEquals(Map.of("eth0-120000.pcap", 2L), packetsByFile());
  }

  @Test
  void theCaptureEndsWhenSoMuchIsWritten() throws IOException {
    packets.packet(NOON, 84).packet(NOON, 84).packet(NOON, 84);
    CaptureTotals totals = capture(Rotation.NONE, new CaptureLimits(null, 0, 200, 0), false);
    assertEquals(24 + 2 * 100, totals.fileBytes());
  }

  @Test
  void theCaptureEndsWhenItsTimeIsOver() throws IOException {
    packets.packet(NOON, 60).then(() -> clock.advance(Duration.ofSeconds(60)));
    CaptureLimits minute = new CaptureLimits(Duration.ofSeconds(60), 0, 0, 0);
    assertEquals(1, capture(Rotation.NONE, minute, false).packets());
  }

  @Test
  void theCaptureEndsAfterSoManyFullFiles() throws IOException {
    for (int i = 0; i < 5; i++) {
      packets.packet(NOON.plusSeconds(i), 84);
    }
    CaptureLimits twoFiles = new CaptureLimits(null, 0, 0, 2);
    assertEquals(4, capture(new Rotation(24 + 200, null), twoFiles, false).packets());
    assertEquals(Map.of("eth0-120000.pcap", 2L, "eth0-120002.pcap", 2L), packetsByFile());
  }

  @Test
  void aLostDeviceIsWaitedForAndGoesOnInItsFile() throws IOException {
    packets.packet(NOON, 60).lost().packet(NOON.plusSeconds(5), 60);
    CaptureTotals totals = capture(Rotation.NONE, CaptureLimits.NONE);
    assertEquals(Map.of("eth0-120000.pcap", 2L), packetsByFile());
    assertEquals(
        List.of("eth0: gone; waiting until it is back", "eth0: is back"), said.subList(1, 3));
    assertEquals(2, totals.counters().received());
    assertEquals(4, totals.counters().dropped());
  }

  @Test
  void aDeviceThatComesBackAsAnotherKindGetsAFileOfItsOwn() throws IOException {
    packets
        .packet(NOON, 60)
        .nextHeader(Packets.header(0xa1b2c3d4, 113))
        .packet(NOON.plusSeconds(5), 60);
    capture(Rotation.NONE, CaptureLimits.NONE);
    assertEquals(Map.of("eth0-120000.pcap", 1L, "eth0-120000-2.pcap", 1L), packetsByFile());
  }

  @Test
  void aDeviceThatIsDownIsSaidOnce() throws IOException {
    packets
        .then(() -> packets.up = false)
        .then(() -> clock.advance(Duration.ofSeconds(2)))
        .then(() -> clock.advance(Duration.ofSeconds(2)))
        .then(() -> packets.up = true)
        .then(() -> clock.advance(Duration.ofSeconds(2)));
    capture(Rotation.NONE, CaptureLimits.NONE);
    assertEquals(
        List.of("eth0: is down; waiting until it is up", "eth0: is up again"),
        said.subList(1, said.size()));
  }

  @Test
  void oldFilesMakeRoomForNewOnes() throws IOException {
    retention = new Retention(2, null, 0, 0);
    for (int i = 0; i < 5; i++) {
      packets.packet(NOON.plusSeconds(i), 84);
    }
    Files.writeString(folder.resolve("eth0-notes.pcap"), "mine");
    capture(new Rotation(24 + 100, null), CaptureLimits.NONE);
    assertEquals(List.of("eth0-120003.pcap", "eth0-120004.pcap", "eth0-notes.pcap"), names());
  }

  @Test
  void noNameIsToldTwiceThoughItsFileIsDeleted() throws IOException {
    retention = new Retention(2, null, 0, 0);
    for (int i = 0; i < 5; i++) {
      packets.packet(NOON, 84);
    }
    capture(new Rotation(24 + 100, null), CaptureLimits.NONE);
    assertEquals(5, finished.size());
    assertEquals(5, finished.stream().map(FinishedFile::path).distinct().count());
    assertEquals(2, names().size());
  }

  @Test
  void finishedFilesArePackedWhole() throws IOException {
    packed = true;
    packets.packet(NOON, 84).packet(NOON.plusSeconds(1), 84);
    capture(new Rotation(24 + 100, null), CaptureLimits.NONE);
    assertEquals(Map.of("eth0-120000.pcap.zst", 1L, "eth0-120001.pcap.zst", 1L), packetsByFile());
    assertEquals(List.of("eth0-120000.pcap.zst", "eth0-120001.pcap.zst"), settled);
  }

  @Test
  void aFileIsWholeBeforeItIsTold() throws IOException {
    packets.packet(NOON, 84).packet(NOON.plusSeconds(1), 84);
    capture(new Rotation(24 + 100, null), CaptureLimits.NONE);
    assertEquals(
        List.of(
            new FinishedFile(folder.resolve("eth0-120000.pcap"), NOON, 1, 124),
            new FinishedFile(folder.resolve("eth0-120001.pcap"), NOON.plusSeconds(1), 1, 124)),
        finished);
    assertEquals(List.of("eth0-120000.pcap", "eth0-120001.pcap"), settled);
  }

  @Test
  void aFolderThatIsGoneIsSaidAndTheFileGoesOn() throws IOException {
    Path moved = folder.resolveSibling(folder.getFileName() + "-moved");
    packets
        .packet(NOON, 84)
        .then(() -> move(folder, moved))
        .packet(NOON.plusSeconds(1), 84)
        .packet(NOON.plusSeconds(2), 84)
        .packet(NOON.plusSeconds(3), 84)
        .packet(NOON.plusSeconds(4), 84);
    CaptureTotals totals = capture(new Rotation(24 + 200, null), CaptureLimits.NONE);
    move(moved, folder);
    assertEquals(5, totals.packets());
    assertEquals(0, totals.unwritten());
    assertTrue(
        said.stream().anyMatch(line -> line.contains("can be no new file")), said.toString());
    assertFalse(names().isEmpty());
  }

  @Test
  void whatWasWrittenToAFolderThatIsGoneIsLost() throws IOException {
    Path moved = folder.resolveSibling(folder.getFileName() + "-moved");
    packets
        .packet(NOON, 1060)
        .packet(NOON.plusSeconds(1), 60)
        .then(() -> {})
        .then(() -> move(folder, moved))
        .packet(NOON.plusSeconds(2), 84);
    CaptureTotals totals = capture(Rotation.NONE, CaptureLimits.NONE);
    move(moved, folder);
    assertEquals(3, totals.packets());
    assertEquals(new CaptureTotals(0, 0, 0, 0, 3, totals.counters()), totals.without(lost));
    assertTrue(
        said.stream().anyMatch(line -> line.endsWith("is gone, and with it packets: 3")),
        said.toString());
  }

  @Test
  void whyThereIsNoFirstFileIsSaid() {
    folder = Path.of("/proc/self");
    Assumptions.assumeTrue(Files.isDirectory(folder), "a folder that takes no files");
    IOException e =
        assertThrows(IOException.class, () -> capture(Rotation.NONE, CaptureLimits.NONE));
    assertTrue(e.getMessage().startsWith("cannot make /proc/self/eth0.spare-"), e.getMessage());
    assertTrue(e.getMessage().endsWith(".part: no such file or folder"), e.getMessage());
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CaptureTotals capture(Rotation rotation, CaptureLimits limits) throws IOException {
    return capture(rotation, limits, true);
  }

  private CaptureTotals capture(Rotation rotation, CaptureLimits limits, boolean stopAtEnd)
      throws IOException {
    NamePattern pattern =
        new NamePattern("{interface}-{start:HHmmss}.pcap", "eth0", ZoneOffset.UTC);
    FolderOptions options = new FolderOptions(folder, pattern, retention, packed);
    CaptureListener listener = new Log();
    CaptureTotals totals;
    CaptureFolder files = new CaptureFolder(options, listener, clock);
    try (files) {
      Capture capture =
          new Capture(packets, files, rotation, limits, listener, clock, Duration.ofMillis(1));
      if (stopAtEnd) {
        packets.then(capture::stop);
      }
      totals = capture.run();
    }
    lost = files.lost();
    return totals;
  }

  private final class Log implements CaptureListener {
    @Override
    public void finished(FinishedFile file) {
      assertTrue(Files.exists(file.path()));
      finished.add(file);
    }

    @Override
    public void settled(Path file) {
      settled.add(file.getFileName().toString());
    }

    @Override
    public void said(String line) {
      said.add(line);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Map<String, Long> packetsByFile() throws IOException {
    Map<String, Long> packetsByFile = new LinkedHashMap<>();
    Block block = new Block();
    for (String name : names()) {
      long count = 0;
      try (CaptureReader reader = CaptureReader.open(folder.resolve(name))) {
        while (reader.read(block)) {
          count += block.count();
        }
      }
      packetsByFile.put(name, count);
    }
    return packetsByFile;
  }
}
