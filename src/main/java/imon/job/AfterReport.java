package imon.job;

import imon.job.file.Job;
import imon.pcap.write.IoReason;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the program that hands a report over. */
final class AfterReport {
  /** Of its output so much is said. */
  private static final int MOST_OUTPUT = 16 * 1024;

  private static final long SECONDS_TO_DIE = 5;

  private final Job job;
  private final Job.AfterReport options;
  private final Consumer<String> says;

  AfterReport(Job job, Job.AfterReport options, Consumer<String> says) {
    this.job = job;
    this.options = options;
    this.says = says;
  }

  /**
   * Runs it in the report's folder, with nothing on its standard input. Its output goes to a file
   * until it ends, so that no child it leaves behind holds the job up.
   *
   * @param ending of the report
   * @return whether it ended with 0
   */
  boolean run(ReportPeriod period, Path folder, Ending ending) throws InterruptedException {
    String program = options.command().get(0);
    Path output = null;
    try {
      output = Files.createTempFile("imon-job-", ".out");
      Process process = start(period, folder, ending, output);
      boolean ended = await(process);
      sayOutput(output);
      return tell(program, process, ended);
    } catch (IOException e) {
      says.accept("after_report: " + program + ": cannot be run: " + e.getMessage());
      return false;
    } finally {
      delete(output);
    }
  }

  private Process start(ReportPeriod period, Path folder, Ending ending, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(options.command())
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("IMON_JOB", job.name());
    environment.put("IMON_STORE", job.store().file().toString());
    environment.put("IMON_RESULT", ending.word());
    environment.put("IMON_REPORT_DATE", period.date());
    environment.put("IMON_REPORT_FROM", period.from());
    environment.put("IMON_REPORT_TO", period.to());
    environment.put("IMON_REPORT_FOLDER", folder.toString());
    for (Job.Format format : job.reports().formats()) {
      environment.put(
          "IMON_REPORT_" + format.name().toUpperCase(Locale.ROOT),
          folder.resolve(format.fileName()).toString());
    }
    return builder.start();
  }

  /** False when its time was over; then it and its children are ended. */
  private boolean await(Process process) throws InterruptedException {
    if (process.waitFor(options.timeLimit().toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    if (!process.waitFor(SECONDS_TO_DIE, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    return false;
  }

  private boolean tell(String program, Process process, boolean ended) {
    if (!ended) {
      long seconds = options.timeLimit().toSeconds();
      says.accept("after_report: " + program + ": ended after " + seconds + " s, its time limit");
      return false;
    }
    says.accept("after_report: " + program + ": exit code " + process.exitValue());
    return process.exitValue() == 0;
  }

  private void sayOutput(Path output) throws IOException {
    byte[] head;
    try (InputStream stream = Files.newInputStream(output)) {
      head = stream.readNBytes(MOST_OUTPUT);
    }
    String text = new String(head, StandardCharsets.UTF_8);
    text.lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> says.accept("after_report: " + line));
    if (Files.size(output) > head.length) {
      says.accept("after_report: ... and more");
    }
  }

  private void delete(@Nullable Path output) {
    try {
      if (output != null) {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      says.accept(output + ": cannot be deleted: " + IoReason.of(e));
    }
  }
}
