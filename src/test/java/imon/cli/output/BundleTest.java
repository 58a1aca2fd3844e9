package imon.cli.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleTest {
  @TempDir private Path folder;

  @Test
  void theChecksumsAreThoseThatSha256sumChecks() throws IOException {
    try (ZipFile zip = new ZipFile(write(null).toFile())) {
      List<String> names = new ArrayList<>();
      Collections.list(zip.entries()).forEach(entry -> names.add(entry.getName()));
      assertEquals(List.of("b.txt", "a.txt", "SHA256SUMS"), names);
      assertEquals(
          """
          ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.txt
          e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.txt
          """,
          text(zip, "SHA256SUMS"));
      assertEquals("abc", text(zip, "b.txt"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    ", 1980-01-01T00:00",
    "2026-03-02T08:00:01Z, 2026-03-02T08:00",
    "1970-01-01T00:00:00Z, 1980-01-01T00:00",
    "2200-01-01T00:00:00Z, 2107-12-31T23:59:58"
  })
  void entriesHaveTheTimeThatIsGivenInEveryZone(@Nullable Instant time, LocalDateTime expected)
      throws IOException {
    TimeZone zone = TimeZone.getDefault();
    try {
      byte[] before = Files.readAllBytes(write(time));
      for (String name : List.of("Asia/Tokyo", "America/New_York", "UTC")) {
        TimeZone.setDefault(TimeZone.getTimeZone(name));
        Path file = write(time);
        assertArrayEquals(before, Files.readAllBytes(file), name);
        try (ZipFile zip = new ZipFile(file.toFile())) {
          for (ZipEntry entry : Collections.list(zip.entries())) {
            assertEquals(expected, entry.getTimeLocal(), name);
          }
        }
      }
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void anotherContentGivesOtherBytes() throws IOException {
    byte[] one = Files.readAllBytes(write(null));
    Path other = folder.resolve("other.zip");
    new Bundle().add("b.txt", out -> out.write("abd")).write(other, null);
    assertFalse(Arrays.equals(one, Files.readAllBytes(other)));
  }

  private Path write(@Nullable Instant time) throws IOException {
    Path file = folder.resolve("bundle.zip");
    new Bundle().add("b.txt", out -> out.write("abc")).add("a.txt", out -> {}).write(file, time);
    return file;
  }

  private static String text(ZipFile zip, String entry) throws IOException {
    return new String(
        zip.getInputStream(zip.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
  }
}
