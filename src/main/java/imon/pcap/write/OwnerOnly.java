package imon.pcap.write;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that nobody but their owner can read. A file system without POSIX permissions
 * has its own way to keep others out.
 */
public final class OwnerOnly {
  private static final String FILE = "rw-------";

  private OwnerOnly() {}

  /** Makes a file (mode 0600) to write to; an error when there is one of this name. */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions(FILE));
  }

  /**
   * Makes a folder (mode 0700) and those above it, unless they are there.
   *
   * @throws IOException with one line that says what, where and why
   */
  public static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.createDirectories(folder, permissions("rwx------"));
    } catch (IOException e) {
      throw IoReason.noFolder(folder.toString(), e);
    }
  }

  /** Makes an empty file that others can read at no moment; one that is there is kept from them. */
  public static void makeOrRestrict(Path file) throws IOException {
    try {
      create(file).close();
    } catch (FileAlreadyExistsException e) {
      restrict(file);
    }
  }

  /** Keeps others from opening a file from now on. */
  public static void restrict(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString(FILE));
    }
  }

  private static FileAttribute<?>[] permissions(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
