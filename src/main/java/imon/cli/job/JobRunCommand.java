package imon.cli.job;

import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.job.Ending;
import imon.job.JobRun;
import imon.job.file.Job;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a job. */
@Command(
    name = "run",
    description = "Take new captures in, report what is over, hand it over, tidy up.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 done, 1 failed or another run is going on, 2 a wrong job file,",
      "3 a part could not be done (the rest is, and the next run makes up for it),",
      "4 a budget was exceeded."
    })
public final class JobRunCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;
  private final Program program;

  @Mixin private JobFileOperand file = new JobFileOperand();

  /** The whole program. */
  public interface Program {
    /** Runs a command line; returns the exit code. */
    int run(String[] words, Terminal terminal);
  }

  /** The command; the program runs what the job consists of, by the same clock. */
  public JobRunCommand(Terminal terminal, Clock clock, Program program) {
    this.terminal = terminal;
    this.clock = clock;
    this.program = program;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Job> job = file.read(terminal);
    if (job.isEmpty()) {
      return ExitCode.USAGE;
    }
    return exitCode(job.get());
  }

  private int exitCode(Job job) throws IOException, InterruptedException {
    try (StopHook hook = new StopHook()) {
      Ending ending =
          new JobRun(job, words -> hook.during(words, () -> run(words)), clock, terminal::say)
              .run();
      return exitCode(ending);
    }
  }

  private static int exitCode(Ending ending) {
    return switch (ending) {
      case DONE -> ExitCode.DONE;
      case OVER_BUDGET -> ExitCode.OVER_BUDGET;
      case INCOMPLETE -> ExitCode.INCOMPLETE;
      case FAILED -> ExitCode.FAILED;
    };
  }

  /** Tables go nowhere: what a job makes is in files. */
  private Ending run(List<String> words) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal quiet =
        new Terminal(
            InputStream.nullInputStream(),
            nowhere,
            terminal.err(),
            terminal.columns(),
            false,
            false,
            false,
            Map.of());
    return switch (program.run(words.toArray(String[]::new), quiet)) {
      case ExitCode.DONE -> Ending.DONE;
      case ExitCode.OVER_BUDGET -> Ending.OVER_BUDGET;
      case ExitCode.INCOMPLETE -> Ending.INCOMPLETE;
      default -> Ending.FAILED;
    };
  }
}
