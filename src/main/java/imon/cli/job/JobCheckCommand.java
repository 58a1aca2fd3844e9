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
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 nothing is wrong, 1 a file or a program it names cannot be used,",
      "2 a wrong job file."
    })
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
    Explanation explanation = new Explanation(job.get(), clock);
    for (String line : explanation.lines()) {
      terminal.out().println(VisibleText.of(line));
    }
    return explanation.isSound() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
