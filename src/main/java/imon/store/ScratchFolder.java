package imon.store;

import java.io.IOException;
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
final class ScratchFolder implements AutoCloseable {
  private static final String PREFIX = "imon-scratch-";

  private final Path folder;

  private ScratchFolder(Path folder) {
    this.folder = folder;
  }

  static ScratchFolder make() throws StoreException {
    return in(Path.of(System.getProperty("java.io.tmpdir")), "set TMPDIR");
  }

  /** In the folder of a file, so that what is made in it can be renamed to that file. */
  static ScratchFolder beside(Path file) throws StoreException {
    return in(file.toAbsolutePath().resolveSibling(""), "allow writing to it");
  }

  private static ScratchFolder in(Path parent, String remedy) throws StoreException {
    try {
      sweep(parent);
      String prefix = PREFIX + ProcessHandle.current().pid() + "-";
      return new ScratchFolder(Files.createTempDirectory(parent, prefix));
    } catch (IOException e) {
      throw new StoreException(
          "cannot make a temporary folder in %s: free some space there, or %s"
              .formatted(parent, remedy),
          e);
    }
  }

  Path path() {
    return folder;
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
