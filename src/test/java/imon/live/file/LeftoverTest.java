package imon.live.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.Hex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the next start makes of files that a killed run left. */
class LeftoverTest {
  private static final byte[] HEADER =
      Hex.bytes("4d3cb2a1 | 0200 0400 | 00000000 00000000 | e8030000 | 01000000");
  private static final byte[] RECORD =
      Hex.bytes("c1ac216a | 02000000 | 03000000 | 03000000 | aabbcc");
  private static final NamePattern PATTERN =
      new NamePattern("{interface}-{start:HHmmss}.pcap", "eth0", ZoneOffset.UTC);

  @TempDir Path folder;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final List<FinishedFile> finished = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aWholeFileGetsItsName() throws IOException {
    leave("eth0-120000.pcap.part", HEADER, RECORD, RECORD);
    restart();
    assertEquals(List.of("eth0-120000.pcap"), names());
    assertEquals(2, finished.get(0).packets());
    assertTrue(said.get(0).endsWith("finished for a killed run, 2 packets"), said.get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 18})
  void aCutFileEndsWithItsLastWholeRecord(int rest) throws IOException {
    leave("eth0-120000.pcap.part", HEADER, RECORD, Arrays.copyOf(RECORD, rest));
    restart();
    assertArrayEquals(
        joined(HEADER, RECORD), Files.readAllBytes(folder.resolve("eth0-120000.pcap")));
    assertTrue(said.get(0).endsWith("without half a record at its end"), said.get(0));
  }

  @Test
  void zerosThatAMachineLeftAreNoRecords() throws IOException {
    leave("eth0-120000.pcap.part", HEADER, RECORD, new byte[4096]);
    restart();
    assertArrayEquals(
        joined(HEADER, RECORD), Files.readAllBytes(folder.resolve("eth0-120000.pcap")));
  }

  @Test
  void aPreparedFileIsNamedByItsFirstPacket() throws IOException {
    leave("eth0.spare-1.part", HEADER, RECORD);
    restart();
    assertEquals(List.of("eth0-165009.pcap"), names());
  }

  @Test
  void aFileWithoutPacketsGoes() throws IOException {
    leave("eth0-120000.pcap.part", HEADER);
    leave("eth0-130000.pcap.part");
    leave("eth0-140000.pcap.part", HEADER, Arrays.copyOf(RECORD, 17));
    restart();
    assertEquals(List.of(), names());
  }

  @Test
  void aFinishedFileOfTheSameNameStays() throws IOException {
    leave("eth0-120000.pcap", HEADER);
    leave("eth0-120000.pcap.part", HEADER, RECORD);
    restart();
    assertEquals(List.of("eth0-120000.pcap", "eth0-165009.pcap"), names());
  }

  @Test
  void aHalfPackedFileIsDroppedAndItsOriginalStays() throws IOException {
    leave("eth0-120000.pcap", HEADER, RECORD);
    leave("eth0-120000.pcap.zst.part", RECORD);
    restart();
    assertEquals(List.of("eth0-120000.pcap"), names());
  }

  @Test
  void whatImonDidNotWriteIsLeftAlone() throws IOException {
    leave("eth0-120000.pcap.part", new byte[100]);
    leave("eth1-120000.pcap.part", HEADER, RECORD);
    leave("notes.part", HEADER, RECORD);
    restart();
    assertEquals(List.of("eth0-120000.pcap.part", "eth1-120000.pcap.part", "notes.part"), names());
    assertTrue(said.get(0).endsWith("left alone: not written by imon"), said.get(0));
  }

  @Test
  void aFileThatIsBeingWrittenIsLeftAlone() throws IOException {
    try (CaptureFolder running = open()) {
      PartFile file = running.begin(HEADER, Instant.parse("2026-11-22T12:00:00Z"));
      restart();
      running.finish(file);
    }
    assertEquals(List.of("eth0-120000.pcap"), names());
    assertEquals(1, finished.size());
  }

  private void leave(String name, byte[]... pieces) throws IOException {
    Files.write(folder.resolve(name), joined(pieces));
  }

  private static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      bytes.writeBytes(piece);
    }
    return bytes.toByteArray();
  }

  private void restart() throws IOException {
    open().close();
  }

  private CaptureFolder open() throws IOException {
    FolderOptions options = new FolderOptions(folder, PATTERN, Retention.ALL, false);
    CaptureFolder opened = new CaptureFolder(options, new Log(), Clock.systemUTC());
    opened.open();
    return opened;
  }

  private final class Log implements CaptureListener {
    @Override
    public void finished(FinishedFile file) {
      finished.add(file);
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
}
