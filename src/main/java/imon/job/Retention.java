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
  /** How something is deleted; answers whether it was there. */
  interface Deleting {
    boolean delete(Path path) throws IOException;
  }

  /** What may be deleted, and when it was written. */
  record Aged(Path path, Instant written) {}

  private final Instant now;
  private final List<String> problems = new ArrayList<>();

  Retention(Instant now) {
    this.now = now;
  }

  /** One line for each that could not be deleted. */
  List<String> problems() {
    return problems;
  }

  /** The newest is the one that was written last. */
  List<Aged> byTime(List<Path> files) {
    List<Aged> newestFirst = new ArrayList<>();
    files.forEach(file -> add(newestFirst, file));
    newestFirst.sort(Comparator.comparing(Aged::written).thenComparing(Aged::path).reversed());
    return newestFirst;
  }

  /** Returns how many it deleted. */
  int apply(Keeping keeping, List<Aged> newestFirst, Deleting deleting) {
    int deleted = 0;
    for (int place = 1; place < newestFirst.size(); place++) {
      Aged aged = newestFirst.get(place);
      if (isTooMuch(keeping, place, aged) && delete(aged.path(), deleting)) {
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

  private boolean isTooMuch(Keeping keeping, int place, Aged aged) {
    return (keeping.count() > 0 && place >= keeping.count())
        || (keeping.age() != null && aged.written().plus(keeping.age()).isBefore(now));
  }

  private boolean delete(Path path, Deleting deleting) {
    try {
      return deleting.delete(path);
    } catch (IOException e) {
      problems.add(path + ": cannot be deleted: " + IoReason.of(e));
      return false;
    }
  }
}
