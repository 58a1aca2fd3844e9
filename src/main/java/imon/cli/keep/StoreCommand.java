package imon.cli.keep;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps a store; its subcommands do the work. */
@Command(
    name = "store",
    description = "Say what a store holds, prune it, export it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {InfoCommand.class, PruneCommand.class, ExportCommand.class})
public final class StoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    throw new ParameterException(line, "name one of " + line.getSubcommands().keySet());
  }
}
