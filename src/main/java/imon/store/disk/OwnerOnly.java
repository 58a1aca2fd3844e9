package imon.store.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that only their owner can read and write. A file system without POSIX permissions has its
 * own way to keep others out.
 */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> READ_AND_WRITE =
      PosixFilePermissions.fromString("rw-------");

  private OwnerOnly() {}

  /** Makes an empty file that others can read at no moment; one that is there is kept from them. */
  public static void makeOrRestrict(Path file) throws IOException {
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(READ_AND_WRITE));
    } catch (FileAlreadyExistsException e) {
      restrict(file);
    } catch (UnsupportedOperationException e) {
      // Whoever writes it makes it.
    }
  }

  /** Keeps others from opening a file from now on. */
  public static void restrict(Path file) throws IOException {
    try {
      Files.setPosixFilePermissions(file, READ_AND_WRITE);
    } catch (UnsupportedOperationException e) {
      // See above.
    }
  }
}
