package imon.job;

import imon.job.file.Job;
import imon.pcap.CaptureFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The commands of imon that a job consists of. */
public final class Commands {
  private final Job job;

  public Commands(Job job) {
    this.job = job;
  }

  /** The job's own capture; only for a job that has one. */
  public List<String> capture() {
    Job.OwnCapture capture = Objects.requireNonNull(job.capture());
    List<String> words = new ArrayList<>(List.of("capture"));
    words.addAll(capture.options());
    words.add("--directory=" + job.captures().folder());
    words.add("--tz=" + job.zone());
    return words;
  }

  /** Takes captures in. */
  List<String> ingest(List<Path> captures) {
    List<String> words =
        new ArrayList<>(
            List.of("analyze", "--no-report", db(), "--source=" + job.store().source()));
    words.addAll(job.store().facts().words());
    captures.forEach(capture -> words.add(CaptureFiles.operand(capture)));
    return words;
  }

  /** Reports a period into a folder. */
  List<String> report(ReportPeriod period, Path folder) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "report",
                db(),
                "--from=" + period.from(),
                "--to=" + period.to(),
                "--tz=" + job.zone()));
    words.addAll(job.reports().options());
    for (Job.Format format : job.reports().formats()) {
      String option = format.name().toLowerCase(Locale.ROOT);
      words.add("--" + option + "=" + folder.resolve(format.fileName()));
    }
    return words;
  }

  /** Rolls old traffic up. */
  List<String> prune(String keepFor) {
    return List.of("store", "prune", db(), "--keep-for=" + keepFor);
  }

  private String db() {
    return "--db=" + job.store().file();
  }
}
