package imon.analysis.follow;

import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.pcap.CaptureSummary.Status;
import imon.pcap.NotACaptureException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in folders, and whether it is a capture. */
final class Folders {
  private Folders() {}

  /** The files in these folders and below them, not through links; what vanishes is left out. */
  static List<Sighting> look(List<Path> folders) throws IOException {
    List<Sighting> sightings = new ArrayList<>();
    for (Path folder : folders) {
      Files.walkFileTree(folder, new Listing(folder, sightings));
    }
    return sightings;
  }

  private static final class Listing extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<Sighting> sightings;

    Listing(Path folder, List<Sighting> sightings) {
      this.folder = folder;
      this.sightings = sightings;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        sightings.add(
            new Sighting(file, attributes.size(), attributes.lastModifiedTime().toInstant()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) throws IOException {
      if (file.equals(folder)) {
        throw new IOException(
            folder + ": the folder cannot be read; is it still there?", unreadable);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path left, @Nullable IOException cut) {
      return FileVisitResult.CONTINUE;
    }
  }

  /**
   * Whether a file is a capture whose last record is whole; one that is damaged will not change.
   */
  static boolean endsWhole(Path file) {
    try (CaptureReader reader = CaptureReader.open(file)) {
      Block block = new Block();
      boolean more = true;
      while (more) {
        more = reader.read(block);
      }
      return reader.summary().status() != Status.CUT;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Whether a file begins as a capture does.
   *
   * @throws IOException when it cannot be read; the message is one line that says which and why
   */
  static boolean isCapture(Path file) throws IOException {
    try (CaptureReader reader = CaptureReader.open(file)) {
      return reader.packetsRead() == 0;
    } catch (NotACaptureException other) {
      return false;
    }
  }
}
