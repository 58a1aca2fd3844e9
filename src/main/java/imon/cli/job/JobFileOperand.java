package imon.cli.job;

import imon.cli.output.Terminal;
import imon.job.file.Job;
import imon.job.file.JobFile;
import imon.job.file.JobFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** The job file that a command is about. */
final class JobFileOperand {
  @Parameters(paramLabel = "FILE", description = "The job file (TOML).")
  private Path file = Path.of("");

  /** Where it is, as an absolute path. */
  Path path() {
    return file.toAbsolutePath().normalize();
  }

  /** Reads it; empty when it is wrong, and all that is wrong has been said. */
  Optional<Job> read(Terminal terminal) throws IOException {
    try {
      return Optional.of(JobFile.read(file));
    } catch (JobFileException e) {
      e.faults().forEach(terminal::say);
      return Optional.empty();
    }
  }
}
