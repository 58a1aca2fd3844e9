package imon.job;

import imon.job.file.Job;
import imon.pcap.write.IoReason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held by the one run of a job there may be at a time; a killed run holds it no more. */
final class RunLock implements Closeable {
  private final FileChannel channel;
  private final boolean held;

  private RunLock(FileChannel channel) throws IOException {
    this.channel = channel;
    held = lock(channel);
  }

  /** Tries to take it. */
  static RunLock take(Job job) throws IOException {
    Path file = JobState.beside(job, ".lock");
    try {
      return new RunLock(
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new IOException(file + ": cannot be locked: " + IoReason.of(e), e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    }
  }

  /** Whether it is ours. */
  boolean isHeld() {
    return held;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
