package imon.job;

import imon.job.file.Job.Keeping;
import imon.pcap.write.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Deletes what a job does not keep any more. The newest always stays. */
final class Retention {
  /** How something is deleted. */
  interface Deleting {
    void delete(Path path) throws IOException;
  }

  private record Aged(Path path, Instant changed) {}

  private final Instant now;
  private final List<String> problems = new ArrayList<>();

  Retention(Instant now) {
    this.now = now;
  }

  /** One line for each that could not be deleted. */
  List<String> problems() {
    return problems;
  }

  /** By when they were written; returns how many it deleted. */
  int apply(Keeping keeping, List<Path> paths, Deleting deleting) {
    List<Aged> newestFirst = new ArrayList<>();
    if (!keeping.keepsAll()) {
      paths.forEach(path -> add(newestFirst, path));
    }
    newestFirst.sort(Comparator.comparing(Aged::changed).thenComparing(Aged::path).reversed());
    int deleted = 0;
    for (int place = 1; place < newestFirst.size(); place++) {
      Aged file = newestFirst.get(place);
      if (isTooMuch(keeping, place, file) && delete(file.path(), deleting)) {
        deleted++;
      }
    }
    return deleted;
  }

  private void add(List<Aged> files, Path path) {
    try {
      files.add(new Aged(path, Files.getLastModifiedTime(path).toInstant()));
    } catch (NoSuchFileException gone) {
      // Someone else deleted it meanwhile.
    } catch (IOException e) {
      problems.add(path + ": " + IoReason.of(e));
    }
  }

  private boolean isTooMuch(Keeping keeping, int place, Aged file) {
    return (keeping.count() > 0 && place >= keeping.count())
        || (keeping.age() != null && file.changed().plus(keeping.age()).isBefore(now));
  }

  private boolean delete(Path path, Deleting deleting) {
    try {
      deleting.delete(path);
      return true;
    } catch (IOException e) {
      problems.add(path + ": cannot be deleted: " + IoReason.of(e));
      return false;
    }
  }
}
