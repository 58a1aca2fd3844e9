package imon.store.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for what does not fit in memory, readable by its owner only and removed at the end. One
 * that a killed process left behind is removed when the next is made.
 */
public final class ScratchFolder implements AutoCloseable {
  private static final String PREFIX = "imon-scratch-";

  private final Path folder;

  private ScratchFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes one where temporary files go.
   *
   * @throws IOException when it cannot; the message is one line that says what to do
   */
  public static ScratchFolder make() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      return makeIn(parent);
    } catch (IOException e) {
      throw new IOException(
          "cannot make a temporary folder in %s: free some space there, or set TMPDIR"
              .formatted(parent),
          e);
    }
  }

  /** Makes one in this folder. */
  public static ScratchFolder makeIn(Path parent) throws IOException {
    sweep(parent);
    String prefix = PREFIX + ProcessHandle.current().pid() + "-";
    return new ScratchFolder(Files.createTempDirectory(parent, prefix));
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** Removes what killed processes left in this folder, as far as that can be done. */
  public static void removeLeft(Path parent) {
    try {
      sweep(parent);
    } catch (IOException | DirectoryIteratorException e) {
      // The next command tries again.
    }
  }

  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path left : folders) {
        if (!isAlive(left.getFileName().toString())) {
          remove(left);
        }
      }
    }
  }

  private static boolean isAlive(String name) {
    String process = name.substring(PREFIX.length()).replaceFirst("-.*", "");
    try {
      return ProcessHandle.of(Long.parseLong(process)).isPresent();
    } catch (NumberFormatException e) {
      return true;
    }
  }

  /** What cannot be removed (another user's) stays. */
  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
    }
  }

  @Override
  public void close() {
    remove(folder);
  }
}
