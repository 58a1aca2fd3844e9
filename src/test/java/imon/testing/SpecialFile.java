package imon.testing;

import java.io.IOException;
import java.nio.file.Path;

/** Files that are neither files nor folders, in a folder of the test. */
public final class SpecialFile {
  private SpecialFile() {}

  /** A device that takes all and keeps nothing; the calling test is skipped without the right. */
  public static Path nothing(Path path) throws IOException, InterruptedException {
    return device(path, 3);
  }

  /** A device that is full. */
  public static Path full(Path path) throws IOException, InterruptedException {
    return device(path, 7);
  }

  /** One of Linux's memory devices (major number 1); a file system may forbid to open it. */
  private static Path device(Path path, int minor) throws IOException, InterruptedException {
    String command = "mknod \"$0\" c 1 " + minor + " && : >\"$0\"";
    Environment.requireOrSkip(
        isDone("sh", "-c", command, path), "the right to make a device (root)");
    return path;
  }

  /** A named pipe: who opens it waits for the other end. */
  public static Path pipe(Path path) throws IOException, InterruptedException {
    Environment.requireOrSkip(isDone("mkfifo", path), "mkfifo (Debian package coreutils)");
    return path;
  }

  private static boolean isDone(Object... words) throws IOException, InterruptedException {
    String[] command = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      command[i] = words[i].toString();
    }
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
