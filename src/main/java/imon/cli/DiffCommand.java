package imon.cli;

import java.time.Clock;

@picocli.CommandLine.Command(name = "diff")
final class DiffCommand implements java.util.concurrent.Callable<Integer> {
  DiffCommand(Terminal terminal, Clock clock) {}

  @Override
  public Integer call() {
    return 0;
  }
}
