package imon.pcap.input;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import imon.testing.Hex;
import imon.testing.Packer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Random;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Lz4StreamTest {
  private static final String MAGIC = "04224d18 ";

  /** Blocks of 64 KiB that depend on each other, without checksums. */
  private static final String PLAIN_HEAD = MAGIC + "40 40 c0 ";

  private static final String END = "00000000 ";

  private static byte[] unpack(byte[] packed) throws IOException {
    return new Lz4Stream(new ByteArrayInputStream(packed)).readAllBytes();
  }

  private static String text(String hex) throws IOException {
    return new String(unpack(Hex.bytes(hex)), US_ASCII);
  }

  @ParameterizedTest
  @EnumSource(names = {"LZ4", "LZ4_DEPENDENT"})
  void manyBlocksWithCopiesFromFarBackUnpack(Packer packer) throws IOException {
    Random random = new Random(3);
    byte[] pattern = new byte[50_000];
    random.nextBytes(pattern);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (int i = 0; i < 12; i++) {
      plain.writeBytes(pattern);
      plain.writeBytes(new byte[random.nextInt(30_000)]);
    }
    byte[] packed = packer.pack(plain.toByteArray());
    assertArrayEquals(plain.toByteArray(), unpack(packed));
  }

  @Test
  void sequencesAreLiteralsAndCopiesThatMayOverlap() throws IOException {
    assertEquals("abcabcabcab!", text(PLAIN_HEAD + "08000000 34 616263 0300 10 21" + END));
    assertEquals("a".repeat(23) + "!", text(PLAIN_HEAD + "07000000 1f 61 0100 03 10 21" + END));
  }

  @Test
  void aBlockMayBeStoredAsItIs() throws IOException {
    assertEquals("abc", text(PLAIN_HEAD + "03000080 616263" + END));
  }

  @Test
  void aDependentBlockCopiesFromTheOneBefore() throws IOException {
    assertEquals("abcdabcd!", text(PLAIN_HEAD + "04000080 61626364 05000000 00 0400 10 21" + END));
  }

  @Test
  void anIndependentBlockDoesNot() {
    assertDamaged(
        "a block that cannot be unpacked",
        MAGIC + "60 40 82 04000080 61626364 05000000 00 0400 10 21" + END);
  }

  @ParameterizedTest
  @CsvSource({
    "copy from nowhere,        04000000 00 0100 00",
    "copy of distance zero,    06000000 10 61 0000 10 21",
    "more literals than there, 03000000 50 6162",
    "a length that is cut,     02000000 f0 ff",
    "an end without literals,  04000000 10 61 0100",
  })
  void aBlockThatCannotBeIsDamage(String what, String block) {
    assertDamaged("a block that cannot be unpacked", PLAIN_HEAD + block + END);
  }

  @Test
  void aBlockThatUnpacksToMoreThanItsFrameAllowsIsDamage() {
    StringBuilder lengths = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      lengths.append("ff");
    }
    assertDamaged(
        "a block that cannot be unpacked",
        PLAIN_HEAD + "33010000 1f 61 0100 " + lengths + " 00 10 21" + END);
  }

  @ParameterizedTest
  @CsvSource({
    "a frame of another version,                 80 40 00",
    "a frame of another version,                 42 40 00",
    "checksum of a frame's head does not match,  40 40 c1",
    "a frame with blocks of no known size,       40 30 66",
    "a block larger than its frame allows,       40 40 c0 01000100",
    "a frame that needs a dictionary,            41 40 00000000 92",
    "checksum does not match,                    44 40 5e 01000080 61 00000000 11111111",
    "checksum of a block does not match,         50 40 c0 01000080 61 11111111 00000000",
  })
  void damageIsCalledByItsName(String message, String frame) {
    assertDamaged(message, MAGIC + frame);
  }

  private static void assertDamaged(String message, String hex) {
    IOException fault = assertThrows(IOException.class, () -> unpack(Hex.bytes(hex)));
    assertInstanceOf(ZipException.class, fault);
    assertEquals(message, fault.getMessage());
  }

  @Test
  void whatStandsBeforeTheCutOfABlockIsGivenOut() throws IOException {
    byte[] cut = Hex.bytes(PLAIN_HEAD + "08000000 34 616263 0300");
    Lz4Stream stream = new Lz4Stream(new ByteArrayInputStream(cut));
    byte[] bytes = new byte[20];
    assertEquals(11, stream.read(bytes, 0, 20));
    assertThrows(EOFException.class, () -> stream.read(bytes, 0, 20));
  }
}
