package imon.cli.option;

import imon.flow.option.FactOptions;
import imon.flow.option.IdleTimeouts;
import imon.flow.option.LocalNetworks;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that change facts; a store keeps them with each capture. */
public final class FactSettings {
  @Option(
      names = "--local-net",
      paramLabel = "CIDR",
      description =
          "Addresses that are local beside the private ones, such as 203.0.113.0/24; several may be"
              + " given.")
  private List<String> localNets = List.of();

  @Option(
      names = "--tcp-timeout",
      paramLabel = "SECONDS",
      description = "A longer silence ends a TCP flow (default: 300).")
  private int tcpTimeout = IdleTimeouts.DEFAULT.tcpSeconds();

  @Option(
      names = "--udp-timeout",
      paramLabel = "SECONDS",
      description = "The same of UDP, and of everything else but TCP (default: 120).")
  private int udpTimeout = IdleTimeouts.DEFAULT.otherSeconds();

  @Option(
      names = "--dedupe",
      description =
          "Tell packets apart that were captured twice, as by a mirror port; they belong to no"
              + " flow.")
  private boolean dedupe;

  /**
   * What is asked for.
   *
   * @throws IllegalArgumentException when one of them cannot be
   */
  public FactOptions options() {
    return new FactOptions(
        dedupe,
        LocalNetworks.with(localNets.stream().map(FactOptions::block).toList()),
        new IdleTimeouts(tcpTimeout, udpTimeout));
  }
}
