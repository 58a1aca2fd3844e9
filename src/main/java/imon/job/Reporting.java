package imon.job;

import imon.job.file.Job;
import imon.pcap.write.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;

/** Makes reports and hands them over. */
final class Reporting {
  private final Job job;
  private final Imon imon;
  private final Consumer<String> says;
  private final Commands commands;
  private final ReportFolders folders;

  Reporting(Job job, Imon imon, Consumer<String> says) {
    this.job = job;
    this.imon = imon;
    this.says = says;
    commands = new Commands(job);
    folders = new ReportFolders(job.reports());
  }

  /**
   * All periods that are over and not done. One is done when its report is there and was handed
   * over; else the next run does both again.
   *
   * @param before how all before it went; {@code after_report} is told
   */
  Ending due(Clock clock, Ending before) throws IOException, InterruptedException {
    Calendar calendar = new Calendar(job, clock);
    JobState state = JobState.read(job, calendar.last());
    List<LocalDate> due = calendar.due(state);
    if (due.isEmpty()) {
      says.accept(job.name() + ": nothing to report");
    }
    Ending ending = Ending.DONE;
    for (LocalDate day : due) {
      Ending made = one(calendar.period(day), before);
      if (made == Ending.DONE || made == Ending.OVER_BUDGET) {
        state.add(day, calendar.earliest());
      }
      ending = ending.and(made);
    }
    return ending;
  }

  /** One report; what fails makes it incomplete. */
  Ending one(ReportPeriod period, Ending before) throws InterruptedException {
    Path folder = folders.of(period);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      says.accept(folder + ": cannot be made: " + IoReason.of(e));
      return Ending.INCOMPLETE;
    }
    Ending made = imon.run(commands.report(period, folder));
    if (made == Ending.FAILED) {
      says.accept(
          job.name() + ": " + period.date() + ": the report failed; the next run tries again");
      return Ending.INCOMPLETE;
    }
    says.accept("%s: %s: reported in %s".formatted(job.name(), period.date(), folder));
    return made.and(link()).and(handOver(period, folder, made.and(before)));
  }

  private Ending link() {
    try {
      folders.link();
      return Ending.DONE;
    } catch (IOException e) {
      says.accept(job.name() + ": the link to the latest report cannot be made: " + IoReason.of(e));
      return Ending.INCOMPLETE;
    }
  }

  private Ending handOver(ReportPeriod period, Path folder, Ending ending)
      throws InterruptedException {
    Job.AfterReport options = job.afterReport();
    if (options == null || new AfterReport(job, options, says).run(period, folder, ending)) {
      return Ending.DONE;
    }
    says.accept(job.name() + ": " + period.date() + ": not handed over");
    return Ending.INCOMPLETE;
  }
}
