package imon.cli;

import java.time.Clock;

@picocli.CommandLine.Command(name = "site")
final class SiteCommand implements java.util.concurrent.Callable<Integer> {
  SiteCommand(Terminal terminal, Clock clock) {}

  @Override
  public Integer call() {
    return 0;
  }
}
