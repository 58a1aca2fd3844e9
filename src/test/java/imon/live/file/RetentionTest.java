package imon.live.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final NamePattern PATTERN =
      new NamePattern("{interface}-{start:HH}.pcap", "eth0", ZoneOffset.UTC);

  @TempDir Path folder;

  @BeforeEach
  void fillTheFolder() throws IOException {
    for (int hour = 8; hour <= 11; hour++) {
      file(PATTERN.name(NOON.minus(Duration.ofHours(12 - hour)), 1), hour);
    }
    file("eth1-08.pcap", 8);
    file("notes.txt", 1);
    file("eth0-07.pcap.part", 7);
  }

  private void file(String name, int hour) throws IOException {
    Path file = Files.write(folder.resolve(name), new byte[100]);
    Instant finished = NOON.minus(Duration.ofHours(12 - hour));
    Files.setLastModifiedTime(file, FileTime.from(finished));
  }

  @Test
  void withoutARuleAllStays() throws IOException {
    assertKept(Retention.ALL, 1000, "08", "09", "10", "11");
  }

  @Test
  void theNewestAreKeptByCount() throws IOException {
    assertKept(new Retention(2, null, 0, 0), 1000, "10", "11");
  }

  @Test
  void theYoungAreKeptByAge() throws IOException {
    assertKept(new Retention(0, Duration.ofHours(3), 0, 0), 1000, "09", "10", "11");
  }

  @Test
  void theNewestAreKeptBySize() throws IOException {
    assertKept(new Retention(0, null, 299, 0), 1000, "10", "11");
  }

  @Test
  void theOldestMakeRoomOnTheDisk() throws IOException {
    assertKept(new Retention(0, null, 0, 1150), 1000, "10", "11");
  }

  @Test
  void theStrictestRuleDecides() throws IOException {
    assertKept(new Retention(3, Duration.ofHours(9), 150, 0), 1000, "11");
  }

  @Test
  void theNewestStaysWhateverTheRules() throws IOException {
    assertKept(new Retention(1, Duration.ZERO, 1, Long.MAX_VALUE), 0, "11");
  }

  @Test
  void lessThanNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Retention(-1, null, 0, 0));
  }

  /** The files of these hours stay, and all that are not the pattern's; each one frees its size. */
  private void assertKept(Retention retention, long free, String... hours) throws IOException {
    long before = count();
    List<Path> deleted =
        retention.apply(folder, PATTERN, NOON, at -> free + (before - count()) * 100);
    try (Stream<Path> files = Files.list(folder)) {
      List<String> kept = files.map(file -> file.getFileName().toString()).sorted().toList();
      List<String> expected =
          Stream.concat(
                  Stream.of(hours).map(hour -> "eth0-" + hour + ".pcap"),
                  Stream.of("eth1-08.pcap", "notes.txt", "eth0-07.pcap.part"))
              .sorted()
              .toList();
      assertEquals(expected, kept);
    }
    assertEquals(before - count(), deleted.size());
  }

  private long count() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }
}
