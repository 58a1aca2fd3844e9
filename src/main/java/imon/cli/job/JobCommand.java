package imon.cli.job;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Nightly jobs; its subcommands do the work. */
@Command(
    name = "job",
    description = "A nightly capture-and-report job from a file.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "docs/nightly.md goes from nothing to a report every morning."},
    subcommands = {JobRunCommand.class, JobCheckCommand.class, JobInstallCommand.class})
public final class JobCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    throw new ParameterException(line, "name one of " + line.getSubcommands().keySet());
  }
}
