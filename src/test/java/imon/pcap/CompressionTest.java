package imon.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import imon.pcap.CaptureSummary.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
  /** How the tests make what the reader unpacks. */
  enum Packer {
    GZIP,
    ZSTD;

    byte[] pack(byte[] bytes) {
      return this == GZIP ? gzip(bytes) : Zstd.compress(bytes);
    }

    String suffix() {
      return this == GZIP ? "+gzip" : "+zstd";
    }
  }

  @TempDir Path folder;

  private final byte[] plain = noise(10_000);

  @ParameterizedTest
  @EnumSource
  void aCompressedCaptureReadsLikeThePlainOne(Packer packer) throws IOException {
    byte[] packed = packer.pack(plain);
    ReadCapture read = ReadCapture.of(packed);
    assertSameRecords(ReadCapture.of(plain), read);
    assertEquals("pcap" + packer.suffix(), read.summary().format());
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

  @ParameterizedTest
  @EnumSource
  void anEarlyEndKeepsTheRecordsBefore(Packer packer) throws IOException {
    byte[] packed = packer.pack(plain);
    int packets = 0;
    for (int length = packed.length / 2; length < packed.length; length += 9973) {
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
    for (int round = 0; round < 2000; round++) {
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

  @Test
  void aBombIsStreamedAndNotHeld() throws IOException {
    byte[] bomb = PcapReadingTest.pcap().bytes(new byte[64 * 1024 * 1024]).build();
    CaptureSummary summary;
    Block block = new Block();
    byte[] packed = gzip(bomb);
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(packed), "bomb")) {
      while (reader.read(block)) {
        assertEquals(Block.DEFAULT_BYTES, block.bytes().length);
      }
      summary = reader.summary();
    }
    assertEquals(64 * 1024 * 1024 / 16, summary.packets());
  }

  @Test
  void compressionWithinCompressionIsNotOpened() {
    assertTrue(refusal(gzip(gzip(plain))).contains("first bytes 1f 8b 08"));
  }

  @Test
  void whatIsNoCaptureInsideSaysWhatWasLookedInto() {
    assertEquals(
        "x: not a capture (no pcap or pcapng magic in the gzip data; first bytes 01 02 03 04 05);"
            + " imon reads pcap and pcapng, also gzip and zstd compressed",
        refusal(gzip(new byte[] {1, 2, 3, 4, 5})));
    assertEquals(
        "x: nothing in the gzip data; nothing was captured into it", refusal(gzip(new byte[0])));
    assertEquals(
        "x: not a capture (no pcap or pcapng magic in the gzip data; its gzip data end early);"
            + " imon reads pcap and pcapng, also gzip and zstd compressed",
        refusal(Arrays.copyOf(gzip(plain), 9)));
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
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }
}
