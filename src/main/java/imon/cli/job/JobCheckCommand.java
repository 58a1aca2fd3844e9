package imon.cli.job;

import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.job.Explanation;
import imon.job.file.Job;
import imon.report.text.VisibleText;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Explains a job file. */
@Command(
    name = "check",
    description = "Say what a job will do, and when; change nothing.",
    mixinStandardHelpOptions = true)
public final class JobCheckCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;

  @Mixin private JobFileOperand file = new JobFileOperand();

  public JobCheckCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    Optional<Job> job = file.read(terminal);
    if (job.isEmpty()) {
      return ExitCode.USAGE;
    }
    for (String line : new Explanation(job.get(), clock).lines()) {
      terminal.out().println(VisibleText.of(line));
    }
    return ExitCode.DONE;
  }
}
