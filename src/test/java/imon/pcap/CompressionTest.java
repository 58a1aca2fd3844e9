package imon.pcap;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.CaptureSummary.Status;
import imon.testing.Hex;
import imon.testing.LongTest;
import imon.testing.Packer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
  @TempDir Path folder;

  private final byte[] plain = noise(10_000);

  @ParameterizedTest
  @EnumSource
  void aCompressedCaptureReadsLikeThePlainOne(Packer packer) throws IOException {
    byte[] packed = packer.pack(plain);
    ReadCapture read = ReadCapture.of(packed);
    assertSameRecords(ReadCapture.of(plain), read);
    assertEquals("pcap+" + packer.label(), read.summary().format());
    assertEquals(read, ReadCapture.of(PcapReadingTest.slowly(packed)));
    assertEquals(read, ReadCapture.of(Files.write(folder.resolve("named.pcap"), packed)));
  }

  @ParameterizedTest
  @EnumSource
  void severalMembersAreOneCapture(Packer packer) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int at = 0; at < plain.length; at += 79_190) {
      int to = Math.min(plain.length, at + 79_190);
      packed.writeBytes(packer.pack(Arrays.copyOfRange(plain, at, to)));
    }
    assertSameRecords(ReadCapture.of(plain), ReadCapture.of(packed.toByteArray()));
    assertEquals(
        ReadCapture.of(packed.toByteArray()),
        ReadCapture.of(PcapReadingTest.slowly(packed.toByteArray())));
  }

  @LongTest
  @ParameterizedTest
  @EnumSource
  void anEarlyEndKeepsTheRecordsBefore(Packer packer) throws IOException {
    byte[] packed = packer.pack(plain);
    int packets = 0;
    for (int length = packed.length / 2; length < packed.length; length += 29_989) {
      ReadCapture read = ReadCapture.of(Arrays.copyOf(packed, length));
      assertEquals(Status.CUT, read.summary().status());
      assertTrue(read.packets().size() >= packets);
      packets = read.packets().size();
    }
    assertTrue(packets > 8000, packets + " packets");
  }

  @ParameterizedTest
  @EnumSource
  void flippedBitsNeverThrowOrHang(Packer packer) throws IOException {
    byte[] packed = packer.pack(noise(200));
    Random random = new Random(6);
    for (int round = 0; round < 500; round++) {
      byte[] flipped = packed.clone();
      flipped[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        ReadCapture.of(flipped);
      } catch (NotACaptureException expected) {
        assertTrue(expected.getMessage().startsWith("test: "));
      }
    }
  }

  @Test
  void damagedGzipKeepsTheRecordsBefore() throws IOException {
    byte[] packed = gzip(plain);
    packed[packed.length - 5] ^= 1;
    ReadCapture length = ReadCapture.of(packed);
    assertEquals(10_000, length.packets().size());
    assertEquals(Status.DAMAGED, length.summary().status());
    packed[packed.length - 5] ^= 1;
    packed[packed.length - 1] ^= 1;
    assertEquals(Status.DAMAGED, ReadCapture.of(packed).summary().status());
  }

  @Test
  void damageInTheMiddleOfAFileTellsHowMuchIsLeft() throws IOException {
    byte[] packed = Arrays.copyOf(gzip(plain), 2_000_000);
    int end = gzip(plain).length;
    packed[end] = 7;
    CaptureSummary summary = ReadCapture.of(Files.write(folder.resolve("x"), packed)).summary();
    assertEquals(Status.DAMAGED, summary.status());
    assertTrue(
        String.valueOf(summary.message())
            .matches(
                "damaged gzip data: what follows the last member is not gzip at offset "
                    + plain.length
                    + "; at least \\d+ compressed bytes left unread"),
        summary.message());
  }

  @Test
  void damageOfASmallFileTellsNoNumberThatItsBuffersHide() throws IOException {
    byte[] packed = gzip(noise(200));
    packed[packed.length / 2] ^= 1;
    CaptureSummary summary = ReadCapture.of(Files.write(folder.resolve("x"), packed)).summary();
    assertEquals(Status.DAMAGED, summary.status());
    String message = String.valueOf(summary.message());
    assertTrue(message.endsWith("; the rest left unread"), message);
  }

  @Test
  void zerosAfterTheLastGzipMemberArePadding() throws IOException {
    byte[] packed = gzip(plain);
    ReadCapture padded = ReadCapture.of(Arrays.copyOf(packed, packed.length + 1000));
    assertEquals(Status.OK, padded.summary().status());
    assertEquals(10_000, padded.packets().size());
  }

  @Test
  void allFieldsOfTheGzipHeaderAreSteppedOver() throws IOException {
    byte[] packed = gzip(plain);
    ByteArrayOutputStream full = new ByteArrayOutputStream();
    full.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 31, 0, 0, 0, 0, 0, 3});
    full.writeBytes(new byte[] {2, 0, 9, 9, 'n', 'a', 'm', 'e', 0, 'n', 'o', 't', 'e', 0, 5, 5});
    full.write(packed, 10, packed.length - 10);
    assertSameRecords(ReadCapture.of(plain), ReadCapture.of(full.toByteArray()));
  }

  @ParameterizedTest
  @EnumSource
  void aCutAnywhereIsAnEarlyEndAndLosesNothingBefore(Packer packer) throws IOException {
    byte[] packed = packer.pack(noise(40));
    int packets = 0;
    for (int length = 1; length < packed.length; length++) {
      try {
        ReadCapture read = ReadCapture.of(Arrays.copyOf(packed, length));
        assertEquals(Status.CUT, read.summary().status(), "cut to " + length);
        assertTrue(read.packets().size() >= packets);
        packets = read.packets().size();
        String message = String.valueOf(read.summary().message());
        assertTrue(message.startsWith(packer.label() + " data end early at offset "), message);
      } catch (NotACaptureException noHeader) {
        assertEquals(0, packets);
      }
    }
    int inWholeBlocks = packer == Packer.ZSTD ? 0 : 40;
    assertEquals(inWholeBlocks, packets);
  }

  @ParameterizedTest
  @EnumSource
  void whatFollowsTheLastMemberMustBeOneToo(Packer packer) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(packer.pack(plain));
    file.writeBytes("no member".repeat(9000).getBytes(UTF_8));
    CaptureSummary summary = ReadCapture.of(file.toByteArray()).summary();
    assertEquals(10_000, summary.packets());
    assertEquals(Status.DAMAGED, summary.status());
    String message = String.valueOf(summary.message());
    assertTrue(message.startsWith("damaged " + packer.label() + " data: "), message);
  }

  @ParameterizedTest
  @EnumSource
  void aBombIsStreamedAndNotHeld(Packer packer) throws IOException {
    int bytes = 16 * 1024 * 1024;
    byte[] packed = packer.pack(PcapReadingTest.pcap().bytes(new byte[bytes]).build());
    assertTrue(packed.length < bytes / 100, packed.length + " bytes");
    Block block = new Block();
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(packed), "bomb")) {
      while (reader.read(block)) {
        assertEquals(Block.DEFAULT_BYTES, block.bytes().length);
      }
      assertEquals(bytes / 16, reader.summary().packets());
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingPackedIsAnEmptyCapture(Packer packer) {
    assertEquals(
        "x: nothing in the " + packer.label() + " data; nothing was captured into it",
        refusal(packer.pack(new byte[0])));
  }

  /** As pzstd writes them before each of its frames. */
  @ParameterizedTest
  @EnumSource(names = {"ZSTD", "LZ4"})
  void framesThatHoldNoDataAreSteppedOver(Packer packer) throws IOException {
    byte[] skippable = Hex.bytes("5f2a4d18 03000000 616263");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(skippable);
    file.writeBytes(skippable);
    file.writeBytes(packer.pack(plain));
    file.writeBytes(skippable);
    assertSameRecords(ReadCapture.of(plain), ReadCapture.of(file.toByteArray()));
    assertEquals("x: empty file (0 bytes); nothing was captured into it", refusal(skippable));
  }

  @Test
  void xzThatNeedsMoreMemoryThanAllowedIsRefused() {
    byte[] packed = Packer.XZ.pack(plain);
    int header = 12;
    int checksum = header + (packed[header] + 1) * 4 - 4;
    packed[header + 4] = 28; // a dictionary of 64 MiB, the largest a preset has
    sign(packed, header, checksum);
    assertDoesNotThrow(() -> ReadCapture.of(packed));
    packed[header + 4] = 30; // 128 MiB
    sign(packed, header, checksum);
    String refusal = refusal(packed);
    assertTrue(refusal.contains("its xz data cannot be unpacked: "), refusal);
    assertTrue(refusal.contains("KiB of memory would be needed"), refusal);
  }

  private static void sign(byte[] bytes, int from, int to) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, from, to - from);
    ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).putInt(to, (int) checksum.getValue());
  }

  @Test
  void compressionWithinCompressionIsNotOpened() {
    assertTrue(refusal(gzip(gzip(plain))).contains("first bytes 1f 8b 08"));
  }

  @Test
  void whatIsNoCaptureInsideSaysWhatWasLookedInto() {
    byte[] packed = gzip(new byte[] {1, 2, 3, 4, 5});
    assertEquals(
        "x: not a capture (no pcap or pcapng magic in the gzip data; first bytes 01 02 03 04 05);"
            + " imon reads pcap and pcapng, also packed by gzip, zstd, xz, lz4 or bzip2",
        refusal(packed));
    assertEquals(
        "x: not a capture (no pcap or pcapng magic in the gzip data; first bytes 01 02 03 04 05;"
            + " its gzip data end early);"
            + " imon reads pcap and pcapng, also packed by gzip, zstd, xz, lz4 or bzip2",
        refusal(Arrays.copyOf(packed, packed.length - 1)));
  }

  @LongTest
  @ParameterizedTest
  @EnumSource
  void whatIsCutBeforeAnythingCanBeUnpackedIsCalledCut(Packer packer) {
    assertEquals(
        "x: cut: its "
            + packer.label()
            + " data end before anything can be unpacked; get the whole file",
        refusal(Arrays.copyOf(packer.pack(plain), 9)));
  }

  private static String refusal(byte[] file) {
    return String.valueOf(
        assertThrows(
                NotACaptureException.class,
                () -> CaptureReader.open(new ByteArrayInputStream(file), "x"))
            .getMessage());
  }

  private static void assertSameRecords(ReadCapture expected, ReadCapture actual) {
    assertEquals(expected.packets(), actual.packets());
    assertEquals(expected.summary().fingerprint(), actual.summary().fingerprint());
    assertEquals(expected.summary().fileBytes(), actual.summary().fileBytes());
    assertEquals(Status.OK, actual.summary().status());
  }

  /** A capture that does not compress well, so that damage can hit every part of it. */
  private static byte[] noise(int packets) {
    Random random = new Random(7);
    CaptureBuilder file = PcapReadingTest.pcap();
    for (int i = 0; i < packets; i++) {
      byte[] data = new byte[random.nextInt(200)];
      random.nextBytes(data);
      file.words(i, 0, data.length, 200).bytes(data);
    }
    return file.build();
  }

  private static byte[] gzip(byte[] bytes) {
    return Packer.GZIP.pack(bytes);
  }
}
