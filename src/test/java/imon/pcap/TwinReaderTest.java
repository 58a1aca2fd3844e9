package imon.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.CaptureSummary.Status;
import imon.testing.Packer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several readers of one file. */
class TwinReaderTest {
  private static final int PACKETS = 20_000;
  private static final int FILE_HEADER = 24;

  @TempDir Path folder;

  private final Block block = new Block();

  private static byte[] capture() {
    CaptureBuilder capture = CaptureBuilder.little().pcapHeader(0xa1b2c3d4, 1);
    for (int i = 0; i < PACKETS; i++) {
      capture.record(i, 0, 100, "some bytes of packet " + i);
    }
    return capture.build();
  }

  private Path file() throws IOException {
    return Files.write(folder.resolve("capture.pcap"), capture());
  }

  private long packets(CaptureReader reader) throws IOException {
    long packets = 0;
    while (reader.read(block)) {
      packets += block.count();
    }
    return packets;
  }

  @Test
  void eachReadsAtItsOwnPace() throws IOException {
    try (CaptureReader reader = CaptureReader.open(file())) {
      CaptureReader twin = reader.twin();
      CaptureReader third = reader.twin();
      assertTrue(reader.read(block));
      int first = block.count();
      assertEquals(PACKETS, packets(twin));
      assertEquals(PACKETS, first + packets(reader));
      assertEquals(PACKETS, packets(third));
      reader.checkSame(twin);
      reader.checkSame(third);
      assertEquals(
          ReadCapture.of(folder.resolve("capture.pcap")).summary().fingerprint(),
          reader.summary().fingerprint());
    }
  }

  @Test
  void allEndWhereTheFileEndedThen() throws IOException {
    Path file = file();
    try (CaptureReader reader = CaptureReader.open(file)) {
      CaptureReader twin = reader.twin();
      byte[] more = capture();
      Files.write(
          file, Arrays.copyOfRange(more, FILE_HEADER, more.length), StandardOpenOption.APPEND);
      CaptureReader third = reader.twin();
      assertEquals(PACKETS, packets(reader));
      assertEquals(Status.OK, reader.summary().status());
      assertEquals(PACKETS, packets(twin));
      assertEquals(PACKETS, packets(third));
    }
  }

  @Test
  void aFileThatIsCutMeanwhileIsNotTheSame() throws IOException {
    Path file = file();
    try (CaptureReader reader = CaptureReader.open(file)) {
      CaptureReader twin = reader.twin();
      packets(reader);
      try (FileChannel writer = FileChannel.open(file, StandardOpenOption.WRITE)) {
        writer.truncate(Files.size(file) / 2);
      }
      packets(twin);
      IOException thrown = assertThrows(IOException.class, () -> reader.checkSame(twin));
      assertEquals(
          file + ": it was written into while it was read; try again", thrown.getMessage());
    }
  }

  @Test
  void theFirstOneClosesTheFileForAll() throws IOException {
    CaptureReader reader = CaptureReader.open(file());
    CaptureReader twin = reader.twin();
    reader.twin().close();
    assertTrue(twin.read(block));
    reader.close();
    assertThrows(ClosedChannelException.class, () -> packets(twin));
  }

  @Test
  void whatCanBeReadButOnceIsNotShared() throws IOException {
    Path packed = Files.write(folder.resolve("packed"), Packer.GZIP.pack(capture()));
    try (CaptureReader plain = CaptureReader.open(file());
        CaptureReader compressed = CaptureReader.open(packed);
        CaptureReader stream = CaptureReader.open(new ByteArrayInputStream(capture()), "test")) {
      assertTrue(plain.isShareable());
      assertFalse(compressed.isShareable());
      assertFalse(stream.isShareable());
    }
  }
}
