package imon.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Tells what the options of a command line name. */
final class NamedFiles {
  /** What these name is written; what any other option names is read. */
  private static final Set<String> WRITTEN =
      Set.of(
          "--html", "--csv", "--json", "--markdown", "--output", "--bundle", "--metrics", "--pcap");

  private NamedFiles() {}

  /** The files and folders that are read. */
  static List<Path> read(CommandSpec command) {
    List<Path> files = new ArrayList<>();
    for (OptionSpec option : command.options()) {
      if (!WRITTEN.contains(option.longestName())) {
        Object value = option.getValue();
        Collection<?> values =
            value instanceof Collection<?> several ? several : Arrays.asList(value);
        values.stream().filter(Path.class::isInstance).map(Path.class::cast).forEach(files::add);
      }
    }
    return files;
  }
}
