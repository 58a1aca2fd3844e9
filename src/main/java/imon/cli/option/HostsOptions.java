package imon.cli.option;

import imon.analysis.Analysis;
import imon.name.HostsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Names of addresses that the user gives. */
public final class HostsOptions {
  @Option(
      names = "--hosts",
      paramLabel = "FILE",
      description =
          "Names of addresses, as in /etc/hosts, for what nothing else names; several may be given."
              + " A store keeps them for this --source.")
  private List<Path> files = List.of();

  private final List<HostsFile> read = new ArrayList<>();

  /** Reads all files. */
  public void read() throws IOException {
    for (Path file : files) {
      read.add(HostsFile.read(file));
    }
  }

  /** What was wrong in them, one line each. */
  public List<String> faults() {
    return read.stream().flatMap(file -> file.faults().stream()).toList();
  }

  /** Hands the names to an analysis. */
  public void tell(Analysis analysis) throws IOException {
    for (HostsFile file : read) {
      analysis.know(file.names());
    }
  }
}
