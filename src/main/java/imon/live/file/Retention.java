package imon.live.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which finished files of a pattern are kept: those that all of these allow. The oldest go first;
 * the newest always stays.
 *
 * @param files how many; 0 for any number
 * @param age how long since they were finished; null for ever
 * @param bytes their size together; 0 for any
 * @param freeBytes what must stay free on the disk; 0 for nothing
 */
public record Retention(int files, @Nullable Duration age, long bytes, long freeBytes) {
  /** Keeps all. */
  public static final Retention ALL = new Retention(0, null, 0, 0);

  /** Tells how many bytes are free where a folder is. */
  interface Disk {
    long free(Path folder) throws IOException;
  }

  private record Kept(Path path, Instant finished, long bytes) {}

  public Retention {
    if (files < 0 || bytes < 0 || freeBytes < 0 || (age != null && age.isNegative())) {
      throw new IllegalArgumentException("less than nothing cannot be kept");
    }
  }

  boolean keepsAll() {
    return equals(ALL);
  }

  /** Whether files go also when no new one has come. */
  boolean changesByItself() {
    return age != null || freeBytes > 0;
  }

  /** Deletes what is not kept; returns what it deleted. */
  List<Path> apply(Path folder, NamePattern pattern, Instant now, Disk disk) throws IOException {
    Deque<Kept> files = new ArrayDeque<>(oldestFirst(folder, pattern));
    long total = files.stream().mapToLong(Kept::bytes).sum();
    List<Path> deleted = new ArrayList<>();
    while (files.size() > 1 && isTooMuch(files, total, now, disk.free(folder))) {
      Kept oldest = files.removeFirst();
      Files.deleteIfExists(oldest.path());
      total -= oldest.bytes();
      deleted.add(oldest.path());
    }
    return deleted;
  }

  private boolean isTooMuch(Deque<Kept> kept, long total, Instant now, long free) {
    return (files > 0 && kept.size() > files)
        || (age != null && kept.getFirst().finished().plus(age).isBefore(now))
        || (bytes > 0 && total > bytes)
        || free < freeBytes;
  }

  private static List<Kept> oldestFirst(Path folder, NamePattern pattern) throws IOException {
    List<Kept> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (pattern.recognises(entry.getFileName().toString())) {
          add(files, entry);
        }
      }
    }
    files.sort(Comparator.comparing(Kept::finished).thenComparing(Kept::path));
    return files;
  }

  private static void add(List<Kept> files, Path path) throws IOException {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      if (file.isRegularFile()) {
        files.add(new Kept(path, file.lastModifiedTime().toInstant(), file.size()));
      }
    } catch (NoSuchFileException gone) {
      // Someone else deleted it meanwhile.
    }
  }
}
