package imon.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.CaptureSummary.Status;
import imon.pcap.identity.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedCaptureTest {
  @TempDir Path folder;

  @Test
  void aPcapTailCutAnywhereKeepsTheWholeRecordsBefore() throws IOException {
    CaptureBuilder file = PcapReadingTest.pcap();
    List<Integer> ends = new ArrayList<>(List.of(file.size()));
    for (String data : List.of("abc", "", "defgh", "ij")) {
      ends.add(file.record(1, 2, 60, data).size());
    }
    everyCutKeepsWhatIsWhole(file.build(), ends, 0);
  }

  @Test
  void aPcapngTailCutAnywhereKeepsTheWholeBlocksBefore() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section();
    List<Integer> ends = new ArrayList<>(List.of(file.size()));
    ends.add(file.interfaceOf(1).size());
    ends.add(file.enhanced(0, 1, "abc").size());
    ends.add(file.simple(5, "defgh").size());
    ends.add(file.block(0xbad, file.inner().words(1, 2, 3)).size());
    ends.add(file.obsolete(0, 0, 1, "i").size());
    everyCutKeepsWhatIsWhole(file.build(), ends, 2);
  }

  /** {@code ends}: where the header and each record end; {@code silent}: records without packet. */
  private static void everyCutKeepsWhatIsWhole(byte[] file, List<Integer> ends, int silent)
      throws IOException {
    List<ReadCapture.Packet> all = ReadCapture.of(file).packets();
    assertEquals(ends.size() - 1 - silent, all.size());
    for (int length = 0; length <= file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      if (length < ends.get(0)) {
        assertThrows(NotACaptureException.class, () -> ReadCapture.of(cut));
        continue;
      }
      int end = ends.stream().filter(e -> e <= cut.length).max(Integer::compare).orElseThrow();
      ReadCapture read = ReadCapture.of(cut);
      assertEquals(all.subList(0, read.packets().size()), read.packets());
      assertEquals(end, read.summary().fileBytes());
      assertEquals(ReadCapture.of(Arrays.copyOf(file, end)).packets(), read.packets());
      assertEquals(fingerprint(file, end), read.summary().fingerprint());
      assertEquals(end == length ? Status.OK : Status.CUT, read.summary().status());
    }
  }

  private static String fingerprint(byte[] file, int length) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.update(file, 0, length);
    return fingerprint.digest();
  }

  @Test
  void aCutTailIsReportedNotThrown() throws IOException {
    byte[] file = PcapReadingTest.pcap().record(0, 0, 4, "abcd").record(0, 0, 4, "efgh").build();
    CaptureSummary summary = ReadCapture.of(Arrays.copyOf(file, file.length - 1)).summary();
    assertEquals(
        "last record cut at offset 44: 19 bytes of an incomplete record", summary.message());
    assertEquals(1, summary.packets());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 16 * 1024 * 1024 + 1})
  void anImpossibleCapturedLengthKeepsThePacketsBefore(int captured) throws IOException {
    CaptureBuilder file = PcapReadingTest.pcap().record(0, 0, 4, "abcd");
    file.words(0, 0, captured, 4).text("efgh").record(0, 0, 1, "i");
    Path path = Files.write(folder.resolve("x.pcap"), file.build());
    ReadCapture read = ReadCapture.of(path);
    assertEquals(List.of("abcd"), read.bytes());
    assertEquals(Status.DAMAGED, read.summary().status());
    assertEquals(
        "corrupt record (captured length "
            + Integer.toUnsignedString(captured)
            + ") at offset 44; 37 bytes left unread",
        read.summary().message());
  }

  @Test
  void theLargestCapturedLengthIsOnlyCut() throws IOException {
    CaptureBuilder file = PcapReadingTest.pcap().words(0, 0, 16 * 1024 * 1024, 4);
    assertEquals(Status.CUT, ReadCapture.of(file).summary().status());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 13, 31, -1, -4, Integer.MIN_VALUE})
  void anImpossibleBlockLengthIsDamage(int length) throws IOException {
    for (int type : new int[] {1, 2, 3, 4, 5, 6, 0xbad, 0x0a0d0d0a}) {
      CaptureBuilder file = CaptureBuilder.little().section().interfaceOf(1);
      file.enhanced(0, 1, "a").words(type, length, 0x1a2b3c4d, 0, 0, 0, 0).words(length);
      ReadCapture read = ReadCapture.of(file);
      assertEquals(List.of("a"), read.bytes());
      assertEquals(Status.DAMAGED, read.summary().status(), read.summary()::toString);
    }
  }

  @Test
  void aBlockThatContradictsItselfIsDamage() throws IOException {
    CaptureBuilder start = CaptureBuilder.little().section().interfaceOf(1);
    List<CaptureBuilder> blocks =
        List.of(
            start.inner().words(0xbad, 16, 0, 20),
            start.inner().enhanced(1, 0, "unknown interface"),
            start.inner().enhanced(-1, 0, "unknown interface"),
            start.inner().obsolete(1, 0, 0, "unknown interface"),
            start.inner().block(6, start.inner().words(0, 0, 0, 5, 5, 0)),
            start.inner().block(6, start.inner().words(0, 0, 0, -1, 5, 0)),
            start.inner().block(6, start.inner().words(0)),
            start.inner().block(3, start.inner()),
            start.inner().block(1, start.inner().words(0)),
            start.inner().block(0x0a0d0d0a, start.inner().words(0x1a2b3c4d)),
            start.inner().block(0x0a0d0d0a, start.inner().words(7, 0, 0, 0)),
            start.inner().section().simple(1, "no interface"));
    for (CaptureBuilder block : blocks) {
      CaptureBuilder file = start.inner().bytes(start.build()).enhanced(0, 1, "a");
      ReadCapture read = ReadCapture.of(file.bytes(block.build()).enhanced(0, 1, "b"));
      assertEquals(List.of("a"), read.bytes());
      assertEquals(Status.DAMAGED, read.summary().status());
    }
  }

  @Test
  void aBlockOfFourGigabytesNeitherAllocatesNorPassesForACut() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section().interfaceOf(1).enhanced(0, 1, "a");
    int whole = file.size();
    ReadCapture read = ReadCapture.of(file.words(0xbad, -4).bytes(new byte[1000]));
    assertEquals(List.of("a"), read.bytes());
    assertEquals(Status.DAMAGED, read.summary().status());
    assertEquals(whole, read.summary().fileBytes());
    assertEquals(fingerprint(file.build(), whole), read.summary().fingerprint());
  }

  @Test
  void aSectionOfAnotherVersionIsNotRead() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section().interfaceOf(1).enhanced(0, 1, "a");
    CaptureBuilder header = file.inner().words(0x1a2b3c4d).halves(2, 0).words(-1, -1);
    file.block(0x0a0d0d0a, header).interfaceOf(1).enhanced(0, 2, "b");
    ReadCapture read = ReadCapture.of(file);
    assertEquals(List.of("a"), read.bytes());
    assertEquals(Status.DAMAGED, read.summary().status());
    String message = String.valueOf(read.summary().message());
    assertTrue(message.contains("section of version 2"), message);
  }

  @Test
  void moreInterfacesThanThereCanBeAreDamage() throws IOException {
    CaptureBuilder file = CaptureBuilder.little().section();
    byte[] description = file.inner().interfaceOf(1).build();
    for (int i = 0; i < PcapngInterfaces.LIMIT; i++) {
      file.bytes(description);
    }
    assertEquals(Status.OK, ReadCapture.of(file).summary().status());
    assertEquals(Status.DAMAGED, ReadCapture.of(file.bytes(description)).summary().status());
  }

  @Test
  void aReadErrorKeepsTheRecordsBeforeAndTellsWhatTheSystemSaid() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    byte[] start = PcapReadingTest.records(3).build();
    ReadCapture read =
        ReadCapture.of(new SequenceInputStream(new ByteArrayInputStream(start), broken));
    assertEquals(3, read.packets().size());
    assertEquals(Status.DAMAGED, read.summary().status());
    assertEquals(
        "read error: Input/output error at offset " + start.length + "; the rest left unread",
        read.summary().message());
  }

  @Test
  void anInterruptedReaderThrowsAndCallsNoFileDamaged() throws IOException {
    Path path = Files.write(folder.resolve("x.pcap"), PcapReadingTest.records(40_000).build());
    try (CaptureReader reader = CaptureReader.open(path)) {
      Thread.currentThread().interrupt();
      assertThrows(ClosedByInterruptException.class, () -> reader.read(new Block()));
      assertTrue(Thread.interrupted());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcap", "pcapng"})
  void flippedBitsNeverThrowOrHang(String format) throws IOException {
    byte[] file = format.equals("pcap") ? PcapReadingTest.records(30).build() : mixedPcapng();
    Random random = new Random(5);
    for (int round = 0; round < 5000; round++) {
      byte[] flipped = file.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        flipped[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      }
      readAndCheck(flipped);
    }
  }

  private static byte[] mixedPcapng() {
    CaptureBuilder file = CaptureBuilder.little().section();
    file.interfaceOf(1, 0, file.inner().option(9, 1, new byte[] {9}).option(14, 5L).words(0));
    for (int i = 0; i < 6; i++) {
      file.enhanced(0, i, 99, "abc", file.inner().option(4, 1L).words(0)).simple(3, "def");
      file.obsolete(0, 1, i, "ghi").statistics(0, file.inner().option(5, 9L));
      file.section().interfaceOf(113).block(4, file.inner().words(0));
    }
    return file.build();
  }

  private static void readAndCheck(byte[] file) throws IOException {
    ReadCapture read;
    try {
      read = ReadCapture.of(file);
    } catch (NotACaptureException expected) {
      return;
    }
    CaptureSummary summary = read.summary();
    assertEquals(read.packets().size(), summary.packets());
    assertTrue(summary.fileBytes() <= file.length);
    assertEquals(fingerprint(file, (int) summary.fileBytes()), summary.fingerprint());
    assertEquals(summary.status() == Status.OK, summary.fileBytes() == file.length);
  }

  @Test
  void whatIsNoCaptureIsNamedInOneLine() throws IOException {
    refused("x: empty file (0 bytes); nothing was captured into it", new byte[0]);
    refused(
        "x: not a capture (no pcap or pcapng magic; first bytes 48 65 6c 6c 6f);"
            + " imon reads pcap and pcapng, also packed by gzip, zstd, xz, lz4 or bzip2",
        "Hello".getBytes(StandardCharsets.US_ASCII));
    byte[] pcap = PcapReadingTest.pcap().build();
    refused("x: header cut after 10 of 24 bytes", Arrays.copyOf(pcap, 10));
    byte[] pcapng = CaptureBuilder.little().section().build();
    refused("x: header cut after 10 of 28 bytes", Arrays.copyOf(pcapng, 10));
    pcapng[8] = 0;
    refused("x: pcapng header without a byte-order magic", pcapng);
    byte[] odd = CaptureBuilder.little().section().build();
    odd[4] = 29;
    refused("x: impossible pcapng header length 29", odd);
  }

  private static void refused(String message, byte[] file) {
    var refusal =
        assertThrows(
            NotACaptureException.class,
            () -> CaptureReader.open(new ByteArrayInputStream(file), "x"));
    assertEquals(message, refusal.getMessage());
  }

  @Test
  void aLongSectionHeaderIsReadWhole() throws IOException {
    CaptureBuilder file = CaptureBuilder.little();
    CaptureBuilder body = file.inner().words(0x1a2b3c4d).halves(1, 0).words(-1, -1);
    file.block(0x0a0d0d0a, body.option(1, 20_000, new byte[20_000]));
    int header = file.size();
    byte[] bytes = file.interfaceOf(1).enhanced(0, 1, "a").build();
    assertEquals(List.of("a"), ReadCapture.of(bytes).bytes());
    assertEquals(List.of("a"), ReadCapture.withBlockOf(64, bytes).bytes());
    refused("x: header cut after 9000 of " + header + " bytes", Arrays.copyOf(bytes, 9000));
  }

  @Test
  void aMissingFileAndAFolderAreErrorsThatNameThem() {
    Path missing = folder.resolve("missing.pcap");
    IOException none = assertThrows(NoSuchFileException.class, () -> CaptureReader.open(missing));
    assertEquals(missing + ": no such file", none.getMessage());
    IOException some = assertThrows(IOException.class, () -> CaptureReader.open(folder));
    assertEquals(folder + ": Is a directory", some.getMessage());
  }

  @Test
  void aSoundCaptureHasNoMessage() throws IOException {
    assertNull(ReadCapture.of(mixedPcapng()).summary().message());
  }
}
