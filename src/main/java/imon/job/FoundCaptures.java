package imon.job;

import imon.job.file.Job;
import imon.pcap.CaptureFiles;
import imon.pcap.write.IoReason;
import imon.store.StoreException;
import imon.store.StoreFile;
import imon.store.keep.KeptFiles;
import imon.store.keep.KeptFiles.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The captures in a job's folder.
 *
 * @param fresh those that the store does not have, or that were touched since, in the order of
 *     their packets
 * @param kept those that the store has, whole and as they stand
 * @param damaged those of which it has what could be read
 * @param problems one line for whatever cannot be read
 */
record FoundCaptures(List<Path> fresh, List<Path> kept, List<Path> damaged, List<String> problems) {
  /** Looks into the folder and the store; a store that is not there yet has none. */
  static FoundCaptures of(Job job) throws StoreException {
    CaptureFiles files = CaptureFiles.find(List.of(job.captures().folder().toString()));
    Path store = job.store().file();
    Map<String, Taken> taken = Files.exists(store) ? KeptFiles.of(new StoreFile(store)) : Map.of();
    FoundCaptures found =
        new FoundCaptures(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(files.problems()));
    // Names that are no text can look the same: better read twice than taken for each other.
    Set<String> names = new HashSet<>();
    Set<String> alike =
        files.inputs().stream()
            .map(CaptureFiles.Input::name)
            .filter(name -> !names.add(name))
            .collect(Collectors.toSet());
    for (CaptureFiles.Input input : files.inputs()) {
      Path path = input.path();
      if (path != null) {
        found.add(path, alike.contains(input.name()) ? null : taken.get(input.name()));
      }
    }
    return found;
  }

  /**
   * Incomplete when something could not be read; failed when nothing could, such as a disk that is
   * not there: its captures are still to come.
   */
  Ending ending() {
    if (problems.isEmpty()) {
      return Ending.DONE;
    }
    return fresh.isEmpty() && known() == 0 ? Ending.FAILED : Ending.INCOMPLETE;
  }

  /** How many of them a run has nothing to do with. */
  int known() {
    return kept.size() + damaged.size();
  }

  private void add(Path path, @Nullable Taken taken) {
    try {
      if (taken == null || !touched(path).isBefore(taken.time())) {
        fresh.add(path);
      } else {
        (taken.damaged() ? damaged : kept).add(path);
      }
    } catch (IOException e) {
      problems.add(path + ": " + IoReason.of(e));
    }
  }

  /** Also when another file was moved there: that changes no time but the one of the inode. */
  private static Instant touched(Path path) throws IOException {
    Instant written = Files.getLastModifiedTime(path).toInstant();
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return written;
    }
    Object changed = Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    Instant moved = ((FileTime) changed).toInstant();
    return moved.isAfter(written) ? moved : written;
  }
}
