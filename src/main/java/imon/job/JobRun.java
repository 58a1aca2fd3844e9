package imon.job;

import imon.job.file.Job;
import imon.pcap.write.OwnerOnly;
import imon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One run of a job. What cannot be done is said, and the rest is done; what was missed is caught up
 * by the next run. It may be killed at any moment.
 */
public final class JobRun {
  private final Job job;
  private final Imon imon;
  private final Clock clock;
  private final Consumer<String> says;

  /**
   * Prepares a run.
   *
   * @param imon runs commands of imon
   * @param clock for what is over, and for the age of files
   * @param says hears one line at a time
   */
  public JobRun(Job job, Imon imon, Clock clock, Consumer<String> says) {
    this.job = job;
    this.imon = imon;
    this.clock = clock;
    this.says = says;
  }

  /**
   * Runs it, unless another run is going on: that is a failure.
   *
   * @throws IOException the store's folder or the state beside it cannot be used
   */
  public Ending run() throws IOException, InterruptedException {
    OwnerOnly.createFolder(job.store().file().resolveSibling(""));
    try (RunLock lock = RunLock.take(job)) {
      if (lock.isHeld()) {
        return work();
      }
      says.accept(job.name() + ": another run of this job is going on; this one does nothing");
      return Ending.FAILED;
    }
  }

  private Ending work() throws IOException, InterruptedException {
    Instant begin = clock.instant();
    boolean byDate = job.reports().span() != Job.Span.RUN;
    if (byDate) {
      JobState.begin(job, new Calendar(job, clock).last());
    }
    Ending ending = capture().and(ingest());
    if (ending == Ending.FAILED) {
      says.accept(job.name() + ": nothing is reported or deleted; the next run makes up for it");
      return ending;
    }
    Reporting reporting = new Reporting(job, imon, says);
    Ending reported =
        byDate
            ? reporting.due(clock, ending)
            : reporting.one(ReportPeriod.ofRun(begin, clock.instant(), job.zone()), ending);
    return ending.and(reported).and(new Tidying(job, imon, clock.instant(), says).run());
  }

  /** A capture that goes on for ever is not the run's business. */
  private Ending capture() {
    Job.OwnCapture capture = job.capture();
    if (capture == null || !capture.ends()) {
      return Ending.DONE;
    }
    return said(imon.run(new Commands(job).capture()), "the capture");
  }

  /** Takes in what the store does not have. */
  private Ending ingest() throws StoreException {
    FoundCaptures found = FoundCaptures.of(job);
    found.problems().forEach(says);
    says.accept(
        "%s: new captures: %d, known: %d"
            .formatted(job.name(), found.fresh().size(), found.known()));
    if (!found.fresh().isEmpty()) {
      Ending taken = imon.run(new Commands(job).ingest(found.fresh()));
      return said(taken, "taking captures in").and(found.ending());
    }
    return Files.exists(job.store().file()) ? found.ending() : Ending.FAILED;
  }

  private Ending said(Ending ending, String what) {
    if (ending == Ending.FAILED) {
      says.accept(job.name() + ": " + what + " failed");
    }
    return ending;
  }
}
