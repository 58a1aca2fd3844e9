package imon.analysis;

import com.google.common.collect.Sets;
import imon.pcap.CaptureReader;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The captures that wait, and how much is left of those that are being read. It says how many
 * threads a capture is worth: its share of all there is left to read, so that all cores have work
 * from the first capture to the end of the last. Safe for several threads.
 */
final class Agenda {
  /** A thread for less than this costs more than it saves. */
  private static final long BYTES_PER_THREAD = 4L * 1024 * 1024;

  /** More than these would spend most of their time with packets that are not theirs. */
  private static final int MOST_OF_ONE_CAPTURE = 8;

  private final int threads;
  private final List<Job> jobs;
  private final IdentityHashMap<Job, LongSupplier> open = new IdentityHashMap<>();

  /** Those being read that only one thread can read. */
  private final Set<Job> single = Sets.newIdentityHashSet();

  private int next;
  private long waitingBytes;

  Agenda(int threads, List<Job> jobs) {
    this.threads = threads;
    this.jobs = List.copyOf(jobs);
    jobs.forEach(job -> waitingBytes += Math.max(0, job.bytes()));
  }

  /** The next capture, or null when there are no more. */
  synchronized @Nullable Job next() {
    if (next == jobs.size()) {
      return null;
    }
    Job job = jobs.get(next++);
    waitingBytes -= Math.max(0, job.bytes());
    open.put(job, () -> Math.max(0, job.bytes()));
    return job;
  }

  /** A capture has been opened; returns how many threads it is worth. */
  synchronized int begins(Job job, CaptureReader reader) {
    if (!reader.isShareable()) {
      open.remove(job);
      single.add(job);
      return 1;
    }
    long left = waitingBytes;
    for (LongSupplier bytes : open.values()) {
      left += bytes.getAsLong();
    }
    open.put(job, () -> Math.max(0, job.bytes() - reader.inputBytesRead()));
    int sharing = threads - single.size();
    double share = (double) sharing * job.bytes() / Math.max(1, left);
    long most =
        Math.min(Math.min(sharing, MOST_OF_ONE_CAPTURE), 1 + job.bytes() / BYTES_PER_THREAD);
    return (int) Math.max(1, Math.min(most, Math.round(share)));
  }

  /** A capture has been read. */
  synchronized void ends(Job job) {
    open.remove(job);
    single.remove(job);
  }
}
