package imon.pcap.write;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why an operation on a file failed, in a few words without the file. */
public final class IoReason {
  private IoReason() {}

  /** One line that says which folder cannot be made, and why. */
  public static IOException noFolder(String folder, IOException e) {
    return new IOException(
        "cannot make the folder " + folder + ": " + of(e) + "; choose another place", e);
  }

  /** The reason; Java's own message is often the file alone. */
  public static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file stands there";
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    String message = String.valueOf(e.getMessage());
    return message.isEmpty() ? e.getClass().getSimpleName() : message;
  }
}
