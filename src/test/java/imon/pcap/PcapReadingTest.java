package imon.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import imon.pcap.CaptureSummary.Status;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapReadingTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "a1b2c3d4, pcap, 7000, 0, 0",
    "a1b23c4d, pcap-ns, 7, 0, 0",
    "a1b2cd34, pcap-modified, 7000, 0, 8",
    "a12b3c4d, pcap-ns, 7, 0, 0",
    "1c0001ac, pcap-ns, 7, 4, 0",
    "1c0001ab, pcap, 7000, 4, 0",
  })
  void everyVariantIsReadInBothByteOrders(
      String magic, String format, long nanos, int afterFileHeader, int afterRecordHeader)
      throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      CaptureBuilder file = new CaptureBuilder(order);
      file.pcapHeader(Integer.parseUnsignedInt(magic, 16), 113).bytes(new byte[afterFileHeader]);
      for (String data : List.of("abc", "", "defgh")) {
        file.words(5, 7, data.length(), 100).bytes(new byte[afterRecordHeader]).text(data);
      }
      ReadCapture read = ReadCapture.of(file);
      assertEquals(List.of("abc", "", "defgh"), read.bytes());
      assertEquals(
          new ReadCapture.Packet(3, "defgh", 100, 113, 5_000_000_000L + nanos),
          read.packets().get(2));
      assertEquals(format, read.summary().format());
      assertEquals(List.of("LINUX_SLL"), read.summary().linkTypeNames());
      assertEquals(300, read.summary().wireBytes());
      assertEquals(file.size(), read.summary().fileBytes());
      assertEquals(Status.OK, read.summary().status());
    }
  }

  /** As {@code cat} does. */
  @ParameterizedTest
  @CsvSource({
    "a1b2c3d4, 0, 0",
    "a1b23c4d, 0, 0",
    "a1b2cd34, 0, 8",
    "a12b3c4d, 0, 0",
    "1c0001ac, 4, 0"
  })
  void filesPutOneBehindTheOtherAreOneCapture(
      String magic, int afterFileHeader, int afterRecordHeader) throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      CaptureBuilder file = new CaptureBuilder(order);
      for (int linkType : List.of(1, 113, 101)) {
        file.pcapHeader(Integer.parseUnsignedInt(magic, 16), linkType);
        file.bytes(new byte[afterFileHeader]);
        if (linkType != 113) {
          file.words(5, 7, 3, 3).bytes(new byte[afterRecordHeader]).text("abc");
        }
      }
      ReadCapture read = ReadCapture.of(file);
      assertEquals(List.of("abc", "abc"), read.bytes());
      assertEquals(
          List.of(1, 101), read.packets().stream().map(ReadCapture.Packet::linkType).toList());
      assertEquals(Status.OK, read.summary().status());
      assertEquals(read.times().get(0), read.summary().lastPacket().getAsLong());
    }
  }

  @Test
  void afterAFileOfAnotherKindWhatIsReadIsKeptAndTheReasonSaid() throws IOException {
    CaptureBuilder file = pcap().record(0, 0, 1, "a");
    file.pcapHeader(0xa1b23c4d, 1).record(0, 0, 1, "b");
    CaptureSummary summary = ReadCapture.of(file).summary();
    assertEquals(1, summary.packets());
    assertEquals(Status.DAMAGED, summary.status());
    assertTrue(String.valueOf(summary.message()).contains("another capture begins"));
  }

  @Test
  void aFileHeaderThatIsCutIsHalfARecord() throws IOException {
    CaptureBuilder file = pcap().record(0, 0, 1, "a");
    file.words(0xa1b2c3d4).halves(2, 4).words(0, 0, 65535);
    CaptureSummary summary = ReadCapture.of(file).summary();
    assertEquals(1, summary.packets());
    assertNotEquals(Status.OK, summary.status());
  }

  @Test
  void aCaptureWithoutPacketsIsFine() throws IOException {
    CaptureSummary summary = ReadCapture.of(pcap()).summary();
    assertEquals(0, summary.packets());
    assertEquals(24, summary.fileBytes());
    assertEquals(OptionalLong.empty(), summary.firstPacket());
    assertEquals(OptionalLong.empty(), summary.lastPacket());
    assertEquals(OptionalLong.empty(), summary.dropped());
    assertEquals(Status.OK, summary.status());
    assertNull(summary.message());
  }

  @Test
  void impossibleOriginalLengthsCountTheCapturedOne() throws IOException {
    CaptureBuilder file = pcap();
    file.record(0, 0, 262_144, "aa").record(0, 0, 262_145, "bb");
    file.record(0, 0, 1, "cc").record(0, 0, -1, "dd");
    ReadCapture read = ReadCapture.of(file);
    assertEquals(List.of(262_144, 2, 2, 2), read.wireLengths());
    AnomalyCounts anomalies = read.summary().anomalies();
    assertEquals(3, anomalies.count(Anomaly.IMPOSSIBLE_ORIGINAL_LENGTH));
    assertEquals(2, anomalies.firstPacketNumber(Anomaly.IMPOSSIBLE_ORIGINAL_LENGTH));
  }

  @Test
  void secondsAreUnsigned() throws IOException {
    ReadCapture read = ReadCapture.of(pcap().record(-1, 999_999, 1, "a"));
    assertEquals(List.of(4_294_967_295_999_999_000L), read.times());
    assertEquals(0, read.summary().anomalies().total());
  }

  @Test
  void firstAndLastPacketAreByTimeNotByPlace() throws IOException {
    CaptureBuilder file = pcap().record(3, 0, 1, "a").record(1, 0, 1, "b").record(2, 0, 1, "c");
    CaptureSummary summary = ReadCapture.of(file).summary();
    assertEquals(OptionalLong.of(1_000_000_000L), summary.firstPacket());
    assertEquals(OptionalLong.of(3_000_000_000L), summary.lastPacket());
  }

  @Test
  void beforeVersion23TheOriginalLengthComesFirst() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().words(0xa1b2c3d4).halves(2, 2);
    file.words(0, 0, 65535, 1).words(1, 0, 60, 2).text("ab").words(2, 0, 1, 1).text("c");
    ReadCapture read = ReadCapture.of(file);
    assertEquals(List.of("ab", "c"), read.bytes());
    assertEquals(List.of(60, 1), read.wireLengths());
  }

  @Test
  void ofVersion23TheLargerLengthIsTheOriginalOne() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().words(0xa1b2c3d4).halves(2, 3);
    file.words(0, 0, 65535, 1).words(1, 0, 60, 2).text("ab").words(2, 0, 1, 60).text("c");
    ReadCapture read = ReadCapture.of(file.words(3, 0, -1, 1).text("d"));
    assertEquals(List.of("ab", "c", "d"), read.bytes());
    assertEquals(List.of(60, 60, 1), read.wireLengths());
    assertEquals(1, read.summary().anomalies().count(Anomaly.IMPOSSIBLE_ORIGINAL_LENGTH));
  }

  @Test
  void theVersionOfDgUxHasTheOriginalLengthFirst() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().words(0xa1b2c3d4).halves(543, 0);
    ReadCapture read = ReadCapture.of(file.words(0, 0, 65535, 1).words(1, 0, 60, 2).text("ab"));
    assertEquals(List.of("ab"), read.bytes());
    assertEquals(List.of(60), read.wireLengths());
  }

  @Test
  void bitsAboveTheLinkTypeAreIgnored() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().pcapHeader(0xa1b2c3d4, 0x54000001);
    ReadCapture read = ReadCapture.of(file.record(0, 0, 1, "a"));
    assertEquals(1, read.packets().get(0).linkType());
    assertEquals(List.of("EN10MB"), read.summary().linkTypeNames());
  }

  @Test
  void smallBlocksGiveTheSamePacketsAsOneLargeBlock() throws IOException {
    byte[] file = records(50).build();
    ReadCapture whole = ReadCapture.of(file);
    assertEquals(50, whole.packets().size());
    for (int fillBytes = 1; fillBytes < 200; fillBytes += 7) {
      assertEquals(whole, ReadCapture.withBlockOf(fillBytes, file));
    }
  }

  @Test
  void oneByteReadsGiveTheSameAsOneRead() throws IOException {
    byte[] file = records(50).build();
    assertEquals(ReadCapture.of(file), ReadCapture.of(slowly(file)));
  }

  @Test
  void aRecordLargerThanTheBlockMakesItGrowForThatRecordOnly() throws IOException {
    String giant = "g".repeat(3 * 1024 * 1024);
    CaptureBuilder file = pcap().record(1, 0, 1, "a").record(2, 0, 9, giant);
    byte[] bytes = file.record(3, 0, 1, "b").build();
    Block block = new Block();
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(bytes), "test")) {
      assertTrue(reader.read(block));
      assertEquals(1, block.count());
      assertTrue(reader.read(block));
      assertEquals(giant.length(), block.capturedLength(0));
      assertEquals(1, block.count());
      assertTrue(reader.read(block));
      assertEquals(3, block.packetNumber(0));
      assertEquals(Block.DEFAULT_BYTES, block.bytes().length);
      assertFalse(reader.read(block));
    }
  }

  @Test
  void progressIsCountedBlockByBlock() throws IOException {
    byte[] file = records(50).build();
    Block block = new Block(1);
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file), "test")) {
      assertEquals(0, reader.packetsRead());
      while (reader.read(block)) {
        assertEquals(block.packetNumber(block.count() - 1), reader.packetsRead());
      }
      assertEquals(file.length, reader.inputBytesRead());
      assertEquals(50, reader.packetsRead());
    }
  }

  @Test
  void readingAllocatesNothingPerPacketOrBlock() throws IOException {
    Path file = Files.write(folder.resolve("x.pcap"), records(200_000).build());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Block block = new Block();
    Block other = new Block();
    try (CaptureReader reader = CaptureReader.open(file)) {
      assertTrue(reader.read(block) && reader.read(other));
      assertTrue(reader.read(block) && reader.read(other));
      long before = threads.getCurrentThreadAllocatedBytes();
      long packets = reader.packetsRead();
      while (reader.read(block) && reader.read(other)) {}
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      packets = reader.packetsRead() - packets;
      assertTrue(packets > 100_000 && allocated < packets / 50, allocated + " for " + packets);
    }
  }

  @Test
  void theSummaryIsRefusedBeforeTheEnd() throws IOException {
    try (CaptureReader reader =
        CaptureReader.open(new ByteArrayInputStream(records(2).build()), "test")) {
      assertThrows(IllegalStateException.class, reader::summary);
    }
  }

  static CaptureBuilder pcap() {
    return CaptureBuilder.little().pcapHeader(0xa1b2c3d4, 1);
  }

  static CaptureBuilder records(int count) {
    CaptureBuilder file = pcap();
    for (int i = 0; i < count; i++) {
      file.record(i, i, 60 + i, "x".repeat(i % 13));
    }
    return file;
  }

  /** A stream that gives one byte at a time. */
  static FilterInputStream slowly(byte[] file) {
    return new FilterInputStream(new ByteArrayInputStream(file)) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return super.read(bytes, offset, Math.min(1, length));
      }
    };
  }
}
