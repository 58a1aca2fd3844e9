package imon.job.install;

import imon.job.file.Job;
import java.nio.file.Path;
import java.util.List;

/**
 * A job and who runs it.
 *
 * @param file the job file, absolute
 * @param program the launcher, absolute
 * @param user whose rights it has
 */
public record Installation(Job job, Path file, Path program, String user) {
  private static final String USER = "[a-z_][a-z0-9_-]{0,31}";

  public Installation {
    if (!user.matches(USER)) {
      throw new IllegalArgumentException("--user " + user + ": give the name of a user");
    }
  }

  /** The words of one run. */
  List<String> run() {
    return List.of(program.toString(), "job", "run", file.toString());
  }

  /** Whether it has a capture that goes on beside the runs. */
  boolean capturesForEver() {
    Job.OwnCapture capture = job.capture();
    return capture != null && !capture.ends();
  }
}
