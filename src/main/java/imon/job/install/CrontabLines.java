package imon.job.install;

import imon.job.Commands;
import imon.job.file.Job;
import imon.report.text.ShellWords;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** Lines for the crontab of a user. */
public final class CrontabLines {
  private final Installation installation;

  public CrontabLines(Installation installation) {
    this.installation = installation;
  }

  /**
   * The run at its time, by the machine's own clock, and a capture that goes on for ever after each
   * start of the machine.
   */
  public List<String> lines() {
    Job job = installation.job();
    LocalTime at = job.at();
    if (at == null) {
      throw new IllegalArgumentException(
          job.name() + ": has no time to run at; add one to the job file: at = \"06:00\"");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "# imon: the job "
            + job.name()
            + "; by this machine's clock, so that its day must be over");
    String day = job.reports().span() == Job.Span.WEEK ? "1" : "*";
    lines.add(
        "%d %d * * %s nice %s"
            .formatted(at.getMinute(), at.getHour(), day, line(installation.run())));
    if (installation.capturesForEver()) {
      List<String> words = new ArrayList<>(List.of(installation.program().toString()));
      words.addAll(new Commands(job).capture());
      lines.add("@reboot " + line(words) + " >/dev/null");
    }
    return lines;
  }

  /** For the shell; cron itself takes a % for a new line unless it is escaped. */
  private static String line(List<String> words) {
    return ShellWords.line(words).replace("%", "\\%");
  }
}
