package imon.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own in memory, which can be full or read-only; only root can mount one. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one on this folder; the calling test is skipped where that is not allowed. */
  public static SmallDisk mount(Path folder, int kibibytes)
      throws IOException, InterruptedException {
    boolean mounted = run("mount", "-t", "tmpfs", "-o", size(kibibytes), "tmpfs", folder) == 0;
    Environment.requireOrSkip(mounted, "the right to mount a tmpfs (root)");
    return new SmallDisk(folder);
  }

  private static String size(int kibibytes) {
    return "mode=700,size=" + kibibytes + "k";
  }

  private static int run(Object... words) throws IOException, InterruptedException {
    String[] command = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      command[i] = words[i].toString();
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(new File("/dev/null"))
        .start()
        .waitFor();
  }

  /** Leaves this much free. */
  public void leave(int kibibytes) throws IOException, InterruptedException {
    long used = Files.getFileStore(folder).getTotalSpace() - free();
    remount(size((int) (used / 1024) + kibibytes));
  }

  /** Bytes that can be written. */
  public long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Nothing can be written any more. */
  public void readOnly() throws IOException, InterruptedException {
    remount("ro");
  }

  private void remount(String option) throws IOException, InterruptedException {
    if (run("mount", "-o", "remount," + option, folder) != 0) {
      throw new IOException(folder + ": cannot be mounted anew as " + option);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("umount", folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
