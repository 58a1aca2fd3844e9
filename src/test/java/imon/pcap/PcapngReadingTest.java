package imon.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.pcap.CaptureSummary.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapngReadingTest {
  private static final long END_OF_TIME = 7_258_118_400_000_000_000L;

  @Test
  void bothByteOrdersAreRead() throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      CaptureBuilder file = new CaptureBuilder(order).section().interfaceOf(113);
      ReadCapture read =
          ReadCapture.of(file.enhanced(0, 0x1_0000_0002L, 90, "abcde", file.inner()));
      assertEquals(
          List.of(new ReadCapture.Packet(1, "abcde", 90, 113, 4_294_967_298_000L)), read.packets());
      assertEquals("pcapng", read.summary().format());
      assertEquals(file.size(), read.summary().fileBytes());
      assertEquals(OptionalLong.empty(), read.summary().dropped());
    }
  }

  @Test
  void eachSectionHasItsOwnByteOrderAndInterfaces() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section().interfaceOf(1).interfaceOf(101);
    file.enhanced(1, 1, "a").order(ByteOrder.BIG_ENDIAN).section().interfaceOf(113);
    ReadCapture read = ReadCapture.of(file.enhanced(0, 2, "b").enhanced(1, 3, "c"));
    assertEquals(List.of("a", "b"), read.bytes());
    assertEquals(List.of(101, 113), read.packets().stream().map(p -> p.linkType()).toList());
    assertEquals(List.of("EN10MB", "RAW", "LINUX_SLL"), read.summary().linkTypeNames());
    assertEquals(Status.DAMAGED, read.summary().status());
  }

  /** Ticks are hexadecimal; 0x80 in the resolution marks powers of two. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 5, 5000000000",
    "3, 0, 5, 5000000",
    "6, 0, 5, 5000",
    "9, 0, 5, 5",
    "9, 2, 5, 2000000005",
    "9, -1, 3B9ACA05, 5",
    "12, 0, 1F4F, 8",
    "18, 0, DE0B6B3A7640000, 1000000000",
    "19, 0, 8AC7230489E80000, 1000000000",
    "20, 0, FFFFFFFFFFFFFFFF, 184467440",
    "127, 0, FFFFFFFFFFFFFFFF, 0",
    "128, 3, 2, 5000000000",
    "129, 0, 3, 1500000000",
    "138, 0, 401, 1000976562",
    "160, 0, 180000000, 1500000000",
    "191, 0, C000000000000000, 1500000000",
    "192, 0, C000000000000000, 750000000",
    "224, 0, FFFFFFFFFFFFFFFF, 0",
    "255, 0, FFFFFFFFFFFFFFFF, 0",
  })
  void timesFollowResolutionAndOffset(int resolution, long offset, String ticks, long nanos)
      throws IOException {
    ReadCapture read = clocked(resolution, offset, Long.parseUnsignedLong(ticks, 16));
    assertEquals(List.of(nanos), read.times());
    assertEquals(0, read.summary().anomalies().total());
  }

  @ParameterizedTest
  @CsvSource({
    "9, 0, 64BA043AC9BA0000, false",
    "9, 0, 64BA043AC9B9FFFF, true",
    "9, 0, FFFFFFFFFFFFFFFF, false",
    "0, 0, 7FFFFFFFFFFFFFFF, false",
    "0, 9223372036854775807, 7FFFFFFFFFFFFFFF, false",
    "128, 0, FFFFFFFFFFFFFFFF, false",
  })
  void timesFromTheYear2200OnAreClamped(int resolution, long offset, String ticks, boolean fits)
      throws IOException {
    ReadCapture read = clocked(resolution, offset, Long.parseUnsignedLong(ticks, 16));
    assertEquals(List.of(END_OF_TIME - 1), read.times());
    int expected = fits ? 0 : 1;
    assertEquals(expected, read.summary().anomalies().count(Anomaly.TIME_OUT_OF_RANGE));
  }

  @ParameterizedTest
  @CsvSource({"9, -1, 5", "6, -9223372036854775808, 7FFFFFFFFFFFFFFF"})
  void timesBefore1970AreClamped(int resolution, long offset, String ticks) throws IOException {
    ReadCapture read = clocked(resolution, offset, Long.parseUnsignedLong(ticks, 16));
    assertEquals(List.of(0L), read.times());
    assertEquals(1, read.summary().anomalies().count(Anomaly.TIME_OUT_OF_RANGE));
  }

  private static ReadCapture clocked(int resolution, long offset, long ticks) throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section();
    CaptureBuilder options = file.inner().option(9, 1, new byte[] {(byte) resolution});
    file.interfaceOf(1, 0, options.option(14, offset).words(0));
    return ReadCapture.of(file.enhanced(0, ticks, "a"));
  }

  @Test
  void aSimplePacketHasTheTimeOfItsPredecessorInWhateverSection() throws IOException {
    CaptureBuilder file = simpleSection(0);
    file.simple(1, "a").enhanced(0, 7, "b").simple(1, "c").section().interfaceOf(1).simple(1, "d");
    ReadCapture read = ReadCapture.of(file);
    assertEquals(List.of(0L, 7000L, 7000L, 7000L), read.times());
    assertEquals(3, read.summary().anomalies().count(Anomaly.PACKET_WITHOUT_TIME));
  }

  @Test
  void aSimplePacketEndsAtItsOriginalAndSnapLength() throws IOException {
    ReadCapture read = ReadCapture.of(simpleSection(5).simple(3, "abc").simple(90, "abcde"));
    assertEquals(List.of("abc", "abcde"), read.bytes());
    assertEquals(List.of(3, 90), read.wireLengths());
    assertEquals(
        List.of("abcdefgh"), ReadCapture.of(simpleSection(0).simple(-1, "abcdefgh")).bytes());
  }

  private static CaptureBuilder simpleSection(int snapLength) {
    CaptureBuilder file = CaptureBuilder.little().section();
    return file.interfaceOf(1, snapLength, file.inner());
  }

  @Test
  void theObsoletePacketBlockIsRead() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section().interfaceOf(1).interfaceOf(9);
    ReadCapture read = ReadCapture.of(file.obsolete(1, 0xffff, 3, "abcde"));
    assertEquals(List.of(new ReadCapture.Packet(1, "abcde", 5, 9, 3000)), read.packets());
    assertEquals(OptionalLong.empty(), read.summary().dropped());
  }

  @Test
  void dropsAreSummedOverSectionsAndNotCountedTwice() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section().interfaceOf(1).interfaceOf(1);
    file.enhanced(0, 1, 1, "a", file.inner().option(4, 2L));
    file.obsolete(0, 3, 1, "b");
    file.statistics(0, file.inner().option(5, 4L)).statistics(1, file.inner().option(5, 10L));
    file.statistics(1, file.inner().option(5, 11L));
    file.section().interfaceOf(1).statistics(0, file.inner().option(5, 100L));
    assertEquals(OptionalLong.of(5 + 11 + 100), ReadCapture.of(file).summary().dropped());
  }

  @Test
  void dropsOfTheInterfaceAndOfTheSystemAreDifferentPackets() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section().interfaceOf(1);
    file.statistics(0, file.inner().option(7, 9L));
    assertEquals(OptionalLong.of(9), ReadCapture.of(file).summary().dropped());
    file.statistics(0, file.inner().option(5, 4L).option(7, 10L));
    assertEquals(OptionalLong.of(14), ReadCapture.of(file).summary().dropped());
  }

  @Test
  void hostileDropCountsDoNotOverflow() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section().interfaceOf(1).interfaceOf(1);
    file.statistics(0, file.inner().option(5, -1L)).statistics(1, file.inner().option(5, -1L));
    file.enhanced(0, 1, 1, "a", file.inner().option(4, -1L));
    file.enhanced(0, 1, 1, "a", file.inner().option(4, -1L));
    assertEquals(OptionalLong.of(Long.MAX_VALUE), ReadCapture.of(file).summary().dropped());
  }

  @Test
  void brokenOptionsAreCountedAndThePacketsKept() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section();
    file.interfaceOf(1, 0, file.inner().option(9, 2, new byte[2]));
    file.enhanced(0, 1, 1, "a", file.inner().halves(4, 9).words(0, 0));
    file.enhanced(0, 2, 1, "b", file.inner().option(2988, 3, new byte[3]).words(0));
    file.enhanced(0, 3, 1, "c", file.inner().option(4, 1, new byte[1]));
    ReadCapture read = ReadCapture.of(file);
    assertEquals(List.of("a", "b", "c"), read.bytes());
    assertEquals(List.of(1000L, 2000L, 3000L), read.times());
    assertEquals("broken-option 3 (first in packet 1)", read.summary().anomalies().toString());
    assertEquals(Status.OK, read.summary().status());
  }

  @Test
  void statisticsThatCannotBeUsedAreCountedAndThePacketsKept() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section().interfaceOf(1).enhanced(0, 1, "a");
    file.statistics(7, file.inner().option(5, 4L)).statistics(-1, file.inner());
    file.enhanced(0, 2, "b").block(5, file.inner().words(0)).enhanced(0, 3, "c");
    ReadCapture read = ReadCapture.of(file.statistics(0, file.inner().option(5, 2L)));
    assertEquals(List.of("a", "b", "c"), read.bytes());
    assertEquals("broken-statistics 3 (first in packet 2)", read.summary().anomalies().toString());
    assertEquals(Status.OK, read.summary().status());
    assertEquals(OptionalLong.of(2), read.summary().dropped());
  }

  @Test
  void otherBlocksAreSteppedOver() throws IOException {
    CaptureBuilder file =
        CaptureBuilder.little()
            .section()
            .block(4, new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).words(0));
    file.interfaceOf(1).block(0xbad, file.inner()).enhanced(0, 1, "a");
    file.block(0x80000001, file.inner().bytes(new byte[70_000])).enhanced(0, 2, "b");
    ReadCapture read = ReadCapture.of(file);
    assertEquals(List.of("a", "b"), read.bytes());
    assertEquals(file.size(), read.summary().fileBytes());
  }

  @Test
  void aBlockTooLargeToHoldIsSteppedOverUnlessItMustHoldAPacket() throws IOException {
    ReadCapture read = ReadCapture.of(withGiant(0xbad));
    assertEquals(List.of("a", "b"), read.bytes());
    assertEquals(Status.OK, read.summary().status());
    ReadCapture packet = ReadCapture.of(withGiant(6));
    assertEquals(List.of("a"), packet.bytes());
    assertEquals(Status.DAMAGED, packet.summary().status());
  }

  private static InputStream withGiant(int type) {
    int length = 20 * 1024 * 1024;
    CaptureBuilder before = CaptureBuilder.little().section().interfaceOf(1).enhanced(0, 1, "a");
    before.words(type, length);
    CaptureBuilder after = before.inner().words(length).enhanced(0, 2, "b");
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(before.build()),
                new ByteArrayInputStream(new byte[length - 12]),
                new ByteArrayInputStream(after.build()))));
  }

  @Test
  void smallBlocksAndOneByteReadsGiveTheSame() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section().interfaceOf(1);
    for (int i = 0; i < 40; i++) {
      file.enhanced(0, i, "x".repeat(i % 9)).block(0xbad, file.inner().bytes(new byte[4 * i]));
    }
    ReadCapture whole = ReadCapture.of(file);
    assertEquals(40, whole.packets().size());
    assertEquals(whole, ReadCapture.of(PcapReadingTest.slowly(file.build())));
    for (int fillBytes = 1; fillBytes < 300; fillBytes += 11) {
      assertEquals(whole, ReadCapture.withBlockOf(fillBytes, file.build()));
    }
  }
}
