package imon.job;

import imon.job.Retention.Aged;
import imon.job.file.Job;
import imon.job.file.Job.Keeping;
import imon.pcap.write.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Deletes old captures and reports, and prunes the store. */
final class Tidying {
  private final Job job;
  private final Imon imon;
  private final Retention retention;
  private final Consumer<String> says;

  Tidying(Job job, Imon imon, Instant now, Consumer<String> says) {
    this.job = job;
    this.imon = imon;
    this.says = says;
    retention = new Retention(now);
  }

  /** All of it; what fails makes it incomplete. */
  Ending run() {
    Ending ending = captures().and(reports()).and(store());
    retention.problems().forEach(says);
    return retention.problems().isEmpty() ? ending : ending.and(Ending.INCOMPLETE);
  }

  /** Only those of which the store has all. */
  private Ending captures() {
    if (job.captures().keeping().keepsAll()) {
      return Ending.DONE;
    }
    try {
      FoundCaptures found = FoundCaptures.of(job);
      Keeping keeping = job.captures().keeping();
      List<Aged> newestFirst = retention.byTime(found.kept());
      tell(retention.apply(keeping, newestFirst, Files::deleteIfExists), "captures");
      if (!found.damaged().isEmpty()) {
        says.accept(
            "%s: damaged captures, which are not deleted: %d"
                .formatted(job.name(), found.damaged().size()));
      }
      return Ending.DONE;
    } catch (IOException e) {
      says.accept(String.valueOf(e.getMessage()));
      return Ending.INCOMPLETE;
    }
  }

  private Ending reports() {
    try {
      List<Aged> folders = new ReportFolders(job.reports()).newestFirst();
      tell(retention.apply(job.reports().keeping(), folders, ReportFolders::delete), "reports");
      return Ending.DONE;
    } catch (IOException e) {
      says.accept(job.reports().folder() + ": cannot be listed: " + IoReason.of(e));
      return Ending.INCOMPLETE;
    }
  }

  private void tell(int deleted, String what) {
    if (deleted > 0) {
      says.accept("%s: old %s deleted: %d".formatted(job.name(), what, deleted));
    }
  }

  private Ending store() {
    String keepFor = job.store().keepFor();
    if (keepFor == null || imon.run(new Commands(job).prune(keepFor)) == Ending.DONE) {
      return Ending.DONE;
    }
    says.accept(job.name() + ": the store was not pruned");
    return Ending.INCOMPLETE;
  }
}
